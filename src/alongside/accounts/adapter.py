"""What we ask of allauth: no open sign-up, and names that people know each other by."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .backend import may_sign_in


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse | None:
        """Somebody whose password is right, and whose access has ended, is told so plainly."""
        stopped: HttpResponse | None = super().pre_login(request, user, **options)
        if stopped is None and not may_sign_in(user):
            stopped = self.respond_user_inactive(request, user)
        return stopped

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not again within ten minutes of signing in: who has just come in is who they are."""
        methods = get_authentication_records(self.request, self.request.user)
        last = methods[-1]["at"] if methods else 0
        return bool(time.time() - last >= app_settings.REAUTHENTICATION_TIMEOUT)

    def format_email_subject(self, subject: str) -> str:
        """Neutral: it stands on lock screens."""
        return subject


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """How we stand in an authenticator app and among somebody's passkeys."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Alongside"}

    def encrypt(self, text: str) -> str:
        """What an authenticator app shares with us is kept unreadable in the database."""
        return _locked().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _locked().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: Any) -> str:
        return str(user.email)


def _locked() -> Fernet:
    key = hashlib.sha256(f"second factors\0{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
