"""Why something was held, in plain words: from the codes of the record to ``policy.explain``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from alongside.enforcement.values import Json
from alongside.policy import explain

UNTOLD = "It could not be told for certain what is wrong. Read the message before you decide."


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One reason, with the clause that it comes from."""

    clause: str
    heading: str
    reason: str


def causes(body: Json) -> tuple[Cause, ...]:
    """What held the message. ``body`` is that of the entry that did (``HoldView.cause``)."""
    findings = tuple(body.get("findings", ()))
    held = [f for f in findings if "hold" in _verdicts(f)]
    return _told(held or [f for f in findings if "refuse" in _verdicts(f)])


def besides(body: Json) -> tuple[Cause, ...]:
    """What else the policy says about the message, and did not hold it."""
    stopped = set(causes(body))
    return tuple(c for c in _told(body.get("findings", ())) if c not in stopped)


def headed(clause: str) -> str:
    """The heading of a clause in our own words."""
    return explain.CLAUSES.get(clause, clause)


def _verdicts(finding: Json) -> tuple[Any, Any]:
    return finding.get("verdict"), finding.get("told")


def _told(findings: Any) -> tuple[Cause, ...]:
    return tuple(dict.fromkeys(_each(findings)))


def _each(findings: Any) -> Iterator[Cause]:
    for finding in findings:
        clause, reason = finding["clause"], finding["reason"]
        yield Cause(
            clause=clause,
            heading=headed(clause),
            reason=explain.REASONS.get(reason, UNTOLD),
        )
