"""The report of an audit: a page, a PDF, and lists of everything, for one reader.

    written = report.write(store, folder, leave=leave, viewer=actor, people=people, rulebook=book)

Whoever reads it sees nothing about themselves; that waits in the store for another officer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from alongside.access.actor import Person
from alongside.policy.people import People
from alongside.policy.rulebook import Rulebook

from ..authorisation import Authorisation, check_audit, others_who_may
from . import lists, numbers, page, pdf, tables
from .naming import Names
from .view import View
from .wanted import Store, Totals, fullest

__all__ = ["Store", "Totals", "Written", "fullest", "write"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a report came to."""

    files: tuple[Path, ...]
    findings: int
    """Sure or likely ones; what was only possible is in the lists too."""
    kept_apart: int
    """Findings that are not in it, because they are about or near to the reader."""
    others: tuple[str, ...]
    """Person ids of who may see those."""
    suggestions: int
    problems: tuple[str, ...] = ()
    """What could not be written, in words, with how to mend it."""


def write(
    store: Store,
    folder: Path,
    *,
    leave: Authorisation,
    viewer: Person,
    people: People,
    rulebook: Rulebook,
    names: bool = False,
    made: datetime | None = None,
) -> Written:
    """Write the report for this viewer into the folder, over an older one.

    ``leave`` is the recorded authorisation of the audit, ``names`` shows people and excerpts
    instead of their parts. Raises ``NotAllowed`` for whoever may not authorise such an audit
    themselves, ``OSError`` where the folder can't be written.
    """
    check_audit(viewer, leave.scope, people)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    view = View(store, people, viewer.id)
    counted = numbers.of(view.messages(), people, rulebook.zone)
    labels = Names(people, names)
    labels.give(tables.first_labels(counted))
    suggested = [s for s in counted.gatherer.suggestions() if s.person != viewer.id]
    rows = lists.findings(folder, view.messages(), labels, rulebook.zone)
    lists.unreadable(folder, store.unreadable(), view.messages())
    lists.suggestions(folder, suggested, labels, rulebook.zone)
    others = others_who_may(viewer.id, leave.scope, people)
    html = page.render(
        page.Told(
            numbers=counted,
            totals=store.totals(),
            leave=leave,
            names=labels,
            people=people,
            rulebook=rulebook,
            suggestions=suggested,
            others=[people.persons[p].name or p for p in others],
            by=people.persons[viewer.id].name if viewer.id in people.persons else viewer.id,
            rows=rows,
            made=made or datetime.now(UTC),
        )
    )
    with lists.whole(folder / "report.html", encoding="utf-8") as file:
        file.write(html)
    files = ["report.html", "findings.csv", "findings.jsonl", "unreadable.csv", "suggestions.csv"]
    problems: list[str] = []
    try:
        pdf.write(folder / "report.pdf", html)
        files.insert(1, "report.pdf")
    except pdf.NoPango as missing:
        problems.append(str(missing))
    return Written(
        files=tuple(folder / f for f in files),
        findings=counted.findings,
        kept_apart=counted.hidden,
        others=others,
        suggestions=len(suggested),
        problems=tuple(problems),
    )
