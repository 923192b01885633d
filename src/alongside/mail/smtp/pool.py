"""The connections to one next hop: reused, capped, taken in turn, and rested after a failure."""

from __future__ import annotations

import asyncio
import ssl
from collections import deque

from alongside.enforcement.values import Outcome

from . import outcomes
from .opening import context_for, open_peer
from .peer import Peer, Trouble
from .route import Route

_CONTEXT_AGE = 300.0
"""Seconds after which certificate files are read again for a new connection."""


class Pool:
    """Who asks first is served first. A place counts from before a connection opens until it ends.

    After a connection could not be opened nobody tries for a while (the circuit): all are told at
    once, unless connections are in use that they can wait for. When the while is over one tries,
    and the others are told so until it succeeded.
    """

    def __init__(self, route: Route) -> None:
        self.route = route
        self._rested: list[Peer] = []
        self._places = 0
        self._queue: deque[asyncio.Future[Peer | None]] = deque()
        self._context: ssl.SSLContext | None = None
        self._context_until = 0.0
        self._broken: Outcome | None = None
        self._backoff = 0.0
        self._again_at = 0.0
        self._trying = False
        self._closed = False

    @property
    def connections(self) -> int:
        """Open or opening."""
        return self._places

    async def take(self) -> tuple[Peer, bool]:
        """A connection, and whether it was used before. Raises ``Trouble``."""
        if self._closed:
            raise Trouble(outcomes.CLOSING)
        while peer := self._rested_peer():
            if await self._healthy(peer):
                return peer, True
            self.end(peer)
        blocked = self._blocked()
        if blocked and not self._places:
            raise Trouble(blocked)
        if self._places < self.route.connections and not self._queue and not blocked:
            self._places += 1
            try:
                return await self._open(), False
            except Trouble:
                # While others are connected, theirs may still serve.
                if not self._places:
                    raise
        handed = await self._wait()
        if handed is None:
            return await self._open(), False
        return handed, True

    async def replace(self, peer: Peer) -> Peer:
        """A fresh connection in the place of one found dead. Raises ``Trouble``."""
        peer.break_off(outcomes.LOST)
        if blocked := self._blocked():
            self._free_place()
            raise Trouble(blocked)
        return await self._open()

    def give_back(self, peer: Peer) -> None:
        """The connection may be used by the next."""
        # A dirty one wants a RSET first: whoever waits opens a fresh one in its place instead.
        if self._closed or not self._young(peer) or (peer.dirty and self._queue):
            self.end(peer)
            return
        peer.used = asyncio.get_running_loop().time()
        if (waiter := self._next_in_turn()) is not None:
            waiter.set_result(peer)
        else:
            self._rested.append(peer)

    def end(self, peer: Peer) -> None:
        """The connection is not used again."""
        peer.close()
        self._free_place()

    def close(self) -> None:
        """End what rests now, and the others when they are given back."""
        self._closed = True
        while self._rested:
            self.end(self._rested.pop())
        self._fail_queue(outcomes.CLOSING)

    def _rested_peer(self) -> Peer | None:
        while self._rested:
            peer = self._rested.pop()
            if self._young(peer):
                return peer
            self.end(peer)
        return None

    def _young(self, peer: Peer) -> bool:
        age = asyncio.get_running_loop().time() - peer.born
        route = self.route
        return peer.alive and age < route.max_age and peer.messages < route.max_messages

    async def _healthy(self, peer: Peer) -> bool:
        now = asyncio.get_running_loop().time()
        if not peer.dirty and now - peer.used < self.route.check_after:
            return True
        try:
            answer = await peer.ask("RSET", self.route.timeouts.command)
        except Trouble:
            return False
        except BaseException:
            self.end(peer)
            raise
        peer.dirty = not answer.positive
        return answer.positive

    async def _wait(self) -> Peer | None:
        waiter: asyncio.Future[Peer | None] = asyncio.get_running_loop().create_future()
        self._queue.append(waiter)
        try:
            async with asyncio.timeout(self.route.timeouts.turn):
                return await waiter
        except TimeoutError as error:
            self._return_unused(waiter)
            raise Trouble(outcomes.BUSY) from error
        except asyncio.CancelledError:
            self._return_unused(waiter)
            raise

    def _return_unused(self, waiter: asyncio.Future[Peer | None]) -> None:
        """Whoever stopped waiting in the moment of being served passes it on."""
        if not waiter.done() or waiter.cancelled() or waiter.exception() is not None:
            return
        peer = waiter.result()
        if peer is None:
            self._free_place()
        else:
            self.give_back(peer)

    async def _open(self) -> Peer:
        """Open a connection in a place already counted."""
        loop = asyncio.get_running_loop()
        self._trying = True
        try:
            if loop.time() >= self._context_until:
                self._context = await asyncio.to_thread(context_for, self.route)
                self._context_until = loop.time() + _CONTEXT_AGE
            peer = await open_peer(self.route, self._context)
        except Trouble as trouble:
            self._trip(trouble.outcome)
            raise
        except BaseException:
            self._trying = False
            self._free_place()
            raise
        self._trying = False
        self._broken = None
        self._backoff = 0.0
        self._invite()
        return peer

    def _blocked(self) -> Outcome | None:
        """Why no connection is opened just now, if so."""
        resting = self._trying or asyncio.get_running_loop().time() < self._again_at
        return self._broken if resting else None

    def _trip(self, outcome: Outcome) -> None:
        now = asyncio.get_running_loop().time()
        self._trying = False
        if self._broken is None or now >= self._again_at:
            wanted = max(self.route.backoff, 2 * self._backoff)
            self._backoff = min(wanted, self.route.backoff_limit)
            self._again_at = now + self._backoff
        self._broken = outcome
        self._free_place()

    def _free_place(self) -> None:
        self._places -= 1
        if self._broken is None:
            self._invite()
        elif not self._places:
            self._fail_queue(self._broken)

    def _invite(self) -> None:
        """Let those who wait open connections, as far as there are places."""
        while self._places < self.route.connections:
            waiter = self._next_in_turn()
            if waiter is None:
                return
            self._places += 1
            waiter.set_result(None)

    def _next_in_turn(self) -> asyncio.Future[Peer | None] | None:
        while self._queue:
            waiter = self._queue.popleft()
            if not waiter.done():
                return waiter
        return None

    def _fail_queue(self, outcome: Outcome) -> None:
        while (waiter := self._next_in_turn()) is not None:
            waiter.set_exception(Trouble(outcome))
