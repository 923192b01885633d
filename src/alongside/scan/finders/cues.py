"""What words around a find say about it: lists of phrases as one pattern each."""

from __future__ import annotations

from functools import cache

from ..matching import Pattern, compiled
from ..wording import spelt_out
from ..wordlists import phrases


@cache
def cue(name: str) -> Pattern:
    """Any of the phrases of that list, from word to word. Raises ``InvalidWordList``."""
    rows = "|".join(f"(?:{spelt_out(row.pattern, {})})" for row in phrases(name))
    return compiled(rf"\b(?:{rows})\b")
