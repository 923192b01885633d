"""What a finder is: a gate that lets nearly all text pass at once, and an exact look at the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .fold import Folded
from .known import Known
from .reading import Piece
from .sighting import Sighting, Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The text that a finder looks at: one piece, folded."""

    folded: Folded
    piece: Piece
    reply: bool = False


Find = Callable[[Window, Known], Iterable[Sighting]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """One kind of thing to find, one file in ``finders/``."""

    name: str
    types: frozenset[Type]
    gate: tuple[str, ...]
    """RE2 patterns over the folded text: where none matches, ``find`` is not asked."""
    find: Find
