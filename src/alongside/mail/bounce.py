"""Our own bounce address for copies: it says which copy failed, and that nobody made it up.

``copy+<leg>.<moment>.<tag>@<domain>``. The tag is an HMAC over leg, moment and domain, so a forged
bounce can't make us think that an officer's copy failed (pitfall 18). All lower case: mail programs
fold it.
"""

from __future__ import annotations

import base64
import hmac
import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

LEADER = "copy"
_LEG = re.compile(r"[a-z0-9-]{1,24}")
_LOCAL = re.compile(LEADER + r"\+([a-z0-9-]{1,24})\.([0-9a-f]{8})\.([a-z2-7]{16})")
_TAG_OCTETS = 10
SHORTEST_SECRET = 16


class Signed(NamedTuple):
    """What an address of ours says."""

    leg: str
    at: datetime
    """When the copy left, to the second."""


def sign(leg: str, at: datetime, secret: bytes, domain: str) -> str:
    """The envelope sender of this copy leg, which leaves at this moment.

    Raises ``ValueError`` for a secret under 16 octets, and for a leg id of anything but small
    letters, digits and hyphens, at most 24: it would not come back as it went.
    """
    if len(secret) < SHORTEST_SECRET:
        raise ValueError(f"the bounce secret is too short: give {SHORTEST_SECRET} octets or more")
    if _LEG.fullmatch(leg) is None:
        raise ValueError(f"the leg id `{leg}` can't stand in an address: use a-z, 0-9 and -")
    moment = f"{int(at.timestamp()):08x}"
    return f"{LEADER}+{leg}.{moment}.{_tag(secret, leg, moment, domain.lower())}@{domain}"


def verify(address: str, *secrets: bytes) -> Signed | None:
    """What an address says that one of these secrets signed (the newest and older ones that are
    still understood); None for every other, whatever its shape."""
    local, _, domain = address.strip().lower().rpartition("@")
    match = _LOCAL.fullmatch(local)
    if match is None:
        return None
    leg, moment, tag = match.groups()
    good = False
    for secret in secrets:
        expected = _tag(secret, leg, moment, domain.rstrip("."))
        good |= hmac.compare_digest(expected.encode("ascii"), tag.encode("ascii"))
    return Signed(leg, datetime.fromtimestamp(int(moment, 16), UTC)) if good else None


@lru_cache(maxsize=16)
def _keyed(secret: bytes) -> hmac.HMAC:
    """To be copied: making the key ready costs more than a tag does."""
    return hmac.new(secret, digestmod="sha256")


def _tag(secret: bytes, leg: str, moment: str, domain: str) -> str:
    said = f"alongside copy\0{domain}\0{leg}\0{moment}".encode()
    tag = _keyed(secret).copy()
    tag.update(said)
    return base64.b32encode(tag.digest()[:_TAG_OCTETS]).decode("ascii").lower()
