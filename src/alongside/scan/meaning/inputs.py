"""What the network is shown of a sentence: its pieces, and the nearest ones of its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .pieces import Pieces
from .units import Sentence

_OWN = 64
"""Pieces of the sentence itself, at most."""
_BESIDE = 14
"""Pieces of the sentence before, and of the one after."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Numbers of pieces, and for each whether it is of the sentence itself (1) or beside it (0)."""

    pieces: tuple[int, ...]
    own: tuple[int, ...]


def shown(
    text: str, those: Sequence[Sentence], which: Iterable[int], pieces: Pieces
) -> list[Shown]:
    """What is shown for the sentences of these numbers, in their order."""
    return [_one(text, those, n, pieces) for n in which]


def _one(text: str, those: Sequence[Sentence], n: int, pieces: Pieces) -> Shown:
    own = pieces.of(_of(text, those, n))[:_OWN]
    before = pieces.of(_of(text, those, n - 1))[-_BESIDE:] if n else []
    after = pieces.of(_of(text, those, n + 1))[:_BESIDE] if n + 1 < len(those) else []
    return Shown(
        (pieces.begin, *before, pieces.apart, *own, pieces.apart, *after),
        (*(0,) * (len(before) + 2), *(1,) * (len(own) + 1), *(0,) * len(after)),
    )


def lone(what: Shown) -> Shown:
    """The same sentence as it is shown where nothing stands beside it."""
    begin, apart = what.pieces[0], what.own.index(1)
    own = tuple(p for p, mine in zip(what.pieces, what.own, strict=True) if mine)
    return Shown((begin, what.pieces[apart - 1], *own), (0, 0, *(1,) * len(own)))


def _of(text: str, those: Sequence[Sentence], n: int) -> str:
    return text[those[n].start : those[n].end]
