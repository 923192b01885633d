"""One connection to a next hop: write octets, await so many answers."""

from __future__ import annotations

import asyncio
import ssl
from typing import cast

from alongside.enforcement.values import Outcome

from . import outcomes
from .wire import Answer, AnswerReader, Garbled


class Trouble(Exception):
    """the connection to the next hop is of no more use"""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.text)
        self.outcome = outcome


class Peer(asyncio.Protocol):
    """The next hop, as a protocol of asyncio. One task at a time uses it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._reader = AnswerReader()
        self._answers: list[Answer] = []
        self._wanted = 0
        self._waiter: asyncio.Future[None] | None = None
        self._writable: asyncio.Future[None] | None = None
        self._congested = False
        self.trouble: Outcome | None = None
        """Why it broke off, if it did."""
        self.extensions: dict[str, str] = {}
        self.born = self.used = self._loop.time()
        self.messages = 0
        self.dirty = False
        """A transaction was left half-way: RSET before the next one."""
        self.secure = False

    # What the transport calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, octets: bytes) -> None:
        try:
            self._answers += self._reader.feed(octets)
        except Garbled:
            self.break_off(outcomes.GARBLED)
            return
        if self._waiter is not None and len(self._answers) >= self._wanted:
            _wake(self._waiter)

    def eof_received(self) -> bool:
        self.break_off(outcomes.LOST)
        return False

    def connection_lost(self, error: Exception | None) -> None:
        self.break_off(outcomes.LOST)

    def pause_writing(self) -> None:
        self._congested = True

    def resume_writing(self) -> None:
        self._congested = False
        _wake(self._writable)

    # What the client calls.

    @property
    def alive(self) -> bool:
        """Whether it can be used again: not lost, and nothing said that nobody asked for."""
        return self.trouble is None and not self._answers and not self._reader.pending

    def early_answer(self) -> Answer | None:
        """An answer that is there already, if there is one."""
        return self._answers.pop(0) if self._answers else None

    def offers(self, extension: str) -> bool:
        return extension in self.extensions

    def write(self, *pieces: bytes | memoryview) -> None:
        """Send without waiting. What is written to a lost connection is lost with it."""
        if self.trouble is None:
            self._transport.writelines(pieces)

    async def written(self, seconds: float) -> None:
        """Wait until the transport takes more. Raises ``Trouble``."""
        if self._congested and self.trouble is None:
            self._writable = self._loop.create_future()
            try:
                await asyncio.wait_for(self._writable, seconds)
            except TimeoutError:
                self.break_off(outcomes.SLOW)
        if self.trouble is not None:
            raise Trouble(self.trouble)

    async def answers(self, count: int, seconds: float) -> list[Answer]:
        """The next ``count`` answers; all that came where the connection breaks off before.

        Raises ``Trouble`` when none came.
        """
        if len(self._answers) < count and self.trouble is None:
            self._wanted = count
            self._waiter = self._loop.create_future()
            timer = self._loop.call_later(seconds, self.break_off, outcomes.SLOW)
            try:
                await self._waiter
            finally:
                timer.cancel()
                self._waiter = None
        if not self._answers and self.trouble is not None:
            raise Trouble(self.trouble)
        taken = self._answers[:count]
        del self._answers[:count]
        return taken

    async def ask(self, line: str, seconds: float) -> Answer:
        """Send one command and await its answer. Raises ``Trouble``."""
        self.write(line.encode("utf-8") + b"\r\n")
        return (await self.answers(1, seconds))[0]

    async def encrypt(self, context: ssl.SSLContext, host: str, seconds: float) -> None:
        """The handshake after STARTTLS was granted. Raises ``Trouble``, ``OSError``.

        Anything said in the clear after the answer to STARTTLS is an attack (CVE-2011-0411).
        """
        if not self.alive:
            self.break_off(outcomes.GARBLED)
            raise Trouble(outcomes.GARBLED)
        transport = await self._loop.start_tls(
            self._transport, self, context, server_hostname=host, ssl_handshake_timeout=seconds
        )
        self._transport = cast(asyncio.Transport, transport)
        self.secure = True
        self.extensions = {}

    def break_off(self, outcome: Outcome) -> None:
        """Give the connection up, for this reason."""
        if self.trouble is None:
            self.trouble = outcome
            self._transport.abort()
        _wake(self._waiter)
        _wake(self._writable)

    def close(self) -> None:
        """Say goodbye without waiting for the answer."""
        if self.trouble is None:
            self.trouble = outcomes.LOST
            self._transport.write(b"QUIT\r\n")
            self._transport.close()


def _wake(waiter: asyncio.Future[None] | None) -> None:
    if waiter is not None and not waiter.done():
        waiter.set_result(None)
