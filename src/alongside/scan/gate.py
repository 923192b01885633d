"""The gate: a quick look says which finders have anything to look for in a text.

Each finder has an automaton of its own, which stops at the first thing that fits. One automaton
over all patterns would read each octet only once; but what each pattern has seen so far multiplies
with what the others have, and with this many of them its states never end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import re2

from .finder import Finder
from .matching import searchable
from .meaning.meaning import meaning

_MEMORY = 64 << 20
"""Octets that an automaton may take. It starts anew when they are full, and never gives up."""


class Gate:
    """Which finders a text is for."""

    def __init__(self, finders: Sequence[Finder]) -> None:
        self._finders = tuple((finder, _automata(finder.gate)) for finder in finders)
        self._listens = any(finder.listens for finder in finders)

    def asked(self, folded: str, *, listen: bool = True) -> tuple[Finder, ...]:
        """The finders that have to look at this text, in their order.

        ``listen``: whether what its sentences mean counts too.
        """
        octets = folded.encode("utf-8", "replace")
        heard = listen and self._listens and bool(meaning(searchable(folded)))
        return tuple(
            finder
            for finder, own in self._finders
            if (heard and finder.listens) or _fits(own, octets)
        )


def _fits(automata: Iterable[re2.Set], octets: bytes) -> bool:
    return any(automaton.Match(octets) for automaton in automata)


def _automata(patterns: Sequence[str]) -> tuple[re2.Set, ...]:
    """One automaton for all of them, or more where one would be too large for RE2."""
    try:
        return (_one(patterns),)
    except re2.error:
        if len(patterns) < 2:
            raise
    half = len(patterns) // 2
    return (*_automata(patterns[:half]), *_automata(patterns[half:]))


def _one(patterns: Iterable[str]) -> re2.Set:
    """An automaton that only says whether any of these fits: a set of one asks for no places."""
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    options.never_capture = True
    automaton = re2.Set.SearchSet(options)
    automaton.Add("|".join(f"(?:{p})" for p in patterns))
    automaton.Compile()
    return automaton
