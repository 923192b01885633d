"""Passwords and passkeys, for those whom the register still has."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from alongside.people import api as people

from .models import Account


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """An account opens only while its person is active; the answer is the same for all others."""

    def user_can_authenticate(self, user: AbstractBaseUser | Any) -> bool:
        return may_sign_in(user)


def may_sign_in(user: object) -> bool:
    """Whether the account is open and its person is active in the register."""
    if not isinstance(user, Account) or not user.is_active:
        return False
    try:
        return people.actor(user.person).active
    except people.Unknown:
        return False
