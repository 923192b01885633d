"""Messages per second through the gateway and through Postfix, in turns, to the same sink."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tools.ports import free_ports

from . import programs
from .clubs import club
from .load import Order
from .programs import CLUBS, Told
from .prose import letter_texts

SIZES = (2_000, 50_000)
SESSIONS = (1, 10, 50)
OUT, IN = "out of scope", "in scope"
Server = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of the table."""

    scope: str
    size: int
    sessions: int

    @property
    def legs(self) -> int:
        """Messages that leave the gateway for each that comes in: a copy leg beside it."""
        return 2 if self.scope == IN else 1

    @property
    def goal(self) -> float | None:
        """How many times Postfix's accepted messages a second."""
        if (self.size, self.sessions) != (2_000, 10):
            return None
        return {OUT: 2.0, IN: 0.8}[self.scope]


CELLS = tuple(
    Cell(scope, size, sessions) for scope in (OUT, IN) for size in SIZES for sessions in SESSIONS
)
GOALS = tuple(cell for cell in CELLS if cell.goal is not None)
_CEILING = Cell(OUT, 2_000, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One run, in messages per second."""

    accepted: float
    """Until the client had its last 250."""
    drained: float
    """Until the sink had the last message."""
    took: tuple[float, ...]
    """Milliseconds of each message, for the client."""


@dataclass(slots=True)
class Row:
    """The runs of one cell, both sides in turns."""

    cell: Cell
    gateway: list[Rate] = field(default_factory=list)
    postfix: list[Rate] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """Gateway to Postfix, from the client to the sink: what Postfix has merely queued is not
        through yet. Median of the rounds' own ratios: what came and went hits both."""
        return statistics.median(
            g.drained / p.drained for g, p in zip(self.gateway, self.postfix, strict=True)
        )


def median(rates: Sequence[Rate], of: Callable[[Rate], float]) -> float:
    return statistics.median(of(rate) for rate in rates)


def accepted(rate: Rate) -> float:
    return rate.accepted


def drained(rate: Rate) -> float:
    return rate.drained


def percentile(rates: Sequence[Rate], part: float) -> float:
    """Milliseconds, over the messages of all rounds."""
    took = sorted(t for rate in rates for t in rate.took)
    return took[min(len(took) - 1, int(len(took) * part))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    rows: tuple[Row, ...]
    ceiling: tuple[Rate, ...]
    """Load generator straight to the sink, 2 kB, 10 sessions: what can be measured at all."""


def measure(
    folder: Path,
    cells: Sequence[Cell],
    *,
    rounds: int,
    messages: Callable[[Cell], int],
    tell: Callable[[str], None],
) -> Results:
    """Both sides, one after the other, round by round. Raises ``RuntimeError`` when a message was
    refused or did not arrive: then there is nothing to compare."""
    with ExitStack() as stack:
        (sink_port,) = free_ports(1)
        sink = stack.enter_context(programs.sink(folder, sink_port))
        load = stack.enter_context(programs.load(folder))
        tell("importing the register, starting the gateway")
        gateway = "127.0.0.1", stack.enter_context(programs.gateway(folder, sink_port))
        tell("starting Postfix")
        postfix = stack.enter_context(programs.relay(sink_port))
        bench = _Bench(load, sink)
        rows = [Row(cell) for cell in cells]
        for cell in cells:  # connections, caches and the files of both are warm afterwards
            if cell.size == SIZES[0]:
                bench.run(gateway, cell, messages(cell), cell.legs)
                bench.run(postfix, cell, messages(cell))
        for number, row in _turns(rows, rounds):
            cell = row.cell
            tell(f"round {number} of {rounds}: {cell.scope}, {cell.size} B, {cell.sessions}")
            row.gateway.append(bench.run(gateway, cell, messages(cell), cell.legs))
            row.postfix.append(bench.run(postfix, cell, messages(cell)))
        straight = ("127.0.0.1", sink_port)
        ceiling = [bench.run(straight, _CEILING, messages(_CEILING)) for _ in range(rounds)]
    return Results(rows=tuple(rows), ceiling=tuple(ceiling))


def _turns(rows: Sequence[Row], rounds: int) -> Iterator[tuple[int, Row]]:
    for number in range(1, rounds + 1):
        for row in rows:
            yield number, row


class _Bench:
    """The load generator and the sink, with a server between them."""

    def __init__(self, load: Told, sink: Told) -> None:
        self._load, self._sink = load, sink
        self._texts = letter_texts()
        self._expected = 0

    def run(self, server: Server, cell: Cell, messages: int, legs: int = 1) -> Rate:
        self._expect(messages * legs)
        host, port = server
        order = Order(
            address=host,
            port=port,
            sessions=cell.sessions,
            messages=messages,
            size=cell.size,
            pairs=_PAIRS[cell.scope],
            texts=self._texts,
        )
        outcome = programs.carry_out(self._load, order)
        arrived = float(self._sink.hear())
        return Rate(
            accepted=messages / (outcome.ended - outcome.begun),
            drained=messages / (max(arrived, outcome.ended) - outcome.begun),
            took=tuple(1000 * t for t in outcome.took),
        )

    def _expect(self, messages: int) -> None:
        """Begin to count anew. Raises ``RuntimeError`` when something came twice before."""
        self._sink.say(str(messages))
        counted = int(self._sink.hear().removeprefix("counting "))
        if counted != self._expected:
            raise RuntimeError(f"{counted} messages arrived at the sink, not {self._expected}")
        self._expected = messages


def _pairs(scope: str) -> list[tuple[str, str]]:
    """Eight writers of each club, all different."""
    clubs = [club(n) for n in range(CLUBS)]
    if scope == OUT:
        return [(c.coaches[i], c.coaches[i + 1]) for c in clubs for i in range(8)]
    return [(c.coaches[i], c.children[4 * i + 1]) for c in clubs for i in range(8)]


_PAIRS = {scope: _pairs(scope) for scope in (OUT, IN)}
