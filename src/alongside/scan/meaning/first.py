"""The first look: which sentences are worth showing to the network, which is slow.

A sum of weights, one for each piece of the sentence and for each two that stand side by side. It
was learnt from the same corpus (``tools/learn``), and lets through nearly all sentences that say
something and few of the others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_APART = " "
"""Between the two pieces of a pair, in the file."""
Numbers = NDArray[np.int64]
Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class First:
    """What each piece and each pair weighs."""

    least: float
    """A sentence that weighs less, for the root of its length, says nothing."""
    pieces: Weights
    """By the number of the piece."""
    pairs: Numbers
    """In order: the number of the first, times how many pieces there are, plus the second's."""
    pair_weights: Weights

    def weights(self, those: Sequence[Sequence[int]]) -> list[float]:
        """How much each sentence weighs; ``-inf`` where it has no pieces."""
        lengths = np.array([len(one) for one in those], np.int64)
        full = np.flatnonzero(lengths)
        out = np.full(len(those), -np.inf)
        if full.size:
            numbers = np.fromiter((n for one in those for n in one), np.int64, int(lengths.sum()))
            starts = np.concatenate(([0], np.cumsum(lengths[full])[:-1]))
            total = np.add.reduceat(self._each(numbers, starts), starts)
            out[full] = total / np.sqrt(2 * lengths[full] - 1)
        return [float(w) for w in out]

    def _each(self, numbers: Numbers, starts: Numbers) -> Weights:
        """The weight of each piece, with that of the pair that it makes with the one before it."""
        each = self.pieces[numbers]
        keys = numbers[:-1] * len(self.pieces) + numbers[1:]
        at = np.searchsorted(self.pairs, keys)
        at[at == len(self.pairs)] = 0
        beside = np.where(self.pairs[at] == keys, self.pair_weights[at], np.float32(0))
        beside[starts[1:] - 1] = 0
        each[1:] += beside
        return each


def first(text: str, numbers: Mapping[str, int]) -> First:
    """From the text of its file. ``numbers``: of the pieces."""
    told: dict[str, Any] = json.loads(text)
    pieces = np.zeros(len(numbers), np.float32)
    for piece, weight in told["pieces"].items():
        pieces[numbers[piece]] = weight
    pairs = sorted(
        (numbers[a] * len(numbers) + numbers[b], weight)
        for key, weight in told["pairs"].items()
        for a, b in (key.split(_APART),)
    )
    return First(
        least=told["least"],
        pieces=pieces,
        pairs=np.array([pair for pair, _ in pairs] or [-1], np.int64),
        pair_weights=np.array([weight for _, weight in pairs] or [0], np.float32),
    )
