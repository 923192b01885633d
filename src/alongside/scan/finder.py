"""What a finder is: a gate that lets nearly all text pass, and then an exact look at the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .fold import Folded
from .known import Known
from .reading import Piece
from .sighting import Confidence, Sighting, Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The text that a finder looks at: one piece, or a stretch of a long one, folded."""

    folded: Folded
    piece: Piece
    reply: bool = False

    @property
    def text(self) -> str:
        """What is searched."""
        return self.folded.text

    def see(
        self,
        kind: Type,
        start: int,
        end: int,
        understood: str,
        confidence: Confidence,
        *,
        own: bool = False,
    ) -> Sighting:
        """What stands at ``text[start:end]``, as a sighting."""
        first, last = self.folded.span(start, end)
        return Sighting(
            type=kind,
            start=first,
            end=last,
            text=self.folded.seen(start, end),
            understood=understood,
            confidence=confidence,
            zone=self.piece.zone,
            part=self.piece.part,
            own=own,
        )


Find = Callable[[Window, Known], Iterable[Sighting]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """One kind of thing to find, one file in ``finders/``."""

    name: str
    types: frozenset[Type]
    gate: tuple[str, ...]
    """RE2 patterns over the folded text: where none matches, ``find`` is not asked."""
    find: Find
    listens: bool = False
    """Asked too where the first look at what sentences mean sees something."""
