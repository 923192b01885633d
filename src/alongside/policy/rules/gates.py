"""A1 and its sisters: who has not agreed, is not vetted or not trained does not write to service
users (pitfall 36). Each is a switch with grace; none ever stops an emergency.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding, Nature
from ..facts import Facts, Writer
from ..rule import Rule
from ..rulebook import Gate, Rulebook
from ..vocabulary import Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if facts.writer is not Writer.WORKFORCE or not facts.served:
        return
    if not _agreed(facts.agreed, rulebook.agreed):
        yield _closed("not_agreed", "agree_to_the_policy")
    if not _in_date(facts.vetted, rulebook.vetted):
        yield _closed("not_vetted", "renew_vetting")
    if not _in_date(facts.trained, rulebook.trained):
        yield _closed("not_trained", "renew_training")


def _agreed(days_since: int | None, gate: Gate) -> bool:
    """One that holds for ever never runs out."""
    if not gate.required:
        return True
    if days_since is None or days_since < 0:
        return False
    return not gate.valid_days or days_since <= gate.valid_days + gate.grace_days


def _in_date(days_over: int | None, gate: Gate) -> bool:
    return not gate.required or (days_over is not None and days_over <= gate.grace_days)


def _closed(reason: str, fix: str) -> Finding:
    return Finding(
        rule=RULE.name,
        clause="A1",
        verdict=Verdict.REFUSE,
        reason=reason,
        fix=fix,
        nature=Nature.GATE,
    )


RULE = Rule(name="gates", clauses=("A1",), check=check)
