"""G1: asking to keep the talk secret, or to leave out the one who is copied.

Worth more than all other sightings: who asks for it knows why somebody is copied. A surprise for
somebody else, a password, a footer of confidentiality are no such thing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..finder import Finder, Window
from ..intents import said, sightings, text_of
from ..known import Known
from ..sighting import Sighting, Type
from ..wording import rows, there_are

_ASKED = "asks to keep it from others"


def find(window: Window, known: Known) -> Iterator[Sighting]:
    found = said(text_of(window), rows("secrecy", there_are(known.today)))
    yield from sightings(window, Type.SECRECY, found, lambda _: _ASKED)


FINDER = Finder(
    name="secrecy",
    types=frozenset({Type.SECRECY}),
    gate=(
        r"\b(?:keep|kept|kp|leave|left|remove|take|taking|hide|hiding|drop|dropped|rather|sooner|better|best|dinnae|ssh)\b",
        r"\b(?:secr|sekr|seecr|private|privat|hush|shh|quiet|qwiet|schtum|stum\b|hat\b|hats\b|between|betwen|bitween|trouble|trubble|trust)",
        r"\b(?:tell|tel|telling|mention|menshun|show|let|say|word|promis|swear|pretend|version|story|pinky|breathe|repeat)\b",
        r"\b(?:delet|dilet|del\b|wip|clear|destroy|erase|burn|shred|unsend|get rid|scrub|bin\b)",
        r"\b(?:cop(?:y|ied|ying|yd|yin|ies)|cc|cc'?ing|c\.c|thread|loop|reply|without|behind|off|ours|sacked|job)\b",
        r"\b(?:other|home|own|personal|private|different) (?:\w+ )?(?:address|e-?mail|mail|account|number|phone|fone)",
        r"\b(?:no ?one|nobody|no body|no1|any ?one|ne1|any1|anybody)\b",
        r"\b(?:know|knows|knowing|understand|looked at|checked|reads?|sees?|here)\b",
        r"\bpromis",
    ),
    find=find,
)
