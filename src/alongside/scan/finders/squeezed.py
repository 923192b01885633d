"""A second look at a text whose addresses are pulled apart: ``insta gram . com slash``,
``s a m @``, ``sam dot coach``, ``sam*coach``."""

from __future__ import annotations

import re
from array import array

from ..fold import Folded

GATE = (
    r"\b(?:dot|slash|underscore|underline|dash|d0t)\b",
    r"[\[({][.][\])}]",
    r"[a-z0-9] [./_] [a-z0-9]",
    r"\b(?:[a-z0-9_.@:#-] ){5}",
    r"[a-z]\*[a-z]",
)
"""Where a text needs the second look."""
_NEEDED = re.compile("|".join(GATE))
_JOINED = re.compile(
    r"(?P<dot>[ ,]{0,2}[\[({<][ ]?(?:\.|dot|d0t|point)[ ]?[\])}>][ ]?|,?[ ](?:dot|d0t),?[ ](?:then )?"
    r"|-(?:dot|d0t)-|(?<=[a-z0-9])[ ]\.[ ](?=[a-z0-9]))"
    r"|(?P<slash>[ ,]{0,2}[\[({][ ]?(?:/|slash)[ ]?[\])}][ ]?|,?[ ](?:forward )?slash[ ](?P<marked>at[ ])?"
    r"|(?<=[a-z0-9])[ ]/[ ](?=[a-z0-9@]))"
    r"|(?P<underscore>,?[ ](?:underscore|under score|underline),?[ ])"
    r"|(?P<hyphen>,?[ ](?:hyphen|minus sign|dash),?[ ])"
    r"|(?P<none>(?<=[a-z])\*(?=[a-z]))"
    r"|(?<![a-z0-9])(?P<spelt>(?:[a-z0-9_.@:#/-] ){4,}[a-z0-9_.@:#/-](?![a-z0-9]))"
)
_SIGNS = {"dot": ".", "slash": "/", "underscore": "_", "hyphen": "-", "none": ""}


def squeezed(folded: Folded) -> Folded | None:
    """The text with what is pulled apart put together; none where nothing is."""
    text = folded.text
    if not _NEEDED.search(text):
        return None
    parts: list[str] = []
    places = array("L")
    at = 0
    for found in _JOINED.finditer(text):
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
