"""A name in a sentence that asks for what the finder looks for, where no row of a list says so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from ..intents import Find
from ..matching import Pattern
from ..sighting import Confidence
from ..stance import refused, sentence, spoken_of, warned

BESIDE = 60
"""Characters of the next sentence that are shown too."""
Asks = Callable[[str, str], bool]
"""Whether a sentence, with the beginning of the next, asks for it."""


def mentions(text: str, names: Pattern, found: Iterable[Find], asks: Asks) -> Iterator[Find]:
    """Names in ``text`` whose sentence asks for it, takes nothing back, and holds no find yet.

    They are likely, no more, and one for a sentence; every sentence is looked at once.
    """
    taken = sorted((f.start, f.end) for f in found)
    starts = [start for start, _ in taken]
    ends = list(accumulate((end for _, end in taken), max))
    done = 0
    for match in names.finditer(text):
        start, end = match.start(), match.end()
        if start < done:
            continue
        left, right = sentence(text, start, end)
        before = bisect_left(starts, right)
        held = before > 0 and ends[before - 1] > left
        if held or not asks(text[left:right], text[right : right + BESIDE]):
            done = right
        elif not (
            refused(text, start, end, listed=True)
            or spoken_of(text, start, end)
            or warned(text, start, end)
        ):
            yield Find(start=start, end=end, confidence=Confidence.LIKELY, row="mention")
            done = right
