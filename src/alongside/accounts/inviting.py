"""Giving somebody of the workforce a key, and taking it back."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from alongside.access.actor import Actor
from alongside.access.permissions import Permission, check_may
from alongside.enforcement.values import Entry
from alongside.people import api as people
from alongside.records import api as records

from . import links
from .models import Account, Purpose

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class Impossible(ValueError):
    """the register does not allow it"""


def invite(actor: Actor, person: str) -> tuple[str, str]:
    """Make an account, if there is none, and a link that opens it: (address, secret).

    The link goes to the person's organisational address, or to their own where they have none.
    Raises ``NotAllowed``; ``people.api.Unknown``; ``Impossible`` for whoever is not of the
    workforce, has left, or has no address.
    """
    check_may(actor, Permission.INVITE)
    with transaction.atomic():
        account = _account(person)
        secret = links.make(account, Purpose.INVITATION)
        _enter(actor, "invited", person)
    return account.email, secret


def way_in(actor: Actor, person: str) -> str:
    """The secret of a link that signs in at once: for the made-up charity only."""
    check_may(actor, Permission.INVITE)
    with transaction.atomic():
        secret = links.make(_account(person), Purpose.DEMONSTRATION)
        _enter(actor, "way_in", person)
    return secret


def end_access(actor: Actor, person: str) -> None:
    """Nobody signs in as this person any more, and whoever is signed in is signed out.

    Raises ``NotAllowed``: nobody ends their own access, so that somebody always knows.
    """
    check_may(actor, Permission.INVITE)
    with transaction.atomic():
        account = Account.objects.filter(person=person).first()
        if account is None:
            return
        account.is_active = False
        account.set_unusable_password()
        account.save()
        account.links.filter(used=None).delete()
        for session in Session.objects.all():
            if session.get_decoded().get("_auth_user_id") == str(account.pk):
                session.delete()
        _enter(actor, "access_ended", person)


def _account(person: str) -> Account:
    found = people.sign_in_address(person)
    if not found:
        raise Impossible(f"`{person}` can't sign in: only active workforce with an address can")
    account, _ = Account.objects.get_or_create(person=person, defaults={"email": found})
    if account.email != found or not account.is_active:
        account.email, account.is_active = found, True
        account.save()
    return account


def _enter(actor: Actor, what: str, person: str) -> None:
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(8))
    entry = Entry(
        kind="account",
        at=datetime.now(UTC),
        reference=f"{drawn[:4]}-{drawn[4:]}",
        body={"what": what},
        persons=((person, "about"),),
    )
    records.append(actor, entry)
