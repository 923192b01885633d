"""The gateway: the SMTP front, the line, the outbox and the health page in one loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from socket import socket
from typing import Protocol

from alongside.enforcement.house import House, Notices
from alongside.enforcement.line import Line
from alongside.enforcement.opens import Opens, OpensNothing
from alongside.enforcement.protocols import Ledger, Outbox, SnapshotSource
from alongside.enforcement.runner import Runner
from alongside.policy.decision import Decision
from alongside.policy.rulebook import Rulebook
from alongside.policy.vocabulary import Channel

from .bounces import Bounces
from .carrier import MailCarrier
from .front import Front
from .health import Health
from .identity import Identity, Signer
from .settings import Settings
from .smtp.server import Server
from .smtp.session import Authenticate
from .smtp.terms import Terms

log = logging.getLogger(__name__)


class Record(Ledger, Outbox, Protocol):
    """The record's fast door, as a gateway holds it."""


def _nothing(decision: Decision, reference: str) -> None:
    """Nobody watches."""


def _forgets(person: str, key: str, text: str, reference: str) -> None:
    """Nobody learns signatures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What ``site`` hands to a gateway; each is open already and closed by whoever opened it."""

    record: Record
    people: SnapshotSource
    rulebook: Rulebook
    identity: Identity
    notices: Notices
    mark_bouncing: Callable[[str], object]
    opener: Opens = field(default_factory=OpensNothing)
    note_signature: Callable[[str, str, str, str], None] = field(default=_forgets)
    signer: Signer | None = None
    authenticate: Authenticate | None = None
    holder: str = "gateway"
    hold_for: timedelta = timedelta(days=3)
    watch: Callable[[Decision, str], None] = field(default=_nothing)


class Gateway:
    """One worker. ``start`` takes mail, ``stop`` ends without losing any."""

    def __init__(self, settings: Settings, parts: Parts) -> None:
        self.settings = settings
        self.carrier = MailCarrier(settings, parts.identity, parts.signer)
        self.house = House(
            ledger=parts.record,
            outbox=parts.record,
            people=parts.people,
            rulebook=parts.rulebook,
            carriers={Channel.EMAIL: self.carrier},
            notices=parts.notices,
            bounce=self._bounce_address,
            holder=parts.holder,
            hold_for=parts.hold_for,
            opener=parts.opener,
            note_signature=parts.note_signature,
            on_decided=parts.watch,
        )
        self.runner = Runner(self.house)
        self.line = Line(self.house, self.runner.wake)
        self.bounces = Bounces(
            self.house,
            domain=settings.bounce_domain,
            secret=settings.bounce_secret,
            mark=parts.mark_bouncing,
            wake=self.runner.wake,
        )
        front = Front(settings, self.line, self.bounces, parts.identity.contact)
        self.server = Server(
            front,
            Terms(host=settings.host, limits=settings.limits),
            tls=settings.tls,
            authenticate=parts.authenticate,
        )
        self.health = Health(self.house)
        self._outbox: asyncio.Task[None] | None = None

    def _bounce_address(self, leg: str) -> str:
        return self.bounces.address(leg)

    async def start(self, sockets: Sequence[socket] = ()) -> None:
        """Listen. Raises ``OSError`` when an address can't be had."""
        if sockets:
            await self.server.listen(sockets=sockets)
        else:
            for host, port in self.settings.listen:
                await self.server.listen(host, port)
        if self.settings.health is not None:
            await self.health.listen(*self.settings.health)
        self._outbox = asyncio.create_task(self.runner.run())

    async def stop(self) -> None:
        """No new mail; what is under way is finished, recorded and answered."""
        await self.server.stop(self.settings.stop_within)
        self.runner.stop()
        if self._outbox is not None:
            await self._outbox
        await self.line.settle()
        await self.health.close()
        await self.carrier.close()
