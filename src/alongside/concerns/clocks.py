"""The clocks of outside bodies. Pure: a clock is started by a row of the chronology, and stopped
by a referral or by a decision not to refer, which has its rationale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Protocol

from alongside.access.waiting import Urgency

from .kinds import Body, Clock, NoteKind, State, What

ALLOWED: Mapping[Clock, timedelta] = MappingProxyType(
    {
        Clock.LADO: timedelta(hours=24),
        Clock.ICO: timedelta(hours=72),
        Clock.CHARITY_COMMISSION: timedelta(days=3),
    }
)
"""From when the organisation knew. The Charity Commission says "as soon as reasonably possible"."""
STOPS: Mapping[Body, Clock] = MappingProxyType(
    {
        Body.LADO: Clock.LADO,
        Body.ICO: Clock.ICO,
        Body.CHARITY_COMMISSION: Clock.CHARITY_COMMISSION,
    }
)
SOON = timedelta(hours=24)


class Row(Protocol):
    """What a clock needs to know of a row of the chronology."""

    kind: str
    what: str
    clock: str
    due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A clock that nobody has stopped."""

    clock: Clock
    due: datetime

    @property
    def words(self) -> str:
        return str(self.clock.label)

    def late(self, now: datetime) -> bool:
        """Whether its time has run out."""
        return self.due <= now


def running(rows: Iterable[Row]) -> tuple[Running, ...]:
    """The clocks that run after these rows, in their order; the first to run out first.

    One that is started again while it runs keeps its earlier time.
    """
    found: dict[Clock, datetime] = {}
    for row in rows:
        if not row.clock:
            continue
        clock = Clock(row.clock)
        if row.kind == NoteKind.ACTION and row.what == What.CLOCK and row.due is not None:
            found[clock] = min(row.due, found.get(clock, row.due))
        elif row.kind == NoteKind.REFERRAL or row.what == What.NOT_REFERRED:
            found.pop(clock, None)
    listed = [Running(clock=clock, due=due) for clock, due in found.items()]
    return tuple(sorted(listed, key=lambda each: (each.due, each.clock)))


def urgency(state: str, clocks: Iterable[Running], now: datetime) -> Urgency:
    """How soon somebody has to look: new ones and clocks in their last day at once."""
    if state == State.NEW:
        return Urgency.NOW
    dues = [clock.due for clock in clocks]
    if dues:
        return Urgency.NOW if min(dues) - now <= SOON else Urgency.TODAY
    return Urgency.SOMETIME if state == State.CLOSED else Urgency.SOON
