"""Lifting a restriction by two people, each on their own screen: one asks, another agrees.

``restrictions.lift_restriction`` is what ends it, and checks both once more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alongside.access.actor import Person as ActingPerson
from alongside.access.checks import NotAllowed
from alongside.access.permissions import Permission, check_may
from alongside.enforcement.values import Text

from . import changes
from .actors import Impossible, Unknown, check_over, concerned
from .actors import actor as actor_of
from .actors import person as known
from .entries import enter
from .finding import Named
from .models import Lifting, Link, Person
from .reach import Reach, reach_of
from .restrictions import lift_restriction


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request to lift a restriction, as somebody who may know of it sees it."""

    number: int
    service_user: Named
    person: Named
    asked_by: Named
    reason: str
    asked: datetime
    mine: bool
    """The actor asked: a second person answers."""


def ask_lifting(actor: ActingPerson, service_user: str, person: str, reason: str) -> None:
    """Ask that a restriction be lifted; it stands until a second person agrees.

    Raises ``NotAllowed`` as ``lift_restriction`` does; ``Unknown``; ``Impossible`` without a
    reason, where there is no restriction, and where somebody asked already.
    """
    with transaction.atomic():
        changes.lock()
        child, other = known(service_user), known(person)
        check_over(actor, child.organisations, concerned(child, other))
        if not reason.strip():
            raise Impossible("there is no reason; say why, for whoever reads it in ten years")
        if not _restricted(child, other):
            raise Impossible(f"`{person}` is not restricted for `{service_user}`")
        _, new = Lifting.objects.get_or_create(
            service_user=child,
            person=other,
            defaults={
                "asked_by": actor.id,
                "reason": reason.strip(),
                "asked": timezone.now(),
            },
        )
        if not new:
            raise Impossible("somebody asked already; a second person has to agree")
        _enter(actor, "lifting_asked", child, other, reason)


def liftings(actor: ActingPerson) -> tuple[Asked, ...]:
    """Those that the actor may know of, the longest waiting first. Raises ``NotAllowed``."""
    check_may(actor, Permission.RESTRICTIONS)
    reach = reach_of(actor)
    rows = Lifting.objects.select_related("service_user", "person")
    return tuple(_shown(actor, row) for row in rows if _may_know(reach, row))


def lifting(actor: ActingPerson, number: int) -> Asked:
    """One of ``liftings``. Raises ``NotAllowed`` and ``Unknown``."""
    for asked in liftings(actor):
        if asked.number == number:
            return asked
    raise Unknown(f"there is no request `{number}`")


def agree_lifting(actor: ActingPerson, number: int, reason: str = "") -> None:
    """The second person agrees, and the restriction ends; the record hears both reasons.

    Raises as ``lift_restriction``; the one who asked may not agree.
    """
    with transaction.atomic():
        changes.lock()
        row = _row(actor, number)
        first = actor_of(row.asked_by)
        both = "\n\n".join(filter(None, (row.reason, reason.strip())))
        lift_restriction(first, actor, row.service_user_id, row.person_id, both)


def decline_lifting(actor: ActingPerson, number: int, reason: str) -> None:
    """The restriction stays. Whoever asked may take it back, and anybody else who may agree.

    Raises ``NotAllowed``, ``Unknown``, and ``Impossible`` without a reason.
    """
    with transaction.atomic():
        changes.lock()
        row = _row(actor, number)
        if not reason.strip():
            raise Impossible("there is no reason; say why, for whoever reads it in ten years")
        row.delete()
        _enter(actor, "lifting_declined", row.service_user, row.person, reason)


def _row(actor: ActingPerson, number: int) -> Lifting:
    row = Lifting.objects.select_related("service_user", "person").filter(id=number).first()
    if row is None or not _may_know(reach_of(actor), row):
        raise Unknown(f"there is no request `{number}`")
    return row


def _may_know(reach: Reach, row: Lifting) -> bool:
    """Whoever could agree to it; to all others it does not exist. One that is out of date is
    shown to nobody."""
    about = concerned(row.service_user, row.person)
    try:
        check_over(reach.actor, row.service_user.organisations, about)
    except NotAllowed:
        return False
    return reach.near.isdisjoint(about) and _restricted(row.service_user, row.person)


def _restricted(child: Person, other: Person) -> bool:
    return Link.objects.filter(service_user=child, supporter=other, restricted=True).exists()


def _shown(actor: ActingPerson, row: Lifting) -> Asked:
    asker = Person.objects.filter(id=row.asked_by).values_list("name", flat=True).first()
    return Asked(
        number=row.id,
        service_user=_named(row.service_user),
        person=_named(row.person),
        asked_by=Named(id=row.asked_by, name=asker or row.asked_by),
        reason=row.reason,
        asked=row.asked,
        mine=row.asked_by == actor.id,
    )


def _named(person: Person) -> Named:
    return Named(id=person.id, name=person.name or person.id)


def _enter(actor: ActingPerson, what: str, child: Person, other: Person, reason: str) -> None:
    enter(
        actor,
        what,
        body={"service_user": child.id, "person": other.id},
        persons=((child.id, "service_user"), (other.id, "about")),
        texts=(Text(name="reason", value=reason.strip(), persons=(child.id, other.id)),),
        organisation=next(iter(child.organisations), ""),
        guarded=True,
    )
