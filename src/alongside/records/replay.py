"""``policy replay``: recorded facts decided again under another rulebook; what would change.

Decided again is what the record holds: facts of messages that were in scope. Who was where and who
could be copied stay as they were; levels, kinds, ages, sizes, hours and actions are the other
rulebook's.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alongside.access.actor import Actor
from alongside.access.checks import Item, check_oversee
from alongside.policy.decide import decide_again
from alongside.policy.facts import Facts
from alongside.policy.rulebook import Rulebook
from alongside.policy.vocabulary import Mode, Verdict

from .concerned import concerns
from .models import Entry
from .views import Change, Changes, ReplayReport

Findings = frozenset[tuple[str, str]]
"""(clause, reason) of each."""
_QUIET = ("N3", "quiet_hours")


def replay(actor: Actor, rulebook: Rulebook, since: datetime | None = None) -> ReplayReport:
    """Decide every message judged since then again, and count what would become different.

    Of what was only watched, what it would have been is compared. Raises ``NotAllowed`` for a
    person without a safeguarding role. What an actor wrote themselves is counted in the whole and
    not shown under their name, nor listed (law 13).
    """
    check_oversee(actor, Item(organisation=""))
    found = Entry.objects.filter(kind="decided").order_by("at", "id")
    if since is not None:
        found = found.filter(at__gte=since)
    counted = {name: _Tally() for name in ("total", "clause", "person", "week")}
    undecided = 0
    changed: list[Change] = []
    for at, reference, body in found.values_list("at", "reference", "body").iterator():
        said = json.loads(body)
        compared = _compared(said.get("body", {}), rulebook)
        if compared is None:
            undecided += 1
            continue
        year, week, _ = at.isocalendar()
        counted["total"].add([""], compared.what)
        counted["week"].add([f"{year}-W{week:02}"], compared.what)
        counted["clause"].add(compared.named, compared.what, only=compared.clauses)
        people = said.get("persons", ())
        if concerns(actor, Item(organisation="", about=frozenset(p for p, _ in people))):
            continue
        counted["person"].add({p for p, part in people if part == "writer"}, compared.what)
        if compared.what:
            why = tuple(sorted(compared.why))
            changed.append(Change(at=at, reference=reference, what=compared.what, why=why))
    return ReplayReport(
        rulebook=rulebook.name,
        version=rulebook.version,
        undecided=undecided,
        total=counted["total"].changes().get("", Changes(judged=0, what={})),
        clauses=counted["clause"].changes(),
        persons=counted["person"].changes(),
        weeks=counted["week"].changes(),
        changed=tuple(changed),
    )


class _Tally:
    """Of how many each key was judged, and what would become different of them."""

    def __init__(self) -> None:
        self._judged: Counter[str] = Counter()
        self._what: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, keys: Iterable[str], what: str, only: Iterable[str] | None = None) -> None:
        """Count one message; the change, where there is one, under ``only``, else under all."""
        found = tuple(keys)
        self._judged.update(found)
        for key in found if only is None else only:
            if what:
                self._what[key][what] += 1

    def changes(self) -> dict[str, Changes]:
        return {
            key: Changes(judged=judged, what=dict(sorted(self._what[key].items())))
            for key, judged in sorted(self._judged.items())
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """One message, before and after."""

    what: str
    """Empty: nothing changes."""
    why: Findings
    """The findings that make the difference."""
    named: frozenset[str]
    """Clauses of all findings, before and after."""

    @property
    def clauses(self) -> frozenset[str]:
        return frozenset(clause for clause, _ in self.why)


def _compared(body: Mapping[str, Any], rulebook: Rulebook) -> _Compared | None:
    """What changes, and what it comes from; nothing where the facts can't be read."""
    try:
        facts = Facts.from_json(body["facts"])
        watched = facts.mode is Mode.SHADOW
        before = _Said(
            verdict=str(body["would_be"] if watched else body["verdict"]),
            findings=tuple(
                (str(f["clause"]), str(f["reason"]), str(f["told"] or f["verdict"]))
                for f in body["findings"]
            ),
        )
    except (KeyError, ValueError, TypeError):
        return None
    verdict, findings = decide_again(facts, rulebook)
    if watched:
        verdict = max((f.told or f.verdict for f in findings), default=Verdict.PERMIT)
    after = _Said(
        verdict=verdict.word,
        findings=tuple((f.clause, f.reason, (f.told or f.verdict).word) for f in findings),
    )
    what, why = _difference(before, after)
    return _Compared(what=what, why=why, named=frozenset(c for c, _ in before.all | after.all))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A verdict, and the findings (clause, reason, verdict) that made it."""

    verdict: str
    findings: tuple[tuple[str, str, str], ...]

    @property
    def all(self) -> Findings:
        return frozenset((clause, reason) for clause, reason, _ in self.findings)

    @property
    def decisive(self) -> Findings:
        """Those that stop it; of what goes, all."""
        return frozenset((c, r) for c, r, verdict in self.findings if verdict == self.verdict)


def _difference(before: _Said, after: _Said) -> tuple[str, Findings]:
    different = before.decisive ^ after.decisive
    if after.verdict != before.verdict:
        goes = after.verdict == Verdict.PERMIT.word
        makes = before.decisive - after.all if goes else after.decisive
        return f"{before.verdict} to {after.verdict}", makes or different
    if _QUIET in different and after.verdict == Verdict.PERMIT.word:
        return "later" if _QUIET in after.all else "at once", frozenset({_QUIET})
    return ("otherwise", different) if different else ("", different)
