"""What may be somebody's name on a site: an ``@``, an underscore, a name after a cue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from ..finder import Window
from ..matching import Pattern, compiled
from ..platform_names import names, of_kind, words
from ..wording import spelt_out
from ..wordlists import Platform, every_platform, phrases
from .cues import cue
from .profiles import official

_KINDS = ("social", "instant_messaging", "video", "game")
_MARKED = compiled(r"(?:\A|[^a-z0-9@./_+-])@ ?[a-z0-9_][a-z0-9._-]{1,38}[a-z0-9_](?:#\d{4})?")
_TELLING = compiled(
    r"\b[a-z0-9][a-z0-9-]*[._#][a-z0-9._#-]*[a-z0-9]\b_?"
    r"|\b[a-z]{3,}-?[a-z-]*[0-9]{1,6}[a-z0-9]*\b"
    r"|\b(?:[a-z]-){4,20}[a-z0-9]\b|\b[a-z]+-[a-z]+-[a-z0-9]+\b|\bu/[a-z0-9_-]{3,20}\b"
)
_WORD = re.compile(r"(?<![a-z0-9])[a-z][a-z0-9]{3,29}(?![a-z0-9_/@-]|\.[a-z0-9])")
_CASED = re.compile(
    r"[\"'(]?(?:Dr|Mr|Mrs|Ms|Miss|[A-Z][\w'-]+)"
    r"(?: (?:[A-Z][\w'-]*\.?|\([\w ]{2,20}\)|[A-Z]\b)){1,3}[\"')]?"
)
_MAILED = re.compile(
    r" ?(?:@|[\[({<*_~|-] ?(?:at|@|a) ?[\])}>*_~|-]"
    r"| at [a-z0-9 -]{2,30}?(?: dot |\.[a-z]| ?[\[(]))"
)
"""What follows the first part of a mail address."""
_OWN = compiled(r"\b(?:i'm|i am|me as|known as|called|name's|name(?: on it| on there| there)? is) ")
_UNDER = compiled(
    r"\b(?:(?:find|look|search|follow|add|get|see)[a-z' ]{0,20}\bme[a-z' ]{0,16}"
    r" (?:under|as|by the name|called)"
    r"|(?:i'm|im|i am|i appear|i go|i'm known|it's me)(?: there| on [a-z]+| on there| under|"
    r" listed|"
    r" known| down)* (?:as|under|called|by)"
    r"|(?:channel|page|profile|account)(?:'s| is) (?:called|named|under|just)"
    r"|under(?: the name)?|my (?:account|profile|name)(?:'s| is)(?: there)?) [\"']?"
)
_CAMEL = re.compile(
    r"(?<![\w@/.-])(?!Mc|Mac|You|Tik|Whats|Face|Linked|Snap|Insta|Play|Go|Pay|Park)"
    r"[A-Za-z]{2,}[a-z][A-Z][A-Za-z]+(?:[a-z]|\d{1,4}|X)(?![\w@/.-]*[\w@/])"
)
_CAMEL_LED = re.compile(
    r"(?:\b(?:i'm|im|i am|it's|its|name's|name is|nickname is|is|called|as|add|find|there|late)|"
    r"[:,])"
    r"[ ,#\"'(]{1,3}$"
)
"""Capitals within a word, after what tells one's name: ``it's PurlyQueenOfLeith``."""
_OWNED = re.compile(r"\b(?:my|mine|me|i|i'm|im|i've|she|he|add|find)\b")
_TEAMS = re.compile(r"\b(?:teams?|tables?|squads?|crews?|boats?|club|firm|company|brand)\b")
_PAGE = re.compile(r"^(?:channel|page|profile|account)")
_THEIRS = re.compile(r"\b(?:our|the|their|official|club)(?:'s)?[^.!?]{0,8}$")
_SENT_FROM = compiled(
    r"\b(?:request|message|friend|invite|add|comment|note|it|it's|its)[a-z' ]{0,20},? (?:it's |"
    r"its |is |"
    r"came |comes |coming |will be |be )*from "
)
"""Before the writer's name on a site: "I sent you a request, it's from Sam Fenn"."""
_BY_ME = re.compile(r"\b(?:me|mine|i|i've|i'll|my)\b|\bsent you\b")
_I_AM = compiled(r"\b(?:i'm|im|i am|it's|its|as|under|called|name's|name is) ")
_ON_THERE = re.compile(r",? (?:on|over) (?:there|it|that|here)\b")
_PERSON_ON = compiled(r"\b(?:search(?: for)?|look up|look for|find|i'm|i am|me,) ")
"""Before a name that is followed by "on" and a site."""
_SITE_LEADS = re.compile(
    r"(?:(?: name| page| profile| account| one)?(?:,? (?:is called|is named|is just|i'm|im|i am|"
    r"it's|its|is|it's under|under|"
    r"as|"
    r"called|name is|named) |'s |[,.]? (?:just |so )?(?:search|look|type|find|add)(?: for| up| in|"
    r" me)* "
    r"(?:as |under )?)|(?P<colon>(?: name)? ?[:=?-]+ | me ?[,:-]+ )|(?P<comma>, | \())"
)
_FIND_ME = re.compile(r"\b(?:find|add|look|search|follow|friend)\b[^.!?]{0,24}\bme\b")
_ENGLISH = re.compile(
    r"(?:ing|ings|tion|tions|ment|ments|ly|ed|ers?|ies|ness|able|ible|ful|less|ship|ships|ance|"
    r"ence|"
    r"ally|ity|ous|ive|ised|ists?|isms?|graphs?|graphy|phone|ways?|where|body|thing|things|selves|"
    r"friendly|based|time|days?|nights?|book|ball|board|coach|chairs?|tube|gram|chat|ances|ences|"
    r"ations|ities)$"
)
_COUNTED = re.compile(
    r"(?:under|over|covid|formula|page|lane|part|day|year|class|stage|group|pool|team|court|hall|"
    r"room|"
    r"grade|level|week|round|heat|top|last|first|next|all|ages?|sub|bus|stand|platform|gate|door|"
    r"unit|type|section|rule|step|item|no|mon|tue|wed|thu|fri|sat|sun)-?\d+[a-z]{0,2}$"
)
_FILE_OR_SITE = re.compile(
    r"\.(?:com|co|uk|org|net|example|test|pdf|docx?|xlsx?|csv|odt|pptx?|txt|html?|zip|gpx"
    r"|jpe?g|png|gif|heic|mp[34]|m4a|mov)$"
)
_TALKED = re.compile(r"[.](?:and|she|he|who|so|but|i|you|we|they|it|is|then|if)$")
"""``Dot and she``, put together as if "dot" were meant."""
_LONG = 11
"""Letters of a word that is hardly an English one, if it doesn't end as those do."""
_NEAR = 40


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
    told: bool = False
    """The words around it say that it is the writer's name there."""
    odd: bool = False
    """Letters only, but no ordinary word: ``CoachMandy``, ``sianhollisruns``."""


@cache
def sites() -> tuple[Platform, ...]:
    """Platforms on which one has a name."""
    return of_kind(every_platform(), *_KINDS)


@cache
def site() -> Pattern:
    """Any of their names, and of sites that the list of platforms doesn't hold."""
    known = sites()
    return compiled(rf"\b(?:{names(known)}|{words(known)}|{others()})(?:'s|s)?\b")


def others() -> str:
    """Sites that the list of platforms doesn't hold, as a pattern."""
    return "|".join(spelt_out(row.pattern, {}) for row in phrases("other_sites"))


def may_be_names(window: Window, said: list[tuple[int, int]]) -> Iterator[Name]:
    """Every name that may be one, each once; ``said``: where sites are spoken of."""
    text = window.text
    seen: set[tuple[int, int]] = set()
    around = [(max(0, s - _NEAR), min(len(text), e + _NEAR)) for s, e in said]
    around += [(m.end(), min(len(text), m.end() + _NEAR)) for m in _OWN.finditer(text) if said]
    plain = (_plain(window, first, last) for first, last in around)
    told = _camel(window) if said else ()
    for name in chain(told, _marked(text), _telling(text), _people(window, said), *plain):
        if (name.start, name.end) not in seen:
            seen.add((name.start, name.end))
            yield name


def _marked(text: str) -> Iterator[Name]:
    for match in _MARKED.finditer(text):
        start = text.index("@", match.start())
        name = text[start + 1 : match.end()].strip()
        spaced = text[start + 1 : start + 2] == " "
        if spaced and not re.search(r"[._\d]", name):
            continue
        telling = re.search(r"[._#]|\d", name) is not None
        if re.search(r"[a-z]", name) and not re.match(r"\d{1,2}(?:[.:]\d\d)?(?:am|pm)?$", name):
            yield Name(start=start, end=match.end(), text=name, marked=True, telling=telling)


def _telling(text: str) -> Iterator[Name]:
    for match in _TELLING.finditer(text):
        start, end = match.start(), match.end()
        if text[start - 1 : start] in ("@", "/", ".", "_", "?", "&") or text[end : end + 1] in (
            "@",
            "/",
        ):
            continue
        if text[max(0, start - 2) : start] == "/ " or _MAILED.match(text, end):
            continue
        name = text[start:end].rstrip(".-")
        if _no_name(name):
            continue
        telling = re.search(r"[_#]|[a-z]-?\d|[a-z]\.[a-z]|-.*-|^u/", name) is not None
        yield Name(start=start, end=start + len(name), text=name, marked=False, telling=telling)


def _camel(window: Window) -> Iterator[Name]:
    """``it's PurlyQueenOfLeith`` where a site is spoken of."""
    text = window.text
    seen = window.folded.seen(0, len(text))
    if len(seen) != len(text):
        return
    for match in _CAMEL.finditer(seen):
        before = text[max(0, match.start() - 90) : match.start()]
        if _CAMEL_LED.search(before) and _OWNED.search(before) and not _TEAMS.search(before):
            start, end = match.span()
            yield Name(
                start=start, end=end, text=text[start:end], marked=False, telling=True, told=True
            )


def _plain(window: Window, first: int, last: int) -> Iterator[Name]:
    """Words near a site that may be names: no more than words."""
    text = window.text
    for match in _WORD.finditer(text, first, last):
        start, end = match.span()
        lead = text[start - 1 : start]
        if (lead.isspace() or lead in ":=-\"'(") and not _no_name(match[0]):
            odd = _odd(match[0], window.folded.seen(start, end))
            yield Name(start=start, end=end, text=match[0], marked=False, telling=False, odd=odd)


def _odd(word: str, seen: str) -> bool:
    """Whether hardly any English word looks so."""
    if re.search(r"[a-z][A-Z]", seen):
        return True
    if re.match(r"(?:coach|mister|miss|the ?real|its|im|big|lil|little|sir)[a-z]{3,}", word):
        return _ENGLISH.search(word) is None
    return len(word) >= _LONG and _ENGLISH.search(word) is None


def _no_name(name: str) -> bool:
    """A file, a site, an abbreviation, a unit."""
    if not re.search(r"[a-z]{2}", name) or re.match(r"\d", name) or _COUNTED.match(name):
        return True
    if _FILE_OR_SITE.search(name):
        return True
    if _TALKED.search(name):
        return True
    word = cue("no_handle").match(name)
    return word is not None and word.end() == len(name)


def _people(window: Window, said: list[tuple[int, int]]) -> Iterator[Name]:
    """``You'll find me under Sam Fenn``: a name as people have it, which only a cue tells."""
    text = window.text
    for match in _UNDER.finditer(text):
        name = _cased(window, match.end())
        if name is not None and not (_PAGE.search(match.group(0)) and _known_as(name.text)):
            yield name
    for start, end in said:
        led = _SITE_LEADS.match(text, end)
        if led is None or (led["comma"] and not _FIND_ME.search(text[max(0, end - 50) : end])):
            continue
        name = _cased(window, led.end())
        if name is None or (led["colon"] and not _person(name.text)):
            continue
        if not (_known_as(name.text) and _THEIRS.search(text[max(0, start - 16) : start])):
            yield name
    yield from _told_there(window, said)
    sited = {start for start, _ in said}
    for match in _PERSON_ON.finditer(text):
        name = _cased(window, match.end())
        if name is None or _known_as(name.text):
            continue
        on = re.match(r",? (?:also |just |over )?on ", text[name.end : name.end + 16])
        if on and name.end + on.end() in sited:
            yield name


def _told_there(window: Window, said: list[tuple[int, int]]) -> Iterator[Name]:
    """``I'm Shona Laird on there``, ``a request on Facebook, it's from Jaz Moon, that's me``."""
    text = window.text
    for match in _I_AM.finditer(text):
        name = _cased(window, match.end())
        if name is not None and _ON_THERE.match(text, name.end) and not _known_as(name.text):
            yield replace(name, told=True)
    for match in _SENT_FROM.finditer(text):
        name = _cased(window, match.end())
        if name is None or not _person(name.text):
            continue
        around = text[max(0, match.start() - _NEAR) : match.end()] + text[name.end :][:_NEAR]
        near = any(abs(start - match.start()) < 2 * _NEAR for start, _ in said)
        if near and _BY_ME.search(around.replace(name.text, "")):
            yield replace(name, told=True)


def _known_as(name: str) -> bool:
    """Whether an organisation is called so."""
    return official(name.replace(" ", ""))


def _person(name: str) -> bool:
    """Whether it may be somebody's name, and is not an organisation's or what comes next."""
    name = re.sub(r" ?\(.*", "", name)
    words = re.split(r"[ -]", name)
    return not _known_as(name) and not any(
        (word := cue("no_handle").match(w)) is not None and word.end() == len(w) for w in words
    )


def _cased(window: Window, start: int) -> Name | None:
    """A name with capital letters that begins there in the original."""
    end = min(len(window.text), start + 60)
    original = "".join(window.folded.seen(at, at + 1)[:1] for at in range(start, end))
    found = _CASED.match(original)
    if found is None:
        return None
    said = window.text[start : start + found.end()]
    word = cue("no_handle").match(said.strip("\"'("))
    if word is not None and word.end() > 2:
        return None
    bare = said.strip("\"'()")
    return Name(start=start, end=start + found.end(), text=bare, marked=False, telling=True)
