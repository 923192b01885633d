"""The room's name in Django."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "alongside.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
