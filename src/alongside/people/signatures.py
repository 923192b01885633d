"""Signatures: what somebody puts below their messages, seen, asked about, approved or refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from alongside.access.actor import Actor
from alongside.access.checks import Item, can_oversee
from alongside.enforcement.values import Text
from alongside.policy.register import SignatureStanding

from . import changes
from .actors import Impossible, Unknown, check_over
from .actors import person as known
from .entries import enter
from .models import Person, Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One signature, as an officer sees it."""

    number: int
    person: str
    standing: str
    since: date
    reference: str
    text: str


def note_signature(actor: Actor, person: str, *, key: str, text: str, reference: str) -> None:
    """A signature was seen for the first time: an officer is asked. Known ones stay as they are.

    Raises ``Unknown`` for the person.
    """
    with transaction.atomic():
        changes.lock()
        who = known(person)
        kept, new = Signature.objects.get_or_create(
            person=who,
            key=key,
            defaults={"text": text, "since": timezone.localdate(), "reference": reference},
        )
        if new:
            changes.bump([(changes.PERSON, person)])
            _enter(actor, who, kept, "signature_asked")


def signatures(actor: Actor, *, undecided_only: bool = True) -> tuple[Listed, ...]:
    """Those of people whom the actor oversees, the longest waiting first; never one's own."""
    found = Signature.objects.select_related("person").order_by("since", "id")
    if undecided_only:
        found = found.filter(standing=SignatureStanding.ASKED.value)
    return tuple(_listed(s) for s in found if _may(actor, s.person))


def decide_signature(actor: Actor, number: int, standing: SignatureStanding, reason: str) -> None:
    """Approve or refuse a signature, for this person.

    What stands in an approved one passes; what stands in a refused one is judged as anything else.
    Raises ``NotAllowed`` unless the actor oversees the person and is somebody else; ``Unknown``;
    ``Impossible`` without a reason.
    """
    with transaction.atomic():
        changes.lock()
        kept = Signature.objects.select_related("person").filter(id=number).first()
        if kept is None:
            raise Unknown(f"there is no signature `{number}`")
        check_over(actor, kept.person.organisations, {kept.person.id})
        if not reason.strip():
            raise Impossible("there is no reason; say why, for whoever reads it in ten years")
        kept.standing = standing.value
        kept.save()
        changes.bump([(changes.PERSON, kept.person.id)])
        _enter(actor, kept.person, kept, f"signature_{standing.value}", reason)


def _may(actor: Actor, person: Person) -> bool:
    about = frozenset({person.id})
    return any(
        can_oversee(actor, Item(organisation=o, about=about)) for o in person.organisations or [""]
    )


def _listed(s: Signature) -> Listed:
    return Listed(
        number=s.id,
        person=s.person_id,
        standing=s.standing,
        since=s.since,
        reference=s.reference,
        text=s.text,
    )


def _enter(actor: Actor, person: Person, kept: Signature, what: str, reason: str = "") -> None:
    about = (person.id,)
    texts = [Text(name="signature", value=kept.text, persons=about)]
    if reason:
        texts.append(Text(name="reason", value=reason, persons=about))
    enter(
        actor,
        what,
        body={"person": person.id, "signature": kept.id},
        persons=[(person.id, "about")],
        texts=texts,
        organisation=min(person.organisations, default=""),
    )
