"""N1: somebody's name on a social site, in a chat or in a game, that is not registered.

``insta: coach.sam``, ``@coach_sam`` where a site is spoken of, ``I'm there as Sam Fenn``. A name
with nothing around it that tells of a site is only possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from ..finder import Finder, Window
from ..known import Known
from ..matching import Pattern, compiled
from ..platform_names import named, names, of_kind, words
from ..sighting import Confidence, Sighting, Type
from ..wording import spelt_out
from ..wordlists import Platform, every_platform, phrases
from .cues import cue
from .profiles import official
from .squeezed import GATE as SQUEEZED
from .squeezed import squeezed

_KINDS = ("social", "instant_messaging", "video", "game")
_MARKED = compiled(r"(?:\A|[^a-z0-9@./_+-])@ ?[a-z0-9_][a-z0-9._-]{1,38}[a-z0-9_](?:#\d{4})?")
_TELLING = compiled(
    r"\b[a-z0-9][a-z0-9-]*[._#][a-z0-9._#-]*[a-z0-9]\b_?|\b[a-z]{3,}-?[a-z-]*[0-9]{1,6}[a-z0-9]*\b"
    r"|\b[a-z]+-[a-z]+-[a-z0-9]+\b|\b[a-z]{8,30}\b"
)
_NAMED = re.compile(
    r"[\"'(]?(?-i:(?:Dr|Mr|Mrs|Ms|Miss|[A-Z][\w'-]+)(?: (?:[A-Z][\w'-]*|\([\w ]{2,20}\)|O'|[A-Z]\b)){1,3})[\"')]?"
)
_GLUE = re.compile(
    r"[\s:=>\"'(*,-]*(?:(?:'s|is|its|it's|at|as|under|called|name|names|user|username|user name|"
    r"handle|id|tag|account|acc|gamertag|tho|too|i'm|im|i am|add|@|mine|me|my|one|t)\b[\s:=>\"'(*,?-]*){0,4}"
)
_THERE = re.compile(r"[ \"')]{0,2}(?:on|over on|at|via)(?: (?:there|it|that|my|the|both|all|every))?\b")
_ITSELF = re.compile(r"(?:on there|on it|there|on all of them|on everything|on socials)\b")
_BEFORE, _AFTER, _NEAR = 150, 70, 28
_BREAK = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """What may be a name on a site."""

    start: int
    end: int
    text: str
    marked: bool
    """It has an ``@``."""
    telling: bool
    """No ordinary word looks so."""


@cache
def _platforms() -> tuple[Platform, ...]:
    return of_kind(every_platform(), *_KINDS)


@cache
def _platform() -> Pattern:
    known = _platforms()
    return compiled(rf"\b(?:{names(known)}|{words(known)}|{_others()})(?:'s|s)?\b")


def _others() -> str:
    return "|".join(spelt_out(row.pattern, {}) for row in phrases("other_sites"))


def find(window: Window, known: Known) -> Iterator[Sighting]:
    joined = squeezed(window.folded)
    for view in (window,) if joined is None else (window, replace(window, folded=joined)):
        said = [(m.start(), m.end()) for m in _platform().finditer(view.text)]
        for name in _names(view):
            sighting = _look(view, known, name, said)
            if sighting is not None:
                yield sighting


def _names(window: Window) -> Iterator[Name]:
    text = window.text
    for match in _MARKED.finditer(text):
        start = text.index("@", match.start())
        name = text[start + 1 : match.end()].strip()
        spaced = text[start + 1 : start + 2] == " "
        if spaced and not re.search(r"[._\d]", name):
            continue
        telling = re.search(r"[._#]|\d", name) is not None
        if re.search(r"[a-z]", name) and not re.match(r"\d{1,2}(?:[.:]\d\d)?(?:am|pm)?$", name):
            yield Name(start=start, end=match.end(), text=name, marked=True, telling=telling)
    for match in _TELLING.finditer(text):
        start, end = match.start(), match.end()
        if text[start - 1 : start] in ("@", "/", ".", "_") or text[end : end + 1] in ("@", "/"):
            continue
        if text[max(0, start - 2) : start] == "/ " or _MAILED.match(text, end):
            continue
        name = text[start:end].rstrip(".-")
        if _no_name(name):
            continue
        telling = re.search(r"[_#]|[a-z]\d|[a-z]\.[a-z]|-.*-", name) is not None
        yield Name(start=start, end=start + len(name), text=name, marked=False, telling=telling)
    yield from _people(window)


def _no_name(name: str) -> bool:
    """A file, a site, an abbreviation, a unit."""
    if not re.search(r"[a-z]{2}", name) or re.match(r"\d", name):
        return True
    if re.search(r"\.(?:com|co|uk|org|net|example|test|pdf|docx?|xlsx?|jpe?g|png|mp[34])$", name):
        return True
    word = cue("no_handle").match(name)
    return word is not None and word.end() == len(name)


def _people(window: Window) -> Iterator[Name]:
    """``You'll find me under Sam Fenn``: a name as people have it, which only a cue tells."""
    text = window.text
    sited = (m for m in _platform().finditer(text) if text[m.end() : m.end() + 1] in ("?", ":"))
    for match in chain(_UNDER.finditer(text), sited):
        start = match.end()
        while text[start : start + 1] in ("?", ":", " "):
            start += 1
        if window.folded.places is not None:
            continue
        original = window.folded.seen(start, min(len(text), start + 60))
        found = _NAMED.match(original)
        if found is not None:
            end = start + found.end()
            bare = text[start:end].strip("\"'()")
            yield Name(start=start, end=end, text=bare, marked=False, telling=True)


_MAILED = re.compile(
    r" ?(?:@|[\[({<*_~|-] ?(?:at|@|a) ?[\])}>*_~|-]| at [a-z0-9 -]{2,30}?(?: dot |\.[a-z]| ?[\[(]))"
)
"""What follows the first part of a mail address."""
_UNDER = compiled(
    r"\b(?:(?:find|look|search|follow|add|get|see)[a-z' ]{0,20}\bme[a-z' ]{0,16} (?:under|as|by the name|called)"
    r"|(?:i'm|im|i am|it's|we're) (?:there |on [a-z]+ |on there |under |listed )*(?:as|under|called)"
    r"|under(?: the name)?|called) "
)


def _look(window: Window, known: Known, name: Name, said: list[tuple[int, int]]) -> Sighting | None:
    text = window.text
    before = _BREAK.split(text[max(0, name.start - _BEFORE) : name.start])[-1]
    after = _BREAK.split(text[name.end : name.end + _AFTER])[0]
    near = [
        (s, e)
        for s, e in said
        if name.start - len(before) <= s and e <= name.end + len(after)
        and not (s < name.end and name.start < e)
    ]
    platform = _platform_beside(text, name, near)
    sure = _sure(text, name, before, after, near)
    if sure is None:
        return None
    plain = name.text.strip(".")
    understood = f"{platform.id}:{plain}" if platform else f"@{plain}"
    own = known.own.profiles
    if understood in own or (platform is None and _anywhere(plain, own)):
        return window.see(
            Type.HANDLE, name.start, name.end, understood, Confidence.CERTAIN, own=True
        )
    if _registered(plain, platform, known):
        return None
    return window.see(Type.HANDLE, name.start, name.end, understood, sure)


def _anywhere(name: str, profiles: object) -> bool:
    return any(p.rpartition(":")[2] == name for p in profiles)  # type: ignore[attr-defined]


def _registered(name: str, platform: Platform | None, known: Known) -> bool:
    for of in (known.ours, known.theirs):
        if platform is not None and f"{platform.id}:{name}" in of.profiles:
            return True
        if platform is None and _anywhere(name, of.profiles):
            return True
    return False


def _platform_beside(
    text: str, name: Name, near: list[tuple[int, int]]
) -> Platform | None:
    """The platform that is spoken of nearest to the name."""
    closest = sorted(near, key=lambda s: min(abs(name.start - s[1]), abs(s[0] - name.end)))
    for start, end in closest:
        found = named(text[start:end], _platforms())
        if found is not None:
            return found
    return None


def _sure(
    text: str, name: Name, before: str, after: str, near: list[tuple[int, int]]
) -> Confidence | None:
    beside = any(
        (e <= name.start and _GLUE.fullmatch(text, e, name.start) is not None)
        or (name.end <= s and _THERE.match(text, name.end) is not None and s - name.end < 16)
        for s, e in near
    )
    mine = _mine(before[-_NEAR:]) or _ITSELF.search(after[:24]) is not None
    public = official(name.text)
    if not name.telling and not name.marked:
        return _plain_word(text, name, before, near)
    if name.marked:
        if beside or (near and (mine or not public)) or (mine and not public):
            return Confidence.LIKELY if public else Confidence.CERTAIN
        if "_" in name.text and not public:
            return Confidence.LIKELY
        return Confidence.POSSIBLE if name.telling or near else None
    if beside and not public:
        return Confidence.CERTAIN
    account = "_" in name.text or "#" in name.text
    if near and not public and _dotted(name.text, before):
        return Confidence.LIKELY
    if (account and (near or mine)) or (near and cue("handle_name").search(before[-60:])):
        return Confidence.LIKELY
    if near and mine:
        return Confidence.LIKELY
    if mine and _ITSELF.search(after[:24]):
        return Confidence.LIKELY
    return None


def _dotted(name: str, before: str) -> bool:
    """``my bakes, sorcha.bakes``: no full stop with its blank forgotten."""
    if not re.fullmatch(r"[a-z0-9]{2,}(?:\.[a-z0-9]{2,}){1,4}", name):
        return False
    said = re.search(r"\b(?:my|i've|i|mine|me|i'm)\b", before[-90:]) is not None
    return name.count(".") > 1 or (said and re.search(r"[,:(-] ?$", before) is not None)


def _mine(before: str) -> bool:
    """Whether the words right before it tell the writer's name."""
    told = [m.end() for m in cue("handle_own").finditer(before)]
    return bool(told) and re.fullmatch(r"[\s:=>\"'(*,?@-]*", before[told[-1] :]) is not None


def _plain_word(
    text: str, name: Name, before: str, near: list[tuple[int, int]]
) -> Confidence | None:
    """A name of letters only, ``insta: samcoach``: only where nothing else can stand."""
    if near and _SEARCHED.search(before) and _INTO.match(text, name.end):
        return Confidence.LIKELY
    if near and re.search(r"\bsame (?:user ?)?name\b[^.!?]{0,20}: ?$", before):
        return Confidence.LIKELY
    if _CLOSED.match(text, name.end) is None:
        return None
    for start, end in near:
        if end <= name.start:
            between = text[end : name.start]
            led = re.search(r"\b(?:my|mi|me|add me on|follow me on|on)\s*$", text[max(0, start - 16) : start])
            if re.fullmatch(r"(?: (?:name|handle|username|user name|tag|id))?(?: is| its| it's|:| :| =| -)+ ?", between) and (
                led or ":" in between or "=" in between
            ):
                return Confidence.LIKELY
    return None


_SEARCHED = re.compile(r"\b(?:type|search|search for|look up|look for|put|enter|google)(?: in)? ?$")
_INTO = re.compile(r" (?:in|into|on|in to) ")
_CLOSED = re.compile(r" ?(?:\Z|[.,;!?)\n]|x+\b|if\b|and\b|or\b|on\b)")

FINDER = Finder(
    name="handle",
    types=frozenset({Type.HANDLE}),
    gate=(
        r"(?:\A|[^a-z0-9@./_+-])@ ?[a-z0-9_]",
        rf"\b(?:{names(_platforms())}|{_others()}|user ?name|handle)",
        rf"\b(?:{words(_platforms())})(?:'s|s)?[\s:=>(-]{{1,4}}@?[a-z0-9]+[._0-9-]",
        rf"\b(?:{words(_platforms())})(?:'s|s)?(?: [a-z]+)?(?: is| its| it's|:| :| =| -) ?[a-z0-9]",
        r"[a-z0-9][._#][a-z0-9]+[^\n]{0,20}\bon there\b",
        r"[a-z0-9]_[a-z0-9]",
        *SQUEEZED,
    ),
    find=find,
)
