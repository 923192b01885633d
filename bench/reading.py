"""How fast the reader is, in process time of one core, beside an alternation of the stdlib.

The same texts in each round, and one of the sides after the other. The alternation is hundreds of
times slower, so it gets a part of the texts only; rates are of what each has read.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.corpus import Entry, content

from alongside.scan.finder import Window
from alongside.scan.finders import FINDERS
from alongside.scan.fold import fold
from alongside.scan.gate import Gate
from alongside.scan.message import read_message
from alongside.scan.reading import plain
from alongside.scan.scan import scan

from .alternation import alternation
from .prose import KNOWN, SEED, SIZE, prose

CLEAN, ORDINARY = "nothing like a detail in it", "ordinary, no sighting"
FASTEST = 100.0
"""MB a second: the goal over clean text."""
TIMES = 50.0
"""How many times the alternation's speed: the goal over clean text."""
CHARACTERS = (1_000_000, 200_000)
"""Of clean and of ordinary texts."""
_SOME = 60_000
"""Characters that the slow ones read of each kind."""


@dataclass(slots=True)
class Read:
    """One kind of text, and what each side read of it in a second, in MB."""

    what: str
    fresh: float
    """What a new gate lets through the first time: its automaton is made while it reads."""
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


def measure(
    *, characters: tuple[int, int] = CHARACTERS, rounds: int, tell: Callable[[str], None]
) -> Reading:
    """``characters``: of clean and of ordinary texts. Raises ``ValueError`` when a side sees what
    isn't there."""
    tell("making clean English to read")
    made = prose(*characters)
    sides = (_Sides(CLEAN, made.clean), _Sides(ORDINARY, made.ordinary))
    messages = [content(_entry(n, text)) for n, text in enumerate(_some(made.ordinary))]
    for side in sides:
        side.reader()
    _letters(messages)
    took = []
    for number in range(1, rounds + 1):
        tell(f"round {number} of {rounds}: reading")
        for side in sides:
            side.row.ours.append(side.reader())
            side.row.alternation.append(side.stdlib())
            side.row.exact.append(side.finders())
        took.append(_letters(messages))
    rows = tuple(side.row for side in sides)
    return Reading(rows=rows, message=tuple(took), opened=made.opened)


class _Sides:
    """Whoever reads the texts of one row."""

    def __init__(self, what: str, texts: Sequence[str]) -> None:
        gate = Gate(FINDERS)
        self.row = Read(what, fresh=_rate(texts, lambda text: gate.asked(fold(text).text)))
        self._texts = texts
        self._some = _some(texts)
        self._folded = [fold(t).text for t in self._some]
        self._alternation = alternation(p for f in FINDERS for p in f.gate)

    def reader(self) -> float:
        """The reader's own door: folding, gate and finders."""
        return _rate(self._texts, _scanned)

    def stdlib(self) -> float:
        """No folding: it gets what is folded already."""
        search = self._alternation.search
        clean = self.row.what == CLEAN

        def looked(text: str) -> None:
            if (match := search(text)) is not None and clean:
                raise ValueError(f"`re` finds `{match[0][:80]}` in text with nothing to find")

        return _rate(self._folded, looked)

    def finders(self) -> float:
        return _rate(self._some, _exactly)


def _scanned(text: str) -> None:
    if seen := scan(plain(text), KNOWN):
        raise ValueError(f"`{seen[0].text}` was seen in text with nothing to see")


def _exactly(text: str) -> None:
    window = Window(folded=fold(text), piece=plain(text).pieces[0])
    for finder in FINDERS:
        for _ in finder.find(window, KNOWN):
            pass


def _rate(texts: Sequence[str], read: Callable[[str], object]) -> float:
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


def _some(texts: Sequence[str]) -> Sequence[str]:
    """As many as those can read that are slow; one at least."""
    return texts[: max(1, _SOME // SIZE)]


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
