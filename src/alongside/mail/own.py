"""The frame of every message that we write ourselves: plain text, no sender to bounce to.

Paragraphs flow (RFC 3676) so that screen readers and large print wrap them as they like.
"""

from __future__ import annotations

import hashlib
import quopri
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from . import fields
from .identity import Identity

_WIDTH = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a message of ours says, and to whom."""

    to: str
    subject: str
    paragraphs: tuple[str, ...]
    reference: str
    kind: str
    """One word that tells notices of one reference apart: part of the Message-ID."""
    at: datetime
    answers: str = ""
    """Message-ID of the message that it is about."""
    replied: bool = True
    """Whether it answers a message (``auto-replied``) or comes of itself (RFC 3834 5)."""


def written(letter: Letter, identity: Identity) -> bytes:
    """The whole message with strict line ends, the contact block at its foot (clause P5)."""
    body = _flowed([*letter.paragraphs, *_foot(identity)])
    encoding = "7bit" if body.isascii() else "quoted-printable"
    content = _crlf(body.encode("ascii") if body.isascii() else quopri.encodestring(body.encode()))
    return (
        head(letter, identity)
        + lines(
            ("Content-Type", "text/plain; charset=utf-8; format=flowed"),
            ("Content-Transfer-Encoding", encoding),
        )
        + b"\r\n"
        + content
    )


def head(letter: Letter, identity: Identity) -> bytes:
    """The fields that all our messages share."""
    unique = hashlib.sha256(f"{letter.kind}\0{letter.reference}\0{letter.to}".encode()).hexdigest()
    author = identity.contact or f"postmaster@{identity.host}"
    answers = letter.answers if letter.answers.startswith("<") else ""
    return lines(
        ("From", fields.mailbox(identity.organisation or identity.team, author)),
        ("To", fields.mailbox("", letter.to)),
        ("Subject", fields.text(letter.subject)),
        ("Date", format_datetime(letter.at)),
        ("Message-ID", f"<{letter.kind}.{unique[:32]}@{identity.host}>"),
        ("In-Reply-To", answers),
        ("References", answers),
        ("Auto-Submitted", "auto-replied" if letter.replied else "auto-generated"),
        ("MIME-Version", "1.0"),
    )


def lines(*pairs: tuple[str, str]) -> bytes:
    """Fields with their line ends; none for an empty value."""
    return b"".join(
        name.encode("ascii") + b": " + fields.folded(name, value) + b"\r\n"
        for name, value in pairs
        if value
    )


def _foot(identity: Identity) -> Iterable[str]:
    block = identity.contact_block
    if block:
        yield f"Questions? Ask the {identity.team[:1].lower()}{identity.team[1:]}."
        yield "\n".join(block)


def _flowed(paragraphs: Sequence[str]) -> str:
    return "\n\n".join("\n".join(map(_soft, p.split("\n"))) for p in paragraphs) + "\n"


def _soft(line: str) -> str:
    """One line cut at blanks; each cut keeps its blank, which says that the line goes on."""
    cut: list[str] = [""]
    for word in line.split(" "):
        if cut[-1] and len(cut[-1]) + len(word) > _WIDTH:
            cut.append("")
        cut[-1] += word + " "
    return "\n".join(_stuffed(c) for c in cut)[:-1]


def _stuffed(line: str) -> str:
    return f" {line}" if line.startswith((" ", ">", "From ")) else line


def _crlf(text: bytes) -> bytes:
    return text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
