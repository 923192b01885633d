"""A second look at a text whose addresses are pulled apart: ``insta gram . com slash``,
``s a m @``, ``sam dot coach``, ``sam*coach``."""

from __future__ import annotations

import re
from array import array
from functools import lru_cache
from itertools import chain

from ..fold import Folded
from ..matching import compiled

GATE = (
    r"[a-z0-9\])}\"'],? ?[\[({<-]?(?:dot|d0t|slash|underscore|underline)\b",
    r"[\[({][.][\])}] ?[a-z0-9]",
    r"[a-z0-9] [.] (?:com|co|org|net|uk|example|test|me|tv|io|be|gg|ee|social|app|live|site)\b",
    r"(?:\A|[^a-z0-9])(?:[a-z0-9_.@:#-] ){6}",
    r"[a-z]\*[a-z]",
)
"""Where a text needs the second look."""
_NEEDED = compiled("|".join(f"(?:{pattern})" for pattern in GATE))
_JOINED = re.compile(
    r"(?P<dot>[ ,]{0,2}[\[({<][ ]?(?:\.|dot|d0t|point)[ ]?[\])}>][ ]?"
    r"|,?[ ](?:dot|d0t),?[ ](?:then )?|-(?:dot|d0t)-|(?<=[a-z0-9])[ ]\.[ ](?=[a-z0-9]))"
    r"|(?P<slash>[ ,]{0,2}[\[({][ ]?(?:/|slash)[ ]?[\])}][ ]?"
    r"|,?[ ](?:forward )?slash[ ](?P<marked>at[ ])?"
    r"|(?<=[a-z0-9])[ ]/[ ](?=[a-z0-9@]))"
    r"|(?P<underscore>,?[ ](?:underscore|under score|underline),?[ ])"
    r"|(?P<hyphen>,?[ ](?:hyphen|minus sign|dash),?[ ])"
    r"|(?P<none>(?<=[a-z])\*(?=[a-z]))"
    r"|(?<![a-z0-9])(?P<spelt>(?:[a-z0-9_.@:#/-] ){4,}[a-z0-9_.@:#/-](?![a-z0-9]))"
)
_AROUND = 120
_SIGNS = {"dot": ".", "slash": "/", "underscore": "_", "hyphen": "-", "none": ""}


@lru_cache(maxsize=4)
def squeezed(folded: Folded) -> Folded | None:
    """The text with what is pulled apart put together; none where nothing is."""
    text = folded.text
    near = _near(text)
    parts: list[str] = []
    places = array("L")
    at = 0
    for found in chain.from_iterable(_JOINED.finditer(text, a, b) for a, b in near):
        start, end = found.span()
        parts.append(text[at:start])
        places.extend(range(at, start))
        if found.lastgroup == "spelt":
            parts.append(text[start:end:2])
            places.extend(range(start, end, 2))
        else:
            sign = "/@" if found["marked"] else _SIGNS[found.lastgroup or "none"]
            parts.append(sign)
            places.extend([start] * len(sign))
        at = end
    if not parts:
        return None
    parts.append(text[at:])
    places.extend(range(at, len(text)))
    if folded.places is not None:
        places = array("L", map(folded.places.__getitem__, places))
    return Folded("".join(parts), folded.original, folded.offset, places)


def _near(text: str) -> list[tuple[int, int]]:
    """The stretches that need it, with what is around them."""
    out: list[tuple[int, int]] = []
    for match in _NEEDED.finditer(text):
        start, end = max(0, match.start() - _AROUND), min(len(text), match.end() + _AROUND)
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out
