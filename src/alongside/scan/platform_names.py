"""What platforms are called, as patterns: names, ordinary words that are names, links to them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from .matching import Pattern, compiled, quoted
from .wordlists import Platform

_LIKE = {
    "a": "[a@4]",
    "e": "[e3]",
    "i": "[i1!]",
    "l": "[l1]",
    "o": "[o0]",
    "s": "[s5$z]",
    "t": "[t7+]",
}
"""Signs that people put for a letter so that a filter doesn't see it."""
_BETWEEN = r"[\s._*~|-]{0,3}"
"""What may stand between the letters of a name that is looked for loosely."""
_NEVER = r"[^\s\S]"
"""Matches nothing: no platform of that kind on that day."""


def of_kind(platforms: Iterable[Platform], *kinds: str) -> tuple[Platform, ...]:
    """Those that are of one of these kinds, be it beside others."""
    return tuple(p for p in platforms if set(kinds) & set(p.kinds))


def names(platforms: Iterable[Platform]) -> str:
    """A pattern for any of their names that is no ordinary word."""
    found = [_loose(name) for p in platforms for name in p.loose]
    found += [_name(name) for p in platforms for name in p.names]
    return _any(found)


def words(platforms: Iterable[Platform]) -> str:
    """A pattern for any of their names that is an ordinary word too."""
    return _any([_name(name) for p in platforms for name in p.words])


def invites(platforms: Iterable[Platform]) -> str:
    """A pattern for links that open a talk or join a group."""
    return _any([_link(link) + r"[^\s<>\"')\]]*" for p in platforms for link in p.invites])


def links(platforms: Iterable[Platform]) -> str:
    """A pattern for any link to one of them."""
    return _any(
        [_link(domain) + r"(?:/[^\s<>\"')\]]*)?" for p in platforms for domain in p.domains]
    )


def named(stretch: str, platforms: Iterable[Platform]) -> Platform | None:
    """Which of them the stretch speaks of, by a name, a link or an ordinary word; the first in
    it wins, and a name goes before a word."""
    asked = tuple(platforms)
    for which in (_by_name, _by_word):
        starts = [
            (match.start(), -(match.end() - match.start()), n)
            for n, platform in enumerate(asked)
            if (match := which(platform).search(stretch))
        ]
        if starts:
            return asked[min(starts)[2]]
    return None


@lru_cache(maxsize=512)
def _by_name(platform: Platform) -> Pattern:
    return compiled(
        rf"\b(?:{names((platform,))})|(?:{links((platform,))})|(?:{invites((platform,))})"
    )


@lru_cache(maxsize=512)
def _by_word(platform: Platform) -> Pattern:
    return compiled(rf"\b(?:{words((platform,))})\b")


def _any(patterns: list[str]) -> str:
    return "|".join(dict.fromkeys(patterns)) or _NEVER


def _name(name: str) -> str:
    """With blanks or hyphens where it has blanks, and an apostrophe that may be missing."""
    return "".join(
        r"[\s_-]{1,3}"
        if c == " "
        else "[_-]{1,2}"
        if c == "-"
        else "['’`´]?"
        if c == "'"
        else quoted(c)
        for c in name
    )


def _loose(name: str) -> str:
    return _BETWEEN.join(_LIKE.get(c, quoted(c)) for c in name)


def _link(link: str) -> str:
    """With its scheme and subdomains, and not within a longer name: ``me.me`` is not ``m.me``."""
    if "://" in link or link.endswith(":"):
        return r"\b" + quoted(link)
    return r"(?:^|[^\w.@/-]|//)(?:[a-z0-9-]+\.){0,3}" + quoted(link)
