"""N1: where the writer lives: a street or a postcode with words that make it their home.

The address of a venue, a club, a school or a shop is nothing, nor is a postcode by itself. What
looks like a private address and stands alone, with nothing that makes it a venue's, is likely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finder import Finder, Window
from ..intents import finds
from ..known import Known
from ..sighting import Confidence, Sighting, Type, Zone
from ..wording import gates, rows, there_are
from .cues import cue
from .home_named import GATE as NAMED_GATE
from .home_named import coded, named
from .home_shape import (
    ADDRESS,
    CODED,
    GATE,
    NAMED,
    POSTCODE,
    SHORT,
    SPOKEN,
    dwelling,
    lower_steps,
    no_street,
    whole,
)
from .home_told import GATE as TOLD_GATE
from .home_told import told
from .home_whose import (
    AFTER,
    BEFORE,
    INVENTED,
    SENTENCE,
    dropped_there,
    held,
    lives_there,
    nearer,
    someone_there,
    thats_mine,
)
from .providers import organisational

INVITATION = "invitation"
"""To the writer's home, without its address: likely whatever the network makes of the sentence."""
_CLOSE = 34
_LEAD = re.compile(
    r"(?:(?:at|to|is|in|on|it's|its|from|outside|near|by|of|and|me|us|mine|new|my|our|address|"
    r"that's|they're|she's|he's|lives|"
    r"live|come|here|there|am|are|we|so|just|over|round|2(?= \d))[ ,:]+)+"
)
_BESIDE = 4
_GOES_ON, _WAY = 50, 160
"""Characters within which a way to the house goes on with its address."""
_BEGINS = re.compile(r"(?:\A|[.!?:;(]|\n)\s*[\"'(]?\s*$")
"""Nothing of its own sentence stands before it."""
_SOMEBODYS = re.compile(
    r"\b(?:at|to|round|from|with) (?!st\b|saint\b|mc)[a-z]{2,}'s? ?\(\s*$"
    r"|(?:\b(?:to|for|from|care of|c/o|is)|:) (?:mr|mrs|ms|miss|mx|dr)\b[a-z. -]{2,24}[,(:\n]\s*$"
)
"""``at Beatrix's (``, ``to Mrs P Dunn,``."""
_TO = re.compile(r"\b(?:at|to|2|is|its|it's|here|that's|taxi|cab|driver)[ ,:-]*$")
"""What leads to an address as the place to go to."""
_YOU = re.compile(r"\b(?:you|u|ur|yr|your|yours|come|cum|ad+r+es+|visit|knock|here)\b")
_ME = re.compile(r"\b(?:i'?m|my|mi|mine|me)\b")
_TWO_MINE = re.compile(r"2 (?:my|mine|our|the|me)\b[^0-9]{0,30}(?=[0-9])")
_BY = re.compile(
    r"\b(?:outside|behind|opposite|near|past|by|along|down|up|from|via|off|round|with|and|the|in|"
    r"on) $"
)
_PASSED = re.compile(r"\b(?:stops?|bus|parked|waits?|starts?|finish(?:es)?|next|close) (?:at|to) $")
_MINE = re.compile(
    r"\b(?:my|mi|me|mine|ours|i|i'm|im|i've|i'll|us)\b|\bour (?:house|home|place|flat|new|address)"
    r"|\bour (?:loft|attic|sofa|spare|kitchen|living room|lounge|sitting room|bungalow|cottage|farm"
    r"|bedroom|garage|garden|doorstep|front door|back door)|\bwe(?:'ve| have)? (?:live|moved|stay)"
)
_VENUE = (
    r"(?:school|college|academy|university|church|hall|arena|stadium|hotel|inn|hospital|library|"
    r"museum|theatre|pavilion|baths|pool|gym|fc|rfc|cc|club|cafe|scouts|hub|centre|center|pub|arms|"
    r"rink|track|ground|fitness|sports|bowl|bowling|cinema|zoo|restaurant|pizzeria|bakery|stores|"
    r"stores?|clinic|surgery|pharmacy|trust|ltd)"
)
_VENUE_BEFORE = re.compile(rf"\b{_VENUE}(?: (?:is|at|in|on|are))*[ ,:(\n-]*$")
_CLUB = re.compile(
    r"\b(?:gala|tournament|the (?:match|game|final|race|session|league)|entries|entry|awards|"
    r"medals|cups|park|by car|appointment|eye test|everyone|all of you"
    r"|you all|u all|teams?|fixtures?|registration|raffle|leaflets|posters|goals|nets|banner|"
    r"minutes)\b"
)
"""What clubs are busy with: an address beside it is a place to go to on their business."""
_NAMED_PLACE = re.compile(r"\b(?:at|in) (?:the )?[a-z]{3,} [a-z]{3,}, $")
_IS_THE = re.compile(r"[?.!,;( -]*(?:and )?(?:that'?s|it'?s|which is|is) (?:the|our)\b")
_LANDMARK = re.compile(
    r"\b(?:my|our|in|on|from|near|nearer|opposite|behind|above|beside|past|by|after|off|to)"
    r"(?: the| my| our| ur| your)? [a-z]+(?: at)?[ ,:(-]*$"
)
_VENUE_WITHIN = re.compile(rf"\b{_VENUE}(?=[,\n])")
_NUMBER = re.compile(r"(?:house|number|no|nr)[. ]+")
_SPOKEN = re.compile(rf"{SPOKEN}\b")
_A_STOP = re.compile(rf"^(?: [a-z]+)? (?:stop|primary|infants?|juniors|secondary|{_VENUE})\b")
"""What is called after a street: ``7 Court Road Primary``."""


def find(window: Window, known: Known) -> Iterator[Sighting]:
    text = window.text
    taken: list[tuple[int, int]] = []
    for pattern in (ADDRESS, CODED, NAMED, SHORT):
        for match in pattern.finditer(text):
            start, end = match.start(), match.end()
            lead = _LEAD.match(text, start, end)
            start = lead.end() if lead else start
            two = _TWO_MINE.match(text, start, end)
            start = two.end() if two else start
            if pattern in (NAMED, SHORT) and not _named_home(text, start, end):
                if pattern is NAMED and _on_a_line_below(window, start, end):
                    taken.append((start, end))
                    said = " ".join(text[start:end].split())
                    yield window.see(Type.HOME_ADDRESS, start, end, said, Confidence.LIKELY)
                continue
            sure = _sure(text, start, end) if whole(text, start) else None
            cased = window.folded.original != window.folded.original.lower()
            if (
                cased
                and sure is Confidence.LIKELY
                and lower_steps(text[start:end], window.folded.seen(start, end))
            ):
                sure = Confidence.POSSIBLE
            if sure is not None:
                taken.append((start, end))
                understood = " ".join(text[start:end].split())
                yield window.see(Type.HOME_ADDRESS, start, end, understood, sure)
    for start, end in (*named(window), *coded(window), *told(window)):
        if all(end < a or b + _GOES_ON < start for a, b in taken) and not held(text, start, end):
            taken.append((start, end))
            understood = " ".join(text[start:end].split())
            yield window.see(Type.HOME_ADDRESS, start, end, understood, Confidence.LIKELY)
    for found in finds(text, rows("home_invitation", there_are(known.today))):
        if all(found.end + 120 < start or end < found.start for start, end in taken):
            end = _where_it_is(text, found.end)
            yield window.see(Type.HOME_ADDRESS, found.start, end, INVITATION, found.confidence)


def _where_it_is(text: str, end: int) -> int:
    """An invitation ends where the way is told: "come to mine, the flat above the baker's"."""
    after = text[end : end + _WAY]
    return end + len(SENTENCE.split(after)[0].split("\n")[0].rstrip())


def _sure(text: str, start: int, end: int) -> Confidence | None:
    said = text[start:end]
    if no_street(said):
        return None
    counted = _NUMBER.match(said)
    before = text[max(0, start - BEFORE) : start + (counted.end() if counted else 0)]
    after = text[end : end + AFTER]
    after = after.split("\n\n")[0]
    sentence = SENTENCE.split(before)[-1]
    lives = lives_there(before)
    mine = lives or _strong(before[-140:]) or _strong(after) or thats_mine(after)
    if (
        _A_STOP.match(after)
        or held(text, start, end)
        or INVENTED.search(sentence + " | " + SENTENCE.split(after)[0])
    ):
        return None
    there = someone_there(before) or dropped_there(before, after)
    own = mine or there or cue("home_own").search(before) is not None
    if there and not mine and _venue(after[:36]):
        return Confidence.POSSIBLE
    others = [m.end() for m in cue("home_not_own").finditer(before)]
    homely = mine or there or _homely(said, sentence)
    if others and not lives and _anothers(before, others[-1], mine=mine, homely=homely):
        return None
    if _VENUE_BEFORE.search(before) and not (mine and _LANDMARK.search(before)):
        return None
    if mine:
        return Confidence.CERTAIN
    if _NAMED_PLACE.search(before) or (_IS_THE.match(after) and _venue(after)):
        return Confidence.POSSIBLE
    if _VENUE_WITHIN.search(said):
        return None
    later = not others and not _BY.search(before) and cue("home_own").search(after) is not None
    whole = SENTENCE.split(before)[-1] + " | " + SENTENCE.split(after)[0]
    if _CLUB.search(whole) and not (dwelling(said) or later):
        return Confidence.POSSIBLE
    if own or later:
        return Confidence.LIKELY
    if cue("home_not_own").search(SENTENCE.split(after)[0]):
        return None
    return _unsaid(said, before)


def _anothers(before: str, other: int, *, mine: bool, homely: bool) -> bool:
    """Whether the venue, or the reader's home, that was spoken of up to ``other`` is what the
    address belongs to."""
    if len(before) - other < _BESIDE:
        return True
    if other > len(before) - len(SENTENCE.split(before)[-1]):
        return not mine or nearer(before, other)
    return not homely


def _on_a_line_below(window: Window, start: int, end: int) -> bool:
    """Whether a house with a name is all that a line of the signature says, and no body is named
    in any line of it."""
    if window.piece.zone is not Zone.SIGNATURE:
        return False
    text = window.text
    line = text[text.rfind("\n", 0, start) + 1 : (text + "\n").index("\n", end)]
    public = organisational(text.replace(" ", ".")) or cue("home_not_own").search(text)
    return len(line.strip(" >*,.")) <= end - start + 16 and not public


def _homely(said: str, sentence: str) -> bool:
    """Whether the address, or its own sentence, says that somebody lives there, whatever venue
    was spoken of before."""
    return dwelling(said) or cue("home_own").search(sentence) is not None


def _venue(after: str) -> bool:
    return cue("home_not_own").search(after[:50]) is not None


def _unsaid(said: str, before: str) -> Confidence | None:
    """An address of which nothing is said, neither that it is home nor that it is a venue."""
    if dwelling(said) or _SOMEBODYS.search(before):
        return Confidence.LIKELY
    if _SPOKEN.match(said):
        return Confidence.POSSIBLE
    sentence = SENTENCE.split(before)[-1]
    sent = _YOU.search(sentence) and _TO.search(before) and not _PASSED.search(before)
    if sent or _BEGINS.search(before):
        return Confidence.LIKELY
    if _ME.search(sentence) and not _BY.search(before):
        return Confidence.LIKELY
    return Confidence.POSSIBLE


def _named_home(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _CLOSE) : start]
    coded = re.search(POSTCODE, text[start:end]) is not None
    if re.search(r"\bhouse(?: name)?: $", before):
        return True
    sentence = SENTENCE.split(text[max(0, start - BEFORE) : start])[-1]
    if re.match(r"\d", text[start:end]) and cue("home_own").search(sentence):
        return True
    return _strong(before) or (
        coded and cue("home_own").search(text[max(0, start - BEFORE) : start]) is not None
    )


def _strong(around: str) -> bool:
    """Whether it is said that it is the writer's, and not only that somebody is there."""
    return any(_MINE.search(m.group(0)) for m in cue("home_own").finditer(around))


FINDER = Finder(
    name="home_address",
    types=frozenset({Type.HOME_ADDRESS}),
    gate=(*GATE, *NAMED_GATE, *TOLD_GATE, *gates("home_invitation")),
    find=find,
)
