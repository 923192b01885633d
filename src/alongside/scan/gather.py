"""The text of a message as it grows, part after part, within limits."""

from __future__ import annotations

from dataclasses import dataclass, field

from .reading import Attachment, Piece, Reading, Unread
from .sighting import Zone

SEPARATOR = "\n¶\n"
"""Between two pieces: a line of its own, so that nothing joins across."""
LONGEST = 4_000_000
"""Characters of one message that are read."""


@dataclass(slots=True)
class Gathered:
    """What was read so far."""

    chunks: list[str] = field(default_factory=list)
    length: int = 0
    pieces: list[Piece] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)

    def add(self, text: str, part: str = "", zone: Zone = Zone.BODY) -> None:
        """One piece; nothing where the text is blank. What is too long is said."""
        text = text.strip()
        if not text:
            return
        room = LONGEST - self.length
        if len(text) > room:
            self.leave(part, "too_large")
            text = text[: max(0, room)].strip()
            if not text:
                return
        if self.chunks:
            self.chunks.append(SEPARATOR)
            self.length += len(SEPARATOR)
        start = self.length
        self.chunks.append(text)
        self.length += len(text)
        self.pieces.append(Piece(start=start, end=self.length, zone=zone, part=part))

    def leave(self, part: str, why: str) -> None:
        """Say once that this was not read."""
        unread = Unread(part=part, why=why)
        if unread not in self.unread[-50:]:
            self.unread.append(unread)

    def own_name(self, name: str) -> str:
        """The name, made one of its own where another part has it already."""
        count = self.names.get(name, 0) + 1
        self.names[name] = count
        return name if count == 1 else self.own_name(f"{name} ({count})")

    def reading(self) -> Reading:
        return Reading(
            text="".join(self.chunks),
            pieces=tuple(self.pieces),
            attachments=tuple(self.attachments),
            unread=tuple(self.unread),
        )
