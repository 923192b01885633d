"""Reports as tests make them, and what the record heard of them."""

from __future__ import annotations

import json
from typing import Any

from alongside.access.actor import Person
from alongside.concerns import api
from alongside.concerns.kinds import Kind
from alongside.people.api import actor
from alongside.records.models import Entry, Text

SAID = "He sent her a photo late at night."
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def who(person: str) -> Person:
    return actor(person)


def report(what: str = SAID, *, by: str = "carla", **changes: Any) -> str:
    """The reference of a new concern."""
    return api.report(who(by), api.Worry(what=what, **changes)).reference


def seen_by(reference: str) -> set[str]:
    """Who of the whole club's register may open it."""
    everybody = "carla owen dev lena ada cora miles tess hal chloe mary frank".split()
    found = set()
    for person in everybody:
        try:
            api.shown(who(person), reference)
        except api.NotFound:
            continue
        found.add(person)
    return found


def about_officer(what: str = SAID, **changes: Any) -> str:
    return report(what, kind=Kind.OFFICER, **changes)


def entries() -> list[dict[str, Any]]:
    """What the record says of concerns, in order: its whole bodies."""
    return [json.loads(e.body) for e in Entry.objects.filter(kind="concern").order_by("id")]


def everything_recorded() -> str:
    """All that the record holds outside of its texts."""
    return "".join(e.body for e in Entry.objects.filter(kind="concern"))


def texts() -> set[str]:
    found = Text.objects.filter(entry__kind="concern").values_list("value", flat=True)
    return {bytes(value).decode() for value in found if value is not None}
