"""The report as one page: from the numbers to what the template says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any

from django.template import Context, Engine
from django.utils.safestring import mark_safe

from alongside.policy.people import People
from alongside.policy.rulebook import Rulebook

from ..authorisation import Authorisation
from ..suggest import Suggestion
from ..wrongs import NIGHT
from . import charts, tables
from .figures import counted, day, moment, number
from .naming import Names
from .numbers import Numbers
from .summary import OURS, dates, kept_apart, summary, whose
from .wanted import Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Everything that a report is made of."""

    numbers: Numbers
    totals: Totals
    leave: Authorisation
    names: Names
    people: People
    rulebook: Rulebook
    suggestions: list[Suggestion]
    others: list[str]
    """Who else may see what is kept apart."""
    by: str
    """Who made the report, as it names them."""
    rows: int
    """Of ``findings.csv``."""
    made: datetime


def render(told: Told) -> str:
    """The page as HTML: one file, nothing fetched, no script."""
    folder = files(__package__).joinpath("templates")
    engine = Engine(dirs=[str(folder)], autoescape=True)
    style = folder.joinpath("report.css").read_text(encoding="utf-8")
    context = {**_context(told), "style": mark_safe(style)}  # our own file
    return engine.get_template("report.html").render(Context(context, use_l10n=False, use_tz=False))


def _context(told: Told) -> dict[str, Any]:
    n, zone = told.numbers, told.rulebook.zone
    organisation = _organisation(told)
    months = tables.months(n)
    return {
        "title": f"What we found in our old mail: {organisation}",
        "organisation": organisation,
        "made": day(told.made, zone),
        "by": told.by,
        "reference": told.leave.reference,
        "whose": whose(told.leave.scope, told.people),
        "dates": dates(told.leave.scope),
        "authorised": {
            "by": _name(told, told.leave.by),
            "at": moment(told.leave.at, zone),
            "reason": told.leave.reason,
        },
        "rulebook": f"{told.rulebook.name} {told.rulebook.version}",
        "revision": number(told.leave.revision),
        "names": told.names.shown,
        "summary": summary(n, told.totals, told.leave, told.others, len(told.suggestions)),
        "kept_apart": kept_apart(n, told.others),
        "ours": OURS,
        "ours_count": number(n.ours),
        "steps": tables.steps(n, told.totals),
        "reasons": tables.reasons(told.totals.unreadable),
        "parts": tables.reasons(n.unread),
        "not_mail": counted(told.totals.not_mail, "file") if told.totals.not_mail else "",
        "not_mail_are": "is" if told.totals.not_mail == 1 else "are",
        "kinds": tables.kinds(n),
        "possible": tables.possible(n),
        "clauses": tables.clauses(n),
        "persons": tables.persons(n, told.names),
        "pairs": tables.pairs(n, told.names),
        "months": months,
        "chart": mark_safe(_chart(months)) if len(months["rows"]) > 1 else "",
        "hours": tables.hours(n),
        "night": _night(told.rulebook),
        "serious": tables.serious(n, told.names),
        "suggestions": tables.suggestions(told.suggestions, told.names),
        "rows": counted(told.rows, "row"),
        "findings": number(n.findings),
    }


def _chart(months: dict[str, Any]) -> str:
    found = [
        charts.Column(r["short"], r["alone_n"], r["findings_n"] - r["alone_n"])
        for r in months["rows"]
    ]
    most = max(months["rows"], key=lambda r: (r["findings_n"], r["order"]))
    said = (
        f"One column for each {months['unit']}, from {found[0].label} to {found[-1].label}."
        f" The most messages with a finding were in {most['label']}: {most['findings']}, of them"
        f" {most['alone']} one-to-one. The table below has all the numbers."
    )
    title = f"Messages with a finding, by {months['unit']}"
    return charts.columns("trend", title, said, found)


def _night(rulebook: Rulebook) -> str:
    """Which hours are late, in words."""
    late = f"between {NIGHT[0] // 60}:00 and {NIGHT[1] // 60}:00"
    if rulebook.quiet is None:
        return late
    start, end = (f"{m // 60}:{m % 60:02}" for m in (rulebook.quiet.start, rulebook.quiet.end))
    return f"{late}, or in our quiet hours, {start} to {end}"


def _name(told: Told, person: str) -> str:
    """Of whoever answers for the audit: by name, always."""
    known = told.people.persons.get(person)
    return (known.name or person) if known is not None else person


def _organisation(told: Told) -> str:
    """The one it is of, or the one above all of them."""
    organisations = told.people.organisations
    named = sorted(o for o in told.leave.scope.organisations if o in organisations)
    tops = named or sorted(o.id for o in organisations.values() if o.parent not in organisations)
    return _joined(organisations[o].name or o for o in tops) or "our organisation"


def _joined(found: Iterable[str]) -> str:
    names = list(found)
    return " and ".join(([", ".join(names[:-1])] if names[1:] else []) + names[-1:])
