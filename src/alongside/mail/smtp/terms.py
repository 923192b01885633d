"""What we offer to a client and how far it may go."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Numbers that keep one client from hurting the others. Times are in seconds, sizes in octets.

    The time-outs are those of RFC 5321 4.5.3.2 or longer than a well-behaved client needs.
    """

    size: int = 50 * 1024 * 1024
    """Of one message, without the dots added for transport (RFC 1870)."""
    recipients: int = 1_000
    """Of one message; RFC 5321 4.5.3.1.8 asks for 100 at least."""
    command: int = 2_048
    """Of one command line without its line end."""
    login_line: int = 12_288
    """Of one answer during AUTH (RFC 4954 4)."""
    text_line: int | None = None
    """Of one line of the message; RFC 5321 says 998, real mail says otherwise: None is no limit."""
    commands: int = 100_000
    """In one session."""
    errors: int = 20
    """Commands refused by us since the last message accepted."""
    logins: int = 3
    """Failed logins in one session."""
    logins_per_client: int = 30
    """Failed logins from one client (IPv6: one /64) in ``login_window`` seconds, all sessions."""
    login_window: float = 600.0
    login_delay: float = 1.0
    """What the first failed login costs; each further one costs as much more."""
    connections: int = 1_000
    per_client: int = 100
    idle: float = 300.0
    """For one whole command, however slowly it drips in."""
    block: float = 180.0
    """Between two pieces of a message."""
    content: float = 1_800.0
    """For a whole message."""
    handshake: float = 30.0
    farewell: float = 1.0
    """How long an idle client has, once the server stops, to say QUIT or its first message."""
    linger: float = 2.0
    """How long a client may take to read our last word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Our name and what we offer. TLS and logins are offered where the server has them."""

    host: str = "localhost"
    limits: Limits = field(default_factory=Limits)
    tls: bool = False
    """STARTTLS is offered."""
    tls_required: bool = False
    """No mail before STARTTLS (530 5.7.0)."""
    login: bool = False
    """AUTH is offered (over TLS)."""
    login_without_tls: bool = False
    without: frozenset[str] = frozenset()
    """Extensions left out, by keyword: for the sink, which plays simpler servers."""

    def offers(self, extension: str) -> bool:
        return extension not in self.without

    def extensions(self, *, secure: bool) -> tuple[str, ...]:
        """The lines of the EHLO reply, as things stand."""
        lines = [
            line
            for line in (
                f"SIZE {self.limits.size}",
                "PIPELINING",
                "8BITMIME",
                "SMTPUTF8",
                "ENHANCEDSTATUSCODES",
                "DSN",
            )
            if self.offers(line.partition(" ")[0])
        ]
        if self.tls and not secure:
            lines.append("STARTTLS")
        if self.login and (secure or self.login_without_tls):
            lines.append("AUTH PLAIN LOGIN")
        return tuple(lines)
