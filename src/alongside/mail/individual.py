"""A header for one reader: nobody else's address stands in it (law 7, pitfall 20).

What may stay is listed, not what must go: programs write recipients into fields that nobody has
heard of (``X-Original-To``, ``Delivered-To``, ``Autocrypt-Gossip``, ``z=`` of a DKIM signature).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from alongside.policy.address import key

from . import addresses, fields
from .headers import Field, Headers, field, with_field, without
from .signatures import tags_of
from .words import decoded, text_of

LEFT_OUT = "(address left out)"

_KEPT = frozenset(
    b"from sender date subject message-id in-reply-to references reply-to received"
    b" mime-version auto-submitted importance priority x-priority sensitivity"
    b" content-language accept-language keywords organization user-agent x-mailer"
    b" thread-topic to cc list-id x-alongside-copied dkim-signature".split()
)
_ADDRESS_FIELDS = (b"from", b"sender", b"reply-to")


@dataclass(frozen=True, slots=True)
class Readership:
    """Whom a header may name, and whom it must not."""

    allowed: Collection[str]
    """Keys: the reader's, the writers', the group's, the shown third parties'."""
    others: Collection[str]
    """Addresses of everybody else that the message knows, case folded; none of them allowed."""
    barred: Collection[str]
    """Their keys."""

    @classmethod
    def of(cls, allowed: Collection[str], everybody: Iterable[str]) -> Readership:
        """Whoever is not allowed is barred."""
        others = frozenset(a.casefold() for a in everybody if key(a) not in allowed)
        return cls(allowed, others, frozenset(key(a) for a in others))


def only_for(headers: Headers, who: Readership) -> Headers:
    """The block as one reader may see it.

    ``To`` and ``Cc`` are the caller's own already. Of the others no address is left, wherever it
    stood, plainly or encoded. ``Content-Type`` and ``Content-Transfer-Encoding`` are untouched,
    or the body could not be read.
    """
    kept = without(headers, lambda f: not _may_stay(f, who))
    for name in _ADDRESS_FIELDS:
        if any(_names_others(f, who) for f in kept.all(name)):
            kept = _without_others(kept, name, who)
    subjects = kept.all(b"subject")
    if any(_names_others(f, who) for f in subjects):
        subject = _blanked(decoded(text_of(subjects[0].unfolded)), who)
        kept = with_field(kept, field("Subject", fields.folded("Subject", fields.text(subject))))
    return kept


def _may_stay(found: Field, who: Readership) -> bool:
    if found.name in (b"content-type", b"content-transfer-encoding"):
        return True
    if found.name == b"received":
        # Its ``for`` clause names a recipient, perhaps by an alias that only that host knew.
        return all(key(a) in who.allowed for a in _like_addresses(found))
    if found.name in _ADDRESS_FIELDS or found.name == b"subject":
        return True
    if found.name == b"dkim-signature" and b"z" in tags_of(found):
        # A copy of the header as it was signed, recipients and all, in an encoding of its own.
        return False
    if found.name in _KEPT or found.name.startswith(b"content-"):
        return not _names_others(found, who)
    return False


def _like_addresses(found: Field) -> list[str]:
    return list(addresses.like_addresses(text_of(found.unfolded)))


def _names_others(found: Field, who: Readership) -> bool:
    if any(key(a) in who.barred for a in _like_addresses(found)):
        return True
    said = decoded(text_of(found.unfolded)).casefold()
    return any(other in said for other in who.others)


def _blanked(said: str, who: Readership) -> str:
    spoken = [a for a in addresses.like_addresses(said) if key(a) in who.barred]
    for other in sorted({*spoken, *who.others}, key=len, reverse=True):
        said = re.sub(re.escape(other), LEFT_OUT, said, flags=re.IGNORECASE)
    return said


def _without_others(headers: Headers, name: bytes, who: Readership) -> Headers:
    """The field with the mailboxes that may be named, without what was written beside them."""
    found = [a for f in headers.all(name) for a in addresses.read(f.value).addresses]
    boxes = [fields.mailbox("", a) for a in dict.fromkeys(found) if key(a) not in who.barred]
    if not boxes:
        return without(headers, lambda f: f.name == name)
    title = name.decode("ascii").title()
    return with_field(headers, field(title, fields.mailboxes(title, boxes)))
