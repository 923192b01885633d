"""Addresses by hand: whether they bounce, who else reads them, where role copies go."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from alongside.access.actor import Actor
from alongside.access.checks import check_administer
from alongside.enforcement.values import Text
from alongside.policy.address import key
from alongside.policy.vocabulary import Mode

from . import changes
from .actors import Impossible, Unknown
from .actors import person as known
from .entries import enter
from .importing.cells import email
from .importing.problems import CellError
from .models import ContactPoint, Group, Organisation, Person


def set_role_address(actor: Actor, organisation: str, address: str) -> None:
    """Where the organisation's role copies go; empty: to the officers' own addresses.

    Raises ``NotAllowed`` unless the actor may change the register, ``Unknown`` for the
    organisation, ``Impossible`` for what is no address or is a person's or a group's.
    """
    with transaction.atomic():
        changes.lock()
        check_administer(actor)
        body = _organisation(organisation)
        if address:
            _check_role_address(address)
        body.role_address = address
        body.save()
        changes.bump([(changes.ORGANISATION, organisation)])
        enter(
            actor,
            "role_address",
            body={"organisation": organisation, "set": bool(address)},
            texts=(Text(name="address", value=address),) if address else (),
            organisation=organisation,
        )


def set_organisation(
    actor: Actor,
    organisation: str,
    *,
    mode: Mode | None,
    copy_supporters: bool,
) -> None:
    """An organisation's own mode (none: the configuration's), and whether under-16s' supporters
    with ``copied`` are copied as well. Raises ``NotAllowed`` and ``Unknown``."""
    with transaction.atomic():
        changes.lock()
        check_administer(actor)
        body = _organisation(organisation)
        body.mode = "" if mode is None else mode.word
        body.copy_supporters = copy_supporters
        body.save()
        changes.bump([(changes.ORGANISATION, organisation)])
        enter(
            actor,
            "organisation",
            body={
                "organisation": organisation,
                "mode": body.mode,
                "copy_supporters": copy_supporters,
            },
            organisation=organisation,
        )


def set_readers(actor: Actor, person: str, address: str, readers: Iterable[str]) -> None:
    """Who else reads a person's inbox (an assistant). Raises ``NotAllowed`` and ``Unknown``."""
    with transaction.atomic():
        changes.lock()
        check_administer(actor)
        who = known(person)
        ids = sorted({known(reader).id for reader in readers} - {person})
        changed = ContactPoint.objects.filter(person=who, key=key(address)).update(readers=ids)
        if not changed:
            raise Unknown(f"`{person}` has no such address")
        changes.bump([(changes.PERSON, person)])
        enter(
            actor,
            "readers",
            body={"person": person, "readers": ids},
            persons=((person, "about"), *((reader, "about") for reader in ids)),
            organisation=next(iter(who.organisations), ""),
        )


def mark_bouncing(actor: Actor, address: str) -> frozenset[str]:
    """Nobody is reached at this address any more; give the persons it belongs to (pitfall 18).

    Raises ``NotAllowed``, and ``Unknown`` for an address that nobody has.
    """
    return _set_bouncing(actor, address, True)


def clear_bouncing(actor: Actor, address: str, reason: str = "") -> frozenset[str]:
    """The address works again. Raises as ``mark_bouncing``."""
    return _set_bouncing(actor, address, False, reason)


def _set_bouncing(actor: Actor, address: str, bouncing: bool, reason: str = "") -> frozenset[str]:
    with transaction.atomic():
        changes.lock()
        check_administer(actor)
        points = ContactPoint.objects.filter(key=key(address))
        owners = frozenset(points.values_list("person_id", flat=True))
        if not owners:
            raise Unknown("nobody has this address")
        points.update(bouncing=bouncing)
        changes.bump((changes.PERSON, owner) for owner in owners)
        enter(
            actor,
            "bouncing" if bouncing else "bouncing_cleared",
            body={"persons": sorted(owners)},
            persons=((owner, "about") for owner in sorted(owners)),
            texts=_because(reason, owners),
        )
        return owners


def _because(reason: str, owners: frozenset[str]) -> tuple[Text, ...]:
    tidy = reason.strip()
    return (Text(name="reason", value=tidy, persons=tuple(sorted(owners))),) if tidy else ()


def _organisation(organisation: str) -> Organisation:
    found = Organisation.objects.filter(id=organisation).first()
    if found is None:
        raise Unknown(f"there is no organisation with the id `{organisation}`")
    return found


def _check_role_address(address: str) -> None:
    try:
        email(address, timezone.localdate())
    except CellError as wrong:
        raise Impossible(f"{wrong.what}; {wrong.mend}") from wrong
    owner = Person.objects.filter(contacts__key=key(address)).first()
    if owner is not None:
        raise Impossible(f"`{address}` belongs to `{owner.id}`; a role has an address of its own")
    for group in Group.objects.all():
        if key(address) in {key(a) for a in group.addresses}:
            raise Impossible(f"`{address}` reaches the group `{group.id}`")
