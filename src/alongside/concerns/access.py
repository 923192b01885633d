"""Who has access to a concern: given and taken away by those who have it, with a reason."""

from __future__ import annotations

from django.db import transaction

from alongside.access.actor import Actor
from alongside.access.checks import NotAllowed

from . import entries, reading
from .kinds import NoteKind, What
from .models import Access, Concern
from .moves import Impossible
from .routing import Member
from .team import team


def could_have_access(actor: Actor, reference: str) -> tuple[Member, ...]:
    """Those of the safeguarding team, up the federation, who have none and may. By name.

    Raises ``NotFound``.
    """
    concern = reading.known(actor, reference)
    return tuple(m for m in team().members(concern.organisation) if _could(m.id, concern))


def give_access(actor: Actor, reference: str, person: str, reason: str) -> None:
    """Let somebody of the safeguarding team read it.

    Raises ``NotFound``; ``NotAllowed`` for whom it is kept from, and outside the team, in the
    same words; ``Impossible`` without a reason and where they have access.
    """
    with transaction.atomic():
        concern = reading.known(actor, reference, lock=True)
        _check_reason(reason)
        if person in reading.readers(concern):
            raise Impossible("they have access already")
        if not _could(person, concern):
            raise NotAllowed("choose somebody of the safeguarding team who may have it")
        _change(actor, concern, person, reason, given=True)


def take_access(actor: Actor, reference: str, person: str, reason: str) -> None:
    """End somebody's access, or one's own. Raises ``NotFound``; ``Impossible`` without a reason,
    and where nobody would be left."""
    with transaction.atomic():
        concern = reading.known(actor, reference, lock=True)
        _check_reason(reason)
        have = reading.readers(concern)
        if person not in have:
            raise Impossible("they have no access")
        if not any(_active(each, concern) for each in have - {person}):
            raise Impossible("give somebody else access first: nobody would be left")
        _change(actor, concern, person, reason, given=False)


def _change(actor: Actor, concern: Concern, person: str, reason: str, *, given: bool) -> None:
    note = entries.add(
        actor,
        concern,
        NoteKind.ACCESS,
        What.GIVEN if given else What.TAKEN,
        parts=[(person, entries.READER if given else entries.ABOUT)],
        person=person,
        text=reason.strip(),
    )
    Access.objects.create(concern=concern, person=person, given=given, note=note)


def _could(person: str, concern: Concern) -> bool:
    return person not in reading.readers(concern) and _active(person, concern)


def _active(person: str, concern: Concern) -> bool:
    try:
        reading.check_eligible(person, concern)
    except NotAllowed:
        return False
    return True


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Impossible("give a reason: it is kept on the record")
