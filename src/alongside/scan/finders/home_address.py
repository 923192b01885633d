"""N1: where the writer lives: a street or a postcode with words that make it their home.

The address of a venue, a club, a school or a shop is nothing, nor is a postcode by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finder import Finder, Window
from ..intents import finds
from ..known import Known
from ..matching import compiled
from ..sighting import Confidence, Sighting, Type
from ..wording import rows, there_are
from .cues import cue

_TYPES = (
    "road|rd|street|str?|lane|ln|close|cl|avenue|aven?|drive|drv?|way|grove|grv|terrace|terr?|walk|"
    "hill|bank|end|court|ct|crescent|cresc?|gardens|gdns|place|pl|square|sq|mews|row|rise|view|"
    "parade|park|green|vale|croft|fold|yard|wharf|quay|boulevard|loke|gate|wynd|brae|path|circus|"
    "mount|meadows?|fields?|heights|orchard|common|garth|drove|broadway|mead|chase|dale|dene|leas|"
    "approach|esplanade|promenade|villas|cottages|buildings|ridge|bridge|cross|green lane|hey"
)
_HOUSES = (
    "cottage|house|farm|farmhouse|lodge|barn|forge|mill|rectory|vicarage|bungalow|grange|villa|"
    "stables|court|tower|towers|heights|mansions|manor|chapel|schoolhouse|bakery|granary|gatehouse"
)
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SPOKEN = rf"(?:(?:{_TENS})(?:[ -](?:{_UNITS}))?|{_UNITS}|ten|eleven|twelve|[a-z]+teen)"
_NUMBER = (
    rf"(?:(?:flat|flt|apartment|apt|house|no|number|plot)[. ]{{0,2}}(?:no[. ]{{1,2}}|number )?)?"
    rf"(?:[0-9]{{1,4}}[a-z]?|{_SPOKEN})"
)
_WELSH = "ffordd|heol|stryd|lon|maes|bryn|clos|rhodfa|rhes|teras"
_STREET = (
    rf"(?:(?:[a-z][a-z'.-]{{1,20}} ){{1,3}}(?:{_TYPES})\b"
    rf"|(?:{_WELSH}) (?:yr? )?[a-z][a-z'-]{{2,20}}\b)"
)
_HOUSE = rf"(?:the )?(?:[a-z][a-z'-]{{1,20}} ){{1,2}}(?:{_HOUSES})"
_POSTCODE = r"\b[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][abd-hjlnp-uw-z]{2}\b"
_PLACE = r"(?:,? ?\n?[a-z][a-z'-]{2,20}(?: [a-z][a-z'-]{2,20}){0,2})"
_LINE = (
    rf"\b(?:{_NUMBER},?[ \n](?:{_HOUSE},?[ \n])?(?:on |in )?{_STREET}"
    rf"|{_HOUSE},?[ \n](?:{_NUMBER},? )?{_STREET}|{_HOUSE}{_PLACE}{{1,2}},?[ \n]{_POSTCODE})"
)
_ADDRESS = compiled(rf"(?:{_LINE})(?:{_PLACE}{{0,2}},?[ \n]{_POSTCODE})?")
_CODED = compiled(
    rf"{_POSTCODE},? (?:number|no|house|flat)[. ]{{1,2}}[0-9]{{1,4}}[a-z]?\b"
    rf"|\b{_STREET},? (?:at )?(?:number|no|house|flat)[. ]{{1,2}}[0-9]{{1,4}}[a-z]?\b"
    rf"|\b(?:number|no|house|flat)[. ]{{1,2}}[0-9]{{1,4}}[a-z]?,? {_POSTCODE}"
)
_NAMED = compiled(
    rf"\b(?:[a-z][a-z'-]+ ){{0,2}}[a-z][a-z'-]+, {_STREET}(?:{_PLACE}{{0,2}},?[ \n]{_POSTCODE})?"
)
"""A house with nothing but a name: only where it is said right before that it is home."""
_CLOSE = 34
_NO_STREET = re.compile(
    r"(?:\d+(?:am|pm|m|km|st|nd|rd|th|p|k|kg|min|mins|x)? )?(?:.* )?"
    r"(?:in the|on the|by the|of the|to the|half|"
    r"minutes?|mins?|metres?|miles?|people|players|points?|sets|lengths|laps|weeks?|days?|hours?|"
    r"years?|games?|balls?|from|until|till|at|and|then|is|are|was|for|per|this|that|all the)\b"
)
_LEAD = re.compile(
    r"(?:(?:at|to|is|in|on|it's|its|from|outside|near|by|of|and|me|us|mine|new|my|our|address|that's|"
    r"live|come|here|there|am|are|we|so|just|over|round)[ ,:]+)+"
)
_BEFORE, _AFTER, _BESIDE = 220, 90, 4


def find(window: Window, known: Known) -> Iterator[Sighting]:
    text = window.text
    taken: list[tuple[int, int]] = []
    for pattern in (_ADDRESS, _CODED, _NAMED):
        for match in pattern.finditer(text):
            start, end = match.start(), match.end()
            lead = _LEAD.match(text, start, end)
            start = lead.end() if lead else start
            if pattern is _NAMED and not _named_home(text, start, end):
                continue
            sure = _sure(text, start, end)
            if sure is not None:
                taken.append((start, end))
                understood = " ".join(text[start:end].split())
                yield window.see(Type.HOME_ADDRESS, start, end, understood, sure)
    for found in finds(text, rows("home_invitation", there_are(known.today))):
        if all(found.end + 120 < start or end < found.start for start, end in taken):
            yield window.see(
                Type.HOME_ADDRESS, found.start, found.end, "invitation", found.confidence
            )


def _sure(text: str, start: int, end: int) -> Confidence | None:
    said = text[start:end]
    if _NO_STREET.match(re.sub(r"^(?:flat|house|no|number)[. ]+", "", said)):
        return None
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    after = after.split("\n\n")[0]
    mine = _strong(before[-140:]) or _strong(after)
    own = mine or cue("home_own").search(before) is not None
    others = [m.end() for m in cue("home_not_own").finditer(before)]
    if others and (not mine or len(before) - others[-1] < _BESIDE):
        return None
    if not own:
        later = cue("home_own").search(after) is not None
        return Confidence.LIKELY if later and not others else None
    return Confidence.CERTAIN if mine else Confidence.LIKELY


def _named_home(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _CLOSE) : start]
    coded = re.search(_POSTCODE, text[start:end]) is not None
    if re.search(r"\bhouse(?: name)?: $", before):
        return True
    return _strong(before) or (coded and cue("home_own").search(before) is not None)


def _strong(around: str) -> bool:
    return any(
        re.search(r"\b(?:my|mi|me|our|mine|ours|i|we|i'm|im|we're|we've|i've|us)\b", m.group(0))
        for m in cue("home_own").finditer(around)
    )


_ROAD = rf"(?:[a-z][a-z'.-]+ ){{1,3}}(?:{_TYPES})\b"

FINDER = Finder(
    name="home_address",
    types=frozenset({Type.HOME_ADDRESS}),
    gate=(
        rf"\b(?:[0-9]{{1,4}}[a-z]?|{_SPOKEN}),? (?:on |in )?{_ROAD}",
        rf"\b(?:{_HOUSES}),?[ \n](?:[0-9]+[a-z]?,? )?{_ROAD}",
        rf"\b(?:{_HOUSES}),?[ \n][a-z ,'-]*[ \n]{_POSTCODE}",
        rf"{_POSTCODE},? (?:number|no|house|flat)\b",
        _POSTCODE,
        r"\b(?:my|our) (?:house|place|flat|gaff|home|cottage|garden|farmhouse|bungalow|address)\b",
        r"\bhouse name\b",
        rf"\b(?:{_TYPES}),? (?:at )?(?:number|no|house|flat)[. ]{{1,2}}[0-9]",
        rf"\b(?:number|no|house|flat)[. ]{{1,2}}[0-9]{{1,4}}[a-z]?,? {_POSTCODE}",
        r"\b(?:at|to|round|around|over|by|in at)[^a-z0-9]{1,4}(?:mine|ours)\b",
    ),
    find=find,
)
