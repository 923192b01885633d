"""Sending mail on to one next hop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alongside.enforcement.values import Outcome

from . import outcomes
from .envelope import Parameters, Recipient
from .letter import Letter, Unsendable
from .peer import Trouble
from .pool import Pool
from .route import Route
from .transaction import deliver


class Client:
    """Sends over pooled connections to one route. Never queues, never retries a message."""

    def __init__(self, route: Route) -> None:
        self.route = route
        self._pool = Pool(route)

    @property
    def connections(self) -> int:
        """Connections open or opening."""
        return self._pool.connections

    async def send(
        self,
        sender: str,
        recipients: Sequence[Recipient | str],
        message: bytes | Iterable[bytes],
        parameters: Parameters | None = None,
        *,
        all_or_nothing: bool = False,
    ) -> list[Outcome]:
        """Offer one message; one outcome for each recipient, in their order.

        ``message`` has strict CR LF; pieces are joined. ``parameters`` are those of MAIL; what the
        next hop does not offer is left out, and where the message can't do without (SMTPUTF8,
        8BITMIME) the outcome is permanent. With ``all_or_nothing`` nothing is sent unless each
        recipient was accepted. Network trouble of any sort is a temporary outcome, never an
        exception; ``outcomes.in_doubt`` tells the one after which the message may have arrived.
        """
        listed = [Recipient(each) if isinstance(each, str) else each for each in recipients]
        if not listed:
            return []
        try:
            letter = Letter(sender, listed, message, parameters or {})
        except Unsendable as unsendable:
            return [unsendable.outcome] * len(listed)
        try:
            return await self._send(letter, len(listed), all_or_nothing)
        except Trouble as trouble:
            return [trouble.outcome] * len(listed)

    async def close(self) -> None:
        """End resting connections; later calls to ``send`` are answered at once."""
        self._pool.close()

    async def _send(self, letter: Letter, count: int, all_or_nothing: bool) -> list[Outcome]:
        peer, reused = await self._pool.take()
        while True:
            if unfit := letter.unfit(peer):
                self._pool.give_back(peer)
                return [unfit] * count
            try:
                result = await deliver(
                    peer, letter, self.route.timeouts, all_or_nothing=all_or_nothing
                )
            except Trouble:
                if not reused:
                    self._pool.end(peer)
                    raise
            except BaseException:
                # Cancelled in the middle: the connection must not be used by anybody else.
                peer.break_off(outcomes.LOST)
                self._pool.end(peer)
                raise
            else:
                self._pool.give_back(peer)
                return result
            # Nothing was sent after DATA, and a connection that rested may be dead: once more.
            peer, reused = await self._pool.replace(peer), False
