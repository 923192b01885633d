"""What travels: recipients with their parameters, and the envelope with its message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Parameters = Mapping[str, str | None]
"""Keyword in capitals -> value exactly as written, or None for a keyword that stands alone."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One RCPT: the address as written, and NOTIFY and ORCPT (RFC 3461) as written."""

    address: str
    parameters: Parameters = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A message with its envelope, as the client gave it."""

    sender: str
    """As written; the null sender is the empty string."""
    recipients: tuple[Recipient, ...]
    content: bytes
    """The message with strict CR LF and without transport dots; ends with CR LF unless empty."""
    parameters: Parameters = field(default_factory=dict)
    """Of MAIL: SIZE, BODY, SMTPUTF8, RET, ENVID (RFC 1870, 6152, 6531, 3461), AUTH."""

    @property
    def smtputf8(self) -> bool:
        return "SMTPUTF8" in self.parameters

    @property
    def eight_bit(self) -> bool:
        """Whether the client declared ``BODY=8BITMIME``."""
        return (self.parameters.get("BODY") or "").upper() == "8BITMIME"
