"""What waits for somebody in this room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone

from alongside.access.actor import Actor
from alongside.access.waiting import Urgency, Waiting

from . import reading
from .kinds import State


def waiting(actor: Actor) -> Iterable[Waiting]:
    """New concerns, clocks that run out, and sign-offs; only what the actor has access to."""
    now = timezone.now()
    found = reading.readable(actor)
    new = [c.opened for c in found if c.state == State.NEW]
    yield from _one(Urgency.NOW, new, "new worries to read", "Read them")
    ongoing = reading.running_of(c for c in found if c.state != State.CLOSED)
    running = [clock for clocks in ongoing.values() for clock in clocks]
    late = [clock.due for clock in running if clock.late(now)]
    yield from _one(Urgency.NOW, late, "outside bodies should have been told by now", "Tell them")
    soon = [clock.due for clock in running if not clock.late(now)]
    yield from _one(Urgency.TODAY, soon, "outside bodies to tell in time", "See by when", old=False)
    sign = [
        c.opened
        for c in found
        if c.state == State.CLOSING and reading.concluded_by(c) != _id(actor)
    ]
    yield from _one(Urgency.SOON, sign, "concerns to sign off", "Sign them off")


def _one(
    urgency: Urgency, times: list[datetime], what: str, action: str, *, old: bool = True
) -> Iterator[Waiting]:
    if times:
        yield Waiting(
            urgency=urgency,
            count=len(times),
            what=what,
            oldest=min(times) if old else None,
            view="concerns",
            action=action,
        )


def _id(actor: Actor) -> str:
    return getattr(actor, "id", "")
