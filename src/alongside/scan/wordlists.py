"""The reader's word lists: which platforms there are, from what age, and what people say of them.

The lists are TOML files in ``words/``: ``platforms.toml``, and a folder of phrases for each
language (``words/en_GB/game.toml``). They are read strictly: a key too many or too few is an
error that names file and row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from . import word_rows as rows
from .sighting import Confidence
from .word_rows import InvalidWordList

_WORDS = files("alongside.scan") / "words"
_SHARED = "shared"
"""The file of a language whose ``[let]`` every list of that language may use."""

_NO_LET: Mapping[str, str] = MappingProxyType({})

KINDS = frozenset(
    {"instant_messaging", "social", "image_store", "file_store", "game", "video", "site_builder"}
)
"""What a platform is for; a site's own direct messages are social, not instant messaging."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """From ``since`` on one must be ``years`` old to have an account."""

    years: int
    since: date
    source: str
    expected: bool = False
    """Announced, but the day is not fixed by law yet."""


# One object for each row, so that to compare and to look up is quick.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Platform:
    """A service on which people meet, talk, play, or keep pictures or pages."""

    id: str
    """How sightings name it: ``whatsapp``."""
    kinds: tuple[str, ...]
    """Of ``KINDS``; the first is what it is known for."""
    names: tuple[str, ...]
    """As people say and misspell it, in small letters; none is an ordinary word."""
    words: tuple[str, ...]
    """Names that are ordinary words too (``signal``): they count beside a cue only."""
    loose: tuple[str, ...]
    """Names recognised with signs and blanks between or for letters (``w h a t s @ p p``)."""
    domains: tuple[str, ...]
    """Its own, without ``www.``; subdomains count with them."""
    invites: tuple[str, ...]
    """Beginnings of links that open a talk or join a group: ``wa.me/``, ``t.me/``."""
    ages: tuple[Age, ...]
    """Oldest first; none: open to all."""
    since: date
    until: date | None
    """The first day on which it was no more."""

    @property
    def kind(self) -> str:
        return self.kinds[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One way of saying something, as a pattern over folded text.

    In a pattern a blank stands for blanks and marks between two words, an apostrophe for one that
    may be missing, ``<name>`` for what ``[let]`` says or for the names of platforms, and ``<3>``
    for up to three words (see ``wording``).
    """

    name: str
    """Of the row, unique in its list."""
    language: str
    pattern: str
    confidence: Confidence
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    """``not`` in the file: texts that the row must leave alone."""
    needs: str
    """A pattern that must stand in the same sentence too; empty: nothing."""
    unless: str
    """A pattern that must not stand in the same sentence; empty: nothing."""
    negatable: bool
    """Whether "not", "never" before it, or a rule quoted around it, take it away."""


def platforms(today: date) -> tuple[Platform, ...]:
    """The platforms that there are on that day."""
    return tuple(
        p for p in every_platform() if p.since <= today and (p.until is None or today < p.until)
    )


@cache
def every_platform() -> tuple[Platform, ...]:
    """The platforms of all times, for gates. Raises ``InvalidWordList``."""
    return read_platforms((_WORDS / "platforms.toml").read_text("utf-8"), "platforms.toml")


def minimum_age(platform: Platform, today: date) -> int | None:
    """How old one must be on that day for an account, in years; none: no limit is known."""
    ages = [age.years for age in platform.ages if age.since <= today]
    return ages[-1] if ages else None


@cache
def phrases(name: str) -> tuple[Phrase, ...]:
    """The rows of that list, in every language that has it. Raises ``InvalidWordList``."""
    found = [
        phrase
        for folder in _languages()
        if (file := folder / f"{name}.toml").is_file()
        for phrase in read_phrases(
            file.read_text("utf-8"), f"{folder.name}/{name}.toml", folder.name, _shared(folder)
        )
    ]
    if not found:
        raise InvalidWordList(f"no language has a list `{name}.toml`; add it under `words`")
    return tuple(found)


@cache
def gate(name: str) -> tuple[str, ...]:
    """What lets a text through to the rows of that list, in every language that has it."""
    found: list[str] = []
    for folder in _languages():
        file, where = folder / f"{name}.toml", f"{folder.name}/{name}.toml"
        if file.is_file():
            found += rows.texts(rows.table(file.read_text("utf-8"), where), "gate", where)
    return tuple(found)


def languages() -> tuple[str, ...]:
    """The languages that there are lists of."""
    return tuple(folder.name for folder in _languages())


def _languages() -> list[Traversable]:
    return sorted((f for f in _WORDS.iterdir() if f.is_dir()), key=lambda f: f.name)


def _shared(folder: Traversable) -> Mapping[str, str]:
    file = folder / f"{_SHARED}.toml"
    if not file.is_file():
        return {}
    where = f"{folder.name}/{_SHARED}.toml"
    table = rows.table(file.read_text("utf-8"), where)
    rows.only(table, {"let"}, set(), where)
    return _let(table, where)


def read_platforms(text: str, where: str) -> tuple[Platform, ...]:
    """The platforms of a file. Raises ``InvalidWordList``."""
    table = rows.table(text, where)
    rows.only(table, {"platform"}, set(), where)
    found = tuple(
        _platform(row, f"{where}: platform {n}") for n, row in enumerate(table["platform"], start=1)
    )
    rows.unique([p.id for p in found], "id", where)
    return found


def _platform(row: Mapping[str, Any], where: str) -> Platform:
    where = f"{where} `{row.get('id', '?')}`"
    rows.only(
        row,
        {"id", "kinds", "from"},
        {"names", "words", "loose", "domains", "invites", "until", "ages"},
        where,
    )
    kinds = rows.texts(row, "kinds", where)
    if not kinds or not KINDS.issuperset(kinds):
        raise InvalidWordList(f"{where}: `kinds` must be of {', '.join(sorted(KINDS))}")
    ages = tuple(_age(age, where) for age in row.get("ages", ()))
    if list(ages) != sorted(ages, key=lambda age: age.since):
        raise InvalidWordList(f"{where}: `ages` must stand in order, the oldest row first")
    for key in ("names", "words", "loose", "domains", "invites"):
        wrong = [t for t in rows.texts(row, key, where) if t != t.strip().lower()]
        if wrong:
            raise InvalidWordList(f"{where}: `{key}`: `{wrong[0]}` must be in small letters")
    return Platform(
        id=rows.text(row, "id", where),
        kinds=kinds,
        names=rows.texts(row, "names", where),
        words=rows.texts(row, "words", where),
        loose=rows.texts(row, "loose", where),
        domains=rows.texts(row, "domains", where),
        invites=rows.texts(row, "invites", where),
        ages=ages,
        since=rows.day(row, "from", where),
        until=rows.day(row, "until", where) if "until" in row else None,
    )


def _age(row: Mapping[str, Any], where: str) -> Age:
    where = f"{where}: a row of `ages`"
    rows.only(row, {"years", "from", "source"}, {"expected"}, where)
    if not isinstance(row["years"], int) or not 0 < row["years"] < 100:
        raise InvalidWordList(f"{where}: `years` must be a whole number of years")
    return Age(
        years=row["years"],
        since=rows.day(row, "from", where),
        source=rows.text(row, "source", where),
        expected=rows.flag(row, "expected", False, where),
    )


def read_phrases(
    text: str, where: str, language: str, shared: Mapping[str, str]
) -> tuple[Phrase, ...]:
    """The phrases of a file, with the ``[let]`` of file and language put in.

    Raises ``InvalidWordList``.
    """
    table = rows.table(text, where)
    rows.only(table, {"phrase"}, {"let", "gate"}, where)
    let = _let(table, where, shared)
    found = tuple(
        _phrase(row, language, let, f"{where}: phrase {n}")
        for n, row in enumerate(table["phrase"], start=1)
    )
    rows.unique([p.name for p in found], "name", where)
    return found


def _phrase(row: Mapping[str, Any], language: str, let: Mapping[str, str], where: str) -> Phrase:
    where = f"{where} `{row.get('name', '?')}`"
    rows.only(
        row,
        {"name", "pattern", "confidence", "examples", "not"},
        {"needs", "unless", "negatable"},
        where,
    )
    word = rows.text(row, "confidence", where).upper()
    if word not in Confidence.__members__:
        raise InvalidWordList(f"{where}: `confidence` must be possible, likely or certain")
    if not rows.texts(row, "examples", where):
        raise InvalidWordList(f"{where}: `examples` must hold at least one text")
    return Phrase(
        name=rows.text(row, "name", where),
        language=language,
        pattern=_put_in(rows.text(row, "pattern", where), let),
        confidence=Confidence[word],
        examples=rows.texts(row, "examples", where),
        counterexamples=rows.texts(row, "not", where),
        needs=_put_in(rows.text(row, "needs", where), let) if "needs" in row else "",
        unless=_put_in(rows.text(row, "unless", where), let) if "unless" in row else "",
        negatable=rows.flag(row, "negatable", True, where),
    )


def _let(
    table: Mapping[str, Any], where: str, shared: Mapping[str, str] = _NO_LET
) -> Mapping[str, str]:
    """The named parts of patterns; each may use those above it."""
    done = dict(shared)
    for key in table.get("let", {}):
        done[key] = f"(?:{_put_in(rows.text(table['let'], key, f'{where}: let'), done)})"
    return done


def _put_in(pattern: str, let: Mapping[str, str]) -> str:
    for key, meaning in let.items():
        pattern = pattern.replace(f"<{key}>", meaning)
    return pattern
