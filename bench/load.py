"""The client of both: a process that hands messages over in several sessions at once.

``python -m bench.load`` prints ``ready``; for each order on standard input, a line of JSON, it
prints a line of JSON: when it began and ended, and how long each message took. It dies of the first
answer that is not a yes: what is refused would be no measure. Sessions stay open and commands are
pipelined, as a mail server does towards its smart host.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from typing import cast

import uvloop

from .letters import letters

_numbers = count(1)
Step = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    address: str
    port: int
    sessions: int
    messages: int
    size: int
    """Octets of one message."""
    pairs: Sequence[tuple[str, str]]
    """Senders and recipients, taken in turn."""
    texts: Sequence[str]
    """What they write, in turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    begun: float
    ended: float
    took: list[float]
    """Seconds from MAIL to the final answer, of each message; every one was accepted."""


class Session(asyncio.Protocol):
    """Sends letters, one after the other, until nothing is left to take."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._kept = bytearray()
        self._awaited = 1
        self._step: Step = self._greeted
        self._begun = 0.0
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._fail(f"it hung up ({error})")

    def _fail(self, why: str) -> None:
        if not self.over.done():
            self.over.set_exception(ConnectionError(f"the server did not take a message: {why}"))
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._kept += data
        while (end := self._kept.find(b"\r\n")) >= 0:
            line = bytes(self._kept[:end])
            del self._kept[: end + 2]
            if line[3:4] == b"-":
                continue
            self._awaited -= 1
            if line[:1] not in b"23":
                self._fail(line.decode("ascii", "replace"))
                return
            if not self._awaited:
                self._step()

    def _greeted(self) -> None:
        self._say(b"EHLO client.example\r\n", 1, self._ready)

    def _ready(self) -> None:
        self._run.one_is_ready(self.next)

    def next(self) -> None:
        """Begin with the next letter, or end."""
        if not self._run.take():
            self._step = self._end
            self._end()
            return
        self._letter = self._run.letters[next(_numbers) % len(self._run.letters)]
        self._begun = time.monotonic()
        self._say(self._letter.envelope, 3, self._content)

    def _content(self) -> None:
        self._transport.write(self._letter.head)
        self._transport.write(b"%010d" % next(_numbers))
        self._say(self._letter.tail, 1, self._answered)

    def _answered(self) -> None:
        self._run.took.append(time.monotonic() - self._begun)
        self.next()

    def _end(self) -> None:
        self._transport.write(b"QUIT\r\n")
        self.over.set_result(None)

    def _say(self, words: bytes, answers: int, then: Step) -> None:
        self._awaited, self._step = answers, then
        self._transport.write(words)


class Run:
    """One order being carried out."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.letters = letters(order.pairs, order.size, order.texts)
        self.took: list[float] = []
        self._left = order.messages
        self._waiting: list[Step] = []
        self._begun = 0.0

    def take(self) -> bool:
        self._left -= 1
        return self._left >= 0

    def one_is_ready(self, begin: Step) -> None:
        """All begin together, once all were greeted."""
        self._waiting.append(begin)
        if len(self._waiting) == self.order.sessions:
            self._begun = time.monotonic()
            for each in self._waiting:
                each()

    async def carry_out(self) -> Outcome:
        loop = asyncio.get_running_loop()
        o = self.order
        sessions = []
        for _ in range(o.sessions):
            _, session = await loop.create_connection(lambda: Session(self), o.address, o.port)
            sessions.append(session)
        async with asyncio.timeout(60):
            await asyncio.gather(*(s.over for s in sessions))
        ended = time.monotonic()
        return Outcome(begun=self._begun, ended=ended, took=self.took)


def main() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        outcome = uvloop.run(Run(Order(**json.loads(line))).carry_out())
        sys.stdout.write(json.dumps(asdict(outcome)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
