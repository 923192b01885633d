"""The few questions that the doctor asks of DNS, with short time-outs."""

from __future__ import annotations

from typing import Any, Protocol

import dns.exception
import dns.resolver

SECONDS = 3.0


class Unanswered(Exception):
    """no name server answered"""


class Dns(Protocol):
    """Empty answers mean that there is no such record; ``Unanswered`` that nobody knows."""

    def txt(self, name: str) -> tuple[str, ...]: ...

    def mx(self, name: str) -> tuple[str, ...]: ...

    def addresses(self, name: str) -> tuple[str, ...]: ...


class SystemDns:
    """The name servers that the system uses."""

    def __init__(self) -> None:
        try:
            self._resolver: dns.resolver.Resolver | None = dns.resolver.Resolver()
            self._resolver.lifetime = SECONDS
        except dns.resolver.NoResolverConfiguration:
            self._resolver = None

    def txt(self, name: str) -> tuple[str, ...]:
        return tuple(
            b"".join(record.strings).decode("utf-8", "replace") for record in self._ask(name, "TXT")
        )

    def mx(self, name: str) -> tuple[str, ...]:
        return tuple(str(record.exchange).rstrip(".") for record in self._ask(name, "MX"))

    def addresses(self, name: str) -> tuple[str, ...]:
        return tuple(record.address for kind in ("A", "AAAA") for record in self._ask(name, kind))

    def _ask(self, name: str, kind: str) -> list[Any]:
        if self._resolver is None:
            raise Unanswered
        try:
            return list(self._resolver.resolve(name, kind))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except dns.exception.DNSException as error:
            raise Unanswered from error
