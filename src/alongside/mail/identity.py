"""Who we are in the mail that we change or write, and who signs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who we are in the mail that we change or write."""

    host: str
    """Our own name, as in EHLO and ``Received``."""
    organisation: str = ""
    contact: str = ""
    """Address for questions (clause P5)."""
    phone: str = ""
    website: str = ""
    team: str = "Safeguarding team"
    """How third parties are called where they have no display name."""
    domains: frozenset[str] = frozenset()
    """Our own domains as A-labels in lower case: whose signatures we may take off."""

    @property
    def contact_block(self) -> tuple[str, ...]:
        """Where to ask, one way a line (clause P5)."""
        ways = (
            ("Email", self.contact),
            ("Phone", self.phone),
            ("Website", self.website),
        )
        return tuple(f"{way}: {value}" for way, value in ways if value)


class Signer(Protocol):
    """Signs for the domains it has keys for (RFC 6376)."""

    def sign(self, domain: str, header: bytes, body: bytes) -> bytes:
        """A whole ``DKIM-Signature`` field with its CRLF, empty where there is no key for the
        domain. ``body`` is what follows the empty line."""
