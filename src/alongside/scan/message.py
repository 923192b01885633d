"""A message decoded: everything that somebody could read in it, and what could not be read.

Pure, and safe against any octets: it never raises, its depth, its parts and its length have limits,
and what lies beyond them is said. ``read_message`` reads what it can by itself; attachments that
take a parser of their own are listed for the caller, who opens them in a child process and hands
their texts to ``with_opened``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .charsets import letters
from .fields import Block, read_block
from .gather import SEPARATOR
from .naming import display_names, is_more_than_a_name
from .parts import Reader
from .quoted import Answering
from .reading import Piece, Reading, Unread
from .sighting import Zone
from .where import Where

LONGEST_CRUDE = 1_000_000
"""Octets that are read as they stand where reading itself failed."""

_FORWARD = re.compile(
    r"\s*(?:\[[^\]]{0,80}\]\s*)*(?:fwd?|wg|tr|rv|doorst|ymlaen)\s*:", re.IGNORECASE
)
_REPLY = re.compile(
    r"\s*(?:\[[^\]]{0,80}\]\s*)*(?:re|aw|sv|antw|odp|ateb)\s*(?:[\[(]\d+[\])])?\s*:", re.IGNORECASE
)
_ADDRESS = re.compile(r"[^\s<>\"(),;:@]{1,200}@[^\s<>\"(),;:@]{1,255}")
_NAMED = ((b"from", "from"), (b"reply-to", "from"), (b"sender", "from"))
_RECEIVERS = ((b"to", "to"), (b"cc", "to"))
_SPOKEN = (b"comments", b"keywords", b"organization")
MOST_ADDRESSES = 200


def read_message(content: bytes) -> Reading:
    """What is written in a message as it travels. Never raises."""
    try:
        return read_strictly(content)
    except Exception:  # reading goes on without it, and says so
        return _crude(content)


def read_strictly(content: bytes) -> Reading:
    """As ``read_message``, without the net below it: the tests', which show that none is needed."""
    reader = Reader(read_head)
    reader.message(content, 0, len(content), Where())
    return reader.found.reading()


def with_opened(reading: Reading, texts: Mapping[str, str | Unread]) -> Reading:
    """The reading with the texts of its attachments, by part, behind what it holds.

    An archive's members come as parts of their own. What was listed and is not among ``texts``
    counts as unread.
    """
    chunks = [reading.text] if reading.text else []
    at = len(reading.text)
    pieces = list(reading.pieces)
    unread = list(reading.unread)
    for part, found in texts.items():
        if isinstance(found, Unread):
            unread.append(found)
            continue
        text = found.strip()
        if not text:
            continue
        if chunks:
            chunks.append(SEPARATOR)
            at += len(SEPARATOR)
        chunks.append(text)
        pieces.append(Piece(start=at, end=at + len(text), zone=Zone.ATTACHMENT, part=part))
        at += len(text)
    for attachment in reading.attachments:
        if attachment.part not in texts:
            unread.append(Unread(part=attachment.part, why="broken"))
    return Reading(text="".join(chunks), pieces=tuple(pieces), unread=tuple(unread))


def is_reply(content: bytes) -> bool:
    """Whether the message says that it answers another one."""
    return answering(read_block(content)).reply


def answering(block: Block) -> Answering:
    """Its place in a conversation, by its header."""
    subjects = block.each(b"subject")
    reply = bool(block.first(b"in-reply-to") or block.first(b"references"))
    return Answering(
        reply=reply or any(_REPLY.match(s) for s in subjects),
        forward=any(_FORWARD.match(s) for s in subjects),
    )


def read_head(reader: Reader, block: Block, where: Where) -> tuple[Answering, frozenset[str]]:
    """Put what the header shows; the message's place in a conversation, and its writers."""
    found = reader.found
    for subject in block.each(b"subject"):
        found.add(" ".join(subject.split()), where.within("subject"), where.own_zone)
    for name, part in (*_NAMED, *_RECEIVERS):
        for value in block.each(name):
            if value.count("<") == 0 and "(" not in value:
                continue
            for shown in display_names(value)[:MOST_ADDRESSES]:
                if is_more_than_a_name(shown, receiver=part == "to"):
                    found.add(shown, where.within(part), where.own_zone)
    for name in _SPOKEN:
        for value in block.each(name):
            found.add(" ".join(value.split()), where.within(name.decode()), where.own_zone)
    writers = (a.casefold() for v in block.each(b"from") for a in _ADDRESS.findall(v))
    return answering(block), frozenset(writers)


def _crude(content: bytes) -> Reading:
    text = letters(content[:LONGEST_CRUDE]).text
    pieces = (Piece(start=0, end=len(text)),) if text else ()
    return Reading(text=text, pieces=pieces, unread=(Unread(part="", why="broken"),))
