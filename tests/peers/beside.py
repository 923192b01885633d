"""A gateway in its place between the programs, and what a test does with it."""

from __future__ import annotations

import asyncio
import re
import smtplib
import sqlite3
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from alongside.mail.dkim_sign import KeyRing
from alongside.mail.gateway import Gateway, Parts
from alongside.mail.identity import Identity
from alongside.mail.notices import MailNotices
from alongside.mail.settings import Settings
from alongside.mail.smtp.route import Route
from alongside.policy.people import People
from alongside.records.ledger import SqliteLedger
from tests import world
from tests.gateway import rig

from . import howto
from .chain import ALONGSIDE, BACK, Chain
from .postfix import SMTP, SUBMISSION


def letter(sender: str, to: Sequence[str], **headers: str) -> bytes:
    """A message as a mail program writes it: dated, so that no server adds anything."""
    return rig.letter(sender, to, **{"Date": "Sun, 22 Nov 2026 15:00:00 +0000", **headers})


@dataclass(frozen=True, slots=True)
class Mail:
    """One message as it lies in a mailbox."""

    raw: bytes

    @property
    def parsed(self) -> Message:
        return message_from_bytes(self.raw)

    @property
    def text(self) -> str:
        return self.raw.decode("utf-8", "replace")

    def __getitem__(self, name: str) -> str:
        return " ".join(str(self.parsed[name] or "").split())

    def named(self, *fields: str) -> set[str]:
        """The addresses in these fields."""
        return {address for _, address in getaddresses([self[f] for f in fields]) if address}

    def came_as(self, original: bytes) -> bool:
        """Whether it is the original, octet by octet, under trace fields and nothing else."""
        if not self.raw.endswith(original):
            return False
        above = message_from_bytes(self.raw[: -len(original)] + b"\r\n")
        return set(above.keys()) <= {"Received", "Return-Path", "Delivered-To"}


@dataclass(frozen=True, slots=True)
class Beside:
    """The gateway, and the chain around it."""

    chain: Chain
    gateway: Gateway
    database: Path
    bounced: list[str]

    async def submit(self, sender: str, *to: str, raw: bytes, **options: Sequence[str]) -> str:
        """From a mail program of the charity's own people. Postfix's last word."""
        return await self.hand_over(SUBMISSION, sender, *to, raw=raw, **options)

    async def from_outside(self, sender: str, *to: str, raw: bytes) -> str:
        """As another provider hands it to the charity's server."""
        return await self.hand_over(SMTP, sender, *to, raw=raw)

    async def hand_over(
        self, port: int, sender: str, *to: str, raw: bytes, **options: Sequence[str]
    ) -> str:
        """To whichever server listens at this port of the chain. Its last word.

        ``mail`` and ``rcpt`` are the parameters of these commands.
        """
        return await asyncio.to_thread(self._hand_over, port, sender, to, raw, **options)

    def _hand_over(
        self,
        port: int,
        sender: str,
        to: Sequence[str],
        raw: bytes,
        mail: Sequence[str] = (),
        rcpt: Sequence[str] = (),
    ) -> str:
        with smtplib.SMTP(self.chain.address, port, "client.example", timeout=30) as client:
            client.ehlo()
            if "SMTPUTF8" in mail:
                client.command_encoding = "utf-8"
            client.mail(sender, tuple(mail))
            for address in to:
                code, text = client.rcpt(address, tuple(rcpt))
                if code >= 400:
                    return f"{code} {text.decode()}"
            code, text = client.data(raw)
            return f"{code} {text.decode()}"

    async def arrived(self) -> dict[str, list[Mail]]:
        """Everything in every mailbox, once nothing is on its way any more."""
        await self.quiet()
        return await asyncio.to_thread(self._read)

    def _read(self) -> dict[str, list[Mail]]:
        boxes = self.chain.mailboxes
        return {user: [Mail(raw) for raw in boxes.of(user)] for user in boxes.used()}

    async def quiet(self, seconds: float = 30.0) -> None:
        """Until Postfix's queue, the gateway's outbox and its unwritten outcomes are empty."""
        until = time.monotonic() + seconds
        calm = 0
        while calm < 2:
            await self.gateway.line.settle()
            waiting = await asyncio.to_thread(self.chain.postfix.queue)
            calm = 0 if waiting or self._outbox() else calm + 1
            if time.monotonic() > until:
                raise TimeoutError(f"mail still waits: {waiting} {self._outbox()}")
            await asyncio.sleep(0.03)

    def _outbox(self) -> list[Any]:
        return self.rows("SELECT kind, attempts FROM records_dispatch WHERE state='waiting'")

    def rows(self, query: str) -> list[Any]:
        """Straight from the database file."""
        connection = sqlite3.connect(self.database)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def entries(self) -> list[str]:
        """The kinds of what is on the record, oldest first."""
        return [kind for (kind,) in self.rows("SELECT kind FROM records_entry ORDER BY seq")]

    def incidents(self) -> list[str]:
        return [kind for (kind,) in self.rows("SELECT kind FROM records_incident ORDER BY id")]

    def accepted(self) -> list[str]:
        """Envelope senders of what Postfix accepted into its queue, in that order."""
        log = self.chain.postfix.log.read_text(errors="replace")
        senders: dict[str, str] = dict(re.findall(r"qmgr\[\d+\]: (\w+): from=<([^>]*)>, size", log))
        order = re.findall(r"smtpd\[\d+\]: (\w+): client=", log)
        return [senders[number] for number in order if number in senders]


def settings_of_the_page(chain: Chain) -> Settings:
    """What the page writes into ``alongside.toml``, in this test's place."""
    told = howto.configuration()
    gateway, relay = told["gateway"], told["relay"]
    assert gateway["listen"] == [f"127.0.0.1:{ALONGSIDE}"]
    assert relay["outbound"] == relay["inbound"] == f"smtp://127.0.0.1:{BACK}"
    back = Route.parse(f"smtp://{chain.address}:{BACK}", name=gateway["host"])
    return Settings(
        host=gateway["host"],
        listen=((chain.address, ALONGSIDE),),
        outbound=back,
        inbound=back,
        local_domains=frozenset(told["organisation"]["domains"]),
        trusted=tuple(ip_network(text) for text in gateway["trusted"]),
        bounce_domain=relay["bounce_domain"],
        bounce_secret=b"only for tests, thirty-two bytes",
        stop_within=5.0,
    )


@asynccontextmanager
async def beside(
    chain: Chain,
    database: Path,
    *,
    people: People | None = None,
    signer: KeyRing | None = None,
    **changes: Any,
) -> AsyncIterator[Beside]:
    """The gateway with the cast in its register, enforcing; ``changes`` are of its settings."""
    settings = replace(settings_of_the_page(chain), **changes)
    identity = Identity(
        host=settings.host,
        organisation="Example Sports Charity",
        contact=rig.CONTACT,
        domains=settings.local_domains,
    )
    bounced: list[str] = []
    ledger = SqliteLedger(database, chain="gateway/test/1", busy_timeout=2.0)
    ledger.open()
    parts = Parts(
        record=ledger,
        people=rig.StandingPeople(people or world.people()),
        rulebook=rig.shipped(),
        identity=identity,
        notices=MailNotices(identity=identity, signer=signer, zone=ZoneInfo("Europe/London")),
        mark_bouncing=bounced.append,
        signer=signer,
    )
    gateway = Gateway(settings, parts)
    await gateway.start()
    try:
        yield Beside(chain, gateway, database, bounced)
    finally:
        await gateway.stop()
        await ledger.close()
