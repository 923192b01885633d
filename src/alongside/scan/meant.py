"""Phrases and meanings together: what both say of a stretch, and how sure that makes it.

Only phrases and links are ever certain. The network hears what no phrase says, and lets go what
only sounds like one: then a person is told, and nothing is stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from .finder import Window
from .intents import Find
from .matching import searchable
from .meaning.kinds import KINDS
from .meaning.meaning import Meaning, meaning
from .sighting import Confidence, Type, Zone

LIKELY, POSSIBLE, HARDLY, NEVER = 0.5, -1.0, -3.0, -6.0
"""Logits: from this on it is likely, possible; below the third a phrase only sounds like it, and
one that is certain becomes likely; below the last that one too only sounds like it."""
KINDNESS = 2.75
"""The logit from which private talk is likely. What is kind, or funny, sounds a little like it in
every club, and what is likely takes an officer's time."""
LOUD = 1.5
"""The logit from which a detail that no rule has the shape of is likely."""
LINK = "link"
"""The name of the row of a find that is a link: what it opens is no matter of hearing."""
HEARD = "heard"
"""The name of the row of a find that no phrase made."""
LISTENED = frozenset({Zone.BODY, Zone.ATTACHMENT})
"""What the writer wrote now. Signatures and quotations are left to the phrases."""


def meant(window: Window, kind: Type, found: Iterable[Find]) -> list[Find]:
    """The finds of the phrases, as sure as the network lets them be, and what else it hears."""
    sure = weighed(window, kind, found)
    if window.piece.zone not in LISTENED:
        return sure
    at = KINDS.index(kind)
    least = KINDNESS if kind is Type.PRIVATE_TALK else LIKELY
    heard = []
    for sentence, logits in _told(window).hopeful():
        if logits[at] < POSSIBLE:
            continue
        if any(f.start < sentence.end and sentence.start < f.end for f in sure):
            continue
        confidence = Confidence.LIKELY if logits[at] >= least else Confidence.POSSIBLE
        heard.append(Find(start=sentence.start, end=sentence.end, confidence=confidence, row=HEARD))
    return sure + heard


def weighed(window: Window, kind: Type, found: Iterable[Find]) -> list[Find]:
    """The finds of the phrases, as sure as the network lets them be."""
    those = list(found)
    if window.piece.zone not in LISTENED:
        return those
    at = KINDS.index(kind)
    return [_weighed(f, _told(window).around(f.start, f.end)[at]) for f in those]


def sounds(window: Window, start: int, end: int) -> Mapping[Type, float]:
    """What the network says of the sentences that a stretch touches, a logit a kind; nothing where
    it doesn't listen."""
    if window.piece.zone not in LISTENED:
        return {}
    return dict(zip(KINDS, _told(window).around(start, end), strict=True))


def _told(window: Window) -> Meaning:
    return meaning(searchable(window.folded.text))


def _weighed(find: Find, logit: float) -> Find:
    if find.row == LINK and find.confidence is Confidence.CERTAIN:
        return find
    if find.confidence is Confidence.CERTAIN and NEVER <= logit < HARDLY:
        return replace(find, confidence=Confidence.LIKELY)
    if find.confidence > Confidence.POSSIBLE and logit < HARDLY:
        return replace(find, confidence=Confidence.POSSIBLE)
    if find.confidence is Confidence.POSSIBLE and logit >= LIKELY:
        return replace(find, confidence=Confidence.LIKELY)
    return find
