"""The SMTP server: listening sockets, one ``Connection`` for each client, a graceful stop."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from .connection import Connection
from .house import House, nobody
from .session import Authenticate, Handler
from .terms import Terms

_LAST_SECONDS = 2.0
"""What a handler has to tidy up after it was cancelled."""


class Server:
    """Serves one handler on as many sockets as wanted.

    STARTTLS is offered when ``tls`` is given, AUTH when ``authenticate`` is.
    """

    def __init__(
        self,
        handler: Handler,
        terms: Terms | None = None,
        *,
        tls: ssl.SSLContext | None = None,
        authenticate: Authenticate | None = None,
    ) -> None:
        terms = replace(terms or Terms(), tls=tls is not None, login=authenticate is not None)
        self._house = House(
            handler=handler, terms=terms, authenticate=authenticate or nobody, tls=tls
        )
        self._listeners: list[asyncio.Server] = []

    @property
    def addresses(self) -> list[tuple[str, int]]:
        """Where it listens: address and port of each socket."""
        return [
            listening.getsockname()[:2]
            for listener in self._listeners
            for listening in listener.sockets
        ]

    @property
    def connections(self) -> int:
        """Clients connected, and messages still in hand of clients that left."""
        return len(self._house.connections)

    async def listen(
        self,
        host: str | None = None,
        port: int = 0,
        *,
        sockets: Sequence[socket.socket] = (),
        implicit_tls: bool = False,
        reuse_port: bool = False,
        backlog: int = 512,
    ) -> None:
        """Listen on an address, or on sockets already bound that a parent handed on.

        With ``implicit_tls`` the handshake comes first (RFC 8314), else on STARTTLS. May be called
        several times. Raises ``OSError`` when the address can't be had, ``ValueError`` for
        ``implicit_tls`` without a certificate.
        """
        loop = asyncio.get_running_loop()
        settings: dict[str, Any] = {"backlog": backlog}
        if implicit_tls:
            if self._house.tls is None:
                raise ValueError("implicit TLS needs a certificate; pass `tls` to the server")
            settings["ssl"] = self._with_newest_certificate(self._house.tls)
            settings["ssl_handshake_timeout"] = self._house.terms.limits.handshake
        if not sockets:
            listener = await loop.create_server(
                self._connection, host, port, reuse_port=reuse_port or None, **settings
            )
            self._listeners.append(listener)
        for opened in sockets:
            listener = await loop.create_server(self._connection, sock=opened, **settings)
            self._listeners.append(listener)

    def use_certificate(self, tls: ssl.SSLContext) -> None:
        """From the next handshake on; sessions under TLS stay as they are.

        Raises ``ValueError`` where the server began without TLS: clients were told so.
        """
        if self._house.tls is None:
            raise ValueError("the server began without TLS; start it again with a certificate")
        self._house.tls = tls

    def _connection(self) -> Connection:
        return Connection(self._house)

    def _with_newest_certificate(self, context: ssl.SSLContext) -> ssl.SSLContext:
        """A listener keeps its context for ever: each handshake looks which one is used now."""

        def choose(connection: Any, _: str | None, __: ssl.SSLContext) -> None:
            connection.context = self._house.tls

        context.sni_callback = choose
        return context

    async def stop(self, seconds: float = 30.0) -> bool:
        """Stop accepting, let messages under way finish, tell who stays idle 421, then close.

        A session that has handed in nothing yet may hand in one message: who came just before the
        stop is served.

        Returns True when everything ended within ``seconds``; what had not was cut off without an
        answer, so that its client tries again.
        """
        house = self._house
        house.stopping = True
        for listener in self._listeners:
            listener.close()
        for connection in tuple(house.connections):
            connection.drain()
        in_time = True
        if house.connections:
            try:
                await asyncio.wait_for(house.empty.wait(), seconds)
            except TimeoutError:
                in_time = False
        ended = [connection.end() for connection in tuple(house.connections)]
        if cancelled := [task for task in ended if task is not None]:
            await asyncio.wait(cancelled, timeout=_LAST_SECONDS)
        self._listeners.clear()
        return in_time
