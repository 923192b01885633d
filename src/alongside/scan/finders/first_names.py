"""First names that people have here: a host or a house may be called after one."""

from __future__ import annotations

from functools import cache

from ..wordlists import phrases


@cache
def first_names() -> frozenset[str]:
    """All of them, in small letters. Raises ``InvalidWordList``."""
    return frozenset(name for row in phrases("first_names") for name in row.pattern.split("|"))


def begins_with_one(word: str) -> bool:
    """``jessknowsjudo``: a first name and something else."""
    names = first_names()
    return any(word[:end] in names for end in range(4, max(4, len(word) - 2)))
