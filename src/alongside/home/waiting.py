"""All rooms' waiting things, most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from alongside.access.actor import Person
from alongside.access.waiting import Waiting
from alongside.concerns import api as concerns
from alongside.oversight import api as oversight
from alongside.people import api as people

Room = Callable[[Person], Iterable[Waiting]]
ROOMS: tuple[Room, ...] = (concerns.waiting, oversight.waiting, people.waiting)
"""Each room that has something to do for people."""
_LATEST = datetime.max.replace(tzinfo=UTC)


def waiting(actor: Person) -> list[Waiting]:
    """What waits for this person; of what is equally urgent, the oldest first."""
    found = [item for room in ROOMS for item in room(actor) if item.count]
    return sorted(found, key=lambda item: (item.urgency, item.oldest or _LATEST))
