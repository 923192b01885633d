"""The door of this room: what the sentences of one text mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from math import log

from .files import read
from .first import First, first
from .inputs import shown
from .kinds import HEARD, KINDS
from .network import logits
from .pieces import Pieces
from .units import Sentence, sentences

_FEW, _REPEATED = 12, 3
"""From so many pieces on, each of them so often in the middle is no sentence."""
Logits = tuple[float, ...]
_HEARD = len(HEARD)
"""Kinds that the first look was taught; of the others it knows nothing."""
_TEXTS = 16
"""Texts that are remembered: every finder asks about the same one."""
_TRUST = 1.0
"""What a unit of the first look's weight is worth beside the network's logit: the two were taught
apart and err apart."""
_USUAL = 2.0
"""What a sentence that says something weighs in the middle: there the network alone decides."""
_SPREAD, _SHORT, _LONG = 0.7, 2, 20
"""A message is as likely to say such a thing once whether it is short or long, so each of a long
one's many sentences is less likely to: by so much for the logarithm of their number over a short
one's. Beyond a long one's it stops, or a sentence could be drowned in others."""


class Meaning:
    """A folded text and what its sentences say; each is judged once, when first asked about."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.sentences = sentences(text)
        self._judged: dict[int, Logits] = {}
        those = [_pieces().of(text[s.start : s.end]) for s in self.sentences]
        self._weights = _first().weights([one if _speaks(one) else [] for one in those])
        self._hopeful = [n for n, w in enumerate(self._weights) if w >= _first().least]

    def __bool__(self) -> bool:
        """Whether any sentence is worth a second look."""
        return bool(self._hopeful)

    def hopeful(self) -> Iterator[tuple[Sentence, Logits]]:
        """The sentences that passed the first look, and what the network says of them."""
        self._judge(self._hopeful)
        for n in self._hopeful:
            yield self.sentences[n], self._judged[n]

    def around(self, start: int, end: int) -> Logits:
        """The most that the sentences say which that stretch touches, by kind."""
        those = [n for n, s in enumerate(self.sentences) if s.start < end and start < s.end]
        self._judge(those)
        return tuple(
            max((self._judged[n][k] for n in those), default=float("-inf"))
            for k in range(len(KINDS))
        )

    def _judge(self, those: Iterable[int]) -> None:
        new = [n for n in those if n not in self._judged]
        if new:
            spread = _SPREAD * log(min(max(_SHORT, len(self.sentences)), _LONG) / _SHORT)
            told = logits(shown(self._text, self.sentences, new, _pieces()))
            for n, one in zip(new, told, strict=True):
                more = _TRUST * (self._weights[n] - _USUAL) - spread
                self._judged[n] = (*(logit + more for logit in one[:_HEARD]), *one[_HEARD:])


def _speaks(pieces: Sequence[int]) -> bool:
    """Whether it may be a sentence: rules of a table and rows of one sign are none."""
    return len(pieces) < _FEW or len(set(pieces)) * _REPEATED >= len(pieces)


@lru_cache(maxsize=_TEXTS)
def meaning(text: str) -> Meaning:
    """Of a folded text, as ``matching.searchable`` gives it."""
    return Meaning(text)


@cache
def _pieces() -> Pieces:
    return Pieces(read("pieces.txt").split("\n")[:-1])


@cache
def _first() -> First:
    return first(read("first.json"), _pieces().numbers)
