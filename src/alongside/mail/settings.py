"""What a gateway is told: plain values; ``site`` makes them from the configuration file."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from .smtp.route import Route
from .smtp.terms import Limits

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One gateway worker's settings."""

    host: str
    """Our name in EHLO, ``Received`` and Message-IDs."""
    listen: tuple[tuple[str, int], ...]
    outbound: Route
    inbound: Route
    outbound_routes: Mapping[str, Route] = field(default_factory=dict)
    """Writer's domain -> its own next hop."""
    inbound_routes: Mapping[str, Route] = field(default_factory=dict)
    """Recipient's local domain -> its own next hop."""
    local_domains: frozenset[str] = frozenset()
    trusted: tuple[Network, ...] = ()
    """May submit for local senders, and relay to outside domains."""
    relays_outside_mail: tuple[Network, ...] = ()
    """Trusted networks that hand over outside mail too: a local sender there needs the
    upstream's authentication result."""
    authserv_id: str = ""
    """The name that the upstream's ``Authentication-Results`` begin with (RFC 8601)."""
    trusted_certificates: frozenset[str] = frozenset()
    """Subjects or SHA-256 fingerprints of client certificates that may submit."""
    bounce_domain: str
    bounce_secret: bytes = field(repr=False)
    urgent_word: str = ""
    limits: Limits = field(default_factory=Limits)
    tls: ssl.SSLContext | None = None
    users: Path | None = None
    """File of logins: ``address:scrypt hash`` a line."""
    health: tuple[str, int] | None = None
    stop_within: float = 30.0
    """Seconds for messages under way at a stop."""
