"""A message for an officer's eyes: as text, and nothing in it works.

No mark-up, no pictures, no links: whoever wrote it can do nothing to whoever reads it. Files stand
there by name and size. That it was read is on the record, by whom and why.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from typing import Any

from alongside.access.actor import Person
from alongside.access.permissions import Permission, check_may
from alongside.policy import explain
from alongside.records import api as records
from alongside.scan.fields import read_block, words
from alongside.scan.message import read_message
from alongside.scan.reading import Reading
from alongside.scan.sighting import Zone

LONGEST = 100_000
"""Characters of one passage that a page shows."""
_HEADER = frozenset({"subject", "from", "to"})
"""Parts that stand above the text already."""
_UNSHOWN = ("hidden", "comments", "keywords", "organization")
"""Parts that a mail program does not show, and somebody may still find."""
_WHY_UNREAD = {
    "encrypted": "is encrypted",
    "too_large": "is too large to read",
    "too_long": "took too long to read",
    "broken": "is broken",
    "unknown_charset": "is in letters that we don't know",
    "unknown_type": "is a kind of file that we can't read",
    "too_deep": "has too many parts inside each other",
    "picture": "is a picture",
    "sound_or_video": "is sound or video",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of the text."""

    text: str
    kind: str = ""
    """Empty for the writer's own words, else ``quoted``, ``signature``, ``hidden``, or ``other``:
    another version of the text, which some programs show instead."""
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What was attached."""

    name: str
    octets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The message."""

    reference: str
    subject: str = ""
    sender: str = ""
    to: str = ""
    copied: str = ""
    passages: tuple[Passage, ...] = ()
    files: tuple[File, ...] = ()
    unread: tuple[str, ...] = ()
    """Sentences."""
    seen: tuple[tuple[str, str], ...] = ()
    """What was seen in it, and in which words: (sentence, the words)."""
    kept: bool = True
    """False: it was erased."""


def letter(actor: Person, reference: str, reason: str) -> Letter:
    """Open a message; the reading is recorded with its reason.

    Raises ``NotFound`` (also when it concerns the actor, and where no message is kept),
    ``NotAllowed``, and ``ValueError`` for an empty reason.
    """
    check_may(actor, Permission.READ)
    found = records.content(actor, reference, reason)
    seen = tuple(_seen(dict(found.texts).get("sightings")))
    if found.raw is None:
        return Letter(reference=reference, seen=seen, kept=False)
    return _opened(reference, found.raw, seen)


def sent(actor: Person, reference: str) -> datetime:
    """When the message came. Raises ``NotFound`` for one that the actor may not see; ``NotAllowed``
    for whoever may see none."""
    check_may(actor, Permission.READ)
    found = records.find(actor, kind="decided", reference=reference)
    if not found:
        raise records.NotFound(f"there is no message `{reference}`")
    return found[-1].at


def is_message(actor: Person, reference: str) -> bool:
    """Whether there is a message by this reference that the actor may see."""
    try:
        sent(actor, reference)
    except records.NotFound:
        return False
    return True


def _opened(reference: str, raw: bytes, seen: tuple[tuple[str, str], ...]) -> Letter:
    block, reading = read_block(raw), read_message(raw)

    def header(name: bytes) -> str:
        return ", ".join(" ".join(value.split()) for value in block.each(name))

    return Letter(
        reference=reference,
        subject=header(b"subject"),
        sender=header(b"from"),
        to=header(b"to"),
        copied=header(b"cc"),
        passages=tuple(_passages(reading)),
        files=files(raw),
        unread=tuple(_unread(reading)),
        seen=seen,
    )


def _passages(reading: Reading) -> Iterator[Passage]:
    for piece in reading.pieces:
        if piece.zone is Zone.ATTACHMENT or piece.part in _HEADER:
            continue
        text = reading.of(piece)
        kind = "" if piece.zone is Zone.BODY else str(piece.zone)
        if piece.part:
            kind = "hidden" if piece.part.endswith(_UNSHOWN) else kind or "other"
        yield Passage(text=text[:LONGEST], kind=kind, cut=len(text) > LONGEST)


def files(raw: bytes) -> tuple[File, ...]:
    """The files of a message by name and size. None where its parts can't be told apart."""
    try:
        return tuple(_files(message_from_bytes(raw)))
    except Exception:  # whatever strange octets do to it, the officer sees the rest
        return ()


def _files(message: Message) -> Iterator[File]:
    for part in message.walk():
        if part.is_multipart():
            continue
        name = part.get_filename()
        attached = part.get_content_disposition() == "attachment"
        if name is None and not attached and part.get_content_maintype() == "text":
            continue
        content = part.get_payload(decode=True)
        size = len(content) if isinstance(content, bytes) else 0
        yield File(name=" ".join(words(name or "").split()) or "no name", octets=size)


def _unread(reading: Reading) -> Iterator[str]:
    for each in reading.unread:
        what = f"“{each.part}”" if each.part else "A part of the message"
        yield f"{what} {_WHY_UNREAD.get(each.why, 'could not be read')}."


def _seen(kept: str | None) -> Iterator[tuple[str, str]]:
    said: dict[str, Any] = json.loads(kept) if kept else {}
    for sighting in said.get("sightings", ()):
        code = sighting["type"]
        code = code if code == "secrecy" else f"seen_{code}"
        yield explain.REASONS.get(code, code), sighting["text"]
