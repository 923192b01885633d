"""Words as pieces that the network knows: WordPiece, greedy from the left (Wu et al. 2016).

The list of pieces is that of ``all-MiniLM-L6-v2`` without other scripts, with little pictures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_LONGEST = 40
"""Letters of a word: longer ones are no words."""
UNKNOWN, BEGIN, BREAK = "[UNK]", "[CLS]", "[SEP]"


class Pieces:
    """The pieces by their numbers."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.numbers: Mapping[str, int] = {piece: n for n, piece in enumerate(pieces)}
        self._words: dict[str, tuple[int, ...]] = {}
        self.begin = self.numbers[BEGIN]
        self.apart = self.numbers[BREAK]
        self._unknown = (self.numbers[UNKNOWN],)

    def of(self, text: str) -> list[int]:
        """The numbers of the pieces of a folded text."""
        out: list[int] = []
        for word in _WORD.findall(text):
            known = self._words.get(word)
            if known is None:
                known = self._cut(word)
                if len(self._words) < _MOST:
                    self._words[word] = known
            out += known
        return out

    def _cut(self, word: str) -> tuple[int, ...]:
        if len(word) > _LONGEST:
            return self._unknown
        out: list[int] = []
        at = 0
        while at < len(word):
            before = "##" if at else ""
            for end in range(len(word), at, -1):
                number = self.numbers.get(before + word[at:end])
                if number is not None:
                    out.append(number)
                    at = end
                    break
            else:
                return self._unknown
        return tuple(out)


_MOST = 50_000
"""Words that are remembered."""
