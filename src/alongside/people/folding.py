"""How names are compared when somebody looks for one: accents and case mean nothing."""

from __future__ import annotations

import unicodedata

_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
_APOSTROPHES = str.maketrans("’‘ʼ`", "''''")
LENGTH = 300


def folded(text: str) -> str:
    """``Zoë Ó Briain`` as ``zoe o briain``; runs of white space are one space."""
    apart = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).casefold())
    plain = "".join(c for c in apart if not unicodedata.combining(c)).translate(_PLAIN)
    return " ".join(plain.split())


def sought(name: str, person_id: str) -> str:
    """What the search looks at: the name, and the id of the organisation's own lists."""
    return f"{folded(name)} {person_id.casefold()}".strip()[:LENGTH]
