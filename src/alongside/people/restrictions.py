"""Restrictions by hand: one person of the safeguarding team makes one, two lift it."""

from __future__ import annotations

from django.db import transaction

from alongside.access.actor import Actor, System, name_of
from alongside.access.checks import NotAllowed
from alongside.enforcement.values import Text
from alongside.policy.vocabulary import SERVICE_USERS, Category, Relationship

from . import changes
from .actors import Impossible, check_over, concerned
from .actors import person as known
from .entries import enter
from .models import Lifting, Link, Person

PROTECTED = SERVICE_USERS | {Category.YOUNG_LEADER}
"""Who can be kept apart from somebody."""


def restrict(actor: Actor, service_user: str, person: str, reason: str) -> None:
    """From now on nothing of the service user's reaches this person (a parent, a coach, anyone).

    Raises ``NotAllowed`` unless the actor oversees the service user and is neither of the two,
    ``Unknown`` for an id, and ``Impossible`` without a reason, for somebody who is no service
    user, and where it stands already.
    """
    with transaction.atomic():
        changes.lock()
        child, other = known(service_user), known(person)
        check_over(actor, child.organisations, {service_user, person})
        _check_reason(reason)
        if PROTECTED.isdisjoint(child.categories) or service_user == person:
            raise Impossible(
                f"`{service_user}` is no service user to be kept apart from `{person}`"
            )
        link, _ = Link.objects.get_or_create(
            service_user=child,
            supporter=other,
            defaults={"relationship": Relationship.OTHER.value},
        )
        if link.restricted:
            raise Impossible(f"`{person}` is restricted for `{service_user}` already")
        link.restricted, link.copied, link.reason = True, False, reason.strip()
        link.save()
        changes.bump([(changes.LINKS, service_user)])
        _enter(actor, "restricted", child, other, reason)


def lift_restriction(
    first_actor: Actor, second_actor: Actor, service_user: str, person: str, reason: str
) -> None:
    """Two people end a restriction. Nobody is copied by it: ``copied`` stays no.

    Raises ``NotAllowed`` unless both are persons, different, oversee the service user, and
    neither is concerned: one of the two, of either's household, or linked to the service user.
    ``Unknown`` for an id; ``Impossible`` without a reason and where there is no restriction.
    """
    with transaction.atomic():
        changes.lock()
        child, other = known(service_user), known(person)
        if isinstance(first_actor, System) or isinstance(second_actor, System):
            raise NotAllowed("two people lift a restriction, never the system")
        if first_actor.id == second_actor.id:
            raise NotAllowed("two different people lift a restriction")
        about = concerned(child, other)
        check_over(first_actor, child.organisations, about)
        check_over(second_actor, child.organisations, about)
        _check_reason(reason)
        link = Link.objects.filter(service_user=child, supporter=other, restricted=True).first()
        if link is None:
            raise Impossible(f"`{person}` is not restricted for `{service_user}`")
        link.restricted, link.reason = False, ""
        link.save()
        Lifting.objects.filter(service_user=child, person=other).delete()
        changes.bump([(changes.LINKS, service_user)])
        _enter(first_actor, "restriction_lifted", child, other, reason, second_actor)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Impossible("there is no reason; say why, for whoever reads it in ten years")


def _enter(
    actor: Actor, what: str, child: Person, other: Person, reason: str, second: Actor | None = None
) -> None:
    enter(
        actor,
        what,
        body={
            "service_user": child.id,
            "person": other.id,
            **({"second": name_of(second)} if second else {}),
        },
        persons=((child.id, "service_user"), (other.id, "about")),
        texts=(Text(name="reason", value=reason.strip(), persons=(child.id, other.id)),),
        organisation=next(iter(child.organisations), ""),
        guarded=True,
    )
