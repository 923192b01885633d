"""How the patterns of word lists are written, and looking for them in a text.

In a pattern of a list

- a blank stands for whatever stands between two words, line ends and signs too, but for the end
  of a sentence;
- an apostrophe stands for one that may be missing;
- ``<3>`` stands for up to three words and what is before each of them;
- ``<im>`` and so on stand for the names of platforms of that kind on that day; ``<im_word>`` for
  those that are ordinary words too; ``<im_said>`` for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .matching import Pattern, compiled
from .platform_names import names, of_kind, words
from .wordlists import Phrase, Platform, gate, phrases, platforms

BLANK = r"(?:[^a-z0-9.!?;]+)"
_APOSTROPHE = r"['’`´]?"
_WORD = r"[a-z0-9][^\s.!?;,]*"
_KINDS = {
    "im": ("instant_messaging",),
    "social": ("social",),
    "site": ("instant_messaging", "social", "video"),
    "game": ("game",),
}
_COUNT = re.compile(r"<(\d+)>")
_OPEN = re.compile(r"<[a-z_]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A phrase, ready to be looked for."""

    phrase: Phrase
    pattern: Pattern
    needs: Pattern | None
    unless: Pattern | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """A list of phrases, ready to be looked for."""

    every: tuple[Row, ...]
    any: Pattern
    """Matches wherever one of them does: most texts that pass the gate are done with this."""

    def __iter__(self) -> Iterator[Row]:
        return iter(self.every)


@lru_cache(maxsize=256)
def rows(name: str, on: tuple[Platform, ...], young: tuple[Platform, ...] = ()) -> Rows:
    """The list of that name, with the names of these platforms put in; ``young`` are those that
    the readers are too young for. Raises ``ValueError``."""
    called = {**_names(on), **_too_old(young)}
    every = tuple(
        Row(
            phrase=phrase,
            pattern=written(phrase.pattern, called),
            needs=written(phrase.needs, called) if phrase.needs else None,
            unless=written(phrase.unless, called) if phrase.unless else None,
        )
        for phrase in phrases(name)
    )
    together = "|".join(f"(?:{phrase.pattern})" for phrase in phrases(name))
    return Rows(every=every, any=written(together, called))


def gates(name: str) -> tuple[str, ...]:
    """The gate of the list of that name, as RE2 takes it. Raises ``ValueError``."""
    return tuple(spelt_out(pattern, {}) for pattern in gate(name))


@lru_cache(maxsize=64)
def there_are(today: date) -> tuple[Platform, ...]:
    """``platforms``, remembered: one tuple for one set, so that patterns are made once."""
    return _same(platforms(today))


@lru_cache(maxsize=64)
def _same(those: tuple[Platform, ...]) -> tuple[Platform, ...]:
    return those


def written(pattern: str, called: Mapping[str, str]) -> Pattern:
    """A pattern of a list as RE2 takes it. Raises ``ValueError``."""
    return compiled(rf"\b(?:{spelt_out(pattern, called)})")


def spelt_out(pattern: str, called: Mapping[str, str]) -> str:
    """The pattern with everything put in. Raises ``ValueError`` where a name is unknown."""
    pattern = pattern.replace(" ", BLANK).replace("'", _APOSTROPHE)
    pattern = _COUNT.sub(lambda m: f"(?:{BLANK}{_WORD}){{0,{m[1]}}}", pattern)
    for key, meaning in called.items():
        pattern = pattern.replace(f"<{key}>", meaning)
    if unknown := _OPEN.search(pattern):
        raise ValueError(f"`{unknown[0]}` is unknown; write it into `[let]`, or mend its spelling")
    return pattern


def _names(on: tuple[Platform, ...]) -> dict[str, str]:
    out: dict[str, str] = {}
    for key, kinds in _KINDS.items():
        those = of_kind(on, *kinds)
        plain, cued = names(those), words(those)
        out[key] = rf"(?:{plain})(?:'s|s)?\b"
        out[f"{key}_word"] = rf"(?:{cued})\b"
        out[f"{key}_said"] = rf"(?:{plain}|{cued})(?:'s|s)?\b"
        out[f"{key}_verb"] = rf"(?:{plain})"
    return out


def _too_old(young: tuple[Platform, ...]) -> dict[str, str]:
    """To watch a video takes no account, so platforms of videos stand apart."""
    videos = tuple(p for p in young if p.kind == "video")
    others = tuple(p for p in young if p.kind != "video")
    return {
        "young": rf"(?:{names(others)})(?:'s|s)?\b",
        "young_word": rf"(?:{words(others)})\b",
        "young_video": rf"(?:{names(videos)})(?:'s|s)?\b",
    }
