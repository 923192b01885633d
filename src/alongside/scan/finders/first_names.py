"""First names that people have here: a host or a house may be called after one."""

from __future__ import annotations

from functools import cache

from ..wordlists import phrases


@cache
def first_names() -> frozenset[str]:
    """All of them, in small letters. Raises ``InvalidWordList``."""
    return frozenset(name for row in phrases("first_names") for name in row.pattern.split("|"))
