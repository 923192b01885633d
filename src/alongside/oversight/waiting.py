"""What waits for an officer, for the home page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from alongside.access.actor import Person
from alongside.access.permissions import Permission, can_may
from alongside.access.waiting import Urgency, Waiting

from .emergencies import emergencies
from .exceptions import exceptions
from .holds import open_holds


def waiting(actor: Person, now: datetime | None = None) -> Iterator[Waiting]:
    """Holds, exceptions and emergencies that this person may decide; nothing for anybody else."""
    if not can_may(actor, Permission.DECIDE):
        return
    at = now or datetime.now(UTC)
    held = [h for h in open_holds(actor, at) if h.eligible]
    if held:
        one = len(held) == 1
        yield Waiting(
            urgency=Urgency.NOW if any(h.urgent for h in held) else Urgency.TODAY,
            count=len(held),
            what="message is held" if one else "messages are held",
            oldest=min(h.at for h in held),
            view="holds",
            action="Decide",
        )
    past = emergencies(actor, at)
    if past:
        yield Waiting(
            urgency=Urgency.TODAY,
            count=len(past),
            what="emergency to look back at" if len(past) == 1 else "emergencies to look back at",
            oldest=past[0].at,
            view="emergencies",
            action="Look back",
        )
    wrong = exceptions(actor)
    if wrong:
        yield Waiting(
            urgency=min(e.kind.urgency for e in wrong),
            count=len(wrong),
            what="exception to look at" if len(wrong) == 1 else "exceptions to look at",
            oldest=wrong[0].at,
            view="exceptions",
            action="Look at them" if len(wrong) > 1 else "Look at it",
        )
