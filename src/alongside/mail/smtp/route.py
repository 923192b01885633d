"""Where mail goes on: one next hop and how to speak with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


class BadRoute(ValueError):
    """a route can't be used as it is written"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """In seconds; what a next hop may take (RFC 5321 4.5.3.2, shorter where a client waits)."""

    connect: float = 10.0
    """To one address of the host."""
    handshake: float = 20.0
    greeting: float = 60.0
    command: float = 60.0
    """For each reply to MAIL, RCPT, DATA and the others."""
    content: float = 180.0
    """For taking one piece of a big message."""
    final: float = 300.0
    """For the reply to the final dot."""
    turn: float = 30.0
    """For a free connection, when all are in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One next hop. Made from its URL by ``Route.parse``."""

    host: str
    port: int
    scheme: str = "smtp"
    """``smtp``: in the clear; ``smtps``: TLS first; ``smtp+starttls``: STARTTLS or nothing."""
    opportunistic: bool = False
    """With ``smtp``: use STARTTLS where offered, without proof of whom we speak with."""
    authorities: Path | None = None
    """PEM file that replaces the system's authorities."""
    certificate: Path | None = None
    """Our own certificate with its key (PEM), for a next hop that asks for one."""
    user: str = ""
    secret_file: Path | None = None
    """Holds the password in its first line; read at each login, so that it can be changed."""
    login_without_tls: bool = False
    name: str = "localhost"
    """What we say in EHLO."""
    connections: int = 20
    """At one time."""
    max_messages: int = 1_000
    """Over one connection."""
    max_age: float = 300.0
    """Of a connection, in seconds."""
    check_after: float = 15.0
    """Seconds of rest after which a connection is asked (RSET) whether it still lives."""
    backoff: float = 0.25
    """Seconds for which nobody tries again after a failed connection; doubles each time."""
    backoff_limit: float = 10.0
    timeouts: Timeouts = Timeouts()

    def __post_init__(self) -> None:
        if self.scheme not in _PORTS:
            known = ", ".join(f"`{scheme}://`" for scheme in _PORTS)
            raise BadRoute(f"unknown scheme `{self.scheme}` of a route; use one of {known}")
        if not self.host:
            raise BadRoute("a route has no host; write it as `smtp://host:port`")
        if bool(self.user) != (self.secret_file is not None):
            raise BadRoute(f"a login at `{self.host}` needs both a user and a secret file")
        if self.user and self.scheme == "smtp" and not self.login_without_tls:
            raise BadRoute(
                f"a login at `{self.host}` would send the password in the clear; "
                "use `smtp+starttls://` or `smtps://`"
            )
        if self.opportunistic and self.scheme != "smtp":
            raise BadRoute(
                f"`{self.scheme}://` always demands TLS; `opportunistic` is for `smtp://`"
            )
        if self.connections < 1:
            raise BadRoute(f"the route to `{self.host}` needs at least one connection")

    @classmethod
    def parse(cls, url: str, **settings: Any) -> Route:
        """Read ``smtp://[user@]host[:port]``; other fields by name. Raises ``BadRoute``.

        A password in the URL is refused: it would end up in logs and lists of programs.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise BadRoute(
                f"can't read the route `{url}`; write it as `smtp://host:port`"
            ) from error
        if parts.password is not None:
            raise BadRoute("a route holds a password; put it in a secret file")
        if parts.path not in ("", "/") or parts.query or parts.fragment:
            raise BadRoute(f"can't read the route `{url}`; write it as `smtp://host:port`")
        if parts.username:
            settings.setdefault("user", unquote(parts.username))
        return cls(
            host=parts.hostname or "",
            port=port or _PORTS.get(parts.scheme, 25),
            scheme=parts.scheme,
            **settings,
        )

    def evolve(self, **settings: Any) -> Route:
        """The same with other settings."""
        return replace(self, **settings)
