"""N7: invitations to play online together. A match, boccia or a games night in the hall is none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ..finder import Finder, Window
from ..intents import said, sightings, text_of
from ..known import Known
from ..matching import Pattern, compiled
from ..meant import meant
from ..platform_names import named, names, of_kind, words
from ..sighting import Sighting, Type
from ..wording import gates, rows, there_are
from ..wordlists import Platform, every_platform
from .cues import cue
from .mentions import mentions

_UNNAMED = "an online game"


def find(window: Window, known: Known) -> Iterator[Sighting]:
    on = there_are(known.today)
    games = of_kind(on, "game")
    text = text_of(window)
    found = said(text, rows("game", on)) + said(text, rows("game_wide", on))
    found += mentions(text, _bare(on), found, _asks)
    if found:
        found += said(text, rows("game_after", on))

    def understood(stretch: str) -> str:
        platform = named(stretch, games) or named(text, games)
        return platform.id if platform else _UNNAMED

    found = meant(window, Type.GAME, found)
    yield from sightings(window, Type.GAME, found, understood)


def _asks(near: str, following: str) -> bool:
    """Whether two are to play together; the next sentence may carry the first on. A game that is
    a picture, a prize or a thing in a room is played by nobody online."""
    together, in_person = cue("game_together"), cue("game_in_person")
    if in_person.search(near) or in_person.search(following):
        return False
    return bool(together.search(near) or together.search(following))


@lru_cache(maxsize=16)
def _bare(on: tuple[Platform, ...]) -> Pattern:
    games = of_kind(on, "game")
    return compiled(
        rf"\b(?:{names(games)})\b"
        r"|\b(?:on|our|my|ur|your|play|playing|(?:any1|anyone|who'?s)\s+(?:up\s+)?(?:4|for|on))\s+(?:the\s+|da\s+|a\s+|ur\s+|your\s+)?"
        rf"(?:{words(games)}|ps)\b"
    )


_EVER = of_kind(every_platform(), "game")

FINDER = Finder(
    name="game",
    types=frozenset({Type.GAME}),
    gate=(
        rf"\b(?:{names(_EVER)})",
        rf"\b(?:{words(_EVER)})\b",
        *gates("game"),
        *gates("game_wide"),
    ),
    find=find,
    listens=True,
)
