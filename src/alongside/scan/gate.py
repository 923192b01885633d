"""The gate: one look at a text says which finders have anything to look for in it.

All finders' gate patterns are one automaton (``re2.Set``) that reads each octet once, however
many patterns there are. Nearly all text that was ever written stops here.
"""

from __future__ import annotations

from collections.abc import Sequence

import re2

from .finder import Finder

_MEMORY = 256 << 20
"""Octets that the automaton may take. It starts anew when they are full, and never gives up."""


class Gate:
    """Which finders a text is for."""

    def __init__(self, finders: Sequence[Finder]) -> None:
        options = re2.Options()
        options.max_mem = _MEMORY
        options.log_errors = False
        options.never_capture = True
        self._set = re2.Set.SearchSet(options)
        self._finder_of: list[int] = []
        for at, finder in enumerate(finders):
            for pattern in finder.gate:
                self._set.Add(pattern)
                self._finder_of.append(at)
        self._set.Compile()
        self._finders = tuple(finders)

    def asked(self, folded: str) -> tuple[Finder, ...]:
        """The finders that have to look at this text, in their order."""
        matched = self._set.Match(folded.encode())
        if not matched:
            return ()
        asked = {self._finder_of[n] for n in matched}
        return tuple(self._finders[at] for at in sorted(asked))
