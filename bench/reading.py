"""How fast the reader is, in process time of one core, beside an alternation of the stdlib.

The same texts in each round, and one of the sides after the other. The alternation is hundreds of
times slower, so it gets a part of the texts only; rates are of what each has read.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from alongside.scan.finder import Window
from alongside.scan.finders import FINDERS
from alongside.scan.fold import fold
from alongside.scan.message import read_message
from alongside.scan.reading import plain
from alongside.scan.scan import scan
from tests.corpus import Entry, content

from .alternation import alternation
from .prose import KNOWN, SEED, prose

CLEAN, ORDINARY = "clean", "ordinary"
FASTEST = 100.0
"""MB a second: the goal over clean text."""
TIMES = 50.0
"""How many times the alternation's speed: the goal over clean text."""
_PEER, _EXACT, _MESSAGES = 0.025, 0.025, 0.1
"""Parts of the texts that the slow ones read."""


@dataclass(slots=True)
class Read:
    """One kind of text, and what each side read of it in a second, in MB."""

    what: str
    first: float = 0.0
    """When it read these texts for the first time since the program began: the gate's automaton is
    made while it reads."""
    ours: list[float] = field(default_factory=list)
    alternation: list[float] = field(default_factory=list)
    """``re`` with the gate's patterns, asked whether there is anything in the text."""
    exact: list[float] = field(default_factory=list)
    """All finders without a gate before them."""

    @property
    def rate(self) -> float:
        return statistics.median(self.ours)

    @property
    def ratio(self) -> float:
        """To the alternation: the median of the rounds' own ratios."""
        return statistics.median(a / b for a, b in zip(self.ours, self.alternation, strict=True))

    @property
    def goals(self) -> tuple[float, float] | None:
        """MB a second, and times the alternation."""
        return (FASTEST, TIMES) if self.what == CLEAN else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All of it."""

    rows: tuple[Read, ...]
    message: tuple[float, ...]
    """Microseconds for one ordinary message of 2 kB, decoded and read, by round."""
    opened: float
    """Part of the ordinary messages for which the gate opens, though there is no sighting."""


def measure(*, characters: int, rounds: int, tell: Callable[[str], None]) -> Reading:
    """Of each kind so many characters. Raises ``ValueError`` when a side sees what isn't there."""
    tell("making clean English to read")
    made = prose(characters)
    rows = (Read(CLEAN), Read(ORDINARY))
    sides = [
        _Sides(row, texts) for row, texts in zip(rows, (made.clean, made.ordinary), strict=True)
    ]
    messages = [
        content(_entry(n, text)) for n, text in enumerate(_part(made.ordinary, _MESSAGES))
    ]
    for side in sides:
        side.row.first = side.reader()
    took = [_letters(messages) for _ in range(2)]
    for number in range(1, rounds + 1):
        tell(f"round {number} of {rounds}: reading")
        for side in sides:
            side.row.ours.append(side.reader())
            side.row.alternation.append(side.stdlib())
            side.row.exact.append(side.finders())
        took.append(_letters(messages))
    return Reading(rows=rows, message=tuple(took[2:]), opened=made.opened)


class _Sides:
    """Whoever reads the texts of one row."""

    def __init__(self, row: Read, texts: Sequence[str]) -> None:
        self.row = row
        self._texts = texts
        self._folded = [fold(t).text for t in _part(texts, _PEER)]
        self._some = _part(texts, _EXACT)
        self._alternation = alternation(p for f in FINDERS for p in f.gate)

    def reader(self) -> float:
        """The reader's own door: folding, gate and finders."""
        return _rate(self._texts, _scanned)

    def stdlib(self) -> float:
        """No folding: it gets what is folded already."""
        search = self._alternation.search
        clean = self.row.what == CLEAN

        def looked(text: str) -> None:
            if search(text) is not None and clean:
                raise ValueError(f"`re` finds something in clean text: `{_found(search, text)}`")

        return _rate(self._folded, looked)

    def finders(self) -> float:
        return _rate(self._some, _exactly)


def _found(search: Callable[[str], re.Match[str] | None], text: str) -> str:
    match = search(text)
    return match[0][:80] if match else ""


def _scanned(text: str) -> None:
    if seen := scan(plain(text), KNOWN):
        raise ValueError(f"`{seen[0].text}` was seen in text with nothing to see")


def _exactly(text: str) -> None:
    window = Window(folded=fold(text), piece=plain(text).pieces[0])
    for finder in FINDERS:
        for _ in finder.find(window, KNOWN):
            pass


def _rate(texts: Sequence[str], read: Callable[[str], None]) -> float:
    """MB in a second of process time; octets as they travel."""
    begun = time.process_time_ns()
    for text in texts:
        read(text)
    took = time.process_time_ns() - begun
    return sum(len(t.encode()) for t in texts) * 1000 / took


def _letters(messages: Sequence[bytes]) -> float:
    begun = time.process_time_ns()
    for message in messages:
        scan(read_message(message), KNOWN)
    return (time.process_time_ns() - begun) / len(messages) / 1000


def _part(texts: Sequence[str], part: float) -> Sequence[str]:
    return texts[: max(1, int(len(texts) * part))]


def _entry(number: int, text: str) -> Entry:
    return Entry(
        id=f"bench-{SEED}-{number}",
        kind="mail",
        to="parent",
        youngest=None,
        subject="This week",
        text=text,
        theirs=(),
        labels=(),
        hard="",
    )
