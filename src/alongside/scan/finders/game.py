"""N7: invitations to play online together. A match, boccia or a games night in the hall is none."""

from __future__ import annotations

from collections.abc import Iterator

from ..finder import Finder, Window
from ..intents import said, sightings, text_of
from ..known import Known
from ..platform_names import named, names, of_kind, words
from ..sighting import Sighting, Type
from ..wording import gates, rows, there_are
from ..wordlists import every_platform

_UNNAMED = "an online game"


def find(window: Window, known: Known) -> Iterator[Sighting]:
    on = there_are(known.today)
    games = of_kind(on, "game")
    text = text_of(window)
    found = said(text, rows("game", on))
    if found:
        found += said(text, rows("game_after", on))

    def understood(stretch: str) -> str:
        platform = named(stretch, games) or named(text, games)
        return platform.id if platform else _UNNAMED

    yield from sightings(window, Type.GAME, found, understood)


_EVER = of_kind(every_platform(), "game")

FINDER = Finder(
    name="game",
    types=frozenset({Type.GAME}),
    gate=(
        rf"\b(?:{names(_EVER)})",
        rf"\b(?:{words(_EVER)})\b",
        *gates("game"),
    ),
    find=find,
)
