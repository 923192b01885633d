"""Conversations in SMTP: write what one side says, expect what the other answers."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

from alongside.mail.smtp import replies
from alongside.mail.smtp.envelope import Envelope, Parameters, Recipient
from alongside.mail.smtp.events import (
    Auth,
    Closed,
    Connected,
    DataComplete,
    Hello,
    Mail,
    Question,
    Rcpt,
    StartTls,
)
from alongside.mail.smtp.machine import Machine
from alongside.mail.smtp.replies import Reply
from alongside.mail.smtp.server import Server
from alongside.mail.smtp.session import Authenticate, Handler, Session
from alongside.mail.smtp.terms import Limits, Terms

WAIT = 5.0
Happening = Reply | Question | Hello | Closed

YES: dict[type[Question], Reply] = {
    Connected: replies.greeting("mx.charity.example"),
    StartTls: replies.READY_FOR_TLS,
    Auth: replies.AUTHENTICATED,
    Mail: replies.SENDER_OK,
    Rcpt: replies.RECIPIENT_OK,
    DataComplete: replies.MESSAGE_ACCEPTED,
}


def converse(
    machine: Machine,
    pieces: Iterable[bytes],
    answer: Callable[[Question], Reply] = lambda question: YES[type(question)],
) -> list[Happening]:
    """Feed the pieces to a machine, answer what it asks, and write down all that happened."""
    heard: list[Happening] = []

    def take(happenings: list[Happening]) -> None:
        while True:
            heard.extend(happenings)
            if not happenings or not isinstance(happenings[-1], Question):
                return
            happenings = machine.answer(answer(happenings[-1]))

    take(machine.begin())
    for piece in pieces:
        take(machine.feed(piece))
    return heard


def said(heard: Iterable[Happening]) -> list[int]:
    """The codes of the replies, in order."""
    return [each.code for each in heard if isinstance(each, Reply)]


def messages(heard: Iterable[Happening]) -> list[Envelope]:
    """The messages that were asked about."""
    return [each.envelope for each in heard if isinstance(each, DataComplete)]


class Recorder(Handler):
    """Accepts all and remembers what it saw; each hook may be replaced."""

    def __init__(self) -> None:
        self.sessions: list[Session] = []
        self.envelopes: list[Envelope] = []
        self.protocols: list[str] = []
        self.mail: Callable[[str], Reply | None] = lambda sender: None
        self.rcpt: Callable[[Recipient], Reply | None] = lambda recipient: None
        self.message: Callable[[Envelope], Awaitable[Reply]] = self._accept
        self.welcome: Reply | None = None

    async def _accept(self, envelope: Envelope) -> Reply:
        return replies.MESSAGE_ACCEPTED

    async def on_connect(self, session: Session) -> Reply | None:
        self.sessions.append(session)
        return self.welcome

    async def on_mail(self, session: Session, sender: str, parameters: Parameters) -> Reply | None:
        return self.mail(sender)

    async def on_rcpt(self, session: Session, recipient: Recipient) -> Reply | None:
        return self.rcpt(recipient)

    async def on_message(self, session: Session, envelope: Envelope) -> Reply:
        self.protocols.append(session.protocol)
        reply = await self.message(envelope)
        self.envelopes.append(envelope)
        return reply


class Conversation:
    """A client's side, line by line."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def say(self, *lines: str) -> None:
        """Say these lines in one write."""
        await self.send("".join(f"{line}\r\n" for line in lines).encode())

    async def send(self, octets: bytes) -> None:
        self._writer.write(octets)
        await self._writer.drain()

    async def hear(self) -> str:
        """One whole reply."""
        lines = []
        async with asyncio.timeout(WAIT):
            while True:
                line = (await self._reader.readuntil(b"\r\n")).decode()
                lines.append(line)
                if line[3:4] != "-":
                    return "".join(lines)

    async def expect(self, *patterns: str) -> str:
        """One reply for each pattern, which it must match from its beginning."""
        reply = ""
        for pattern in patterns:
            reply = await self.hear()
            assert re.match(pattern, reply), f"expected `{pattern}`, heard `{reply}`"
        return reply

    async def closed(self) -> None:
        """The other side said nothing more and closed."""
        async with asyncio.timeout(WAIT):
            assert await self._reader.read() == b""

    async def silent(self, seconds: float = 0.05) -> None:
        """Nothing is said for a moment."""
        try:
            async with asyncio.timeout(seconds):
                assert not await self._reader.read(1)
        except TimeoutError:
            return

    async def start_tls(self, context: ssl.SSLContext, host: str = "localhost") -> None:
        await self._writer.start_tls(context, server_hostname=host)

    async def leave(self) -> None:
        self._writer.transport.abort()
        await asyncio.sleep(0)

    async def hello(self) -> None:
        await self.expect("220 ")
        await self.say("EHLO laptop.example")
        await self.expect("250")

    async def envelope(
        self, sender: str = "coach@charity.example", *recipients: str, data: bool = True
    ) -> None:
        recipients = recipients or ("officer@charity.example",)
        await self.say(f"MAIL FROM:<{sender}>", *(f"RCPT TO:<{each}>" for each in recipients))
        await self.expect("250", *("250" for _ in recipients))
        if data:
            await self.say("DATA")
            await self.expect("354")


@asynccontextmanager
async def front(
    handler: Handler,
    *,
    limits: Limits | None = None,
    terms: Terms | None = None,
    tls: ssl.SSLContext | None = None,
    authenticate: Authenticate | None = None,
    implicit_tls: bool = False,
) -> AsyncIterator[Server]:
    """Our server on a free port."""
    terms = terms or Terms(host="mx.charity.example", limits=limits or Limits(login_delay=0.0))
    server = Server(handler, terms, tls=tls, authenticate=authenticate)
    await server.listen("127.0.0.1", implicit_tls=implicit_tls)
    try:
        yield server
    finally:
        await server.stop(0.0)


@asynccontextmanager
async def call(server: Server, **options: object) -> AsyncIterator[Conversation]:
    """A client of it."""
    async with dial(server.addresses[0][1], **options) as conversation:
        yield conversation


@asynccontextmanager
async def dial(port: int, **options: object) -> AsyncIterator[Conversation]:
    """A client of whatever listens there."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, **options)  # type: ignore[arg-type]
    try:
        yield Conversation(reader, writer)
    finally:
        writer.transport.abort()
        await asyncio.sleep(0)


class ScriptedPeer:
    """A next hop that does exactly what the script says, right or wrong."""

    def __init__(self, script: Callable[[Conversation], Awaitable[None]]) -> None:
        self._script = script
        self.calls = 0
        self.failures: list[BaseException] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> ScriptedPeer:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        assert not self.failures, self.failures

    def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._play(reader, writer))
        self._tasks.add(task)

    async def _play(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls += 1
        try:
            await self._script(Conversation(reader, writer))
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        except Exception as failure:
            self.failures.append(failure)
        finally:
            writer.transport.abort()
