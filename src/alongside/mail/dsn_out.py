"""Telling a writer that a message could not be delivered (RFC 3464), with their wishes (RFC 3461).

The null sender gets none: a bounce is never bounced. What the remote server said is passed on, but
no address that the writer did not write (law 6).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from alongside.enforcement.values import Outcome, Parcel

from . import fields
from .envelope import of_recipient, of_sender
from .headers import split, without
from .hearsay import spoken
from .identity import Identity
from .own import Letter, head, lines, written
from .words import plain

LARGEST_RETURNED = 65_536
"""Octets of a message that are returned whole, where the writer asks for it (``RET=FULL``)."""

_XTEXT = re.compile(r"\+([0-9A-F]{2})")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


def failure(
    parcel: Parcel,
    failed: Mapping[str, Outcome],
    *,
    reference: str,
    identity: Identity,
    at: datetime,
) -> bytes | None:
    """The notification for these recipients, as the writer wrote them; None where none is due.

    Envelope sender is to be null and recipient the parcel's envelope sender.
    """
    to = parcel.message.envelope_from
    told = {a: o for a, o in failed.items() if _wanted(parcel, a)}
    if not to or not told:
        return None
    letter = Letter(
        to=to,
        subject="Your message was not delivered",
        paragraphs=(
            "Your message could not be delivered to everyone.",
            "It did not reach:",
            *(f"{a}: {spoken(o, parcel)}" for a, o in told.items()),
            "Check the address, or ask the person in another way that the policy allows.",
            f"Reference: {reference}",
        ),
        reference=reference,
        kind="undelivered",
        at=at,
        answers=next(iter(parcel.message.thread), ""),
    )
    boundary = f"=_alongside_{parcel.fingerprint[:24] or 'report'}"
    kind = f'multipart/report; report-type=delivery-status; boundary="{boundary}"'
    top = head(letter, identity) + lines(("Content-Type", kind))
    text = written(letter, identity)
    text = text[text.index(b"Content-Type:") :]
    parts = (text, _status(parcel, told, identity), _returned(parcel))
    mark = boundary.encode("ascii")
    return (
        top
        + b"\r\n"
        + b"".join(b"--" + mark + b"\r\n" + part + b"\r\n" for part in parts)
        + b"--"
        + mark
        + b"--\r\n"
    )


def _status(parcel: Parcel, told: Mapping[str, Outcome], identity: Identity) -> bytes:
    envelope = _xtext(of_sender(parcel).get("ENVID") or "")
    blocks = [
        lines(
            ("Original-Envelope-Id", fields.text(envelope)),
            ("Reporting-MTA", f"dns; {identity.host}"),
        )
    ]
    wide = False
    for address, outcome in told.items():
        original = of_recipient(parcel, address).get("ORCPT") or ""
        before, _, spelt = original.partition(";")
        wide = wide or not (address + spelt).isascii()
        status = outcome.status if _STATUS.fullmatch(outcome.status) else "5.0.0"
        blocks.append(
            lines(
                ("Original-Recipient", f"{before}; {_xtext(spelt)}" if spelt else ""),
                ("Final-Recipient", f"{'rfc822' if address.isascii() else 'utf-8'}; {address}"),
                ("Action", "failed"),
                ("Status", status),
                ("Diagnostic-Code", f"smtp; {outcome.code} {_ascii(spoken(outcome, parcel))}"),
            )
        )
    kind = "message/global-delivery-status" if wide else "message/delivery-status"
    return lines(("Content-Type", kind)) + b"\r\n" + b"\r\n".join(blocks)


def _returned(parcel: Parcel) -> bytes:
    """The writer's own message: its header, or the whole where they asked and it is not large.

    The header's blind copies and what was for us alone stay out; they may be read by others.
    """
    block = split(parcel.content)
    full = (of_sender(parcel).get("RET") or "").upper() == "FULL"
    if full and len(parcel.content) <= LARGEST_RETURNED:
        return lines(("Content-Type", "message/rfc822")) + b"\r\n" + parcel.content
    kept = without(block, lambda f: f.name in (b"bcc", b"resent-bcc", b""))
    wide = not kept.joined().isascii()
    kind = "message/global-headers" if wide else "text/rfc822-headers"
    return lines(("Content-Type", kind)) + b"\r\n" + kept.joined()


def _wanted(parcel: Parcel, address: str) -> bool:
    notify = of_recipient(parcel, address).get("NOTIFY")
    return notify is None or "FAILURE" in notify.upper().split(",")


def _xtext(value: str) -> str:
    """RFC 3461 4; what it holds of controls is dropped."""
    return plain(_XTEXT.sub(lambda m: chr(int(m[1], 16)), value))


def _ascii(value: str) -> str:
    return value.encode("ascii", "replace").decode("ascii")
