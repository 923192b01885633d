"""N5: friend and follow requests to and from the writer's own page on a social site.

The organisation's own page may be followed: "follow us", "follow the club" is nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ..finder import Finder, Window
from ..intents import said, sightings, text_of
from ..known import Known
from ..matching import Pattern, compiled
from ..platform_names import named, names, of_kind
from ..sighting import Sighting, Type
from ..wording import gates, rows, there_are
from ..wordlists import Platform

_UNNAMED = "a friend request"
"""What is understood where no site is named."""


def find(window: Window, known: Known) -> Iterator[Sighting]:
    on = there_are(known.today)
    sites = of_kind(on, "social")
    text = text_of(window)
    found = said(text, rows("friend_request", on))
    if found or _site(on).search(text):
        found += said(text, rows("friend_request_after", on))

    def understood(stretch: str) -> str:
        platform = named(stretch, sites) or named(text, sites)
        return platform.id if platform else _UNNAMED

    yield from sightings(window, Type.FRIEND_REQUEST, found, understood)


@lru_cache(maxsize=16)
def _site(on: tuple[Platform, ...]) -> Pattern:
    return compiled(rf"\b(?:{names(of_kind(on, 'social'))})\b")


FINDER = Finder(
    name="friend_request",
    types=frozenset({Type.FRIEND_REQUEST}),
    gate=(*gates("friend_request"),),
    find=find,
)
