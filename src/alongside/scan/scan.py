"""Looking through a reading for everything that the finders know: the door of this room.

Linear in the length of the text. Long texts are looked through stretch by stretch; each stretch
sees a good bit of its neighbours, and speaks only of what begins in it.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from .echoes import without_echoes
from .finder import Finder, Window
from .finders import FINDERS
from .fold import Folded, fold
from .gate import Gate
from .heard import heard
from .known import Known
from .meant import LISTENED
from .reading import Piece, Reading
from .sighting import Confidence, Sighting, Zone

STRETCH = 16_384
"""Characters that the gate looks at in one go."""
WINDOW = 4_096
"""Characters that the finders look at in one go, where the gate stopped a long text."""
AROUND = 1_024
"""Characters that a stretch sees of its neighbours, not counting what can't be seen."""

_MOST = {Zone.QUOTED: Confidence.POSSIBLE, Zone.SIGNATURE: Confidence.LIKELY}
"""What somebody else wrote, or stands below everything: never surer than this, the writer's own
details excepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of a piece, folded, and where in the folded text its own part begins and ends."""

    folded: Folded
    first: int
    end: int


@cache
def _gate() -> Gate:
    return Gate(FINDERS)


def scan(reading: Reading, known: Known, *, reply: bool = False) -> tuple[Sighting, ...]:
    """Everything seen in the reading that is not registered, in the order of the text.

    ``reply``: it answers something, so that few words may be enough. Never raises.
    """
    found: list[Sighting] = []
    for piece in reading.pieces:
        for stretch in stretches(reading.of(piece), piece.start):
            if not _asked(stretch, piece):
                continue
            if len(stretch.folded.original) <= 2 * WINDOW:
                found += _look(stretch, piece, known, reply=reply)
                continue
            first, end = _owned(stretch)
            folded = stretch.folded
            for near in stretches(folded.original, folded.offset, WINDOW):
                seen = _look(near, piece, known, reply=reply)
                found += [s for s in seen if first <= s.start < end]
    return tuple(_once(found))


def _look(stretch: Stretch, piece: Piece, known: Known, *, reply: bool) -> list[Sighting]:
    """What the finders see in a stretch, if the gate asks them."""
    asked = _asked(stretch, piece)
    if not asked:
        return []
    window = Window(folded=stretch.folded, piece=piece, reply=reply)
    first, end = _owned(stretch)
    found = [sighting for finder in asked for sighting in finder.find(window, known)]
    return [
        _in_zone(sighting, piece)
        for sighting in heard(window, known, found)
        if first <= sighting.start < end
    ]


def _asked(stretch: Stretch, piece: Piece) -> tuple[Finder, ...]:
    return _gate().asked(stretch.folded.text, listen=piece.zone in LISTENED)


def stretches(text: str, offset: int, size: int = STRETCH) -> Iterator[Stretch]:
    """The text in stretches of about that size that overlap."""
    left = start = 0
    length = size + 2 * AROUND
    while start < len(text) or not start:
        folded = fold(text[left : left + length], offset + left)
        first = _place_at(folded, offset + start)
        if left + length >= len(text):
            yield Stretch(folded=folded, first=first, end=len(folded.text))
            return
        end = len(folded.text) - AROUND
        if end - first < AROUND:
            length *= 2  # hardly anything in it can be seen
            continue
        yield Stretch(folded=folded, first=first, end=end)
        start = folded.span(end, end)[0] - offset
        left = folded.span(end - AROUND, end)[0] - offset
        length = size + 2 * AROUND


def _place_at(folded: Folded, place: int) -> int:
    """Where in the folded text the original's ``place`` is, or what follows it."""
    low, high = 0, len(folded.text)
    while low < high:
        middle = (low + high) // 2
        if folded.span(middle, middle)[0] < place:
            low = middle + 1
        else:
            high = middle
    return low


def _owned(stretch: Stretch) -> tuple[int, int]:
    folded = stretch.folded
    if stretch.end == len(folded.text):
        end = folded.offset + len(folded.original) + 1
    else:
        end = folded.span(stretch.end, stretch.end)[0]
    return (folded.span(stretch.first, stretch.first)[0] if stretch.first else folded.offset), end


def _in_zone(sighting: Sighting, piece: Piece) -> Sighting:
    most = _MOST.get(piece.zone)
    if most is None or sighting.own or sighting.confidence <= most:
        return sighting
    return replace(sighting, confidence=most)


def _once(found: list[Sighting]) -> list[Sighting]:
    """Sorted; of several of one type that overlap, the writer's own, the surest, the longest."""
    best = sorted(found, key=lambda s: (not s.own, -s.confidence, s.start - s.end, s.start))
    kept: dict[str, _Taken] = {}
    once = []
    for sighting in best:
        taken = kept.setdefault(sighting.type, _Taken())
        if taken.add(sighting.start, sighting.end):
            once.append(sighting)
    return without_echoes(sorted(once, key=lambda s: (s.start, s.end, s.type)))


class _Taken:
    """Stretches of a text that don't overlap."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def add(self, start: int, end: int) -> bool:
        """Whether it overlaps none of them; then it is one of them from now on."""
        at = bisect(self._starts, start)
        if at and self._ends[at - 1] > start:
            return False
        if at < len(self._starts) and self._starts[at] < end:
            return False
        self._starts.insert(at, start)
        self._ends.insert(at, end)
        return True
