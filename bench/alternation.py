"""The gate's patterns as one alternation of the standard library, as without RE2."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MEANT = {
    r"\pL": r"[^\W\d_]",
    r"\p{L}": r"[^\W\d_]",
    r"\pN": r"\d",
    r"\p{N}": r"\d",
    r"\z": r"\Z",
}
"""What RE2 spells otherwise, outside of a class."""
_UNKNOWN = re.compile(r"\\[pPzCQE]|\[\[:|\\x\{|\(\?[a-zA-Z]*U")
_ESCAPED = re.compile(r"\\(?:p\{L\}|p\{N\}|.)", re.DOTALL)


def alternation(patterns: Iterable[str]) -> re.Pattern[str]:
    """All of them, one after the other between bars. Raises ``ValueError`` that shows a pattern
    which can't be said in the standard library's way."""
    # In RE2 letters, digits, blanks and the ends of words are those of ASCII.
    return re.compile("|".join(f"(?:{translated(p)})" for p in patterns), re.ASCII)


def translated(pattern: str) -> str:
    """One pattern of RE2 as ``re`` writes it. Raises ``ValueError``."""
    out = _ESCAPED.sub(lambda m: _MEANT.get(m[0], m[0]), pattern)
    if (unknown := _UNKNOWN.search(out)) is not None:
        raise ValueError(f"`{unknown[0]}` of the gate's `{pattern[:200]}` is unknown to `re`")
    try:
        re.compile(out, re.ASCII)
    except re.error as error:
        raise ValueError(f"the gate's `{pattern[:200]}` is none for `re`: {error}") from None
    return out
