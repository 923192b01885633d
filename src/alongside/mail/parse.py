"""From an envelope and its message to what the decision point sees. The body is not parsed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime

from alongside.enforcement.values import Parcel
from alongside.policy.address import without_urgent_tag
from alongside.policy.message import Message
from alongside.policy.vocabulary import Channel

from . import addresses
from .envelope import Envelope, as_json, plain_recipients
from .headers import Headers, split
from .reading import Reading
from .secrecy import encrypted
from .words import decoded, plain, text_of

LONGEST_REASON = 1000
"""Characters of the writer's own reason that are kept."""
LONGEST_THREAD = 200
"""Message ids of one message that are looked at: the first, which name the thread's beginning."""

_NAMED = (b"to", b"cc", b"resent-to", b"resent-cc", b"apparently-to")
_THREAD = (b"message-id", b"in-reply-to", b"references")
_ID = re.compile(r"<[^<>\s]{1,900}>")


def read(
    envelope: Envelope,
    *,
    at: datetime,
    login: str | None = None,
    trusted: bool = False,
    urgent_word: str = "",
    headers: Headers | None = None,
) -> Parcel:
    """The parcel that goes along the line. Never raises, whatever the bytes are.

    ``login`` is the address of whoever signed in or whom the client certificate names; ``trusted``
    and ``at`` are as in ``Message``. ``urgent_word`` is the organisation's own word which, at the
    start of the subject, declares an emergency. ``headers``, where they were read already.
    """
    raw = envelope.content
    headers = headers or split(raw)
    recipients, tagged = plain_recipients(envelope.recipients)
    authors, readable = _authors(headers)
    message = Message(
        channel=Channel.EMAIL,
        at=at,
        recipients=recipients,
        envelope_from=envelope.sender,
        authors=authors,
        authors_readable=readable,
        senders=_each(headers, (b"sender",)),
        reply_to=_untagged(headers, (b"reply-to",)),
        named=_untagged(headers, _NAMED),
        thread=_thread(headers),
        login=login,
        trusted=trusted,
        urgent=tagged or _declared(headers, urgent_word),
        reason=_reason(headers),
        encrypted=encrypted(raw, headers),
    )
    return Parcel(
        message=message,
        content=raw,
        fingerprint=fingerprint(envelope.sender, recipients, raw),
        parameters=as_json(envelope),
        reading=Reading(raw, headers),
    )


def fingerprint(sender: str, recipients: Iterable[str], content: bytes) -> str:
    """SHA-256 over sender, sorted recipients and the bytes received, in hexadecimal: a client that
    tries again has the same. Each part is preceded by its length, so that none can pass for two."""
    digest = hashlib.sha256()
    for part in (sender, *sorted(recipients)):
        octets = part.encode("utf-8", "surrogateescape")
        digest.update(b"%d:%b" % (len(octets), octets))
    digest.update(b"%d:" % len(content))
    digest.update(content)
    return digest.hexdigest()


def _authors(headers: Headers) -> tuple[tuple[str, ...], bool]:
    fields = headers.all(b"from")
    readings = [addresses.read(f.value) for f in fields]
    found = tuple(dict.fromkeys(a for r in readings for a in r.addresses))
    readable = (
        len(fields) == 1
        and readings[0].readable
        and not readings[0].grouped
        and not fields[0].doubtful
        and len(found) > 0
        # Several writers need a Sender (RFC 5322 3.6.2); programs show but the first of them.
        and (len(found) == 1 or len(headers.all(b"sender")) == 1)
    )
    return found, readable


def _each(headers: Headers, names: Iterable[bytes]) -> tuple[str, ...]:
    found = [a for n in names for f in headers.all(n) for a in addresses.read(f.value).addresses]
    return tuple(dict.fromkeys(found))


def _untagged(headers: Headers, names: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(without_urgent_tag(a)[0] for a in _each(headers, names)))


def _thread(headers: Headers) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in _THREAD:
        for field in headers.all(name):
            found.update(dict.fromkeys(_ID.findall(text_of(field.unfolded))))
    return tuple(found)[:LONGEST_THREAD]


def _declared(headers: Headers, word: str) -> bool:
    if headers.text(b"x-alongside-urgent").strip().lower() == b"yes":
        return True
    if not word:
        return False
    subject = decoded(text_of(headers.text(b"subject"))).strip().casefold()
    rest = subject.removeprefix(word.casefold())
    return len(rest) < len(subject) and not rest[:1].isalnum()


def _reason(headers: Headers) -> str:
    written = decoded(text_of(headers.text(b"x-alongside-reason")))
    return plain(" ".join(written.split()))[:LONGEST_REASON]
