"""A gateway that can be ended and started again on the same files, before a hop that stays."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from alongside.mail.gateway import Gateway, Parts
from alongside.mail.identity import Identity
from alongside.mail.notices import MailNotices
from alongside.mail.settings import Settings
from alongside.mail.smtp.route import Route, Timeouts
from alongside.records.ledger import SqliteLedger
from tests import world
from tests.gateway.rig import CONTACT, Rig, StandingPeople, shipped

from .hop import Hop

DOMAINS = frozenset({"charity.example", "club.example"})
IMPATIENT = Timeouts(
    connect=0.4, handshake=0.4, greeting=0.4, command=0.4, content=0.4, final=0.4, turn=2.0
)
"""So that a stall costs a test less than half a second."""


class Clock:
    """The gateway's wall clock, which a test can put on and back."""

    def __init__(self) -> None:
        self.by = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.by

    def jump(self, **by: float) -> None:
        self.by += timedelta(**by)


@asynccontextmanager
async def gateway_on(
    database: Path,
    hop: Hop,
    *,
    timeouts: Timeouts = IMPATIENT,
    clock: Clock | None = None,
    stop_within: float = 5.0,
    **changed: Any,
) -> AsyncIterator[Rig]:
    """One gateway, with the cast in its register; the hop goes on when it ends."""
    route = Route(
        host="127.0.0.1",
        port=hop.stays_at,
        name="gateway.charity.example",
        timeouts=timeouts,
        backoff=0.01,
        backoff_limit=0.05,
        **changed,
    )
    ledger = SqliteLedger(database, chain="gateway/test/1", busy_timeout=0.2)
    ledger.open()
    source = StandingPeople(world.people())
    identity = Identity(
        host="gateway.charity.example",
        organisation="Example Sports Charity",
        contact=CONTACT,
        domains=DOMAINS,
    )
    settings = Settings(
        host="gateway.charity.example",
        listen=(("127.0.0.1", 0),),
        outbound=route,
        inbound=route,
        local_domains=DOMAINS,
        trusted=(ip_network("127.0.0.0/8"),),
        bounce_domain="bounces.charity.example",
        bounce_secret=b"only for tests, thirty-two bytes",
        stop_within=stop_within,
    )
    bounced: list[str] = []
    gateway = Gateway(
        settings,
        Parts(
            record=ledger,
            people=source,
            rulebook=shipped(),
            identity=identity,
            notices=MailNotices(identity=identity, zone=ZoneInfo("Europe/London")),
            mark_bouncing=bounced.append,
        ),
    )
    # The house is one frozen value that line, outbox and health page share.
    object.__setattr__(gateway.house, "clock", clock or Clock())
    await gateway.start()
    try:
        yield Rig(gateway, hop, source, ledger, database, bounced)
    finally:
        await gateway.stop()
        await ledger.close()


async def until_idle(database: Path, seconds: float = 10.0) -> None:
    """Wait until the outbox has nothing that is due. Raises ``TimeoutError``."""
    async with asyncio.timeout(seconds):
        while waiting(database):
            await asyncio.sleep(0.05)


def waiting(database: Path) -> int:
    """How many dispatches wait, due or not."""
    return int(ask(database, "SELECT count(*) FROM records_dispatch WHERE state = 'waiting'")[0][0])


def ask(database: Path, question: str, *values: object) -> list[tuple[Any, ...]]:
    """Rows, read as a stranger to the gateway would."""
    connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
    try:
        return connection.execute(question, values).fetchall()
    finally:
        connection.close()
