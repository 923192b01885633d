"""What all connections of one server share, and how many there may be."""

from __future__ import annotations

import asyncio
import ssl
from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from . import replies
from .replies import Reply
from .session import Authenticate, Handler, Session
from .terms import Terms
from .throttle import Throttle


class Guest(Protocol):
    """A connection, as the house sees it."""

    session: Session

    def drain(self) -> None:
        """Close as soon as no message is under way and the client had a moment to end it."""

    def end(self) -> asyncio.Task[None] | None:
        """Close now, whatever is under way; the task that was cancelled, if there was one."""


async def nobody(username: str, password: str) -> str | None:
    """No login is right."""
    return None


@dataclass(slots=True, kw_only=True)
class House:
    """What all connections of one server share."""

    handler: Handler
    terms: Terms
    authenticate: Authenticate = nobody
    tls: ssl.SSLContext | None = None
    stopping: bool = False
    connections: set[Guest] = field(default_factory=set)
    clients: Counter[str] = field(default_factory=Counter)
    empty: asyncio.Event = field(default_factory=asyncio.Event)
    throttle: Throttle = field(init=False)

    def __post_init__(self) -> None:
        limits = self.terms.limits
        self.throttle = Throttle(limits.logins_per_client, limits.login_window)

    def admit(self, connection: Guest) -> Reply | None:
        """Count a new connection in, or say why not."""
        client = connection.session.client[0]
        if self.stopping:
            return replies.SHUTTING_DOWN
        if len(self.connections) >= self.terms.limits.connections:
            return replies.TOO_MANY_CONNECTIONS
        if client and self.clients[client] >= self.terms.limits.per_client:
            return replies.TOO_MANY_FROM_YOU
        self.clients[client] += 1
        self.connections.add(connection)
        self.empty.clear()
        return None

    def leave(self, connection: Guest) -> None:
        """Count a connection out, once."""
        if connection not in self.connections:
            return
        self.connections.remove(connection)
        client = connection.session.client[0]
        self.clients[client] -= 1
        if not self.clients[client]:
            del self.clients[client]
        if not self.connections:
            self.empty.set()
