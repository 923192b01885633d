"""Names beside addresses: does one hold more than a name, such as a number or an invitation?"""

from __future__ import annotations

import re

LONGEST = 20_000
"""Characters of one field in which names are looked for."""
MOST_WORDS = 4
LEAST_DIGITS = 5
"""Of a receiver's name, which stands in the writer's address book for many reasons."""

_NAME = re.compile(r"(?:\"((?:[^\"\\]|\\.)*+)\"|([^<>\",;]*+))\s*+<([^<>]*+)>|\(([^()]*+)\)")
_PARTICLES = frozenset(
    "de da do la le van von der den di del y ap ab ferch al bin the of and".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]*)*$")


def display_names(value: str) -> list[str]:
    """The display names and comments of an address field, each on one line."""
    found = []
    for match in _NAME.finditer(value[:LONGEST]):
        text = match[1] if match[1] is not None else (match[2] or match[4] or "")
        name = " ".join(re.sub(r"\\(.)", r"\1", text).split()).strip("'\" ")
        if name and name.casefold() != (match[3] or "").strip().casefold():
            found.append(name)
    return list(dict.fromkeys(found))


def is_more_than_a_name(name: str, *, receiver: bool = False) -> bool:
    """Whether the name says anything beside who it is. ``receiver``: numbers only."""
    if receiver:
        return sum(c.isdigit() for c in name) >= LEAST_DIGITS
    words = name.replace(",", " ").split()
    return len(words) > MOST_WORDS or not all(_is_word_of_a_name(w) for w in words)


def _is_word_of_a_name(word: str) -> bool:
    bare = word.strip("()")
    if _WORD.match(bare) is None:
        return False
    return not bare[0].islower() or bare in _PARTICLES
