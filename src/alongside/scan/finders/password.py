"""N1: passwords, PINs and codes that are given away or asked for.

The stretch is shown to whoever may see sightings at all; what is understood is the word that gave
it away and never the secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finder import Finder, Window
from ..intents import finds
from ..known import Known
from ..sighting import Confidence, Sighting, Type
from ..stance import refused
from ..wording import Row, rows, there_are
from .cues import cue
from .digits import WORD

_VALUE = re.compile(r"[\s:=>\"'(*-]{0,4}(?P<value>[^\s\"']{1,40}(?: [0-9]{1,4})*)")
_SPACED = re.compile(r"[\s:=>-]{0,4}(?P<value>[0-9](?:[ .-]?[0-9]){2,9})")
_SPELT = re.compile(rf"[\s:=>-]{{0,4}}(?:{WORD}[ ,.-]{{1,3}}){{2,9}}{WORD}\b")
_PIN = re.compile(r"\bpin|\bcode|\bcomb|\bnumber|unlock|keypad|padlock|alarm|safe|\bsecurity")
_SHARED = re.compile(r"door|gate|wi ?-?fi|hall|changing|barrier|alarm|entry|entrance|building|office")
_MEETING = re.compile(r"zoom|meeting|webinar|teams|join the call|passcode:? ?\d{4,6}\b.*zoom")
_MINE = re.compile(r"\b(?:my|mine|mi|own|our house)\b")
_TOGETHER = 100
"""Characters within which "log in as me" and what to log in with are one thing."""
_SAID_AFTER = re.compile(r"[^.!?]{0,60}\b(?:that's|thats|that is|it's|its|is) (?:my|the|our|ur|your) (?:pass ?word|pin|code|pass ?code|log ?in)\b")


def find(window: Window, known: Known) -> Iterator[Sighting]:
    on = there_are(known.today)
    text = window.text
    given = [s for row in rows("password_given", on) for s in _given(window, row)]
    yield from given
    for found in finds(text, rows("password_asked", on)):
        sighting = window.see(
            Type.PASSWORD,
            found.start,
            found.end,
            _word(text[found.start : found.end]),
            found.confidence,
        )
        if found.row == "log in as me" and any(
            0 <= s.start - sighting.start < _TOGETHER for s in given
        ):
            continue
        yield sighting


def _given(window: Window, row: Row) -> Iterator[Sighting]:
    text = window.text
    for match in row.pattern.finditer(text):
        start, end = match.start(), match.end()
        told = _told(window, row.phrase.name, start, end)
        if told is None:
            continue
        last, sure = told
        mine = _MINE.search(text[max(0, start - 30) : last]) is not None
        if not mine and (refused(text, start, last) or _lesson(text, start)):
            continue
        around = text[max(0, start - 120) : last + 20]
        if not mine:
            if _MEETING.search(around):
                sure = Confidence.POSSIBLE
            elif _SHARED.search(text[max(0, start - 20) : end]):
                sure = min(sure, Confidence.LIKELY)
        yield window.see(Type.PASSWORD, start, last, _word(text[start:end]), sure)


def _told(window: Window, row: str, start: int, end: int) -> tuple[int, Confidence] | None:
    """Where the value ends and how sure it is that it is one."""
    text = window.text
    said = text[start:end]
    if text[end : end + 1].isalnum():
        return None
    spaced = _SPACED.match(text, end)
    if spaced is not None and not re.match(r"\s*[%£:]|\s?(?:am|pm|kg|m\b|o'clock)", text[spaced.end() :][:8]):
        digits = re.sub(r"\D", "", spaced["value"])
        if 3 <= len(digits) <= 10 and not (row == "right before" and said.startswith("pass") and "word" not in said and "code" not in said):
            return spaced.end(), Confidence.CERTAIN
    spelt = _SPELT.match(text, end)
    if spelt is not None:
        return spelt.end(), Confidence.CERTAIN
    value = _VALUE.match(text, end)
    if value is None:
        return None
    seen = window.folded.seen(value.start("value"), value.end("value")).rstrip(".,;:!?)")
    last = value.start("value") + len(value["value"].rstrip(".,;:!?)"))
    if re.search(r"://|www\.|@", value["value"]):
        return None
    quoted = text[value.start("value") - 1 : value.start("value")] in ("'", '"')
    if last <= end:
        return None
    if row == "log on with":
        after = _SAID_AFTER.match(text, last)
        if _secret(seen) and (not said.startswith(("type", "key")) or _both(seen)):
            return last, Confidence.LIKELY
        return (after.end(), Confidence.CERTAIN) if after and (quoted or _secret(seen)) else None
    if _secret(seen):
        return last, Confidence.CERTAIN
    plain = cue("no_secret").match(value["value"])
    ordinary = plain is not None and plain.end() >= len(value["value"].rstrip(".,;:!?)"))
    if row == "right before":
        spelt = re.match(r"[ :]{1,3}(?:[A-Z][a-z]+ ){2,3}(?:one|two|three|four|five|six|seven|eight|nine|zero)\b", window.folded.seen(end, min(len(text), end + 40)))
        return (end + spelt.end(), Confidence.LIKELY) if spelt and said.startswith("pass") else None
    if ordinary or not re.search(r"[a-z]{3}", value["value"]):
        return None
    if _PIN.search(said) and "word" not in said:
        return None
    if re.fullmatch(r"pass|log ?-?in", said.split()[0].rstrip(":=")) and not quoted:
        return None
    return last, Confidence.CERTAIN if quoted else Confidence.LIKELY


def _secret(seen: str) -> bool:
    """Whether it looks like nothing but a password: figures and letters, signs, odd capitals."""
    if len(seen) < 4 or re.fullmatch(r"[0-9.:/£%-]*(?:am|pm|st|nd|rd|th)?", seen):
        return False
    mixed = re.search(r"[a-zA-Z]", seen) and re.search(r"[0-9]", seen)
    signs = re.search(r"[a-zA-Z0-9][!$%^&*_#~+][a-zA-Z0-9]|[a-zA-Z0-9]{3}[!$#*]$|[a-z]-[a-z]+-\w", seen)
    capitals = re.search(r"[a-z][A-Z]", seen)
    link = re.search(r"://|@|\.[a-z]{2,}", seen.lower())
    return bool((mixed or signs or capitals) and not link)


def _both(seen: str) -> bool:
    return re.search(r"[0-9]", seen) is not None and re.search(r"[^\w.]", seen) is not None


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
    (r"code|comb|unlock|number", "code"),
)

FINDER = Finder(
    name="password",
    types=frozenset({Type.PASSWORD}),
    gate=(
        r"\bpass[ -]?(?:w(?:or|r)ds?|codes?|phrases?)\b",
        r"\bp/?w(?:or)?d?\b",
        r"\bpass ?[:=]|\b(?:your|ur|my|snap|insta|same) pass\b",
        r"\bpins?\b",
        r"\b(?:log|sign)(?:ged|ed|ging|ing)?[ -]?(?:in|on)\b",
        r"\b(?:code|combination|combo|unlock)\b",
        r"\b(?:type|key)(?: in)? [^\s]*[0-9]",
        r"\bcode ?word|secret word",
        r"\b(?:word|number|numbers) (?:do|did|does) (?:you|u|he|she)\b",
    ),
    find=find,
)
