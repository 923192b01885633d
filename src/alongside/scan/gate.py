"""The gate: one look at a text says whether any finder has anything to look for in it.

First one automaton over all finders' gate patterns, which stops at the first that fits; nearly all
text that was ever written passes it with nothing. Only then each finder's own is asked. One
``re2.Set`` over all patterns would answer both at once, and remember in its states which had fitted
already: with this many patterns those states never end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import re2

from .finder import Finder

_MEMORY = 64 << 20
"""Octets that an automaton may take. It starts anew when they are full, and never gives up."""


class Gate:
    """Which finders a text is for."""

    def __init__(self, finders: Sequence[Finder]) -> None:
        self._finders = tuple(finders)
        self._any = _automata([p for f in finders for p in f.gate])
        self._each = tuple(_automata(f.gate) for f in finders)

    def asked(self, folded: str) -> tuple[Finder, ...]:
        """The finders that have to look at this text, in their order."""
        octets = folded.encode("utf-8", "replace")
        if not _fits(self._any, octets):
            return ()
        return tuple(
            finder
            for finder, own in zip(self._finders, self._each, strict=True)
            if _fits(own, octets)
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
