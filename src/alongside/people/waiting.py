"""What of the register waits for somebody: addresses that bounce, restrictions to be lifted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.access.actor import Person as ActingPerson
from alongside.access.permissions import Permission, can_may, check_may
from alongside.access.waiting import Urgency, Waiting
from alongside.policy.vocabulary import Standing

from .finding import Named
from .lifting import liftings
from .models import ContactPoint
from .reach import persons, reach_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounced:
    """An address at which nobody is reached any more."""

    number: int
    person: Named
    address: str


def bouncing(actor: ActingPerson) -> tuple[Bounced, ...]:
    """Addresses in the actor's reach that bounce, by name: not their own, and of nobody who left.

    Raises ``NotAllowed`` unless the actor may change the register.
    """
    check_may(actor, Permission.REGISTER)
    reach = reach_of(actor)
    rows = (
        ContactPoint.objects.filter(bouncing=True, active=True, person__in=persons(reach))
        .exclude(person__standing=Standing.LEFT.value)
        .exclude(person__in=reach.near)
        .select_related("person")
        .order_by("person__sought", "position", "id")
    )
    return tuple(
        Bounced(
            number=row.id,
            person=Named(id=row.person_id, name=row.person.name or row.person_id),
            address=row.address,
        )
        for row in rows
    )


def waiting(actor: ActingPerson) -> Iterator[Waiting]:
    """For the home page: nothing for whoever may do nothing about it."""
    if can_may(actor, Permission.RESTRICTIONS):
        asked = [a for a in liftings(actor) if not a.mine]
        if asked:
            yield Waiting(
                urgency=Urgency.TODAY,
                count=len(asked),
                what="restrictions to be lifted, if you agree",
                oldest=asked[0].asked,
                view="people-liftings",
                action="Look at each",
            )
    if can_may(actor, Permission.PEOPLE) and can_may(actor, Permission.REGISTER):
        found = bouncing(actor)
        if found:
            yield Waiting(
                urgency=Urgency.SOON,
                count=len(found),
                what="addresses no longer work",
                view="people-bouncing",
                action="See whose they are",
            )
