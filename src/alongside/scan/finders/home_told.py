"""Where somebody lives, told without a street and number: "two doors up from the Bay Horse".

It takes a word of living or of one's own house, and beside it a place by which one would find it.
"We live by the sea" is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finder import Window
from ..matching import compiled

_HOUSE = (
    r"(?:house|hoose|flat|gaff|cottage|bungalow|home|caravan|narrowboat|houseboat|farm|farmhouse"
    r"|road|street|front door|digs)"
)
_ORDER = r"(?:last|first|second|third|fourth|end|only|corner|middle|next|top|bottom)"
LIVING = (
    r"(?:\b(?:i|we|she|he|they|ah)(?:'ve|'m|'re|'s|ve|m)? (?:just |now |still |only |all )?"
    r"(?:lives?|livin|living|bides?|biding|moved in|moved to|lodge|lodging|rent|renting|reside)\b"
    rf"|\b(?:my|our|ma|mi) (?:new |own |old |wee |little |back |mum's |dad's )*{_HOUSE}\b"
    rf"|\b(?:i'm|im|i am|we're|we are|ours is|mine is|mine's|she's|he's) (?:in |at |on |just )*the "
    rf"(?:{_ORDER} |[a-z]+ )?(?:house|bungalow|cottage|flats?|farm|pair of|semi|caravan|one on the)"
    r"\b|\b(?:we're|we are|we r|i'm|ours is|you'll find (?:me|us)) (?:just |right |"
    r"only )?(?:past the|"
    r"opposite the|behind the|above the|(?:[0-9]|one|two|three|four|five|six) doors|"
    r"in the (?:end|middle|"
    r"last) (?:terrace|house|bungalow|semi|cottage))\b"
    r"|\b(?:first|second|third|last|end) (?:cottage|house|bungalow|semi) (?:on|in|past|after|"
    r"along) "
    r"|\b(?:come by|call at|knock at|visit) the (?:narrowboat|houseboat|caravan|cottage|boat)\b)"
)
_THE_HOUSE = (
    r"\bthe (?:white|red|blue|green|yellow|pink|grey|big|tall|old|little|last|end|corner|first|"
    r"thatched)"
    r" (?:house|cottage|bungalow|one)\b"
)
_LIVING = compiled(
    rf"{LIVING}|{_THE_HOUSE}[^.!?\n]{{0,60}}\b(?:that'?s|is) (?:ours|mine|us|me)\b"
    r"|\b(?:cottage|narrowboat|houseboat|caravan|flat|bungalow|farmhouse)\b[^.!?\n]{2,60}: home\b"
)
GATE = (LIVING, _THE_HOUSE, r": home\b")
_COLOUR = (
    r"(?:red|blue|green|yellow|white|black|pink|purple|orange|brown|grey|gray|cream|gold|silver|"
    r"turquoise|lilac|stripy|striped|wonky|broken|big|huge|wooden|iron|metal|stone|gravel)"
)
_FEATURE = (
    r"(?:door|gates?|shutters|ramp|fence|hedge|porch|windows?|letter ?box|drive|wall|blinds|"
    r"curtains|gnomes?|flag|bench|monkey puzzle|conservatory|garage|roof|chimneys?|steps|"
    r"flower ?box|"
    r"windmill|postbox|trampoline|wheelie bins?)"
)
STRONG = compiled(  # one of them and another make a way to the house
    r"\b(?:[0-9]|one|two|three|four|five|six|couple of|few) (?:doors?|houses?) "
    r"(?:up|down|along|away|past|before|after|from|on)\b"
    r"|\b(?:right |just |directly |bang |slap )?opposite (?:the )?[a-z]{3,}"
    r"|\bnext (?:door )?to the [a-z]{3,}|\bnext door but one\b"
    r"|\b(?:flat |right |just |up )?(?:above|over|behind|below|beneath|under) the [a-z]{3,}"
    r"|\bwhere the (?:old )?[a-z' ]{3,30}\b(?:was|used to be|stood|meets)\b"
    r"|\bwhere the [a-z]+ meets\b"
    r"|\b(?:aboard|on board) (?:the|a) [a-z]{3,}|\b(?:moored|berthed|parked up|"
    r"pitched) [a-z]+ [a-z]+"
    rf"|\b(?:the|a) {_ORDER} (?:house|bungalow|cottage|farm|door|flat|pair|semi|gate|block|"
    rf"caravan)\b"
    rf"|\b(?:the|a) {_ORDER} (?:one )?(?:on|to) (?:the|your|ur) (?:left|right)\b"
    rf"|\b(?:with|has|got|it's|look for|wi) (?:the|a|an|two|my)? ?(?:{_COLOUR} )+{_FEATURE}\b"
    rf"|\b{_COLOUR} (?:front )?(?:door|gate|shutters|fence|bungalow|caravan)\b"
    r"|\b(?:[0-9]{1,2}(?:st|nd|rd|th)|top|ground|first|second|third) floor\b"
    r"|\bcorner of (?:the )?[a-z]{3,}|\b(?:top|bottom|end|foot) of (?:the |heol |[a-z]+ (?:road|"
    r"street|lane|hill|green))[a-z]*"
    r"|\bbetween the [a-z ]{3,24} and the [a-z]{3,}"
    r"|\b(?:first|second|third|next) (?:left|right|turning|on the (?:left|right)|farm|house|track|"
    r"drive|gate)\b|\b(?:pitch|berth|plot|mooring) [0-9]{1,3}\b"
    r"|\b(?:block|tower) [a-h0-9]{1,2}, [^.!?\n]{0,20}floor"
)
WEAK = compiled(
    r"\b[a-z]{3,} (?:road|street|lane)\b|\b(?:past|by|near|beside|along from|round from|"
    r"across from|after) the "
    r"(?:old )?[a-z]{3,}|\b(?:turn|come off|off the|up past|down past|half ?way)\b"
    r"|\b(?:on|up|down|off) (?:the )?[a-z]+ (?:road|street|lane|hill|brow|green|avenue|close|st|rd|"
    r"ave|ln|row)\b|\bwith (?:the|a|an) [a-z]{3,}"
    r"|\b[0-9]{1,2}/[0-9]{1,2}\b|\bnumber [0-9]{1,4}\b|\b(?:knock|buzz|ring the bell|letterbox|"
    r"ramp|semis?|terrace)\b"
)
_NEVER = re.compile(
    r"\b(?:flat (?:race|shoes|caps?|tyres?|pack|out|bench|course)|road (?:bike|race|rules?|works)|"
    r"(?:house|home) (?:rules?|games?|teams?|legs?|kit|strip|matches|match|fixtures?)|your|ur|"
    r"park(?:ed|ing| (?:behind|in|on|at|by|up|your|outside))|dream|story|book|film|characters?|"
    r"used to live|lived|if i|would live|wish|"
    r"long ago|years ago|as a (?:child|kid|boy|girl)|grew up|near (?:you|u)|stay on|"
    r"(?:the )?(?:sea|seaside|coast|beach|equator|rules|radar))\b"
)
_END = re.compile(r"[.!?](?=\s|\Z)|\n\s*\n")
_MOST = 220
_NEXT = 160


def told(window: Window) -> Iterator[tuple[int, int]]:
    """Every place of living that is told so, from its first landmark to the end of the saying."""
    text = window.text
    done = 0
    for match in _LIVING.finditer(text):
        if match.start() < done:
            continue
        start = _sentence_start(text, match.start())
        end = _sentence_end(text, match.end())
        if _NEVER.search(text[start:end]) is not None:
            continue
        found = _located(text, match.start(), end) or _located_next(text, match.start(), end)
        if found is not None:
            yield found
            done = found[1]


def _located(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The landmarks in a sentence, where they are enough to find the house by."""
    said = text[start:end]
    strong = [m.start() for m in STRONG.finditer(said)]
    weak = [m.start() for m in WEAK.finditer(said)]
    if not strong or len(strong) + len(weak) < 2:
        return None
    return start + min(strong + weak), end


def _located_next(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The next sentence tells: "My road's a pain to find. First right, up past the allotments"."""
    after = _sentence_end(text, min(len(text), end + 2))
    if after <= end + 2 or after > end + _NEXT:
        return None
    said = text[end:after]
    strong = [m.start() for m in STRONG.finditer(said)]
    weak = [m.start() for m in WEAK.finditer(said)]
    weaker = sum(1 for _ in WEAK.finditer(text[start:end]))
    if len(strong) + len(weak) + weaker < 3 or not strong or _NEVER.search(said) is not None:
        return None
    return end + min(strong + weak), after


def _sentence_start(text: str, at: int) -> int:
    before = [m.end() for m in _END.finditer(text, max(0, at - _MOST), at)]
    return before[-1] if before else max(0, at - _MOST)


def _sentence_end(text: str, at: int) -> int:
    after = _END.search(text, at, at + _MOST)
    return after.start() if after else min(len(text), at + _MOST)
