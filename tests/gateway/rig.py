"""A whole gateway on loopback, with the record on disk and a sink as its next hop."""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from ipaddress import ip_network
from pathlib import Path
from zoneinfo import ZoneInfo

from alongside.mail.gateway import Gateway, Parts
from alongside.mail.identity import Identity
from alongside.mail.notices import MailNotices
from alongside.mail.settings import Settings
from alongside.mail.smtp.route import Route
from alongside.mail.smtp.sink import Sink
from alongside.policy.people import People
from alongside.policy.rulebook import Rulebook
from alongside.policy.rulebook_file import load
from alongside.policy.vocabulary import Mode
from alongside.records.ledger import SqliteLedger
from tests import world

CONTACT = "safeguarding@charity.example"


class StandingPeople:
    """A register that stands still, until a test changes it."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.confirmed = True

    def current(self) -> People:
        return self.people


def shipped(mode: Mode = Mode.ENFORCE) -> Rulebook:
    return load("online-safeguarding").with_confidential(*world.CONFIDENTIAL).with_modes(mode)


@dataclass(slots=True)
class Rig:
    gateway: Gateway
    sink: Sink
    people: StandingPeople
    ledger: SqliteLedger
    database: Path
    bounced: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        return self.gateway.server.addresses[0][1]

    async def send(self, sender: str, *to: str, raw: bytes | None = None, **headers: str):
        """Hand one message over by smtplib. The final code and text, whoever refused."""
        content = raw if raw is not None else letter(sender, to, **headers)
        return await asyncio.to_thread(self._send, sender, to, content)

    def _send(self, sender: str, to: Iterable[str], content: bytes) -> tuple[int, str]:
        with smtplib.SMTP("127.0.0.1", self.port, timeout=20) as client:
            client.ehlo("client.example")
            client.mail(sender)
            for address in to:
                code, text = client.rcpt(address)
                if code >= 400:
                    return code, text.decode()
            code, text = client.data(content)
            return code, text.decode()

    async def settled(self, messages: int = 0) -> list[Arrived]:
        """What the sink received, once the outbox is idle."""
        if messages:
            await self.sink.wait(messages)
        await self.gateway.line.settle()
        await asyncio.sleep(0.05)
        return [Arrived.of(m) for m in self.sink.messages]


@dataclass(frozen=True, slots=True)
class Arrived:
    """What the next hop took, in the order in which it took it."""

    sender: str
    to: tuple[str, ...]
    content: bytes

    @classmethod
    def of(cls, received) -> Arrived:
        envelope = received.envelope
        return cls(envelope.sender, tuple(r.address for r in envelope.recipients), envelope.content)

    @property
    def head(self) -> str:
        return self.content.partition(b"\r\n\r\n")[0].decode()

    def header(self, name: str) -> str:
        return str(message_from_bytes(self.content)[name] or "")


def letter(sender: str, to: Iterable[str], **headers: str) -> bytes:
    message = EmailMessage()
    message["From"] = headers.pop("from_", sender)
    message["To"] = headers.pop("to", ", ".join(to))
    message["Subject"] = headers.pop("subject", "Saturday")
    message["Message-ID"] = headers.pop("message_id", "<1@charity.example>")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("See you on Saturday at ten.\n")
    return message.as_bytes().replace(b"\n", b"\r\n")


@asynccontextmanager
async def running(
    database: Path,
    *,
    people: People | None = None,
    rulebook: Rulebook | None = None,
    sink: Sink | None = None,
    **changes,
):
    """A gateway with the cast in its register; it and the sink end with the block."""
    sink = sink or Sink()
    await sink.listen()
    host, port = "127.0.0.1", sink.port
    route = Route(host=host, port=port, name="gateway.charity.example")
    source = StandingPeople(people or world.people())
    ledger = SqliteLedger(database, chain="gateway/test/1", busy_timeout=0.3)
    ledger.open()
    identity = Identity(
        host="gateway.charity.example",
        organisation="Example Sports Charity",
        contact=CONTACT,
        domains=frozenset({"charity.example", "club.example"}),
    )
    settings = Settings(
        host="gateway.charity.example",
        listen=(("127.0.0.1", 0),),
        outbound=route,
        inbound=route,
        local_domains=frozenset({"charity.example", "club.example"}),
        trusted=(ip_network("127.0.0.0/8"),),
        bounce_domain="bounces.charity.example",
        bounce_secret=b"only for tests, thirty-two bytes",
        stop_within=5.0,
    )
    settings = replace(settings, **changes)
    bounced: list[str] = []
    parts = Parts(
        record=ledger,
        people=source,
        rulebook=rulebook or shipped(),
        identity=identity,
        notices=MailNotices(identity=identity, zone=ZoneInfo("Europe/London")),
        mark_bouncing=bounced.append,
    )
    gateway = Gateway(settings, parts)
    await gateway.start()
    try:
        yield Rig(gateway, sink, source, ledger, database, bounced)
    finally:
        await gateway.stop()
        await ledger.close()
        await sink.stop()
