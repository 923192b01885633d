"""The envelope's parameters as they are kept with a parcel (RFC 1870, 3461, 6152, 6531).

``Parcel.parameters`` is JSON, because a dispatch in the outbox is stored with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from alongside.enforcement.values import Json, Parcel
from alongside.policy.address import without_urgent_tag

from .smtp.envelope import Envelope, Parameters, Recipient

_MAIL = "mail"
_RCPT = "rcpt"


def plain_recipients(recipients: Iterable[Recipient]) -> tuple[tuple[str, ...], bool]:
    """The addresses, each once and without ``+urgent``, and whether any of them had that tag."""
    found: dict[str, None] = {}
    urgent = False
    for recipient in recipients:
        address, tagged = without_urgent_tag(recipient.address)
        urgent = urgent or tagged
        found[address] = None
    return tuple(found), urgent


def as_json(envelope: Envelope) -> Json:
    """The parameters exactly as written; a recipient said twice keeps the first ones."""
    of_recipients: dict[str, dict[str, str | None]] = {}
    for recipient in envelope.recipients:
        address, _ = without_urgent_tag(recipient.address)
        of_recipients.setdefault(address, dict(recipient.parameters))
    return {_MAIL: dict(envelope.parameters), _RCPT: of_recipients}


def of_sender(parcel: Parcel) -> Parameters:
    """The parameters of MAIL; none for what we originate."""
    return cast("Parameters", parcel.parameters.get(_MAIL, {}))


def of_recipient(parcel: Parcel, written: str) -> Parameters:
    """The parameters of the RCPT that named this address (without ``+urgent``)."""
    return cast("Parameters", parcel.parameters.get(_RCPT, {}).get(written, {}))


__all__ = [
    "Envelope",
    "Parameters",
    "Recipient",
    "as_json",
    "of_recipient",
    "of_sender",
    "plain_recipients",
]
