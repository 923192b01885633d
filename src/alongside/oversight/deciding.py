"""An officer's word on a hold. Each change and its entry are one transaction of the record."""

from __future__ import annotations

from django.db import transaction

from alongside.access.actor import Person
from alongside.access.checks import NotAllowed
from alongside.access.permissions import Permission, check_may
from alongside.records import api as records

from . import team
from .notice import refusal_notice

CLAIMED = "I am dealing with it"


def claim(actor: Person, reference: str, reason: str = CLAIMED) -> None:
    """Take a hold on oneself, so that nobody else starts on it.

    Raises ``NotFound``, ``NotAllowed``, ``Decided``, and ``ValueError`` for an empty reason.
    """
    check_may(actor, Permission.DECIDE)
    records.hand_over_hold(actor, reference, actor.id, reason)


def hand_over(actor: Person, reference: str, to_person: str, reason: str) -> None:
    """Ask a named person of the safeguarding team to decide.

    Raises as ``claim``; ``NotAllowed`` for somebody who may not decide this hold themselves.
    """
    check_may(actor, Permission.DECIDE)
    if not to_person:
        raise ValueError("name the person who is to decide")
    with transaction.atomic():
        records.hand_over_hold(actor, reference, to_person, reason)
        if not team.eligible(to_person, reference):
            raise NotAllowed("they may not decide this hold")


def release(actor: Person, reference: str, reason: str) -> None:
    """Let it go: it is judged again, copied and delivered. Raises as ``claim``."""
    check_may(actor, Permission.DECIDE)
    with transaction.atomic():
        records.release_hold(actor, reference, reason)
        _no_longer_late(actor, reference, reason)


def refuse(actor: Person, reference: str, reason: str) -> None:
    """End it undelivered, and tell the writer so, never why. Raises as ``claim``; and
    ``RuntimeError`` where nobody said how a writer is told."""
    check_may(actor, Permission.DECIDE)
    tell = refusal_notice()
    with transaction.atomic():
        records.refuse_hold(actor, reference, reason, tell=tell)
        _no_longer_late(actor, reference, reason)


def _no_longer_late(actor: Person, reference: str, reason: str) -> None:
    """What said that it waited too long is seen to by the decision."""
    for late in records.incidents(actor, kind="hold_overdue", limit=1_000):
        if late.reference == reference:
            records.close_incident(actor, late.id, reason)
