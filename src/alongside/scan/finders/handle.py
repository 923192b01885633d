"""N1: somebody's name on a social site, in a chat or in a game, that is not registered.

``insta: coach.sam``, ``@coach_sam`` where a site is spoken of, ``I'm there as Sam Fenn``. A name
with nothing around it that tells of a site is only possible.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from ..finder import Finder, Window
from ..known import Known
from ..platform_names import named
from ..sighting import Confidence, Sighting, Type
from ..wordlists import Platform
from . import handle_cues as by
from .cues import cue
from .first_names import begins_with_one
from .handle_names import Name, may_be_names, others, site, sites
from .profiles import official
from .squeezed import GATE as SQUEEZED
from .squeezed import squeezed

_MARKS = r"[\s:=>\"'(*,?-]*"
_GLUE = re.compile(
    r"[\s:=>\"'(*,?-]*(?:(?:'s|is|its|it's|at|as|under|called|name|names|user|username|user name|"
    r"handle|id|tag|account|acc|gamertag|tho|too|i'm|im|i am|add|@|mine|me|my|one|t|where|which|"
    r"just|now|apparently|i go|by|known|there)\b"
    rf"{_MARKS}){{0,4}}"
)
_FOLLOW = re.compile(r"\b(?:follow|check out|see|official|club|team|them|us|their|watch|tag)\b")
_SELF = re.compile(r"\b(?:me|my|mine|i'm|im|i am)\b")
_ITSELF = re.compile(
    r"(?:on (?:the|my) profile|on there|on it|there|on all(?: of them| the| my)?|on everything|"
    r"on most|on socials|"
    r"everywhere)\b"
)
_CLOSED = re.compile(r" ?(?:\Z|[.,;!?)\n]|x+\b|if\b|and\b|or\b|on\b)")
_IS = re.compile(
    r"(?:\.[a-z]{2,3}\b)?(?: now| too| as well| also)?"
    r"(?: (?:name|handle|username|user name|account|tag|id|channel|page|profile))?"
    r"(?: now| too| as well)?(?:(?: is| its| it's|:| :| =| -)+ ?| )"
)
_LEADS = re.compile(
    r"[\s:=>\"'(*,-]*(?:(?:'s|is|its|it's|as|under|called|name|names|user|username|user name|"
    r"handle|"
    r"id|tag|account|acc|just|also|same|search|for|look up|type|in|i'm|im|i am|add|find|follow|me|"
    r"where|which|there|appear|known|go|by|i|listed|now|still|over|"
    r"my|"
    rf"mine|page|channel|profile)\b{_MARKS}){{1,5}}|(?: name)? ?[:=-]+ ?[\"'(]?"
)
_LED = re.compile(r"\b(?:my|mi|me|add me on|follow me on)\s*$")
"""Who it is, or what to do with it: more than "well done @coach.sam"."""
_SAME = re.compile(r"\bsame (?:user ?)?name\b[^.!?]{0,20}: ?$")
_BEFORE, _AFTER, _NEAR = 150, 70, 28
_BREAK = re.compile(r"\n\s*\n")


def find(window: Window, known: Known) -> Iterator[Sighting]:
    joined = squeezed(window.folded)
    for view in (window,) if joined is None else (window, replace(window, folded=joined)):
        said = [(m.start(), m.end()) for m in site().finditer(view.text)]
        for name in may_be_names(view, said):
            sighting = _look(view, known, name, said)
            if sighting is not None:
                yield sighting


def _look(window: Window, known: Known, name: Name, said: list[tuple[int, int]]) -> Sighting | None:
    text = window.text
    before = _BREAK.split(text[max(0, name.start - _BEFORE) : name.start])[-1]
    after = _BREAK.split(text[name.end : name.end + _AFTER])[0]
    first = bisect_left(said, (name.start - len(before), 0))
    last = bisect_left(said, (name.end + len(after), 0))
    near = [
        (s, e)
        for s, e in said[first:last]
        if e <= name.end + len(after) and not (s < name.end and name.start < e)
    ]
    sure = _sure(text, name, before, after, near)
    if sure is None:
        return None
    platform = _platform_beside(text, name, near)
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


def _anywhere(name: str, profiles: Iterable[str]) -> bool:
    return any(p.rpartition(":")[2] == name for p in profiles)


def _registered(name: str, platform: Platform | None, known: Known) -> bool:
    name = name.replace(" ", "")
    for of in (known.ours, known.theirs):
        if platform is not None and f"{platform.id}:{name}" in of.profiles:
            return True
        if platform is None and _anywhere(name, of.profiles):
            return True
    return False


def _platform_beside(text: str, name: Name, near: list[tuple[int, int]]) -> Platform | None:
    """The platform that is spoken of nearest to the name."""
    closest = sorted(near, key=lambda s: min(abs(name.start - s[1]), abs(s[0] - name.end)))
    for start, end in closest:
        found = _named_by(text[start:end])
        if found is not None:
            return found
    return None


@lru_cache(maxsize=1024)
def _named_by(said: str) -> Platform | None:
    return named(said, sites())


def _sure(
    text: str, name: Name, before: str, after: str, near: list[tuple[int, int]]
) -> Confidence | None:
    beside = any(
        (e <= name.start and _GLUE.fullmatch(text, e, name.start) is not None)
        or (name.end <= s and by.THERE.match(text, name.end) is not None and s - name.end < 16)
        for s, e in near
    )
    mine = _mine(before[-_NEAR:]) or _ITSELF.search(after[:24]) is not None
    mine = mine or by.THATS_ME.match(after) is not None
    if by.EXAMPLE.search(before) or by.NAMELESS.search(name.text) or _a_teams(before[-90:]):
        return None
    public = official(name.text)
    if not name.telling and not name.marked:
        return _plain_word(text, name, before, near)
    if name.marked:
        return _marked(name, before, after, beside=beside, near=bool(near), mine=mine)
    if (
        by.PASSWORD.search(before[-40:])
        or by.PASSWORD.search(after[:12])
        or by.GETS_IN.match(after)
    ):
        return None
    if beside and not public:
        return Confidence.CERTAIN
    if beside and not _FOLLOW.search(before + after):
        return Confidence.LIKELY
    if name.told or _said_to_be_ones_name(name, before, after, near=bool(near), mine=mine):
        return Confidence.LIKELY
    return None


def _a_teams(before: str) -> bool:
    """Whether teams are told by their names."""
    told = by.TEAM_NAMES.search(before)
    return told is not None and _SELF.search(told[0]) is None


def _said_to_be_ones_name(name: Name, before: str, after: str, *, near: bool, mine: bool) -> bool:
    """Whether the words around a telling name make it an account, though no site is beside it."""
    public = official(name.text)
    account = "_" in name.text or "#" in name.text
    if account and not public and by.FOLLOWING.search(before[-90:]):
        return True
    if (account or near) and cue("handle_name").search(before[-80:]):
        return True
    if near and not public and _dotted(name.text, before):
        return True
    dots = re.fullmatch(r"[a-z0-9]+(?:\.[a-z0-9]+){2,}", name.text) is not None
    there = by.SOCIAL.search(before) or _ITSELF.search(after[:24])
    return (account and near) or (mine and (dots or account or near or there is not None))


def _marked(
    name: Name, before: str, after: str, *, beside: bool, near: bool, mine: bool
) -> Confidence | None:
    """How sure a name with an ``@`` is somebody's."""
    public = official(name.text)
    if re.search(rf"\bthe {re.escape(name.text)}\b", before):
        return Confidence.POSSIBLE  # "the RNLI are @RNLI"
    if public and _FOLLOW.search(before + after) and not _SELF.search(before[-_NEAR:]):
        return Confidence.POSSIBLE
    if beside or (near and (mine or not public)) or (mine and not public):
        return Confidence.LIKELY if public else Confidence.CERTAIN
    if "_" in name.text and not public:
        return Confidence.LIKELY
    if name.telling and not public and by.ASKED.search(before) and not by.OURS.search(before):
        return Confidence.LIKELY
    dotted = re.fullmatch(r"[a-z0-9]+(?:\.[a-z0-9]+)+", name.text) is not None
    theirs = by.MENTIONED.search(before) is not None and not by.OURS.search(before)
    if (dotted or begins_with_one(name.text)) and not public and theirs:
        return Confidence.LIKELY
    if near and _SELF.search(before[-90:]) and not _FOLLOW.search(before[-_NEAR:]):
        return Confidence.LIKELY
    return Confidence.POSSIBLE if name.telling or near else None


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
    if near and by.SEARCHED.search(before) and by.INTO.match(text, name.end):
        return Confidence.LIKELY
    if name.odd and near and _mine(before[-_NEAR:]) and _led(before, text, name.end):
        return Confidence.LIKELY
    if near and name.odd and _mine(before[-_NEAR:]) and by.ADD_ME.search(before):
        return Confidence.LIKELY
    if near and len(name.text) > 7 and by.ONE_WORD.match(text, name.end) and _mine(before[-_NEAR:]):
        return Confidence.LIKELY
    if near and _SAME.search(before):
        return Confidence.LIKELY
    if name.odd and any(
        (e <= name.start and _LEADS.fullmatch(text, e, name.start) is not None)
        or (name.end <= s and s - name.end < 10 and by.THERE.match(text, name.end) is not None)
        for s, e in near
    ):
        return None if _FOLLOW.search(before[-40:]) and official(name.text) else Confidence.LIKELY
    if _CLOSED.match(text, name.end) is None:
        return None
    for start, end in near:
        between = text[end : name.start]
        if end > name.start or not _IS.fullmatch(between):
            continue
        if ":" in between or "=" in between or by.CALLED.search(between):
            return Confidence.LIKELY
        if between.strip() and _LED.search(text[max(0, start - 16) : start]):
            return Confidence.LIKELY
    return None


def _led(before: str, text: str, end: int) -> bool:
    """Whether it is said what one is called there, and not what one is."""
    return (
        by.NAMED_THERE.search(before) is not None
        or _ITSELF.match(text[end : end + 24].lstrip(" ,")) is not None
    )


_STEMS = (
    r"insta|snap ?c|my snap|snap(?:'s)? ?[:=-]|on snap\b|tik ?tok|face ?book|fb|twitter"
    r"|d[i1]sc[o0]rd|disc ?[:=]|bereal|be real|strava|you ?tube|twitch|threads|linked ?in|reddit"
    r"|pinterest|roblox|fortnite|minecraft|xbox|psn|play ?station|steam|telegram|what'?s ?app"
    r"|signal ?[:=]|kik|viber|wechat|vsco|tumblr|blue ?sky|mastodon|chess|lichess|skype|yubo|ngl"
    r"|nintendo|messenger|on x\b|my x\b|x ?[:=]|ig\b|sc ?[:=]|yt\b"
)
"""What the names of sites begin with, for the gate: other spellings are told by the name itself."""

FINDER = Finder(
    name="handle",
    types=frozenset({Type.HANDLE}),
    gate=(
        r"(?:\A|[^a-z0-9@./_+-])@ ?[a-z0-9_]",
        rf"\b(?:{_STEMS}|{others()}|user ?name|handle\b|gamer ?tag)",
        r"[a-z0-9][._#][a-z0-9]+[^\n.]*\bon (?:there|everything|all of|all the|most|socials|it)\b",
        r"\b(?:name|user|i'm|im)(?:'?s| is)? @?[a-z0-9]+[._][a-z0-9]+[._]",
        r"[a-z0-9]_[a-z0-9]|[a-z]#[0-9]{4}",
        r"\bmine(?:'?s| is)? @?[a-z0-9]+[._][a-z0-9]",
        r"\b(?:sc|ig|snap|disc|yt|x) @?[a-z0-9]+[._][a-z0-9]",
        *SQUEEZED,
    ),
    find=find,
)
