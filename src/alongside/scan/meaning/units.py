"""A folded text cut into sentences, each with a little of what stands around it.

Everything that learns or uses meanings cuts with this: a change here asks for learning anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(r"[.!?]+[\"')\]]*(?=\s|$)|\n(?:[^\S\n]*\n)*")
_STARTS = re.compile(r"[^\S\n]*(?:[-*>•+]|\d{1,2}[.)])\s")
"""How a line of a list begins."""
_SHORT = 50
"""Characters: whoever breaks a shorter line means it; longer ones are broken by mail programs."""
_LONG = 280
"""Characters of one sentence: a longer one, such as a table, is cut."""
_CUTS = ("\n", "; ", ", ", " ")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of a text."""

    start: int
    end: int


def sentences(text: str) -> list[Sentence]:
    """All of the text but blanks, in order."""
    out: list[Sentence] = []
    start = line = 0
    for match in _END.finditer(text):
        first, end = match.span()
        if text[first] == "\n":
            length = first - line
            line = end
            if length >= _SHORT and end - first == 1 and not _STARTS.match(text, end):
                continue
        _add(out, text, start, end)
        start = end
    _add(out, text, start, len(text))
    return out


def _add(out: list[Sentence], text: str, start: int, end: int) -> None:
    """What stands there, cut where it is too long."""
    part = text[start:end]
    bare = part.lstrip()
    start += len(part) - len(bare)
    end = start + len(bare.rstrip())
    while end - start > _LONG:
        cut = start + _LONG
        for sign in _CUTS:
            at = text.rfind(sign, start + _LONG // 2, cut)
            if at > 0:
                cut = at + len(sign)
                break
        whole = text[start:cut]
        out.append(Sentence(start, start + len(whole.rstrip())))
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    if end > start:
        out.append(Sentence(start, end))
