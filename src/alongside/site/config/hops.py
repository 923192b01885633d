"""A next hop as it is written in the file: ``smtp+starttls://user@mail.example:587``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """Where mail goes next, and how to speak to it."""

    host: str
    port: int
    tls: str = "none"
    """``none``, ``starttls`` (must be offered and verify) or ``implicit``."""
    user: str = ""
    secret_file: Path | None = None
    ca_file: Path | None = None
    """Certificates to trust instead of the system's, for a mail server with one of its own."""

    @property
    def label(self) -> str:
        """Host and port, as logs and ``doctor`` name it; never the user or the secret."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    def secret(self) -> str:
        """The password from the secret file; empty without one. Raises ``OSError``."""
        if self.secret_file is None:
            return ""
        return self.secret_file.read_text(encoding="utf-8").strip()


def parse(url: str) -> Hop:
    """Raises ``ValueError`` with a sentence for what can't be a next hop."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS:
        known = ", ".join(f"{scheme}://" for scheme in PORTS)
        raise ValueError(f"`{url}` has to start with one of {known}")
    if parts.password is not None:
        raise ValueError("a password does not belong in the address: put it in a secret file")
    if not parts.hostname:
        raise ValueError(f"`{url}` names no host")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(f"`{url}` says more than scheme, user, host and port")
    try:
        port = parts.port
    except ValueError as error:
        raise ValueError(f"`{url}` has a port that is no number from 1 to 65535") from error
    scheme = parts.scheme
    return Hop(
        host=parts.hostname,
        port=port or PORTS[scheme],
        tls={"smtp": "none", "smtp+starttls": "starttls", "smtps": "implicit"}[scheme],
        user=unquote(parts.username or ""),
    )


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
