"""Whether what follows "the password is" is a password, and where it ends."""

from __future__ import annotations

import re

from ..finder import Window
from ..sighting import Confidence
from .cues import cue
from .digits import WORD

_VALUE = re.compile(r"[\s:=>\"'(*-]{0,4}(?P<value>[^\s\"']{1,40}(?: [0-9]{1,4})*)")
_SPACED = re.compile(r"[\s:=>-]{0,4}(?P<value>[0-9](?:[ .-]?[0-9]){2,9})(?![ .-]?[0-9])")
_COUNTED = re.compile(r"\s*[%£:]|\s?(?:am|pm|kg|m\b|o'clock)")
_SPELT = re.compile(rf"[\s:=>-]{{0,4}}(?:{WORD}[ ,.-]{{1,3}}){{2,9}}{WORD}\b")
_WORDS = re.compile(
    r"[ :]{1,3}(?:[A-Z][a-z]+ ){2,3}(?:one|two|three|four|five|six|seven|eight|nine|zero)\b"
)
_LINK = re.compile(r"://|www\.|@[^\s@]+\.[a-z]{2}|[a-z0-9.]{3,}@\w")
_BEFORE_A_TIME = re.compile(
    r"(?:at|on|by|for|from|in|to|til|till|until|before|after|about|around)\b", re.I
)
"""What comes before a time or a count, and never begins a password."""
_PIN = re.compile(r"\bpin|\bcode|\bcomb|\bnumber|unlock|keypad|padlock|alarm|safe|\bsecurity")
_SAID_AFTER = re.compile(
    r"[^.!?]{0,60}\b(?:that's|thats|that is|it's|its|is) (?:my|the|our|ur|your)"
    r" (?:pass ?word|pin|code|pass ?code|log ?in)\b"
)
_KEYS = frozenset(
    {
        "the lock is",
        "the lock",
        "use it to get in",
        "the number of a card",
        "is in the end",
        "name and secret",
    }
)
_KEY = re.compile(
    r"[\s:=>\"'(*-]{1,4}(?:still |now |just )?"
    r"(?P<value>[0-9](?:(?:, ?|[ .-])?[0-9]){2,7}(?![0-9/:.]*[0-9])"
    r"|[^\s\"',;]{4,40}?(?=[.!?,;)]*(?:\s|$)))"
)
_PAIR = re.compile(
    r"\s*[^\s,;/|]{2,40}\s*(?:[/,;|&+]|\band\b|\bthen\b|\n)\s*"
    r"(?:(?i:pass\w*|pw|pwd|p/w|pin)(?: is|:)?\s*)?"
    r"(?P<value>[^\s,;\"']{4,40})"
)
_LOCKED = re.compile(
    r"unlock|opens|pin|pass|\b(?:door|gate|building|alarm|lock|safe|phone|tablet|ipad|laptop|account|wi-?fi"
    r"|garage|house|flat|card|cupboard|shed|box|barrier|hall|office|lift|computer|screen|gets? "
    r"(?:you )?in)"
)
_NO_LOCK = re.compile(
    r"\b(?:shop|discount|voucher|order|post|dress|promo|offer|tickets?|booking|event|course|entry|conduct|race"
    r"|bib|shirt|vest|phone number|members?|membership|charity|company|registration|practice|kit"
    r"|grid|room|bus|train)\b"
)
_UNIT = re.compile(
    r"\s?(?:yards?|met(?:er|re)s?|members?|people|miles?|hours?|mins?|minutes?|pounds?|st\b|rd\b)"
)
_TO_OPEN = re.compile(
    r"[^.!?\n]{0,3}(?:to|2) (?:get|go|log|sign|open|unlock|let)\b"
    r"|[^.!?\n]{0,3}(?:for|on|at) (?:the |my |your |ur )?(?:[a-z]+ )?"
    r"(?:log ?-?in|account|wi-?fi|keypad|padlock|alarm|key ?safe|ipad|tablet|laptop|lock)\b"
)
_TO_OPEN_BY = re.compile(
    r"\b(?:to|2) (?:get (?:in|out)|open|unlock|let yourself in|log|sign)[^.!?\n]*$"
)
_CARD = re.compile(
    r"\b(?:card|cash|cashpoint|atm|hole in the wall|bank|draw (?:me|out)|withdraw)\b"
)
_STOPS = ".,;:!?)"
Told = tuple[int, Confidence]
"""Where the value ends, and how sure it is that it is one."""


def told(window: Window, row: str, start: int, end: int) -> Told | None:
    """The value behind ``text[start:end]``, which the row of that name found."""
    text = window.text
    said = text[start:end]
    if text[end : end + 1].isalnum():
        return None
    if row in _KEYS:
        return _opened(window, row, start, end)
    figures = _figures(text, row, said, end)
    if figures is not None:
        return figures, Confidence.CERTAIN
    value = _VALUE.match(text, end)
    if value is None or _LINK.search(value["value"]):
        return None
    if _BEFORE_A_TIME.match(value["value"]):
        return None
    first = value.start("value")
    last = first + len(value["value"].rstrip(_STOPS))
    if last <= end:
        return None
    seen = window.folded.seen(first, value.end("value")).rstrip(_STOPS)
    quoted = text[first - 1 : first] in ("'", '"')
    if row == "log on with":
        return _typed(text, said, seen, last, quoted=quoted)
    if secret(seen):
        return last, Confidence.CERTAIN
    if row == "right before":
        spelt = _WORDS.match(window.folded.seen(end, min(len(text), end + 40)))
        known = spelt is not None and said.startswith("pass")
        return (end + spelt.end(), Confidence.LIKELY) if spelt and known else None
    if not _may_be_word(said, value["value"].rstrip(_STOPS), quoted=quoted):
        return None
    return last, Confidence.CERTAIN if quoted else Confidence.LIKELY


def _opened(window: Window, row: str, start: int, end: int) -> Told | None:
    """What opens a lock or a card, after a row that says little by itself."""
    text = window.text
    if row == "name and secret":
        return _pair(window, end)
    value = _KEY.match(text, end)
    if value is None or _NO_LOCK.search(text[start:end]):
        return None
    seen = window.folded.seen(value.start("value"), value.end("value"))
    last = value.end("value")
    figures = re.sub(r"[ .,-]", "", value["value"])
    counted = _COUNTED.match(text[last : last + 8]) or _UNIT.match(text[last : last + 12])
    number = figures.isdigit() and not counted
    if row == "use it to get in":
        before = text[max(0, start - 60) : start]
        opens = (_TO_OPEN.match(text, last) or _TO_OPEN_BY.search(before)) and (
            (number and len(figures) >= 4) or secret(seen)
        )
        return (last, Confidence.CERTAIN) if opens else None
    if row == "the number of a card":
        near = text[max(0, start - 120) : last + 60]
        of_card = number and len(figures) == 4 and _CARD.search(near)
        return (last, Confidence.CERTAIN) if of_card else None
    if row == "is in the end":
        sure = secret(seen) or (
            number and 4 <= len(figures) <= 8 and _LOCKED.search(text[start:end])
        )
        return (last, Confidence.CERTAIN) if sure else None
    if number and 3 <= len(figures) <= 6:
        return last, Confidence.CERTAIN
    return (last, Confidence.LIKELY) if row == "the lock is" and secret(seen) else None


def _pair(window: Window, end: int) -> Told | None:
    """A name, and after it what looks like nothing but a password."""
    after = _PAIR.match(window.folded.seen(end, min(len(window.text), end + 90)))
    if after is None or not secret(after["value"].rstrip(_STOPS)):
        return None
    return end + after.start("value") + len(after["value"].rstrip(_STOPS)), Confidence.CERTAIN


def _figures(text: str, row: str, said: str, end: int) -> int | None:
    """Where a PIN ends, in figures or in words."""
    spaced = _SPACED.match(text, end)
    passes = said.startswith("pass") and "word" not in said and "code" not in said
    if spaced is not None and not _COUNTED.match(text[spaced.end() : spaced.end() + 8]):
        count = len(re.sub(r"\D", "", spaced["value"]))
        if 3 <= count <= 10 and not (row == "right before" and passes):
            return spaced.end()
    spelt = _SPELT.match(text, end)
    return spelt.end() if spelt else None


def _typed(text: str, said: str, seen: str, last: int, *, quoted: bool) -> Told | None:
    """What is to be typed."""
    after = _SAID_AFTER.match(text, last)
    if after and (quoted or secret(seen)):
        return after.end(), Confidence.CERTAIN
    both = re.search(r"[0-9]", seen) and re.search(r"[^\w.]", seen)
    if secret(seen) and (both or not said.startswith(("type", "key"))):
        return last, Confidence.LIKELY
    return None


def _may_be_word(said: str, value: str, *, quoted: bool) -> bool:
    """Whether an ordinary-looking word is told as a password."""
    ordinary = cue("no_secret").match(value)
    if (ordinary and ordinary.end() >= len(value)) or not re.search(r"[a-z]{3}", value):
        return False
    if _PIN.search(said) and "word" not in said:
        return False
    return quoted or not re.fullmatch(r"pass|log ?-?in", said.split()[0].rstrip(":="))


def secret(seen: str) -> bool:
    """Whether it looks like nothing but a password: figures and letters, signs, odd capitals."""
    if len(seen) < 4 or re.fullmatch(r"[0-9.:/£%-]*(?:am|pm|st|nd|rd|th)?", seen):
        return False
    if _LINK.search(seen) or re.search(r"\.[a-z]{2,}", seen.lower()):
        return False
    return bool(
        (re.search(r"[a-zA-Z]", seen) and re.search(r"[0-9]", seen))
        or re.search(r"[a-zA-Z0-9][!$%^&*_#~+][a-zA-Z0-9]|[a-zA-Z0-9]{3}[!$#*]$", seen)
        or re.search(r"[a-z]-[a-z]+-\w|[a-z][A-Z]", seen)
    )
