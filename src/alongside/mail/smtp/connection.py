"""One client's connection: the machine, the transport, the clock and the handler, put together."""

from __future__ import annotations

import asyncio
import logging
import ssl
from typing import cast

from . import replies
from .answering import reply_to
from .events import Closed, Hello, Question
from .house import House
from .machine import Happenings, Machine
from .replies import Reply
from .session import Session, client_of
from .states import State
from .tls import certificate_of

logger = logging.getLogger("alongside.smtp.server")

BACKLOG = 256 * 1024
"""Octets read ahead while a question waits; then the client must wait too."""


class Connection(asyncio.Protocol):
    """Feeds the machine; a task of its own answers its questions, in order.

    While nothing is asked there is no task, and nothing cancels a task when the client goes away.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._machine = Machine(house.terms)
        self._loop = asyncio.get_running_loop()
        self._out: list[bytes] = []
        self._task: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._deadline = self._watch_at = 0.0
        self._content_since: float | None = None
        self._closing: Closed | None = None
        self._lost = self._eof = self._ahead = self._choked = False
        self.session = Session(client=("", 0), drop=self.abort)

    # What the transport calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self.session.client = client_of(transport.get_extra_info("peername"))
        refusal = self._house.admit(self)
        if refusal is not None:
            self._closing = Closed()
            self._transport.write(refusal.octets)
            self._transport.close()
            return
        self._deadline = self._loop.time() + self._house.terms.limits.idle
        self._watch()
        if transport.get_extra_info("ssl_object") is not None:
            self._machine.secure = True
            self._under_tls()
        self._go_on(self._deal(self._machine.begin()))

    def data_received(self, octets: bytes) -> None:
        machine = self._machine
        happenings = machine.feed(octets)
        if happenings or machine.state is State.CONTENT:
            self._reset_clock()
        if happenings:
            self._go_on(self._deal(happenings))
        elif machine.asking and machine.backlog > BACKLOG:
            self._listen(ahead=True)

    def eof_received(self) -> bool:
        self._eof = True
        return self._machine.asking and not self.session.tls

    def pause_writing(self) -> None:
        """The client doesn't read our replies: then we don't read its commands."""
        self._listen(choked=True)

    def resume_writing(self) -> None:
        self._listen(choked=False)

    def connection_lost(self, error: Exception | None) -> None:
        self._lost = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._task is None:
            self._house.leave(self)

    # What the server calls.

    def drain(self) -> None:
        """Close soon, but not on a client that is just about to say QUIT or to hand in its first
        message: a 421 there looks to it as if what it sent before had failed."""
        if self._task is None and self._closing is None:
            self._reset_clock()

    def end(self) -> asyncio.Task[None] | None:
        """Close now, whatever is under way; the task that was cancelled, if there was one."""
        self.abort()
        self._house.leave(self)
        if self._task is not None:
            self._task.cancel()
        return self._task

    def abort(self) -> None:
        """Cut the connection without a word."""
        self._transport.abort()

    # From happenings to octets and questions.

    def _deal(self, happenings: Happenings) -> Question | None:
        question = None
        for happening in happenings:
            if isinstance(happening, Reply):
                self._out.append(happening.octets)
            elif isinstance(happening, Question):
                question = happening
            elif isinstance(happening, Hello):
                self.session.helo, self.session.extended = happening.name, happening.extended
            else:
                self._closing = happening
        return question

    def _go_on(self, question: Question | None) -> None:
        if question is not None:
            self._task = self._loop.create_task(self._answer(question))
        else:
            self._rest()

    def _rest(self) -> None:
        """Nothing is asked: send what was said, then wait for the client or close."""
        self._flush()
        if self._closing is not None:
            self._close(self._closing)
        elif self._eof:
            self._transport.close()
        else:
            self._listen(ahead=False)

    def _listen(self, *, ahead: bool | None = None, choked: bool | None = None) -> None:
        """Read, unless the client is far ahead of us or does not read what we say."""
        before = self._ahead or self._choked
        self._ahead = self._ahead if ahead is None else ahead
        self._choked = self._choked if choked is None else choked
        deaf = self._ahead or self._choked
        if deaf == before or self._lost:
            return
        if deaf:
            self._transport.pause_reading()
        else:
            self._transport.resume_reading()

    def _flush(self) -> None:
        if self._out:
            if not self._lost:
                self._transport.write(b"".join(self._out))
            self._out.clear()

    def _say_last(self, reply: Reply) -> None:
        out: Happenings = []
        self._machine.hang_up(out, reply)
        self._deal(out)
        self._rest()

    def _close(self, closed: Closed) -> None:
        if self._lost:
            return
        if closed.quit or self._eof:
            self._transport.close()
            return
        # A close with unread input would reset the connection, and the client might never read
        # our last word: so only our side ends, and the client gets a moment to end its own.
        try:
            if self._transport.can_write_eof():
                self._transport.write_eof()
        except OSError:
            # The client is gone, and the transport has not told us yet.
            self._transport.abort()
            return
        if self._timer is not None:
            self._timer.cancel()
        linger = self._house.terms.limits.linger
        self._timer = self._loop.call_later(linger, self._transport.close)

    # The task.

    async def _answer(self, question: Question | None) -> None:
        try:
            while question is not None:
                reply = await reply_to(question, self._house, self.session, self._flush)
                question = self._deal(self._machine.answer(reply))
                if self._machine.state is State.HANDSHAKE:
                    question = await self._handshake()
        except Exception as error:
            logger.error("a connection broke off: %s", type(error).__name__)
            self._transport.abort()
        finally:
            self._task = None
            if self._lost:
                self._house.leave(self)
        self._reset_clock()
        self._rest()

    async def _handshake(self) -> Question | None:
        self._flush()
        limits = self._house.terms.limits
        # The machine offers STARTTLS only where there is a certificate.
        context = cast(ssl.SSLContext, self._house.tls)
        try:
            transport = await self._loop.start_tls(
                self._transport,
                self,
                context,
                server_side=True,
                ssl_handshake_timeout=limits.handshake,
            )
        except OSError as error:
            logger.info("TLS handshake failed: %s", type(error).__name__)
            # The transport tells only the layer of TLS that it is lost, and that is gone too.
            self._transport.abort()
            self.connection_lost(None)
            return None
        self._transport = cast(asyncio.Transport, transport)
        self._under_tls()
        return self._deal(self._machine.secured())

    def _under_tls(self) -> None:
        """All that was said in the clear is forgotten, who it is comes from the certificate."""
        session = self.session
        session.tls, session.login, session.helo, session.extended = True, None, "", False
        session.certificate = certificate_of(self._transport.get_extra_info("ssl_object"))

    # The clock.

    def _reset_clock(self) -> None:
        limits = self._house.terms.limits
        now = self._loop.time()
        if self._machine.state is not State.CONTENT:
            self._content_since = None
            leaving = self._house.stopping and self._machine.idle
            self._deadline = now + (limits.farewell if leaving else limits.idle)
        else:
            if self._content_since is None:
                self._content_since = now
            self._deadline = min(now + limits.block, self._content_since + limits.content)
        if self._deadline < self._watch_at and self._timer is not None and not self._closing:
            self._timer.cancel()
            self._watch()

    def _watch(self) -> None:
        """One timer that looks again when the deadline of that moment has come."""
        now = self._loop.time()
        if self._task is not None:
            self._deadline = now + self._house.terms.limits.idle
        elif now >= self._deadline:
            self._timer = None
            stopping = self._house.stopping
            return self._say_last(replies.SHUTTING_DOWN if stopping else replies.TIMED_OUT)
        self._watch_at = max(self._deadline, now + 0.01)
        self._timer = self._loop.call_at(self._watch_at, self._watch)
