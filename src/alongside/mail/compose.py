"""From a leg and its parcel to the octets that leave. Pure; the body is never changed.

A leg that is ``untouched`` gets our trace line and nothing else. On the others the header names the
third parties (``Cc``), a reply keeps them in (``Reply-To``, pitfall 21), what was for us alone is
taken off, and what we broke of our own domains' signatures is made anew. Composing what was
composed changes nothing more (law 12), but for the trace line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import format_datetime

from alongside.enforcement.values import Leg, Parcel, Stage
from alongside.policy.address import domain_of, key

from . import addresses, fields
from .headers import Headers, field, tail, with_field, without
from .identity import Identity, Signer
from .individual import Readership, only_for
from .naming import added, present, without_tags
from .reading import Written, reading_of
from .signatures import changed_names, without_broken

_BLIND = (b"bcc", b"resent-bcc")
_FOR_US = (*_BLIND, b"x-alongside-urgent", b"x-alongside-reason")
_LIST_ID = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")
COPIED = "X-Alongside-Copied"


def compose(
    leg: Leg,
    parcel: Parcel,
    *,
    received: bytes,
    identity: Identity,
    signer: Signer | None = None,
) -> list[bytes]:
    """The chunks to send, in order. ``received`` is a whole field with its CRLF.

    Raises ``fields.Unwritable`` for an address of the register that can't stand in a header; the
    caller answers 451 or holds, and nothing leaves.
    """
    if leg.untouched:
        return [received, parcel.content]
    reading = reading_of(parcel)
    if leg.individual:
        return [received, *_composed(leg, parcel, reading.headers, identity, signer)]
    said = (leg.cc, leg.announced)
    known = reading.composed.get(said)
    if known is None:
        known = _composed(leg, parcel, reading.headers, identity, signer)
        reading.composed[said] = known
    return [received, *known]


def _composed(
    leg: Leg, parcel: Parcel, before: Headers, identity: Identity, signer: Signer | None
) -> Written:
    boxes = {key(a): fields.mailbox(n or identity.team, a) for n, a in leg.cc}
    after = _for_one(leg, parcel, before, boxes) if leg.individual else _for_all(before, boxes)
    if boxes:
        after = added(after, "Reply-To", boxes, base=after.all(b"from"))
    if leg.announced:
        value = fields.folded(COPIED, fields.text(leg.announced))
        after = with_field(after, field(COPIED, value))
    else:
        after = without(after, lambda f: f.name == b"x-alongside-copied")
    after = _complete(parcel, after, identity)
    changed = changed_names(before, after)
    rest = tail(parcel.content, before)
    if not changed:
        return after.joined(), rest
    after = without_broken(after, changed, identity.domains)
    header = after.joined()
    signature = b""
    if signer is not None and parcel.message.authors:
        domain = domain_of(parcel.message.authors[0])
        signature = signer.sign(domain, header, rest.removeprefix(b"\r\n"))
    return signature + header, rest


def _for_all(headers: Headers, boxes: Mapping[str, str]) -> Headers:
    """The header that several recipients see: as written, and the third parties in ``Cc``."""
    kept = without_tags(without(headers, lambda f: f.name in _FOR_US))
    return added(kept, "Cc", boxes, elsewhere=present(kept.all(b"to")))


def _for_one(leg: Leg, parcel: Parcel, headers: Headers, boxes: Mapping[str, str]) -> Headers:
    """The header that one recipient sees: they, the writer, the third parties, and nobody else."""
    to = leg.to or leg.recipients[0]
    kept = with_field(headers, field("To", fields.mailboxes("To", [fields.mailbox("", to)])))
    shown = {k: box for k, box in boxes.items() if k != key(to)}
    if shown:
        kept = with_field(kept, field("Cc", fields.mailboxes("Cc", shown.values())))
    else:
        kept = without(kept, lambda f: f.name == b"cc")
    if leg.stage is not Stage.COPY and key(to) not in {key(r) for r in leg.recipients}:
        kept = _listed(kept, to)
    return only_for(without_tags(kept), _readership(leg, parcel, headers, {key(to), *boxes}))


def _readership(leg: Leg, parcel: Parcel, headers: Headers, named: set[str]) -> Readership:
    message = parcel.message
    writers = {key(a) for a in (*message.authors, *message.senders)}
    if not message.authors_readable:
        # What only a lenient reading finds in From may be somebody else's address.
        writers -= {key(a) for a in message.recipients}
    writers |= {key(a) for a in (message.envelope_from, message.login) if a}
    allowed = frozenset((*named, *writers, *(key(a) for a in leg.recipients)))
    blind = [a for n in _BLIND for f in headers.all(n) for a in addresses.read(f.value).addresses]
    everybody = (*message.recipients, *message.named, *blind)
    return Readership.of(allowed, everybody)


def _listed(headers: Headers, group: str) -> Headers:
    """Group mail says so (RFC 2919): holiday answers to a list are not written (RFC 3834 2)."""
    local, _, domain = group.rpartition("@")
    name = f"{local}.{domain_of('@' + domain)}".lower()
    if _LIST_ID.fullmatch(name) is None:
        return headers
    return with_field(headers, field("List-Id", b"<" + name.encode("ascii") + b">"))


def _complete(parcel: Parcel, headers: Headers, identity: Identity) -> Headers:
    """With ``Date`` and ``Message-ID``, the same on each leg, so that mailboxes de-duplicate."""
    if not headers.all(b"date"):
        date = format_datetime(parcel.message.at).encode("ascii")
        headers = with_field(headers, field("Date", date))
    if not headers.all(b"message-id"):
        made = f"<{parcel.fingerprint[:40]}@{identity.host}>".encode("ascii")
        headers = with_field(headers, field("Message-ID", made))
    return headers


__all__ = ["COPIED", "Identity", "Signer", "compose"]
