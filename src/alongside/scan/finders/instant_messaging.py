"""I1: invitations to an instant messaging service, as a link, by name, by its picture, or unnamed.

A link that opens a talk is certain. Words are likely: the rows of ``instant_messaging.toml`` say
how people ask, and the dated list of platforms says which services count on that day.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ..finder import Finder, Window
from ..intents import Find, said, sightings, text_of
from ..known import Known
from ..matching import Pattern, compiled
from ..platform_names import invites, named, names, of_kind, words
from ..sighting import Confidence, Sighting, Type
from ..stance import refused, sentence, spoken_of
from ..wording import gates, rows, there_are
from ..wordlists import Platform, every_platform

_KIND = "instant_messaging"
_UNNAMED = "a private message"
"""What is understood where no service is named."""
_WRITER = compiled(r"\b(?:i|i'?m|i'?ll|i'?ve|i'?d|il|me|my|mine|us|we|we'?ll|we'?re|our|let'?s)\b")
_READER = compiled(r"\b(?:you|you'?re|you'?ll|u|ur|your|yours|ya|yous|let'?s|we)\b")


def find(window: Window, known: Known) -> Iterator[Sighting]:
    on = there_are(known.today)
    messaging = of_kind(on, _KIND)
    text = text_of(window)

    def understood(stretch: str) -> str:
        platform = named(stretch, messaging) or named(text, messaging)
        return platform.id if platform else _UNNAMED

    yield from sightings(window, Type.INSTANT_MESSAGING, invitations(text, on), understood)


def invitations(text: str, on: tuple[Platform, ...]) -> list[Find]:
    """Every stretch of the folded text that invites to a service of ``on``."""
    found = [*_linked(text, on)]
    found += said(text, rows("instant_messaging", on)) or _mentioned(text, on)
    if found:
        found += said(text, rows("instant_messaging_after", on))
    return found


def _linked(text: str, on: tuple[Platform, ...]) -> Iterator[Find]:
    for match in _links(on).finditer(text):
        start = match.start() + (len(match.group()) - len(match.group().lstrip(" \t\r\n<(\"'")))
        if not refused(text, start, match.end()):
            yield Find(start=start, end=match.end(), confidence=Confidence.CERTAIN, row="link")


def _mentioned(text: str, on: tuple[Platform, ...]) -> Iterator[Find]:
    """A service's name, with nothing against it: likely where the writer and the reader stand
    in the same sentence."""
    for match in _bare(on).finditer(text):
        start, end = match.start(), match.end()
        if refused(text, start, end, listed=True) or spoken_of(text, start, end):
            continue
        left, right = sentence(text, start, end)
        near = text[left:right]
        both = _WRITER.search(near) and _READER.search(near)
        yield Find(
            start=start,
            end=end,
            confidence=Confidence.LIKELY if both else Confidence.POSSIBLE,
            row="mention",
        )


@lru_cache(maxsize=16)
def _links(on: tuple[Platform, ...]) -> Pattern:
    return compiled(rf"(?:https?:)?(?:{invites(of_kind(on, _KIND))})")


@lru_cache(maxsize=16)
def _bare(on: tuple[Platform, ...]) -> Pattern:
    return compiled(rf"\b(?:{names(of_kind(on, _KIND))})\b")


_EVER = of_kind(every_platform(), _KIND)

FINDER = Finder(
    name="instant_messaging",
    types=frozenset({Type.INSTANT_MESSAGING}),
    gate=(
        rf"\b(?:{names(_EVER)})",
        rf"\b(?:{words(_EVER)})\b",
        rf"(?:{invites(_EVER)})",
        *gates("instant_messaging"),
    ),
    find=find,
)
