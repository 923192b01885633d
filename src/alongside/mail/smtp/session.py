"""What a handler sees of a client, and what a handler is."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from .envelope import Envelope, Parameters, Recipient
from .replies import Reply

Authenticate = Callable[[str, str], Awaitable[str | None]]
"""Username and password -> the login's name, or None where they are wrong."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A client's certificate, verified against the configured authorities."""

    subject: str
    """As in RFC 4514: ``CN=mail.charity.example,O=Charity``."""
    fingerprint: str
    """SHA-256 of the certificate, 64 hexadecimal digits in lower case."""


@dataclass(slots=True, kw_only=True, eq=False)
class Session:
    """One client's connection, as far as it is known now."""

    client: tuple[str, int]
    """Address and port; ("", 0) for a unix socket."""
    helo: str = ""
    extended: bool = False
    """The client said EHLO."""
    tls: bool = False
    certificate: Certificate | None = None
    login: str | None = None
    failed_logins: int = 0
    smtputf8: bool = False
    """The message under way uses SMTPUTF8."""
    messages: int = 0
    """Taken to the handler so far, whatever it said."""
    remarks: dict[str, Any] = field(default_factory=dict)
    """The handler's own, for as long as the connection lasts."""
    drop: Callable[[], None] = field(default=lambda: None, repr=False)
    """Cut the connection at once, without another word."""

    @property
    def protocol(self) -> str:
        """The word for the Received line (RFC 3848, RFC 6531 4.3), such as ``ESMTPSA``."""
        if not (self.extended or self.tls or self.login):
            return "SMTP"
        word = "UTF8SMTP" if self.smtputf8 else "ESMTP"
        return word + ("S" if self.tls else "") + ("A" if self.login else "")


class Handler(Protocol):
    """What the application does with what clients say.

    Each method may take its time: nobody cancels it when the client goes away, only a stop whose
    deadline is over does. An exception becomes ``451 4.3.0`` and its type a line in the log. A
    reply of 421 closes the session.
    """

    async def on_connect(self, session: Session) -> Reply | None:
        """A client is there. None greets it; a reply of 421 or 554 sends it away."""
        return None

    async def on_mail(self, session: Session, sender: str, parameters: Parameters) -> Reply | None:
        """A message begins. None takes the sender."""
        return None

    async def on_rcpt(self, session: Session, recipient: Recipient) -> Reply | None:
        """One more recipient. None takes it."""
        return None

    async def on_message(self, session: Session, envelope: Envelope) -> Reply:
        """The message is here, whole and with sound line ends. The reply is for all recipients."""
        ...


def client_of(peername: Any) -> tuple[str, int]:
    """Address and port from a socket's peer name; an IPv4 client of an IPv6 socket is IPv4."""
    if not isinstance(peername, tuple):
        return "", 0
    address = ipaddress.ip_address(peername[0].partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address), int(peername[1])
