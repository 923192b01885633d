"""Opening a connection to a next hop: greeting, EHLO, TLS, login."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Sequence
from typing import Any

from alongside.enforcement.values import Outcome

from . import login, outcomes
from .peer import Peer, Trouble
from .route import Route
from .tls import client_context, unverified_client_context
from .wire import Answer

_ADDRESSES = 4


async def open_peer(route: Route, context: ssl.SSLContext | None) -> Peer:
    """A connection ready for MAIL, with the TLS ``context`` that the route asks for.

    Raises ``Trouble`` with what to tell the sender, and nothing else.
    """
    peer: Peer | None = None
    try:
        peer = await _connect(route, context if route.scheme == "smtps" else None)
        _check((await peer.answers(1, route.timeouts.greeting))[0], outcomes.UNWILLING)
        await _greet(peer, route)
        if context is not None and not peer.secure:
            await _start_tls(peer, route, context)
        if route.user:
            await _log_in(peer, route)
    except BaseException as error:
        trouble = _trouble(error)
        if peer is not None:
            peer.break_off(trouble or outcomes.LOST)
        if trouble is None:
            raise
        raise Trouble(trouble) from error
    return peer


def _trouble(error: BaseException) -> Outcome | None:
    if isinstance(error, Trouble):
        return error.outcome
    if isinstance(error, ssl.SSLError):
        return outcomes.UNVERIFIED
    if isinstance(error, OSError):
        return outcomes.UNREACHABLE
    return outcomes.SURPRISE if isinstance(error, Exception) else None


def _check(answer: Answer, otherwise: Outcome) -> None:
    if not answer.positive:
        raise Trouble(otherwise)


def context_for(route: Route) -> ssl.SSLContext | None:
    """The TLS context of a route, None for a route in the clear. Reads files.

    Raises ``Trouble`` when a certificate or the authorities can't be read.
    """
    if route.scheme == "smtp":
        return unverified_client_context() if route.opportunistic else None
    try:
        return client_context(route.authorities, certificate=route.certificate)
    except OSError as error:
        raise Trouble(outcomes.UNVERIFIED) from error


async def addresses_of(
    host: str, port: int
) -> Sequence[tuple[int, int, int, str, tuple[Any, ...]]]:
    """Where a host may be reached, in the system's order of preference. Raises ``OSError``."""
    loop = asyncio.get_running_loop()
    return await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)


async def _connect(route: Route, context: ssl.SSLContext | None) -> Peer:
    """Try each address of the host in turn: one that swallows packets must not hide the others."""
    loop = asyncio.get_running_loop()
    name = route.host if context else None
    trouble: OSError = ConnectionError()
    async with asyncio.timeout(route.timeouts.connect):
        found = await addresses_of(route.host, route.port)
    for family, _, proto, _, address in found[:_ADDRESSES]:
        try:
            async with asyncio.timeout(route.timeouts.connect):
                _, peer = await loop.create_connection(
                    Peer,
                    str(address[0]),
                    route.port,
                    family=family,
                    proto=proto,
                    ssl=context,
                    server_hostname=name,
                )
        except ssl.SSLError:
            raise
        except OSError as error:
            trouble = error
        else:
            peer.secure = context is not None
            return peer
    raise trouble


async def _greet(peer: Peer, route: Route) -> None:
    answer = await peer.ask(f"EHLO {route.name}", route.timeouts.command)
    if answer.positive:
        for line in answer.lines[1:]:
            keyword, _, value = line.strip().partition(" ")
            peer.extensions[keyword.upper()] = value
        return
    answer = await peer.ask(f"HELO {route.name}", route.timeouts.command)
    _check(answer, outcomes.UNWILLING)


async def _start_tls(peer: Peer, route: Route, context: ssl.SSLContext) -> None:
    if not peer.offers("STARTTLS"):
        if route.opportunistic:
            return
        raise Trouble(outcomes.NO_TLS)
    answer = await peer.ask("STARTTLS", route.timeouts.command)
    if not answer.positive and route.opportunistic:
        return
    _check(answer, outcomes.NO_TLS)
    await peer.encrypt(context, route.host, route.timeouts.handshake)
    await _greet(peer, route)


async def _log_in(peer: Peer, route: Route) -> None:
    secret = await asyncio.to_thread(_secret, route)
    seconds = route.timeouts.command
    mechanisms = peer.extensions.get("AUTH", "").upper().split()
    if "PLAIN" in mechanisms:
        word = login.word(f"\0{route.user}\0{secret}")
        answer = await peer.ask(f"AUTH PLAIN {word}", seconds)
    elif "LOGIN" in mechanisms:
        answer = await peer.ask("AUTH LOGIN", seconds)
        for word in (login.word(route.user), login.word(secret)):
            if answer.code == 334:
                answer = await peer.ask(word, seconds)
    else:
        raise Trouble(outcomes.NO_LOGIN)
    _check(answer, outcomes.NO_LOGIN)


def _secret(route: Route) -> str:
    try:
        text = route.secret_file.read_text("utf-8") if route.secret_file else ""
        return text.split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(outcomes.NO_SECRET) from error
