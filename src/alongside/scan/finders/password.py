"""N1: passwords, PINs and codes that are given away or asked for.

The stretch is shown to whoever may see sightings at all; what is understood is the word that gave
it away and never the secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finder import Finder, Window
from ..intents import Find, finds
from ..known import Known
from ..meant import HEARD, meant, weighed
from ..sighting import Confidence, Sighting, Type
from ..stance import refused
from ..wording import Row, rows, there_are
from .cues import cue
from .password_value import told

_SHARED = re.compile(
    r"door|gate|wi ?-?fi|hall|changing|barrier|alarm|entry|entrance|building|office"
)
_MEETING = re.compile(r"zoom|meeting|webinar|teams|join the call|https?://")
_MINE = re.compile(r"\b(?:my|mine|mi|own|our house)\b")
_DIGIT = re.compile(r"\d")
"""A value that has one is a value by its shape; a word is one only by its sentence."""
_TOGETHER = 100
"""Characters within which "log in as me" and what to log in with are one thing."""


def find(window: Window, known: Known) -> Iterator[Sighting]:
    on = there_are(known.today)
    text = window.text
    given = [s for row in rows("password_given", on) for s in _given(window, row)]
    yield from given
    for found in meant(window, Type.PASSWORD, finds(text, rows("password_asked", on))):
        sighting = window.see(
            Type.PASSWORD,
            found.start,
            found.end,
            _word(text[found.start : found.end]),
            found.confidence,
        )
        if any(_one(found.row, sighting, s) for s in given):
            continue
        yield sighting


def _one(row: str, asked: Sighting, given: Sighting) -> bool:
    """Whether what was heard, or "log in as me", and what is given with it are one thing."""
    if row == HEARD:
        return asked.start < given.end and given.start < asked.end
    return row == "log in as me" and 0 <= given.start - asked.start < _TOGETHER


def _given(window: Window, row: Row) -> Iterator[Sighting]:
    text = window.text
    for match in row.pattern.finditer(text):
        start, end = match.start(), match.end()
        value = told(window, row.phrase.name, start, end)
        if value is None:
            continue
        last, sure = value
        mine = _MINE.search(text[max(0, start - 30) : last]) is not None
        if not mine and (refused(text, start, last) or _lesson(text, start)):
            continue
        around = text[max(0, start - 120) : last + 20]
        if not mine:
            if _MEETING.search(around):
                sure = Confidence.POSSIBLE
            elif _SHARED.search(text[max(0, start - 20) : end]):
                sure = min(sure, Confidence.LIKELY)
        figures = _DIGIT.search(text[end:last]) is not None
        told_as = Confidence.CERTAIN if figures else sure
        said = Find(start=start, end=last, confidence=told_as, row=row.phrase.name)
        (said,) = weighed(window, Type.PASSWORD, [said])
        sure = min(sure, said.confidence)
        yield window.see(Type.PASSWORD, start, last, _word(text[start:end]), sure)


def _lesson(text: str, start: int) -> bool:
    """Advice on passwords shows made-up ones."""
    return cue("password_lesson").search(text[max(0, start - 140) : start + 40]) is not None


def _word(said: str) -> str:
    """The word that gave it away."""
    for word, names in _WORDS:
        if re.search(word, said):
            return names
    return "password"


_WORDS = (
    (r"pass ?w|passwrd|p/?w|pwd", "password"),
    (r"pass ?code", "passcode"),
    (r"\bpin", "pin"),
    (r"log|sign", "login"),
    (r"code|comb|unlock|number|lock|safe|alarm|keypad|digits|pattern", "code"),
)

FINDER = Finder(
    name="password",
    types=frozenset({Type.PASSWORD}),
    gate=(
        r"\bpass[ -]?(?:w(?:or|r)ds?|codes?|phrases?)\b",
        r"\bp/?w(?:or)?d?\b",
        r"\bpass ?[:=]|\b(?:your|ur|my|snap|insta|same)(?: [a-z]+)? pass\b",
        r"\b(?:key ?safe|key ?box|lock ?box|padlock|keypad|bike lock|wi ?-?fi|hotspot|router)\b",
        r"\b(?:combination|combo|safe|alarm)\b[^.?!\n]{0,40}[0-9]",
        r"\b(?:use|try|put|put in|enter|tap in|punch in|bang in|press|tap|punch|dial) [^\s]*[0-9]",
        r"\b(?:number|num|digits)['’]?s?(?: is|:| =)? ?[0-9](?:[ .-]?[0-9]){3}\b",
        r"\b(?:get|log|sign|go) (?:on ?to|in ?to|on|in) (?:mine|my|your|ur|yours)\b",
        (
            r"\b(?:what|wot|wat|how)\b[^.?!]*\b(?:open|unlock|get (?:in|on)|log|sign)[^.?!]*"
            r"\b(?:phone|i ?pad|tablet|laptop|account|acc|e-?mail|computer|insta|snap)"
        ),
        (
            r"\b(?:code|number|pattern|combo) (?:for|to|on|of|4|2) the"
            r" (?:phone|i ?pad|tablet|laptop|computer|card)"
        ),
        r"\b(?:use|borrow|try|have|share) (?:yours|urs|mine)\b",
        r"\b(?:code|number|pattern|combo)s? (?:for|to|on|of|4|2) (?:your|ur|yr|her|his|their)\b",
        r"\b(?:code|number)s? (?:that )?(?:it|they|he|she) (?:text|send|sent)",
        r"\bpins?\b",
        (
            r"\b(?:log|sign)(?:ged|ed|ging|ing)?[ -]?(?:in|on)(?: [a-z]+)*"
            r"(?: as| with| under| using| w/| for| is|:)"
        ),
        r"\b(?:get|log|sign) (?:in ?to|in2|in to|on to|onto) (?:your|ur|yr|his|her|their)\b",
        r"\b(?:your|ur|my|the|yr)(?: [a-z]+)? ?log[ -]?ins?\b",
        r"\b(?:code|combination|combo|unlock)\b[^.\n0-9]*[0-9]",
        r"\b(?:unlock|security|verification|access) code|code (?:they|it)\b",
        r"\b(?:type|key)(?: in)? [^\s]*[0-9]",
        r"\bcode ?word|secret word",
        r"\bunlocks?\b|\bopens (?:with|by)",
        (
            r"\b(?:log ?-?ins?|sign ?-?in|user ?name|user|usr|details|credentials)(?: [a-z]+)*"
            r"(?: is|'s| are|:| =)[^\n]*[0-9!$%^&*_#~+]"
        ),
        r"\b(?:digit|figure|number) code|code (?:that|which|came|comes)\b",
        (
            r"\b(?:numbers?|digits|letters|word) (?:that |which )?(?:you|u|he|she)"
            r" (?:tap|type|put|punch|key|use|press|enter|draw)"
        ),
        r"\b(?:word|number|numbers) (?:do|did|does) (?:you|u|he|she)\b",
    ),
    find=find,
    listens=True,
)
