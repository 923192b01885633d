"""Where in a message the reader of its parts stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from .quoted import NOTHING_BEFORE, Answering
from .sighting import Zone


@dataclass(slots=True)
class Said:
    """What the first alternatives said already, blanks squeezed out: of the writer's, and all."""

    own: list[str] = field(default_factory=list)
    all: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where in the message the reader stands."""

    name: str = ""
    """Of the nested message; empty in the message itself."""
    forced: Zone | None = None
    """In which zone all of a nested message is."""
    depth: int = 0
    answering: Answering = NOTHING_BEFORE
    writers: frozenset[str] = frozenset()
    said: Said | None = None
    """Inside ``multipart/alternative``."""

    def within(self, part: str) -> str:
        if not self.name:
            return part
        return f"{self.name}/{part}" if part else self.name

    @property
    def own_zone(self) -> Zone:
        return self.forced or Zone.BODY
