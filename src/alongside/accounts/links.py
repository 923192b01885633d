"""Links that are good once: an invitation, and the demonstration's way in."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from .models import Account, Link, Purpose

GOOD_FOR = {
    Purpose.INVITATION: timedelta(days=7),
    Purpose.DEMONSTRATION: timedelta(hours=12),
}


class Spent(LookupError):
    """the link is used up, too old, or none of ours"""


def make(account: Account, purpose: Purpose) -> str:
    """The secret part of a new link. Earlier ones for the same purpose stop working."""
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        account.links.filter(purpose=purpose, used=None).delete()
        Link.objects.create(
            key=_key(secret),
            account=account,
            purpose=purpose,
            expires=timezone.now() + GOOD_FOR[purpose],
        )
    return secret


def look(secret: str) -> Link:
    """The link, if it is good now; it stays so. Raises ``Spent``."""
    found = Link.objects.select_related("account").filter(key=_key(secret), used=None).first()
    if found is None or found.expires <= timezone.now() or not found.account.is_active:
        raise Spent
    return found


def use(secret: str) -> Link:
    """The link, used up by this call and by no other. Raises ``Spent``."""
    link = look(secret)
    now = timezone.now()
    if Link.objects.filter(id=link.id, used=None).update(used=now) != 1:
        raise Spent
    link.used = now
    return link


def _key(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
