"""The room's name in Django."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "alongside.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
