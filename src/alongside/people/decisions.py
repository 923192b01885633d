"""What the safeguarding team decides about one person."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from alongside.access.actor import Actor
from alongside.enforcement.values import Text
from alongside.policy.people import ADULT_AGE
from alongside.policy.vocabulary import CHILD_UNLESS_KNOWN, Category, Standing

from . import changes
from .actors import Impossible, check_over
from .actors import person as known
from .entries import enter
from .models import Person


def set_standing(actor: Actor, person: str, standing: Standing, reason: str = "") -> None:
    """Suspend somebody, mark that they left, or take them back.

    What is set here, an import leaves alone, until ``active`` is set here again. Raises
    ``NotAllowed`` unless the actor oversees the person and is somebody else; ``Unknown``.
    """
    with transaction.atomic():
        changes.lock()
        who = known(person)
        check_over(actor, who.organisations, {person})
        who.standing = standing.value
        who.standing_kept = standing is not Standing.ACTIVE
        who.save()
        changes.bump([(changes.PERSON, person)])
        _enter(actor, who, "standing", {"standing": standing.value}, reason, guarded=True)


def set_objection(actor: Actor, person: str, approved: bool, reason: str) -> None:
    """An adult participant's wish that nobody is copied, approved or ended.

    Raises ``NotAllowed`` unless the actor oversees the person and is somebody else; ``Unknown``;
    ``Impossible`` without a reason, and for anybody but an adult participant: a child, or one
    who may be a child, can't be left alone with an adult by a form.
    """
    with transaction.atomic():
        changes.lock()
        who = known(person)
        check_over(actor, who.organisations, {person})
        if not reason.strip():
            raise Impossible("there is no reason; say why, for whoever reads it in ten years")
        if approved and (Category.ADULT_PARTICIPANT not in who.categories or _may_be_a_child(who)):
            raise Impossible(f"`{person}` is no adult participant")
        who.objection = approved
        who.save()
        changes.bump([(changes.PERSON, person)])
        _enter(actor, who, "objection", {"approved": approved}, reason)


def set_at_risk(actor: Actor, person: str, at_risk: bool, reason: str) -> None:
    """Record, or end, a reason why an adult's third party is the officer first.

    Raises as ``set_objection``, but for the category: whoever it is may be protected more.
    """
    with transaction.atomic():
        changes.lock()
        who = known(person)
        check_over(actor, who.organisations, {person})
        if not reason.strip():
            raise Impossible("there is no reason; say why, for whoever reads it in ten years")
        who.at_risk = at_risk
        who.save()
        changes.bump([(changes.PERSON, person)])
        _enter(actor, who, "at_risk", {"at_risk": at_risk}, reason, guarded=True)


def _may_be_a_child(who: Person) -> bool:
    if not CHILD_UNLESS_KNOWN.isdisjoint(who.categories):
        return True
    if who.born is None:
        return False
    today = timezone.localdate()
    had = (today.month, today.day) >= (who.born.month, who.born.day)
    return today.year - who.born.year - (0 if had else 1) < ADULT_AGE


def _enter(
    actor: Actor,
    who: Person,
    what: str,
    body: dict[str, str | bool],
    reason: str = "",
    *,
    guarded: bool = False,
) -> None:
    enter(
        actor,
        what,
        body={"person": who.id, **body},
        persons=((who.id, "about"),),
        texts=(Text(name="reason", value=reason.strip(), persons=(who.id,)),) if reason else (),
        organisation=next(iter(who.organisations), ""),
        guarded=guarded,
    )
