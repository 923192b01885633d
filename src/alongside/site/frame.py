"""What stands around every page: the organisation and its contact block (clause P5), the way
about, and who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from alongside.access.actor import Person
from alongside.access.permissions import Permission, can_may
from alongside.accounts.acting import actor_of
from alongside.people import api as people

from .config import Config, load
from .config.schema import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One item of the navigation."""

    url: str
    text: str
    current: bool


_WAYS: tuple[tuple[str, str, Permission], ...] = (
    ("home", "Home", Permission.HOME),
    ("desk", "Desk", Permission.DECIDE),
    ("concerns", "Concerns", Permission.CONCERNS),
    ("people", "People", Permission.PEOPLE),
    ("account", "Your account", Permission.HOME),
)
"""View, words, and what opens it; in the order in which they stand."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context of every page. Never fails: an error page needs it too."""
    told: dict[str, Any] = {"organisation": organisation()}
    actor = actor_of(request) if hasattr(request, "user") else None
    if actor is not None:
        told |= {
            "navigation": list(_ways(request, actor)),
            "signed_in_as": people.name_of(actor.id),
            "sign_out_url": reverse("account_logout"),
            "report_url": reverse("worry"),
        }
    return told


def _ways(request: HttpRequest, actor: Person) -> list[Way]:
    here = request.path
    found = []
    for view, text, permission in _WAYS:
        if can_may(actor, permission):
            url = reverse(view)
            current = here == url or (url != "/" and here.startswith(url))
            found.append(Way(url=url, text=text, current=current))
    return found


def organisation() -> Organisation | None:
    """As the configuration has it; None where there is none (tests of single pages)."""
    config = configuration()
    return config.organisation if config else None


def configuration() -> Config | None:
    """The configuration that this process serves."""
    file = settings.ALONGSIDE_CONFIG_FILE
    return _read(Path(file)) if file else None


@cache
def _read(file: Path) -> Config:
    return load(file)
