"""The room's name in Django."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "alongside.records"
    label = "records"
    verbose_name = "The record"
    default_auto_field = "django.db.models.BigAutoField"
