"""``shadow report``: what would have happened, by clause, person and week, with denominators."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db.models import Sum

from alongside.access.actor import Actor
from alongside.access.checks import Item, check_oversee

from .concerned import concerns
from .models import Count, Entry
from .views import ShadowReport, Tally

WOULD_BE = "would_be"
"""The key of a ``decided`` entry's body that says what it would have been in ``enforce``; without
it, what it was."""
UNTOUCHED = "untouched"


def shadow_report(actor: Actor, since: datetime | None = None) -> ShadowReport:
    """Count the would-be verdicts of every message judged since then.

    Raises ``NotAllowed`` for a person without a safeguarding role. What an actor wrote themselves
    is counted in the whole and not shown under their name (law 13).
    """
    check_oversee(actor, Item(organisation=""))
    judged = Entry.objects.filter(kind="decided")
    counted = Count.objects.filter(what=UNTOUCHED)
    if since is not None:
        judged = judged.filter(at__gte=since)
        counted = counted.filter(day__gte=since.date())
    total: Counter[str] = Counter()
    clauses: dict[str, Counter[str]] = defaultdict(Counter)
    persons: dict[str, Counter[str]] = defaultdict(Counter)
    weeks: dict[str, Counter[str]] = defaultdict(Counter)
    for at, verdict, body in judged.values_list("at", "verdict", "body").iterator():
        said = json.loads(body)
        would_be = str(said.get("body", {}).get(WOULD_BE) or verdict)
        total[would_be] += 1
        year, week, _ = at.isocalendar()
        weeks[f"{year}-W{week:02}"][would_be] += 1
        for clause in said.get("clauses", ()):
            clauses[clause][would_be] += 1
        for person, part in said.get("persons", ()):
            if part == "writer" and not concerns(actor, _about(person)):
                persons[person][would_be] += 1
    return ShadowReport(
        total=_tally(total),
        clauses=_tallies(clauses),
        persons=_tallies(persons),
        weeks=_tallies(weeks),
        untouched=counted.aggregate(sum=Sum("count"))["sum"] or 0,
    )


def _about(person: str) -> Item:
    return Item(organisation="", about=frozenset({person}))


def _tally(verdicts: Counter[str]) -> Tally:
    return Tally(judged=verdicts.total(), verdicts=dict(sorted(verdicts.items())))


def _tallies(counted: Mapping[str, Counter[str]]) -> dict[str, Tally]:
    return {key: _tally(verdicts) for key, verdicts in sorted(counted.items())}
