"""What an address looks like: a number or a named house with a street, a postcode, a flat."""

from __future__ import annotations

import re

from ..matching import compiled

_TYPES = (
    "road|rd|street|str?|lane|ln|close|cl|avenue|aven?|drive|drv?|way|grove|grv|terrace|terr?|walk|"
    "hill|bank|end|court|ct|crt|crescent|cresc?|gardens|gdns|place|pl|square|sq|mews|row|rise|view|"
    "parade|park|green|vale|croft|fold|yard|wharf|quay|quayside|boulevard|loke|gate|wynd|brae|path|"
    "circus|mount|meadows?|fields?|heights|orchards?|common|garth|drove|broadway|mead|chase|dale|"
    "dene|leas|approach|esplanade|promenade|villas|cottages|buildings|ridge|bridge|cross|hey|"
    "paddocks?|maltings?|moorings|ridings|copse|spinney|coppice|glebe|warren|dell|glade|hollow|"
    "causeway|strand|parkway|nook|ginnel|passage|alley|crest|brow|cotts|wy|wlk|estate|av|steps|"
    "mansions?|almshouses|staithe|hythe|cloisters?|riverside|waterside|knoll|snicket|twitchel|jitty|"
    "vennel|pend|toft|royd|villas?"
)
_HOUSES = (
    "cottages?|house|farm|farmhouse|lodge|barn|forge|mill|rectory|vicarage|bungalow|grange|villa|"
    "stables|court|tower|towers|heights|mansions?|manor|chapel|schoolhouse|bakery|granary|gatehouse|"
    "smithy|dairy|coach house|old school|old bakery|boathouse|houseboat|maltings|wharf|lodgings|"
    "point|loft|lofts|croft|byre|steading|oast|toll ?house|annexe?|annex|almshouses|mews|block"
)
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
SPOKEN = rf"(?:(?:{_TENS})(?:[ -](?:{_UNITS}))?|{_UNITS}|ten|eleven|twelve|[a-z]+teen)"
_FLAT = (
    r"(?:(?:flat|flt|apartment|apt|maisonette|studio|room)[. ]{0,2}(?:no[. ]{1,2}|number )?"
    r"(?:[0-9]{1,4}(?:/[0-9]{1,2})?[a-z]?|[a-h]|above|over)\b|(?:ground|garden|basement|top)"
    r"(?: floor)? (?:flat|maisonette)\b)"
)
_NUMBER = (
    rf"(?:{_FLAT}|(?:house (?:no[. ]{{1,2}}|number )?|(?:no|number|plot|nr)[. ]{{0,2}})?"
    rf"(?:[0-9]{{1,4}}[a-z]?|{SPOKEN}))"
)
_WELSH = (
    "(?:ffordd|heol|stryd|lon|maes|bryn|clos|rhodfa|rhes|teras|cae|cwrt|gerddi|parc|trem|dol|erw|"
    "cilgant|pen)(?:'r)?"
)
_STREET = (
    rf"(?:(?:(?:st\. )?[a-z][a-z'-]{{1,20}} ){{1,3}}(?:{_TYPES})\b"
    rf"|the (?:[a-z]{{3,12}} )?(?:[a-z]{{3,12}}s|{_TYPES})\b"
    rf"|(?:{_WELSH}) (?:yr? )?[a-z][a-z'-]{{2,20}}\b)"
)
_HOUSE = rf"(?:the )?(?:[a-z][a-z'-]{{1,20}} ){{0,2}}(?:{_HOUSES})"
POSTCODE = r"\b[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][abd-hjlnp-uw-z]{2}\b"
_PLACE = r"(?:,? ?\n?[a-z][a-z'-]{2,20}(?: [a-z][a-z'-]{2,20}){0,2})"
_LINE = (
    rf"\b(?:{_NUMBER},?[ \n](?:{_NUMBER},?[ \n]|{_HOUSE},?[ \n](?:{_NUMBER},?[ \n])?)?{_STREET}"
    rf"|{_NUMBER} (?:on|in) {_STREET}"
    rf"|{_FLAT},?[ \n]{_HOUSE}|{_FLAT},? (?:[a-z][a-z'-]+ ){{1,2}}?[a-z'-]+,[ \n]{_STREET}"
    rf"|[0-9]{{1,2}}/[0-9]{{1,2}},?[ \n]{_NUMBER},?[ \n]{_STREET}|"
    rf"{_NUMBER},? [a-z]{{4,20}}{_PLACE}{{1,2}},?[ \n]{POSTCODE}"
    rf"|{_HOUSE},?[ \n](?:{_NUMBER},? )?{_STREET}|{_HOUSE}{_PLACE}{{1,2}},?[ \n]{POSTCODE})"
)
ADDRESS = compiled(
    rf"(?:{_LINE})(?:{_PLACE}{{0,2}},?[ \n]{POSTCODE}|,?[ \n]{_FLAT}(?: the [a-z]+)?)?"
)
CODED = compiled(
    rf"{POSTCODE},? (?:(?:and )?(?:i'm|im|we're|it's|its) )?(?:at )?(?:number|no|house|"
    rf"flat)[. ]{{1,2}}[0-9]{{1,4}}[a-z]?\b"
    rf"|\b{_STREET},? (?:at )?(?:number|no|house|flat)[. ]{{1,2}}[0-9]{{1,4}}[a-z]?\b"
    rf"|\b(?:number|no|house|flat)[. ]{{1,2}}[0-9]{{1,4}}[a-z]?,? {POSTCODE}"
)
NAMED = compiled(
    rf"\b(?:[a-z][a-z'-]+ ){{0,2}}[a-z][a-z'-]+, {_STREET}(?:{_PLACE}{{0,2}},?[ \n]{POSTCODE})?"
)
"""A house with nothing but a name: only where it is said right before that it is home."""
_SHORT = (
    r"\b[0-9]{1,3}[a-z]? (?:[a-z]{3,}(?:gate|fields?|woods?|brook|hurst|croft|acres?|mead|"
    r"meadows?|lands"
    r"|holme|thorpe|bank|view|dale|dene|cote|moor|ridge|lea|lee|mount|hill|bury|grove|stead|"
    r"cliffe?|lands)"
    r"|(?:river|hill|road|water|lake|brook|park|meadow|canal|sea|quay|wood|moor|burn)side"
    r"|(?:broad|fair|rail|cause|high|church)way)\b"
)
SHORT = compiled(_SHORT)
"""A street of one word, ``73 Northgate``: only beside words that make it home."""

_NO_STREET = re.compile(
    r"(?:\d+(?:am|pm|m|km|st|nd|rd|th|p|k|kg|min|mins|x|s)? )?(?:.* )?"
    r"(?:in the|on the|by the|of the|to the|half|each|per|"
    r"minutes?|mins?|metres?|miles?|people|players|points?|sets|lengths|laps|weeks?|days?|hours?|"
    r"years?|games?|balls?|from|until|till|at|and|then|is|are|was|for|this|that|all the|"
    r"she|he|they|you|will|very|not|who|with|wins?|goals?|rounds?|heats?|seconds?|secs?|"
    r"[a-z]+day|instead|behind|as|but|or|if|so|when|where|about|into|have|has|had|can|my|your|our|"
    r"me|us|it|we|his|her|its|their|go|goes|going|went|be|been|more|than|lots|only|each)\b(?!$)"
)
_NO_HOUSE = re.compile(
    r" (?:at|is|are|was|were|for|and|will|has|had|from|with|to|then|when|if|but|or|so|we|you|"
    r"they)\b"
)
_TALK = re.compile(
    r"\b(?:so|on|in|by|with|and|for|at|from|is|are|was|if|then|when|we|you|they|it|as|but|until|"
    r"till|"
    r"above|below|after|before|behind|near|over|next|not|instead|tonight|today|this)\b"
)
_SPOKEN_TALK = re.compile(
    rf"{SPOKEN},? (?:the (?:hard|wrong|right|easy|other|same|long|short|whole|best|old|only|"
    rf"proper)\b"
    r"|[a-z' -]*\b(?:of|in|on|to|with|a|an|for|by|and|above|below|behind|over|near|past|under)\b)"
    r"|[0-9]+ (?:seats|tickets|places|rubbers|boards|tables|rows|chairs|spaces|beds|rooms|acres)\b"
)
"""``one the hard way``, ``one rubber of bridge``: no street."""
_DATE = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)? (?:jan(?:uary)?|feb(?:ruary)?|march|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_NO_THE = re.compile(
    r"\d.* the (?:boys|girls|kids|lads|others|parents|swimmers|players|coaches|[a-z]+ers|rest|"
    r"end|way|road|street|track|hall|gate|bridge|side|park|path|green|line|ones?|bus|doors|finals|"
    r"semis|seniors|juniors|adults|results|teams|winners|times|games|sessions|relays|chairs|balls|"
    r"points|goals|runs|rules|forms|names|tickets|places|ramps|toilets|showers|lifts|stairs|steps)$"
)
_FIRMS = re.compile(r"\b(?:trading|industrial|business|enterprise|retail) (?:estate|park)\b")
"""Nobody lives there."""
_NUMBERED = re.compile(rf"(?:\d|{SPOKEN}\b)")
_DWELLING = re.compile(
    r"^[0-9]{1,2}/[0-9]{1,2} |\b(?:flat|flt|apartment|apt|maisonette|bungalow|cottages?|"
    r"farmhouse|villa|house no|"
    r"houseboat|mansions|almshouses)\b"
)


def whole(text: str, start: int) -> bool:
    """Whether what begins there is not the end of a time, a sum or a longer number."""
    before = text[max(0, start - 2) : start]
    if re.search(r"\d[.:,-]$|[£$.\d-]$", before):
        return False
    return text[start : start + 1].isdigit() or re.search(r"\d $", before) is None


def no_street(said: str) -> bool:
    """Whether it only looks like a number and a street: ``10 minutes down the road``."""
    bare = re.sub(r"^(?:(?:flat|house|no|number)[. ]+)+", "", said)
    if _NUMBERED.match(bare) is None:
        named = _NO_HOUSE.search(re.split(r"[,\n]", bare)[0]) is not None
        return named or _TALK.search(",".join(bare.split(",")[:2])) is not None
    if _SPOKEN_TALK.match(bare) is not None:
        return True
    street = re.split(r"[,\n]", re.sub(r"^(\w+),? (?:it'?s )?", r"\1 ", bare))[0]
    if _FIRMS.search(street) is not None:
        return True
    return any(p.match(street) is not None for p in (_NO_STREET, _DATE, _NO_THE))


def lower_steps(said: str, seen: str) -> bool:
    """Whether its street's word is an ordinary one without a capital: ``3 small steps``. Asked
    only of texts that have capitals."""
    word = _ORDINARY.search(said)
    return word is not None and seen[word.start() : word.start() + 1].islower()


_ORDINARY = re.compile(r"\b(?:steps|end|bank|view|way|place|point|block|loft|rise|row|bottom)$")


def dwelling(said: str) -> bool:
    """Whether people live in what is called so: a flat, a cottage."""
    return _DWELLING.search(said) is not None


_ROAD = rf"(?:[a-z][a-z'-]+ ){{1,3}}(?:{_TYPES})\b"

GATE = (
    rf"\n[a-z][a-z' -]{{2,30}}, (?:[a-z][a-z'-]+ ){{1,2}}(?:{_TYPES})[ ,]*(?:\n|\z)",
    rf"\b(?:[0-9]{{1,4}}[a-z]?|{SPOKEN}),?[ \n](?:on |in )?{_ROAD}",
    rf"\b[0-9]{{1,4}}[a-z]?,? (?:{_WELSH}) [a-z]",
    rf"\b(?:{_HOUSES}),?[ \n](?:[0-9]+[a-z]?,? )?{_ROAD}",
    rf"\b(?:{_HOUSES}),?[ \n][a-z ,'-]*[ \n]{POSTCODE}",
    POSTCODE,
    _FLAT,
    r"\bhouse name\b",
    _SHORT,
    r"\b(?:my|our) (?:house|place|flat|gaff|home|cottage|farmhouse|bungalow|address)\b",
    rf"\b(?:{_TYPES}),? (?:at )?(?:number|no|house|flat)[. ]{{1,2}}[0-9]",
)
"""Where a text may hold an address."""
