"""How many failed logins one client may have, over all of its sessions."""

from __future__ import annotations

import ipaddress
import time

_REMEMBERED = 10_000


class Throttle:
    """Counts failures for each client in windows; forgets the oldest when there are too many."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._failures: dict[str, tuple[int, float]] = {}

    def may_try(self, client: str) -> bool:
        """Whether this client may log in now."""
        count, since = self._failures.get(_network(client), (0, 0.0))
        return count < self._limit or time.monotonic() - since >= self._seconds

    def failed(self, client: str) -> None:
        """One more failure; the first of a window begins it."""
        network = _network(client)
        now = time.monotonic()
        count, since = self._failures.pop(network, (0, now))
        if now - since >= self._seconds:
            count, since = 0, now
        self._failures[network] = (count + 1, since)
        if len(self._failures) > _REMEMBERED:
            del self._failures[next(iter(self._failures))]


def _network(client: str) -> str:
    """One household or host: an IPv4 address, or the /64 of an IPv6 address."""
    if ":" not in client:
        return client
    return str(ipaddress.ip_network((client, 64), strict=False))
