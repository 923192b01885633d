"""Which hosts a domain lets send in its name (RFC 7208), as far as the doctor needs to know."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from .dns import Dns

MOST_LOOKUPS = 10
"""RFC 7208 4.6.4."""
Address = IPv4Address | IPv6Address


class Answer(StrEnum):
    NONE = "none"
    """The domain says nothing."""
    PASS = "pass"
    FAIL = "fail"
    """Including softfail and neutral: nothing lets this host send."""
    ERROR = "error"
    """More than one record, too many look-ups, or not to be read."""


class _TooMany(Exception):
    """more than ten look-ups"""


def record_of(domain: str, dns: Dns) -> tuple[str, ...]:
    """The domain's SPF records; there should be one."""
    return tuple(t for t in dns.txt(domain) if t.lower().split(" ", 1)[0] == "v=spf1")


def check(domain: str, host: Address, dns: Dns) -> Answer:
    """May this host send for the domain? Raises ``dns.Unanswered``."""
    try:
        return _Check(host, dns).domain(domain)
    except (_TooMany, ValueError):
        return Answer.ERROR


class _Check:
    def __init__(self, host: Address, dns: Dns) -> None:
        self._host = host
        self._dns = dns
        self._lookups = 0

    def domain(self, domain: str) -> Answer:
        records = record_of(domain, self._dns)
        if len(records) != 1:
            return Answer.ERROR if records else Answer.NONE
        redirect = ""
        for term in records[0].split()[1:]:
            if term.lower().startswith("redirect="):
                redirect = term.partition("=")[2]
            elif "=" not in term.partition(":")[0] and self._matches(term.lstrip("+-~?"), domain):
                return Answer.FAIL if term[0] in "-~?" else Answer.PASS
        if redirect:
            self._count()
            return self.domain(redirect)
        return Answer.FAIL

    def _matches(self, term: str, domain: str) -> bool:
        name, _, value = term.partition(":")
        name, _, bare_length = name.partition("/")
        kind = name.lower()
        if kind == "all":
            return True
        if kind in ("ip4", "ip6"):
            return self._in([value])
        if kind not in ("a", "mx", "include", "exists", "ptr"):
            raise ValueError(term)
        self._count()
        if kind == "include":
            return self.domain(value) is Answer.PASS
        target, _, length = value.partition("/")
        length = (length or bare_length).partition("/")[0]
        hosts = [target or domain]
        if kind == "mx":
            hosts = list(self._dns.mx(target or domain))[:MOST_LOOKUPS]
        if kind in ("exists", "ptr"):
            return False
        found = (a for h in hosts for a in self._dns.addresses(h))
        return self._in(f"{a}/{length}" if length and ":" not in a else a for a in found)

    def _in(self, networks: Iterable[str]) -> bool:
        return any(
            network.version == self._host.version and self._host in network
            for network in (ip_network(text, strict=False) for text in networks)
        )

    def _count(self) -> None:
        self._lookups += 1
        if self._lookups > MOST_LOOKUPS:
            raise _TooMany


def public(addresses: Iterable[str]) -> list[Address]:
    """Those of them that the Internet sees."""
    return [a for a in map(ip_address, addresses) if a.is_global]
