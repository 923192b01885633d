"""N1, N2: telephone numbers that are not the organisation's, however they are written.

Figures, words ("oh seven seven double oh"), letters for figures, pictures and line ends between
them, halves in two sentences. Digits in reverse order are not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..finder import Finder, Window
from ..known import Known
from ..sighting import Confidence, Sighting, Type
from .cues import cue
from .digits import FAR, SURE, Group, Joint, groups, joint, timely
from .helplines import HELPLINES
from .phone_context import Context, context
from .phone_shape import Class, Number, british, number

_MOST_GROUPS = 24
_MOST_DIGITS = 18
_SPOKEN = 3
"""Digits told in words, from which they are meant to be a number."""
_SHAPES = ((10,), (4, 6), (4, 3, 3), (3, 3, 4), (5, 5), (4, 2, 2, 2))
"""How people write a mobile number without its first nought."""
_NOUGHT_FIRST = re.compile(
    r"\b(?:zero|nought|0|oh|o)\b.{0,20}\b(?:first|front|before|start|beginning)\b"
)
_THEN = re.compile(r",? (?:and )?then,? ")
_LONE_PREFIX = re.compile(r"07[1-9]\d{1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """Groups of digits that are a number, or may be a part of one."""

    first: int
    last: int
    number: Number | None
    digits: str
    joints: tuple[Joint, ...]
    led: bool
    """It begins as a number does: with ``0``, ``+`` or ``00``."""


def find(window: Window, known: Known) -> Iterator[Sighting]:
    text = window.text
    these = list(groups(text))
    timed = timely(text, these)
    joints = [joint(text, a, b) for a, b in pairwise(these)]
    at = 0
    while at < len(these):
        found = None if at in timed else _at(text, these, joints, timed, at)
        if found is None:
            at += 1
            continue
        sighting = _sighting(window, known, these, found)
        if sighting is not None:
            yield sighting
        at = found.last + 1


def _at(
    text: str, these: list[Group], joints: list[Joint], timed: set[int], at: int
) -> Find | None:
    """The number that begins with this group."""
    plus = _plus(text, these[at].start)
    lead = these[at].digits[:1]
    if not (plus or lead in "07" or these[at].digits.startswith("44")) or _in_link(text, these[at]):
        return None
    digits = ""
    used: list[Joint] = []
    best: Find | None = None
    for last in range(at, min(at + _MOST_GROUPS, len(these))):
        if last > at:
            if last in timed or not _goes_on(text, these, joints, digits, last):
                break
            used.append(joints[last - 1])
        digits += these[last].digits
        if len(digits) > _MOST_DIGITS:
            break
        complete = number(digits, plus)
        if complete is None and lead == "7" and not plus and len(digits) == 10:
            complete = _without_nought(text, these[at : last + 1], joints, at)
        if complete and _believable(text, complete, these[at : last + 1], used):
            best = Find(
                first=at, last=last, number=complete, digits=digits, joints=tuple(used),
                led=plus or lead != "7",
            )  # fmt: skip
            if complete.kind is Class.MOBILE:
                break
    return best or _part(these, joints, timed, at, plus)


def _goes_on(text: str, these: list[Group], joints: list[Joint], digits: str, at: int) -> bool:
    """Whether the group at ``at`` may belong to the digits before it."""
    if joints[at - 1] is not Joint.APART:
        return True
    between = text[these[at - 1].end : these[at].start]
    if len(between) > FAR or len(digits) + len(these[at].digits) > 11:
        return False
    if _LONE_PREFIX.match(digits) and len(digits) in (4, 5, 7, 8) and len(these[at].digits) > 2:
        return True
    return "\n" in between and text[: these[at].start].rstrip(" >*-")[-1:] == "\n"


def _believable(text: str, complete: Number, these: list[Group], joints: list[Joint]) -> bool:
    """Whether anybody would write that number in such groups."""
    if complete.kind is Class.MOBILE:
        return not _scores(text, these)
    loosest = max(joints, default=Joint.TIGHT)
    if loosest is Joint.FILLED and all(
        _THEN.fullmatch(text, a.end, b.start) for a, b in pairwise(these)
    ):
        loosest = Joint.TIGHT
    if complete.kind is Class.FOREIGN:
        return loosest is Joint.TIGHT or sum(g.words for g in these) > 5
    if sum(g.words for g in these) >= _SPOKEN:
        return loosest < Joint.APART
    shaped = len(these[0].digits) >= 3 or (len(these) > 1 and len(these[1].digits) >= 3)
    if loosest is Joint.TIGHT and shaped:
        return True
    alone = all(len(g.digits) == 1 for g in these)
    return loosest <= Joint.LOOSE and (alone or (shaped and len(these) <= 4))


def _scores(text: str, these: list[Group]) -> bool:
    """Whether it is pairs of short figures, ``07-11 09-11 11-3``: scores, times, classes."""
    if any(g.words or len(g.digits) > 2 for g in these) or len(these) > 8:
        return False
    signs = {text[a.end : b.start].strip(" ()") for a, b in pairwise(these)}
    return len(signs) > 1


def _without_nought(text: str, these: list[Group], joints: list[Joint], at: int) -> Number | None:
    """``7700 900123``: the first nought is left out."""
    digits = "".join(g.digits for g in these)
    if these[0].digits.startswith("70"):
        return None
    if sum(g.words for g in these) >= _SPOKEN:
        return british(digits)
    told = cue("telephone").search(text[max(0, these[0].start - 70) : these[0].start])
    end = these[-1].end
    if told is None and _NOUGHT_FIRST.search(text[end : end + 45]) is None:
        if tuple(len(g.digits) for g in these) not in _SHAPES:
            return None
    elif any(j is not Joint.TIGHT for j in joints[at : at + len(these) - 1]):
        return None
    if (at and joints[at - 1] is Joint.TIGHT) or text[max(0, these[0].start - 1)] in "-/#_":
        return None
    return british(digits)


def _part(
    these: list[Group], joints: list[Joint], timed: set[int], at: int, plus: bool
) -> Find | None:
    """The beginning of a mobile number with hardly anything missing, or one digit too many."""
    digits, last = these[at].digits, at
    while last + 1 < len(these) and joints[last] <= Joint.LOOSE and last + 1 not in timed:
        if len(digits) + len(these[last + 1].digits) > 12:
            break
        last += 1
        digits += these[last].digits
    spoken = sum(g.words for g in these[at : last + 1])
    begins = re.match(r"07[1-9]", digits) or (plus and digits.startswith("447"))
    long_first = len(these[at].digits) >= 5 or spoken >= 5
    if not begins or not long_first or not 8 <= len(digits) <= 12:
        return None
    used = tuple(joints[at:last])
    return Find(first=at, last=last, number=None, digits=digits, joints=used, led=True)


def _plus(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start].rstrip(" (.-,")
    return before.endswith(("+", "plus"))


def _in_link(text: str, group: Group) -> bool:
    """Whether it stands in a link, or in a mail address, or right after letters and a dash."""
    run = re.split(r"\s", text[max(0, group.start - 200) : group.start])[-1]
    if re.search(r"(?:tel|sms|smsto|callto|facetime):/{0,2}[+(]?$", run):
        return False
    if "://" in run or run.startswith("www.") or re.search(r"[a-z]\.[a-z]{2,}/|=$", run):
        return True
    if text[group.end : group.end + 1] == "@" and text[group.end + 1 : group.end + 2].isalpha():
        return True
    return re.search(r"[a-z0-9][#/_-]$|#$", run) is not None and not re.search(
        r"(?:mob|mobile|tel|phone|num|number|no|ring|call|text|me)[/_-]$", run
    )


def _sighting(window: Window, known: Known, these: list[Group], found: Find) -> Sighting | None:
    text = window.text
    start, end = these[found.first].start, these[found.last].end
    start = _from_sign(text, start)
    if found.number is None:
        spoken = sum(g.words for g in these[found.first : found.last + 1]) >= 6
        sure = Confidence.LIKELY if spoken else Confidence.POSSIBLE
        return window.see(Type.PHONE, start, end, found.digits, sure)
    e164 = found.number.e164
    if e164 in known.own.numbers:
        return window.see(Type.PHONE, start, end, e164, Confidence.CERTAIN, own=True)
    if e164 in known.ours.numbers or e164 in known.theirs.numbers or e164 in HELPLINES:
        return None
    where = context(text, start, end)
    sure = _sure(where, found, these)
    if _scattered(text, these, found) and not (where.own or where.telephone):
        sure = Confidence.POSSIBLE
    return window.see(Type.PHONE, start, end, e164, sure)


def _scattered(text: str, these: list[Group], found: Find) -> bool:
    """Whether ordinary words of one line lie between the figures: "0715 from the bank, 120 Union
    Road, back at 1830"."""
    used = these[found.first : found.last + 1]
    return sum(g.words for g in used) < _SPOKEN and any(
        how is Joint.APART and "\n" not in text[a.end : b.start]
        for how, (a, b) in zip(found.joints, pairwise(used), strict=True)
    )


def _sure(where: Context, found: Find, these: list[Group]) -> Confidence:
    assert found.number is not None
    used = these[found.first : found.last + 1]
    kind = found.number.kind
    if where.counted and not (kind is Class.FOREIGN and found.number.sound):
        return Confidence.POSSIBLE
    hidden = sum(g.words for g in used) >= _SPOKEN or any(g.mixed for g in used)
    if kind is Class.SERVICE:
        return Confidence.CERTAIN if where.own else Confidence.POSSIBLE
    if where.organisation and not where.own and not hidden:
        return Confidence.LIKELY if kind is Class.MOBILE else Confidence.POSSIBLE
    if where.own or hidden:
        return Confidence.CERTAIN
    if kind is Class.MOBILE:
        if found.led or _NOUGHT_FIRST.search(where.after):
            return Confidence.CERTAIN
        return Confidence.LIKELY if where.telephone else Confidence.POSSIBLE
    if kind is Class.FOREIGN and found.number.sound:
        return Confidence.CERTAIN
    return Confidence.LIKELY


def _from_sign(text: str, start: int) -> int:
    """With the ``+``, the bracket or the ``tel:`` before it."""
    lead = re.search(
        r"(?:(?:tel|sms|smsto|callto|facetime):/{0,2})?(?:\(?\+ ?|\()?$",
        text[max(0, start - 14) : start],
    )
    return start - len(lead[0]) if lead else start


_FEW = rf"(?:{SURE}|[0-9]{{1,5}})"
_GATE = (
    # nine figures and more with signs between them
    r"[0-9](?:[^a-z0-9]{0,16}[0-9oil]){8}",
    # the beginning of a mobile number, whatever follows
    r"(?:\b|[^a-z0-9])[0o] ?77?[0-9oi]{1,3}\b",
    # five words or short groups, one of them a word
    rf"\b{_FEW}(?:[^a-z0-9]{{1,6}}{_FEW}){{4}}\b",
    (
        r"\b(?:z[e3]r[o0]|oh|nought|naught|o|0)[^a-z0-9]{1,6}(?:s[e3]v[e3]n|dou?ble|dbl|treble|"
        r"trip+le)\b"
    ),
    r"\b0[a-z][0-9]{1,4}[a-z][0-9]{1,4}[a-z][0-9]",
    # words and figures that stand together
    rf"\b[0-9o]*(?:{SURE}[0-9o]*){{2}}[0-9]*[^a-z0-9]{{0,4}}{_FEW}",
    rf"\b[0-9]+{SURE}|{SURE}[0-9]{{2}}",
    # line by line
    r"(?:\A|\n)[0o][0-9]{0,4}\b[^\n]*\n[0-9]{1,5}\b[^\n]*\n[0-9]{1,5}\b",
    # a local number
    r"\b(?:on|number|no|home|phone|me|is|tel)[^a-z0-9]{1,4}[0-9]{3}[ -]?[0-9]{3}\b",
)

FINDER = Finder(name="phone", types=frozenset({Type.PHONE}), gate=_GATE, find=find)
