"""A next hop that misbehaves towards some recipients only, and can be absent altogether."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from tools.ports import free_ports

from alongside.mail.smtp.envelope import Envelope
from alongside.mail.smtp.replies import Reply
from alongside.mail.smtp.session import Session
from alongside.mail.smtp.sink import Sink
from tests.gateway.rig import Arrived

NO_SUCH_USER = Reply(550, "5.1.1", "no such user here")
LATER = Reply(451, "4.2.0", "come again later")

Before = Callable[[Arrived], Awaitable[object]]


async def _nothing(arriving: Arrived) -> None:
    """Nothing happens before a message is kept."""


class Hop(Sink):
    """A sink on one port for life: ``stop`` and ``begin`` again play a server that was away.

    ``before`` is called with each message before it is kept; ``stalls`` and ``drops`` name
    recipients whose message is never answered, or whose connection is cut, before it is kept;
    ``forgets`` those whose message is kept and the connection then cut without an answer.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stays_at = free_ports(1)[0]
        self.before: Before = _nothing
        self.stalls: set[str] = set()
        self.drops: set[str] = set()
        self.forgets: set[str] = set()

    def refuse(self, reply: Reply, *addresses: str) -> None:
        """From now on RCPT for these gets this reply, and for all others is taken."""
        self.script.recipients = dict.fromkeys(addresses, reply)

    async def begin(self) -> None:
        await self.listen(port=self.stays_at)

    async def __aenter__(self) -> Hop:
        await self.begin()
        return self

    async def keep(self, session: Session, envelope: Envelope) -> None:
        to = {r.address for r in envelope.recipients}
        await self.before(Arrived(envelope.sender, tuple(to), envelope.content))
        if to & self.stalls:
            await asyncio.Event().wait()
        if to & self.drops:
            session.drop()
            raise ConnectionAbortedError
        await super().keep(session, envelope)
        if to & self.forgets:
            session.drop()

    @property
    def arrived(self) -> list[Arrived]:
        return [Arrived.of(m) for m in self.messages]
