"""``alongside shadow report``: what would have happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from alongside.site.plurals import counted

from .options import acting, actor, as_json, since, with_database
from .output import say, say_json, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alongside.site.config import Config

WEEKS = 4


@click.group()
def shadow() -> None:
    """What Alongside would have done while it only watched."""


@shadow.command()
@since
@acting
@as_json
@with_database
def report(config: Config, since: datetime | None, actor_id: str, as_json: bool) -> None:
    """Count what would have been permitted, held and refused: by clause, person and week.

    Every number stands beside how many there were in all.
    """
    from alongside.records import api

    begin = since or datetime.now(UTC) - timedelta(weeks=WEEKS)
    found = api.shadow_report(actor(actor_id), since=begin)
    if as_json:
        say_json(found)
        return
    messages = counted(found.total.judged, "message")
    were = "was" if found.total.judged == 1 else "were"
    say(f"since {begin:%Y-%m-%d}: {messages} to or from children, participants")
    say(f"and supporters {were} judged; {counted(found.untouched, 'other')} passed untouched")
    say()
    _tallies("clause", found.clauses)
    _tallies("person", found.persons)
    _tallies("week", found.weeks)


def _tallies(head: str, tallies: Mapping[str, Any]) -> None:
    verdicts = ("permit", "hold", "refuse")
    rows = (
        (name, tally.judged, *(tally.verdicts.get(v, 0) for v in verdicts))
        for name, tally in sorted(tallies.items())
    )
    table((head, "of", "permitted", "held", "refused"), rows, none=f"nothing by {head}")
