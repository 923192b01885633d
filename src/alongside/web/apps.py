"""The room's name in Django."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "alongside.web"
    label = "web"
