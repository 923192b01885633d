"""Where somebody lives, by the name of a house or a street that has no street's word in it.

Only right after words that make it home, and only where the writer gives it capital letters:
"the tea is at mine: Mallow Cottage, Riverside", "she's 46 Lower Chantry".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finder import Window
from ..matching import compiled
from .home_told import STRONG, WEAK

_HOME = compiled(
    r"\b(?:(?:at|to|round|is|by) (?:mine|ours)|(?:my|our|ma) (?:new |own |old |wee |little )*"
    r"(?:house|place|flat|gaff|cottage|bungalow|home|farm|hoose|address)|house is|home is|mine is"
    r"|mine's|(?:i|we|she|he|they)(?:'ve|'s|'m|'re)? (?:just |now |only )?(?:lives?|living|bides?"
    r"|moved|at home|lodges?|rents?)|address(?: is|:)|home:|(?:[a-z]+'s|his|her|their) (?:new |"
    r"own )?(?:place|house|flat|home|gaff)"
    r"(?: is|'s)?|come to me|with me|find (?:me|us))"
    r"(?: (?:in|into|to|at|is|it's|its|called|now|on|up|out|over|down))*[ ,:;!.(-]{1,3}(?:at |"
    r"it's |its |is )?"
)
_PERSON = compiled(r"\b(?:i'm|im|i am|she's|he's|hes|they're|lives?|living|bides?) (?:at |in )?")
_BEING = compiled(r"\b(?:i'm|i am|we're|we are|she's|he's|they're) (?:out |up |down )?at ")
_WORD = r"[A-Z][\w'’-]*"
_PHRASE = rf"{_WORD}(?: (?:{_WORD}|y|yr|the|of|ar|an|in|on)){{0,4}}"
_NAMES = re.compile(rf"(?:The )?{_PHRASE}(?:, (?:the )?{_PHRASE})*")
_NUMBERED = re.compile(
    rf"(?:number |no\.? ?)?\d{{1,4}}[a-z]? (?:The )?[A-Z][\w'’-]{{3,}}(?: {_WORD}){{0,2}}"
)
GATE = (
    r"\bfind (?:me|us) at [a-z]|\b(?:place|house|flat|home|gaff)(?: is|'s)?,? (?:number )?[0-9]",
    r"\b(?:i'?m|i am|she'?s|he'?s|they'?re) (?:at |in )?(?:number |no )?[0-9]{1,4}[a-z]?,? [a-z]",
    r"\b(?:house|home) is\b|\bhome:|\b(?:i|we)(?:'ve|ve| have)? (?:just )?moved ?[!.:;,]",
    r"\b(?:at|is|round|to) (?:mine|ours) ?[:,(-]",
    r"\b(?:my|our) (?:own |home |new )?(?:post ?code|drive|driveway|front door)\b",
)
_NO_STREET = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|[a-z]+day|mon|tues?|wed|thur?s?|fri|sat|sun"
    r"|stone|points?|weeks?|minutes?|goals?|metres?|years?|pounds?|wins?|nil|kilos?|miles?|days?"
    r"|am|pm|x|i|we|you|he|she|they|it|but|so|the|and)$|\bst\b",
    re.IGNORECASE,
)
_HOUSE_WORD = re.compile(
    r"\b(?:cottage|house|farm|farmhouse|lodge|barn|forge|mill|rectory|vicarage|bungalow|grange|"
    r"croft|villa|steading|byre|end|fold|rise|view|brook|lea|acre|bank|ty|bryn|tyn|plas|hafod|"
    r"cwm|maes|cott?s|lane|road|street|close|loke|green|heol|ffordd|row|hill|brow|loan|terrace|"
    r"steps|way|mews|riverside|waterside|chapel|gardens?|court|avenue|walk)\b",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"\b(?:centre|hall|school|college|hospital|station|stadium|arena|club|church|hotel|park|pool|"
    r"library|university|museum|theatre|cinema|airport|clinic|ward|course|track|gym|cafe|forge,)\b",
    re.IGNORECASE,
)
_CODE = compiled(r"\b[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2}\b")
_MY_DOOR = re.compile(
    r"\b(?:my|our|ma|mi) (?:own |home |new )?(?:post ?code|drive|driveway|house|door|front door|"
    r"place|"
    r"flat|gaff|home|cottage|bungalow|gate)\b"
)
_YOURS = re.compile(r"\b(?:your|ur|the|venue|delivery|return|club's|hall's) (?:new |home |own )*$")
_CLOSES = re.compile(r"\s*(?:[,.;!?)]|\Z| (?:if|and|so|but)\b)")
_CODED = 40
_LEFT_AT = compiled(
    r"\b(?:claimed|collected|collect|fetched|fetch|dropped|drop|left|leave|bring|brought)"
    r"(?: [a-z']+){0,3} (?:from|at|to) "
)
_MY_THINGS = re.compile(
    r"\b(?:my|mine|our (?:dresser|kitchen|hall|porch|house|table|garage)|i'll|i'm)\b"
)
"""``on our dresser ... can be claimed from Hollow Barn``: the writer's house."""
_FARM = re.compile(r"\b(?:farm|cottage|house|bungalow|barn|croft)\b")
_END = re.compile(r"[.!?](?=\s|\Z)|\n")
_MOST = 120


def named(window: Window) -> Iterator[tuple[int, int]]:
    """Every such address, from the name of the house or the number on."""
    text = window.text
    for match in _HOME.finditer(text):
        if _YOURS.search(text[max(0, match.start() - 24) : match.start()]):
            continue
        found = _house(window, match.end(), known_home=True)
        numbered = _numbered(window, match.end())
        if found is not None:
            yield found
        elif numbered is not None:
            yield numbered
    for match in _LEFT_AT.finditer(text):
        if _MY_THINGS.search(text[max(0, match.start() - _MOST) : match.end()]):
            found = _house(window, match.end(), known_home=True)
            if found is not None and _FARM.search(text[found[0] : found[1]]):
                yield found
    for match in _BEING.finditer(text):
        found = _house(window, match.end(), known_home=False)
        if found is not None:
            yield found
    for match in _PERSON.finditer(text):
        numbered = _numbered(window, match.end(), person=True)
        if numbered is not None:
            yield numbered


def _numbered(window: Window, start: int, *, person: bool = False) -> tuple[int, int] | None:
    """``46 Lower Chantry`` there; after a ``person`` it takes two words and the end of a clause."""
    original = _seen(window, start)
    found = _NUMBERED.match(original)
    if found is None or found[0].endswith(("'s", "’s")):
        return None
    if person and (found[0].count(" ") < 2 or not _CLOSES.match(original, found.end())):
        return None
    if _NO_STREET.search(found[0]) or _PUBLIC.search(found[0]):
        return None
    return start, start + found.end()


def coded(window: Window) -> Iterator[tuple[int, int]]:
    """A postcode beside the writer's own door: "sat nav HX7 3KA, that's my drive"."""
    text = window.text
    for match in _CODE.finditer(text):
        before = _END.split(text[max(0, match.start() - _CODED) : match.start()])[-1]
        after = _END.split(text[match.end() : match.end() + _CODED])[0]
        if _MY_DOOR.search(before) or _MY_DOOR.search(after):
            yield match.start(), match.end()


def _house(window: Window, start: int, *, known_home: bool) -> tuple[int, int] | None:
    """The house that is named there, where something beside its name makes it one."""
    original = _seen(window, start)
    names = _NAMES.match(original)
    if names is None or _PUBLIC.search(names[0]) or _NO_STREET.search(names[0].split(",")[0]):
        return None
    end = start + names.end()
    after = _END.split(window.text[end : end + _MOST])[0]
    beside = after.startswith(",") and (STRONG.search(after) or WEAK.search(after))
    if not known_home:
        farm = beside is not False and beside is not None and _FARM.search(after[:40])
        return (start, end + len(after)) if farm else None
    if beside:
        return start, end + len(after)
    parts = names[0].split(", ")
    return (start, end) if len(parts) > 1 and _HOUSE_WORD.search(names[0]) else None


def _seen(window: Window, start: int) -> str:
    """What stands there in the original, one sign for one."""
    end = min(len(window.text), start + _MOST)
    seen = window.folded.seen(start, end)
    return seen if len(seen) == end - start else window.text[start:end]
