"""Patterns over raw text in linear time: RE2, typed, and never raising on what a text holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, cast

import re2


class Match(Protocol):
    """One find."""

    def start(self, group: int = 0) -> int: ...
    def end(self, group: int = 0) -> int: ...
    def group(self, group: int = 0) -> str: ...


class Pattern(Protocol):
    """A compiled RE2 pattern; offsets are in characters."""

    def search(self, text: str, pos: int = ..., endpos: int = ...) -> Match | None: ...
    def match(self, text: str, pos: int = ..., endpos: int = ...) -> Match | None: ...
    def finditer(self, text: str) -> Iterator[Match]: ...


_MEMORY = 64 << 20
"""Octets for one pattern's program and states: with too few of them RE2 is right, but slow."""


def compiled(pattern: str) -> Pattern:
    """The pattern, ready to use. Raises ``ValueError`` that shows a pattern with a mistake."""
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    options.never_capture = True
    try:
        return cast(Pattern, re2.compile(pattern, options))
    except re2.error as trouble:
        raise ValueError(f"`{pattern[:200]}` is no RE2 pattern: {trouble}") from None


def quoted(text: str) -> str:
    """A pattern for just that text."""
    return str(re2.escape(text))


def searchable(text: str) -> str:
    """The text as RE2 can take it: half a surrogate pair becomes one question mark."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text
