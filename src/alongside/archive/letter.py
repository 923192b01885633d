"""One message of the archive as the decision point sees it: its header block, and what it is.

The archive is the organisation's own, so a local writer is believed. Nobody's envelope was kept:
its recipients are those whom the header names and those in whose mailbox a copy lay.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from fast_mail_parser import ParseError, parse_email

from alongside.mail import addresses
from alongside.mail.headers import Headers, body_start, split
from alongside.mail.secrecy import encrypted
from alongside.mail.words import text_of
from alongside.policy.message import Message
from alongside.policy.people import People
from alongside.policy.vocabulary import Channel

LONGEST_HEADER = 1 << 20
"""Octets; what is beyond counts as body."""
EARLIEST = 1980
"""Years before it are those of a dead clock."""

_NAMED = (b"to", b"cc", b"resent-to", b"resent-cc", b"apparently-to")
_HIDDEN = (b"bcc", b"resent-bcc", b"delivered-to", b"x-delivered-to", b"x-original-to",
           b"envelope-to", b"x-envelope-to")  # fmt: skip
_SAYS_SOMETHING = frozenset(
    {b"from", b"to", b"cc", b"bcc", b"date", b"subject", b"received", b"message-id", b"sender"}
)
_ID = re.compile(r"<[^<>\s]{1,900}>")
_FROM_LINE = re.compile(rb"From [^\r\n]*?(\w{3} +\w{3} +\d+ +[\d:]+ +\d{4})")
_QUOTED_FROM = re.compile(r"(?m)^>+(?=From )")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What the header block says, and where the body begins."""

    octets: bytes
    """The message with CRLF in its header block; the body as it lay there."""
    headers: Headers
    authors: tuple[str, ...]
    authors_readable: bool
    senders: tuple[str, ...]
    reply_to: tuple[str, ...]
    named: tuple[str, ...]
    hidden: tuple[str, ...]
    """Blind copies, and the mailboxes that it was delivered to."""
    returns: tuple[str, ...]
    """Of ``Return-Path``."""
    at: datetime | None
    message_id: str
    """Empty where it has none."""

    @property
    def everybody(self) -> tuple[str, ...]:
        """Every address in it, of writers and recipients."""
        return (
            *self.authors, *self.senders, *self.reply_to, *self.named, *self.hidden, *self.returns
        )  # fmt: skip

    @property
    def is_reply(self) -> bool:
        return bool(self.headers.all(b"in-reply-to") or self.headers.all(b"references"))

    def message(self, people: People, at: datetime) -> Message:
        """For the decision point; ``at`` is when it was written, so ages are those of that day."""
        spoke = (*self.authors, *self.senders)
        return Message(
            channel=Channel.EMAIL,
            at=at,
            recipients=tuple(dict.fromkeys((*self.named, *self.hidden))),
            envelope_from=self.returns[0] if self.returns else "",
            authors=self.authors,
            authors_readable=self.authors_readable,
            senders=self.senders,
            reply_to=self.reply_to,
            named=self.named,
            thread=_thread(self.headers, self.message_id),
            trusted=any(people.local(a) for a in spoke),
            encrypted=encrypted(self.octets, self.headers),
        )


def open_letter(octets: bytes) -> Letter | None:
    """Read a message's header block; nothing where it is no message. Never raises."""
    whole, mbox_date = _normal(octets)
    headers = split(whole)
    if not any(f.name in _SAYS_SOMETHING for f in headers.fields):
        return None
    authors, readable = _authors(headers)
    ids = _ID.findall(text_of(headers.text(b"message-id")))
    return Letter(
        octets=whole,
        headers=headers,
        authors=authors,
        authors_readable=readable,
        senders=_each(headers, (b"sender",)),
        reply_to=_each(headers, (b"reply-to",)),
        named=_each(headers, _NAMED),
        hidden=_each(headers, _HIDDEN),
        returns=_each(headers, (b"return-path",)),
        at=_written_at(headers) or mbox_date,
        message_id=ids[0] if ids else "",
    )


def digest(letter: Letter) -> str:
    """SHA-256 of the Message-ID and the decoded text, the same for every copy of one message
    however it was stored or carried. Without a Message-ID, of writer, date and subject too."""
    said = hashlib.sha256()

    def add(part: str) -> None:
        octets = part.encode("utf-8", "surrogatepass")
        said.update(b"%d:" % len(octets))
        said.update(octets)

    add(letter.message_id)
    if not letter.message_id:
        for name in (b"from", b"date", b"subject"):
            add(text_of(letter.headers.text(name)))
    try:
        mail = parse_email(letter.octets, mode="lazy")
    except (ParseError, ValueError):
        # Too broken or too large for the parser: as it lies there, but for its line ends.
        body = letter.octets[body_start(letter.octets, letter.headers) :]
        said.update(body.replace(b"\r\n", b"\n").strip())
        return said.hexdigest()
    for text in (*mail.text_plain, *mail.text_html):
        add(_plainly(text))
    for attachment in mail.attachments:
        add(f"{attachment.mimetype} {attachment.filename}")
        if not letter.message_id:
            add(f"{attachment.encoded_size}")
    return said.hexdigest()


def _plainly(text: str) -> str:
    """Without what mailboxes and carriers change: line ends, blanks at them, ``>From``."""
    if "From " in text:
        text = _QUOTED_FROM.sub("", text)
    return " ".join(text.split())


def _normal(octets: bytes) -> tuple[bytes, datetime | None]:
    """The message with strict line ends in its header block, without an mbox line above it."""
    at: datetime | None = None
    if octets.startswith((b"From ", b">From ")):
        line = octets[: octets.find(b"\n") + 1] or octets
        found = _FROM_LINE.search(line)
        at = _date(text_of(found[1])) if found else None
        octets = octets[len(line) :]
    crlf = octets.find(b"\n\r\n", 0, LONGEST_HEADER)
    lf = octets.find(b"\n\n", 0, crlf if crlf >= 0 else LONGEST_HEADER)
    end = lf if lf >= 0 else crlf
    if end < 0:
        end = min(len(octets), LONGEST_HEADER) - 1
    head = octets[: end + 1]
    if head.count(b"\n") == head.count(b"\r\n"):
        if octets.startswith(b"\r\n", end + 1) or end + 1 == len(octets):
            return octets, at
    else:
        head = head.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    rest = octets[end + 1 :]
    if rest.startswith(b"\n"):
        rest = rest[1:]
    elif rest.startswith(b"\r\n"):
        rest = rest[2:]
    return b"".join((head, b"\r\n", rest)), at


def _authors(headers: Headers) -> tuple[tuple[str, ...], bool]:
    fields = headers.all(b"from")
    readings = [addresses.read(f.value) for f in fields]
    found = tuple(dict.fromkeys(a for r in readings for a in r.addresses))
    readable = len(fields) == 1 and readings[0].readable and bool(found)
    return found, readable


def _each(headers: Headers, names: tuple[bytes, ...]) -> tuple[str, ...]:
    found = [a for n in names for f in headers.all(n) for a in addresses.read(f.value).addresses]
    return tuple(dict.fromkeys(found))


def _thread(headers: Headers, message_id: str) -> tuple[str, ...]:
    said = b" ".join(f.unfolded for n in (b"in-reply-to", b"references") for f in headers.all(n))
    found = _ID.findall(text_of(said[:20_000]))
    return tuple(dict.fromkeys((message_id, *found) if message_id else found))


def _written_at(headers: Headers) -> datetime | None:
    """As ``Date`` says, else the newest ``Received``."""
    at = _date(text_of(headers.text(b"date")))
    if at is not None:
        return at
    hops = (_date(text_of(f.unfolded.rpartition(b";")[2])) for f in headers.all(b"received"))
    return max((h for h in hops if h is not None), default=None)


def _date(text: str) -> datetime | None:
    if not text:
        return None
    try:
        at = parsedate_to_datetime(text.strip())
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
        return at if at.astimezone(UTC).year >= EARLIEST else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
