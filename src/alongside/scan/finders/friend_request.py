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
from ..meant import meant
from ..platform_names import links, named, names, of_kind
from ..sighting import Sighting, Type
from ..wording import gates, rows, there_are
from ..wordlists import Platform
from .cues import cue
from .mentions import mentions

_UNNAMED = "a friend request"
"""What is understood where no site is named."""

_WRITER = compiled(r"\b(?:i|i'?m|i'?ll|i'?ve|i'?d|il|me|my|mine)\b")
_READER = compiled(r"\b(?:you|you'?re|you'?ll|you'?ve|u|ur|your|yours|ya)\b")
_SECRET = compiled(r"\b(?:pass ?(?:word|code)s?|pass|p/?w|pwd|pin)\b")
_ACCOUNT = compiled(
    r"\b(?:profile|acc|account|page|channel|socials|story)\b"
    r"[^.?!]*\b(?:locked|private|priv|public|mine|other one)\b"
)
"""One's own account, where no site is named."""


def find(window: Window, known: Known) -> Iterator[Sighting]:
    on = there_are(known.today)
    sites = of_kind(on, "social")
    text = text_of(window)
    found = said(text, rows("friend_request", on)) + said(text, rows("friend_request_wide", on))
    found += mentions(text, _site(on), found, _asks)
    if found or _site(on).search(text) or _links(on).search(text) or _ACCOUNT.search(text):
        found += said(text, rows("friend_request_after", on))

    def understood(stretch: str) -> str:
        platform = named(stretch, sites) or named(text, sites)
        return platform.id if platform else _UNNAMED

    found = meant(window, Type.FRIEND_REQUEST, found)
    yield from sightings(window, Type.FRIEND_REQUEST, found, understood)


def _asks(near: str, _following: str) -> bool:
    """Whether the writer, the reader and a word for friendship stand in the sentence of a site's
    name, and neither the organisation nor others do."""
    return bool(
        _WRITER.search(near)
        and _READER.search(near)
        and cue("friend_request_befriends").search(near)
        and not cue("friend_request_not_ours").search(near)
        and not _SECRET.search(near)
    )


@lru_cache(maxsize=16)
def _site(on: tuple[Platform, ...]) -> Pattern:
    return compiled(rf"\b(?:{names(of_kind(on, 'social'))})\b")


@lru_cache(maxsize=16)
def _links(on: tuple[Platform, ...]) -> Pattern:
    return compiled(links(of_kind(on, "social", "video")))


FINDER = Finder(
    name="friend_request",
    types=frozenset({Type.FRIEND_REQUEST}),
    gate=(*gates("friend_request"), *gates("friend_request_wide")),
    find=find,
    listens=True,
)
