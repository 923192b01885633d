"""Our trace line, and loops seen by it (RFC 5321 4.4 and 6.3, RFC 3848, RFC 6531)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

from .headers import Headers

MOST_HOPS = 100
"""Of all hosts together (RFC 5321 6.3)."""
MOST_PASSES = 5
"""Through this very host: outbound, inbound again, a release of each, and one more."""

_SAFE = re.compile(r"[^A-Za-z0-9.:_\[\]-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """How a message reached us, as far as the trace line says it."""

    host: str
    """Our own name."""
    protocol: str
    """As in ``Session.protocol``: ``ESMTPSA`` and the like."""
    reference: str
    at: datetime
    helo: str = ""
    client: str = ""
    """The client's address; left out of the line where the client signed in, because it would tell
    service users from where a volunteer writes."""


def line(hop: Hop) -> bytes:
    """The whole ``Received`` field, folded, with its CRLF. Names no recipient: there may be several
    and they need not know of each other."""
    source = ""
    if hop.client and not hop.protocol.endswith("A"):
        literal = f"IPv6:{hop.client}" if ":" in hop.client else hop.client
        source = f"from {_safe(hop.helo) or 'unknown'} ([{_safe(literal)}])\r\n\t"
    return (
        f"Received: {source}by {_safe(hop.host)} (Alongside) with {_safe(hop.protocol)}"
        f"\r\n\tid {_safe(hop.reference)}; {_date(hop.at)}\r\n"
    ).encode("ascii")


def loops(headers: Headers, host: str) -> bool:
    """Whether the message goes round: too many hops, or too often through this host."""
    hops = headers.all(b"received")
    if len(hops) > MOST_HOPS:
        return True
    ours = b" by " + host.encode("ascii", "replace").lower() + b" (alongside) "
    passes = sum(ours in b" " + b" ".join(f.unfolded.lower().split()) + b" " for f in hops)
    return passes >= MOST_PASSES


@lru_cache(maxsize=256)
def _date(at: datetime) -> str:
    """All legs of a message say the same."""
    return format_datetime(at)


@lru_cache(maxsize=1024)
def _safe(text: str) -> str:
    return _SAFE.sub("", text)[:200]
