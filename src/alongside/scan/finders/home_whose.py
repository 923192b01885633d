"""Whose home an address is, by the words right before it: the writer's, a friend's, the reader's
own as the register has it."""

from __future__ import annotations

import re

from .cues import cue
from .first_names import first_names

_LIVES = re.compile(
    r"\b(?:i'?m|i am|ah'?m|lives?|livin|living|bides?|biding|lodges?|lodging|rents?|renting|"
    r"resides?|be found|find (?:me|us|him|her|them)|(?:house|hoose|home|digs|addy|mine|gaff) is|"
    r"hoose|home(?=[:)])|home's|my drive|kip|kipping|staying with|stopping with)"
    r"(?: (?:still|now|just|over|round|up|down|home|here|at|in|on|into|to|number|no|is|"
    r"wi[a-z]{0,3}|"
    r"his|her|my|me|our|their|nan|mum|dad|mam|sister|brother|auntie|since [a-z]+|and))*[ ,:;()!-]*$"
)
"""Who lives there stands right before it: "I'm 33 Jubilee Grove", "he's moved in with his nan,"."""
_MOVED = re.compile(
    r"\b(?:i|he|she|they|we)(?:'?ve|'?s|'?m|'?re| have| has)? (?:just |all )?(?:moved?|movd|"
    r"moving) "
    r"(?:in|into|to|back|house|out|over|up|down)\b[a-z ']{0,24}[ ,:;()!-]*$"
)
_WE_ALL = re.compile(
    r"\b(?:club|session|sessions|training|practice|rehearsals?|office|class|classes|group|team|"
    r"squad|committee|everybody|everyone)\b"
)
"""Not only people move house."""
_ROUND_HERE = re.compile(
    r"\b(?:i'?m|i am) (?:just |only |right )*(?:round|near|next|opposite|by|behind|over|up|down|"
    r"along)"
    r"\b[a-z' ]{0,40} at $|\b(?:his|her|their|my|our|ma) (?:own )?(?:front room|kitchen|garage|"
    r"shed|"
    r"workshop|studio|lounge|spare room|bit)(?: at| is)?[ ,:(-]*$|\bover the (?:fence|wall) at $"
)
"""``I'm just round the corner from college at``, ``in her front room,``."""
_ARE_AT = re.compile(
    r"\b(?:we|he|she|they|who)(?:'?re|'?s| is| are| was)(?: (?:still|now|just|over|round|at|in|on|"
    r"number))*[ ,:;(-]*$"
)
_HELD = re.compile(
    r"\b(?:we (?:hold|still have|have (?:you|him|her|them|(?:your|\w+'s)(?: \w+){1,3}) (?:down )?"
    r"(?:as|at|down))|on (?:file|record)|"
    r"(?:our|the) (?:records?|register) (?:says?|shows?|has|have)|(?:this|hold) address for|"
    r"what we hold|emergency contact|if you'?ve moved|please check (?:what|your|these|that|we)|"
    r"(?:still|is that|are these) (?:right|correct)|up to date)\b"
)
"""The reader's own entry is read out to be checked."""
INVENTED = re.compile(
    r"\b(?:an?|the|their|some|that) (?:made[- ]up|invented|pretend|fake|fictional|imaginary|dummy|"
    r"example)\b"
    r"|\b(?:in (?:our|the|a|my) (?:play|story|book|film|panto|musical|sketch|quiz|novel)|script|"
    r"reads? it aloud|opens? the letter|a prop\b|treasure hunt|clue)\b"
)
_NAMES_PLACE = re.compile(
    r"\b([a-z]{3,12})(?:'?s)?(?: (?:and|&|n) [a-z]{3,12}(?:'s)?)?"
    r"(?: (?:house|place|flat|gaff|at|is|are|lives|in|on|now|still|has moved to))*[ ,:;(-]*$"
)
"""``at Gaz's:``, ``Mair is``."""
_KIN = frozenset("mum mam dad nan gran granny nana grandad grandma auntie uncle".split())
_OWNED = re.compile(
    r"\b(?:at|to|round|from|with|by|for|outside|is|in) (?:[a-z]{3,12} (?:and|&|n) )?[a-z]{3,12}'s"
    r"(?: (?:house|place|flat|gaff|new|old))*[ ,:;(-]*(?:at |in |on |is )?$"
)
_DROP = re.compile(
    r"\b(?:drop(?:ped|s)?|leave|left|brought|bring|hand(?:ed)?|post(?:ed)?|send|sent|"
    r"deliver(?:ed)?|"
    r"collect(?:ed)?|fetch(?:ed)?|picked up|claim(?:ed)?|callers)"
    r"\b[^.!?]{0,50}\b(?:at|to|from|"
    r"by|off),? $"
)
_ME = re.compile(r"\b(?:i'?d|i'?ll|me|i)\b")
_SAINT = re.compile(r"\b(?:st|saint|mc|cafe|called)[. ]+$")
_FIRST = re.compile(r"\b(?:my|mine|i|i'm|i've|our)\b")
_BESIDE_IT = re.compile(
    r"\b(?:above|over|behind|opposite|near|beside|by|below|under|past|from|"
    r"next to)(?: [a-z'-]+){1,3} ?$"
)
"""A landmark, and no place to go to: "above the bike shop"."""
_THATS_MINE = re.compile(
    r"[, ]*(?:[a-z]+ )?(?:that'?s|is|it'?s|which is) (?:all )?(?:me|mine|ours|us|my|our|"
    r"where (?:i|we)(?:'?ll|'?m|'?re)?)\b"
)
BEFORE, AFTER = 220, 90
"""Characters that are looked at."""
SENTENCE = re.compile(r"[.!?](?=\s)|\n\s*\n")


def lives_there(before: str) -> bool:
    """Whether it is said right before it that somebody lives there."""
    if _MOVED.search(before) and not _WE_ALL.search(SENTENCE.split(before)[-1]):
        return True
    near = _LIVES.search(before) is not None or _ROUND_HERE.search(before) is not None
    return near or at_somebodys(before, owned=True)


def dropped_there(before: str, after: str) -> bool:
    """Whether things are left there for the writer: "drop it at ..., and I'll scan it"."""
    sentence = SENTENCE.split(before)[-1]
    around = sentence + " | " + SENTENCE.split(after)[0]
    return _DROP.search(sentence) is not None and _ME.search(around) is not None


def someone_there(before: str) -> bool:
    """Whether somebody is there, though it may be for a day: "she's at"."""
    return _ARE_AT.search(before) is not None or at_somebodys(before)


def thats_mine(after: str) -> bool:
    """``6 Hob Lane, that's me``, ``7 The Mews, Wexcombe thats where I am``."""
    past = re.sub(r"^, ?[a-z]+(?= )", "", after)
    return _THATS_MINE.match(past) is not None or _THATS_MINE.match(after) is not None


def at_somebodys(before: str, *, owned: bool = False) -> bool:
    """Whether a first name leads to it: "it can stop at Gaz's: 152 Sefton Brow"; ``owned``: with
    an ``'s``."""
    name = _NAMES_PLACE.search(before)
    if (
        name is None
        or (owned and not _OWNED.search(before))
        or _SAINT.search(before[: name.start()])
    ):
        return False
    return bool({name[1], name[1].removesuffix("s")} & (first_names() | _KIN))


def held(text: str, start: int, end: int) -> bool:
    """Whether the reader's own entry is read out there."""
    before = text[max(0, start - BEFORE) : start]
    after = text[end : end + AFTER].split("\n\n")[0]
    own = _FIRST.search(SENTENCE.split(before)[-1]) is not None
    return not own and _HELD.search(before + " | " + after) is not None


def nearer(before: str, other: int) -> bool:
    """Whether the venue is named after what says that it is the writer's: "we've moved, the new
    office is at"."""
    if _BESIDE_IT.search(before[max(0, other - 40) : other]) or _BESIDE_IT.search(before[:other]):
        return False
    return not any(m.end() > other for m in cue("home_own").finditer(before))
