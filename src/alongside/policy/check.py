"""``alongside policy check``: a rulebook against every law, over the whole table of facts.

A proof, not a sample: each row of ``table.rows`` is decided and held against ``laws.LAWS``,
``hard_cases.HARD_CASES`` and ``content_laws.CONTENT_LAWS``, and the floors are compared. What
breaks a law is shown by the smallest row that does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields

from .content_laws import CONTENT_LAWS
from .decide import combine, judge
from .facts import Facts, Seen, Served, Unread
from .floors import lowered
from .hard_cases import HARD_CASES
from .laws import LAWS, Answer
from .rule import Rule
from .rulebook import Rulebook
from .rules import RULES
from .table import rows
from .vocabulary import Mode

Progress = Callable[[int], None]
"""Told how many rows are done, every few thousand."""

_STEP = 10_000

_WITHOUT_CONTENT = {**LAWS, **HARD_CASES}
PROVED = {**_WITHOUT_CONTENT, **CONTENT_LAWS}
"""Name -> what every row is held against; ``CONTENT_LAWS`` where something was seen in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterexample:
    """The smallest row found that breaks a law."""

    law: str
    what: str
    facts: Facts
    clauses: tuple[str, ...]
    """Clauses of the findings that were made on it: where to look in the file."""

    @property
    def said(self) -> tuple[str, ...]:
        """The row in words: only what differs from an ordinary message."""
        return tuple(_differences(self.facts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the check found."""

    rulebook: str
    version: str
    rows: int
    laws: tuple[str, ...]
    lowered: tuple[tuple[str, str], ...]
    """(key, what is wrong): clauses below their floor."""
    counterexamples: tuple[Counterexample, ...]

    @property
    def proved(self) -> bool:
        return not self.lowered and not self.counterexamples


def run(
    rulebook: Rulebook, progress: Progress | None = None, rules: Iterable[Rule] = RULES
) -> Report:
    """Go through the table. Under a minute on one core; ``progress`` hears of it."""
    kept_rules = tuple(rules)
    found: dict[str, tuple[int, Counterexample]] = {}
    count = 0
    for count, facts in enumerate(rows(rulebook), 1):
        findings = judge(facts, rulebook, kept_rules)
        answer = Answer(facts, findings, combine(findings), rulebook)
        for name, law in (PROVED if _has_content(facts) else _WITHOUT_CONTENT).items():
            what = law(answer)
            if what is not None:
                _keep_smallest(found, name, what, facts, answer)
        if progress is not None and count % _STEP == 0:
            progress(count)
    return Report(
        rulebook=rulebook.name,
        version=rulebook.version,
        rows=count,
        laws=tuple(PROVED),
        lowered=tuple((low.key, low.what) for low in lowered(rulebook)),
        counterexamples=tuple(c for _, c in found.values()),
    )


def _has_content(facts: Facts) -> bool:
    return bool(facts.sightings) or facts.own_mailbox or facts.unread is not Unread.NOTHING


def _keep_smallest(
    found: dict[str, tuple[int, Counterexample]],
    law: str,
    what: str,
    facts: Facts,
    answer: Answer,
) -> None:
    size = sum(1 for _ in _differences(facts))
    if law in found and found[law][0] <= size:
        return
    clauses = tuple(dict.fromkeys(f.clause for f in answer.findings))
    found[law] = size, Counterexample(law=law, what=what, facts=facts, clauses=clauses)


def _differences(facts: Facts) -> Iterable[str]:
    ordinary = Facts()
    for f in fields(Facts):
        if f.name == "served":
            continue
        value = getattr(facts, f.name)
        if value != getattr(ordinary, f.name) or f.name in ("channel", "writer"):
            yield f"{f.name} = {_shown(value)}"
    for at, served in enumerate(facts.served, 1):
        for s in fields(Served):
            value = getattr(served, s.name)
            if value != getattr(_ORDINARY, s.name) or s.name == "child":
                yield f"service user {at}: {s.name} = {_shown(value)}"


def _shown(value: object) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(map(_shown, value))) or "nobody"
    if isinstance(value, Seen):
        own = " (the writer's own)" if value.own else ""
        return f"{value.sight} {value.sureness.word}{own}"
    return value.word if isinstance(value, Mode) else str(value)


_ORDINARY = Served()
