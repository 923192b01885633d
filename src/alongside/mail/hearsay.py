"""Another server's words, as far as they may be passed on."""

from __future__ import annotations

import re

from alongside.enforcement.values import Outcome, Parcel
from alongside.policy.address import key

from .addresses import like_addresses
from .words import plain

_ADDRESS = re.compile(r"[^\s<>(),;:\"\[\]\\@]+@[^\s<>(),;:\"\[\]\\@]+")


def spoken(outcome: Outcome, parcel: Parcel) -> str:
    """The next hop's words on one line, without any address that the writer did not write."""
    known = {key(a) for a in (*parcel.message.recipients, parcel.message.envelope_from)}
    said = outcome.text[:1000]
    for address in set(like_addresses(said)):
        if key(address) not in known:
            said = said.replace(address, "(address)")
    said = _ADDRESS.sub(lambda m: m[0] if key(m[0].strip("'.")) in known else "(address)", said)
    return " ".join(plain(said).split())[:400] or "it was not taken"
