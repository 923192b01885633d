"""D10: words or links that send readers to a platform for older people than the youngest of them.

An age that nobody knows counts as too young. Watching a video takes no account, and so no age.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ..finder import Finder, Window
from ..intents import Find, said, sightings, text_of
from ..known import Known
from ..matching import Pattern, compiled
from ..meant import meant
from ..platform_names import links, named, names, words
from ..sighting import Confidence, Sighting, Type, Zone
from ..stance import refused, spoken_of, warned
from ..wording import rows, there_are
from ..wordlists import Platform, every_platform, minimum_age
from .cues import cue
from .mentions import mentions


def find(window: Window, known: Known) -> Iterator[Sighting]:
    if not known.readers or window.piece.zone is Zone.SIGNATURE:
        return
    on = there_are(known.today)
    young = too_old_for(known, on)
    if not young:
        return
    text = text_of(window)
    found = [
        f
        for f in said(text, rows("platform_age", on, young))
        if named(text[f.start : f.end], young) and not spoken_of(text, f.start, f.end)
    ]
    found += mentions(text, _names(young), found, _asks)
    found += _linked(text, young)

    def understood(stretch: str) -> str:
        platform = named(stretch, young) or named(text, young)
        return platform.id if platform else "a platform"

    if named(text, young):
        found = meant(window, Type.PLATFORM_AGE, found)
    yield from sightings(window, Type.PLATFORM_AGE, found, understood)


def too_old_for(known: Known, on: tuple[Platform, ...]) -> tuple[Platform, ...]:
    """The platforms that ask for more years than the youngest reader has."""
    return tuple(
        p
        for p in on
        if (least := minimum_age(p, known.today)) is not None
        and (known.youngest is None or known.youngest < least)
    )


def _asks(near: str, _following: str) -> bool:
    """Whether the readers, and no grown-ups, are asked to do something about it."""
    asked, grown = cue("platform_age_asked"), cue("platform_age_grown")
    return asked.search(near) is not None and grown.search(near) is None


@lru_cache(maxsize=64)
def _names(young: tuple[Platform, ...]) -> Pattern:
    others = tuple(p for p in young if p.kind != "video")
    cued = (p for p in others if p.kind == "instant_messaging")
    return compiled(
        rf"\b(?:{names(others)})\b|\b(?:on|our|my|the|ur|onto|via)\s+(?:{words(cued)})\b"
    )


def _linked(text: str, young: tuple[Platform, ...]) -> Iterator[Find]:
    """A bare link: possible; what a link of videos shows can be watched by all."""
    for match in _links(young).finditer(text):
        if not (
            refused(text, match.start(), match.end()) or warned(text, match.start(), match.end())
        ):
            yield Find(
                start=match.start(), end=match.end(), confidence=Confidence.POSSIBLE, row="link"
            )


@lru_cache(maxsize=64)
def _links(young: tuple[Platform, ...]) -> Pattern:
    return compiled(rf"(?:https?:)?(?:{links(p for p in young if p.kind != 'video')})")


_EVER = tuple(p for p in every_platform() if p.ages)

FINDER = Finder(
    name="platform_age",
    types=frozenset({Type.PLATFORM_AGE}),
    gate=(rf"\b(?:{names(_EVER)})", rf"\b(?:{words(_EVER)})\b", rf"(?:{links(_EVER)})"),
    find=find,
    listens=True,
)
