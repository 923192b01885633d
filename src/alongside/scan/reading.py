"""A message as decoded text: what was written, by whom as far as it tells, and what was not read.

``text`` is the whole decoded text, part after part; offsets everywhere count its characters.
"""

from __future__ import annotations

from dataclasses import dataclass

from .sighting import Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of the text in one zone. Pieces don't overlap, and stand in order."""

    start: int
    end: int
    zone: Zone = Zone.BODY
    part: str = ""
    """Empty for the text itself, else ``subject``, ``from``, ``hidden``, a file's name and so on;
    of a nested message ``name/part``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that takes a parser of its own: whoever called opens it, in a child process."""

    part: str
    kind: str
    """Which parser: ``pdf``, ``word``, ``opendocument``, ``rtf``, ``spreadsheet``, ``slides``,
    ``archive``."""
    octets: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """What could not be read: said, never skipped in silence."""

    part: str
    why: str
    """A code: ``encrypted``, ``too_large``, ``too_long`` (it took too long), ``broken``,
    ``unknown_charset``, ``unknown_type``, ``too_deep``, ``picture``, ``sound_or_video``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that was decoded of one message or text."""

    text: str
    pieces: tuple[Piece, ...]
    attachments: tuple[Attachment, ...] = ()
    """Not opened yet."""
    unread: tuple[Unread, ...] = ()

    def of(self, piece: Piece) -> str:
        """The text of one piece."""
        return self.text[piece.start : piece.end]

    @property
    def signature(self) -> str:
        """What the writer put below the text, line by line; empty where there is none."""
        return "\n".join(
            self.of(p).strip() for p in self.pieces if p.zone is Zone.SIGNATURE and not p.part
        )


def plain(text: str) -> Reading:
    """A text that is no message, such as an SMS: all of it is the writer's."""
    return Reading(text=text, pieces=(Piece(start=0, end=len(text)),) if text else ())
