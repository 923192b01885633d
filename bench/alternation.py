"""The gate's patterns as one alternation of the standard library, as without RE2."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ESCAPED = re.compile(r"\\(x\{|.)|\[\[:|\(\?[a-zA-Z]*U", re.DOTALL)
_MEANT = {r"\z": r"\Z", r"\b": r"(?:\b)"}
"""``\\b?`` is allowed in RE2, and in ``re`` only with something around it."""
_UNKNOWN = frozenset({r"\p", r"\P", r"\C", r"\Q", r"\E", r"\x{"})


def alternation(patterns: Iterable[str]) -> re.Pattern[str]:
    """All of them, one after the other between bars. Raises ``ValueError`` that shows a pattern
    which can't be said in the standard library's way."""
    # In RE2 letters, digits, blanks and the ends of words are those of ASCII.
    return re.compile("|".join(f"(?:{translated(p)})" for p in patterns), re.ASCII)


def translated(pattern: str) -> str:
    """One pattern of RE2 as ``re`` writes it. Raises ``ValueError``."""

    def meant(found: re.Match[str]) -> str:
        if found[0] in _UNKNOWN or found[1] is None:
            raise ValueError(f"`{found[0]}` of the gate's `{pattern[:200]}` is unknown to `re`")
        return _MEANT.get(found[0], found[0])

    out = _ESCAPED.sub(meant, pattern)
    try:
        re.compile(out, re.ASCII)
    except re.error as error:
        raise ValueError(f"the gate's `{pattern[:200]}` is none for `re`: {error}") from None
    return out
