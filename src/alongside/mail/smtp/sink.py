"""A mail server that keeps everything in memory: for tests, the demonstration and the bench.

It can be told to misbehave, so that what a next hop may do can be tried.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from . import replies
from .envelope import Envelope, Parameters, Recipient
from .replies import Reply
from .server import Server
from .session import Authenticate, Certificate, Handler, Session
from .terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One message that the sink accepted."""

    number: int
    """Counted from 1, in the order in which they were accepted."""
    at: datetime
    envelope: Envelope
    client: tuple[str, int]
    protocol: str
    login: str | None
    certificate: Certificate | None


@dataclass(slots=True, kw_only=True)
class Script:
    """How the sink misbehaves; may be changed at any time."""

    connect: Reply | None = None
    """Instead of the greeting: 421 or 554."""
    mail: Reply | None = None
    recipients: Mapping[str, Reply] = field(default_factory=dict)
    """By address as written: the reply to RCPT."""
    message: Reply | None = None
    """The reply to each whole message; it is not kept."""
    first: int = 0
    """Only the first so many messages get ``message``; 0 is all."""
    pause: float = 0.0
    """Seconds to think about each message."""
    stall_at: str = ""
    """``connect``, ``mail``, ``rcpt`` or ``message``: never answer there."""
    drop_at: str = ""
    """The same: cut the connection there. A message is not kept then."""
    drop_after_keeping: bool = False
    """Keep the message, then cut the connection without an answer."""


class _Keeper(Handler):
    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    async def on_connect(self, session: Session) -> Reply | None:
        await self._play("connect", session)
        return self._sink.script.connect

    async def on_mail(self, session: Session, sender: str, parameters: Parameters) -> Reply | None:
        await self._play("mail", session)
        return self._sink.script.mail

    async def on_rcpt(self, session: Session, recipient: Recipient) -> Reply | None:
        await self._play("rcpt", session)
        return self._sink.script.recipients.get(recipient.address)

    async def on_message(self, session: Session, envelope: Envelope) -> Reply:
        script = self._sink.script
        self._sink.offered += 1
        if script.pause:
            await asyncio.sleep(script.pause)
        if script.drop_at == "message" or script.stall_at == "message":
            await self._play("message", session)
            return replies.TROUBLE_HERE
        if script.message and (not script.first or self._sink.offered <= script.first):
            return script.message
        await self._sink.keep(session, envelope)
        if script.drop_after_keeping:
            session.drop()
        return replies.MESSAGE_ACCEPTED

    async def _play(self, where: str, session: Session) -> None:
        script = self._sink.script
        if script.drop_at == where:
            session.drop()
        if script.stall_at == where:
            await asyncio.Event().wait()


class Sink:
    """``async with Sink() as sink: ...  sink.port ...  await sink.wait(1) ...  sink.messages``."""

    def __init__(
        self,
        *,
        terms: Terms | None = None,
        script: Script | None = None,
        tls: ssl.SSLContext | None = None,
        implicit_tls: bool = False,
        authenticate: Authenticate | None = None,
        on_message: Callable[[Received], Awaitable[None]] | None = None,
        limit: int | None = None,
    ) -> None:
        """``limit`` is how many messages are remembered; None is all."""
        self.script = script or Script()
        self.messages: list[Received] = []
        self.accepted = 0
        self.offered = 0
        self._limit = limit
        self._implicit_tls = implicit_tls
        self._on_message = on_message
        self._arrived = asyncio.Condition()
        self.server = Server(_Keeper(self), terms, tls=tls, authenticate=authenticate)
        self.port = 0

    async def listen(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Begin. Raises ``OSError`` when the address can't be had."""
        await self.server.listen(host, port, implicit_tls=self._implicit_tls)
        self.port = self.server.addresses[0][1]

    async def stop(self, seconds: float = 1.0) -> None:
        """End; what is under way gets so many seconds."""
        await self.server.stop(seconds)

    async def __aenter__(self) -> Sink:
        await self.listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop(0.0)

    async def keep(self, session: Session, envelope: Envelope) -> None:
        """Remember one message and tell whoever waits."""
        self.accepted += 1
        received = Received(
            number=self.accepted,
            at=datetime.now(UTC),
            envelope=envelope,
            client=session.client,
            protocol=session.protocol,
            login=session.login,
            certificate=session.certificate,
        )
        self.messages.append(received)
        if self._limit is not None:
            del self.messages[: -self._limit or None]
        if self._on_message is not None:
            await self._on_message(received)
        async with self._arrived:
            self._arrived.notify_all()

    async def wait(self, count: int, seconds: float = 10.0) -> list[Received]:
        """The messages, once so many were accepted. Raises ``TimeoutError``."""
        async with asyncio.timeout(seconds), self._arrived:
            await self._arrived.wait_for(lambda: self.accepted >= count)
        return list(self.messages)
