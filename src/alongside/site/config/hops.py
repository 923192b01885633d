"""Hosts and ports as the file writes them: where we listen, and the next hops."""

from __future__ import annotations

from pathlib import Path

from alongside.mail.smtp.route import Route

_HERE = frozenset({"127.0.0.1", "::1", "localhost"})


def next_hop(url: str, *, secret_file: Path | None, ca_file: Path | None) -> Route:
    """Raises ``BadRoute`` (a ``ValueError``) for what can't be a next hop."""
    route = check_url(url)
    return Route.parse(
        url,
        secret_file=secret_file,
        authorities=ca_file,
        login_without_tls=route.host in _HERE,
    )


def check_url(url: str) -> Route:
    """The address alone, whether or not the password it needs is there. Raises ``BadRoute``."""
    user = Path("-") if "@" in url else None
    return Route.parse(url, secret_file=user, login_without_tls=True)


def label(route: Route) -> str:
    """Host and port, as ``doctor`` names a next hop; never the user."""
    host = f"[{route.host}]" if ":" in route.host else route.host
    return f"{host}:{route.port}"


def parse_endpoint(text: str) -> tuple[str, int]:
    """``127.0.0.1:2525`` or ``[::1]:2525`` as host and port. Raises ``ValueError``."""
    host, colon, port = text.rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        raise ValueError(f"`{text}`: an IPv6 address stands in brackets, as in `[::1]:2525`")
    if not colon or not host or not port.isdigit() or int(port) > 65_535:
        raise ValueError(f"`{text}` is not host:port, as in `127.0.0.1:2525`")
    return host, int(port)
