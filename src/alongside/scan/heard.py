"""Details that no rule has the shape of: what the network hears of homes, accounts and own pages.

Rules look for details by their shapes and are sure of them. "The cottage with the blue gate, third
on the left after the chapel" has none. What is only heard is likely at most. What a rule is not
sure of becomes surer or less sure by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from .finder import Window
from .finders.home_address import INVITATION
from .known import Known
from .matching import Pattern, compiled, searchable
from .meaning.kinds import KINDS
from .meaning.meaning import Meaning, meaning
from .meaning.units import Sentence
from .meant import LISTENED, LOUD
from .sighting import Confidence, Sighting, Type

_LINKS = frozenset(
    {Type.HANDLE, Type.PROFILE_LINK, Type.PERSONAL_SITE, Type.IMAGE_LINK, Type.EMAIL_ADDRESS}
)
_SAYS: Mapping[Type, frozenset[Type]] = MappingProxyType(
    {
        Type.HOME_ADDRESS: frozenset({Type.HOME_ADDRESS}),
        Type.HANDLE: _LINKS,
        Type.PERSONAL_SITE: _LINKS,
    }
)
"""What is listened for, and what says the same where a rule has seen it."""
LEAST: Mapping[Type, float] = MappingProxyType(
    {
        Type.PHONE: -3.0,
        Type.EMAIL_ADDRESS: -2.5,
        Type.HOME_ADDRESS: -1.9,
        Type.HANDLE: -1.0,
        Type.PROFILE_LINK: -3.0,
        Type.IMAGE_LINK: -8.0,
        Type.PERSONAL_SITE: -8.0,
    }
)
"""The logits below which what a rule holds to be likely is only possible: it sounds like a hall's,
a firm's, a team's."""
OFFICIAL: Mapping[Type, float] = MappingProxyType({Type.HANDLE: -6.0, Type.PROFILE_LINK: -6.0})
"""The logits below which even a plain account is only possible: it sounds like a body's own."""
SURER = 3.0
"""The logit from which what a rule holds to be possible is likely: the rule had its doubts."""
_UNHEARD: Mapping[Type, Pattern] = MappingProxyType(
    {
        Type.HOME_ADDRESS: compiled(
            r"\b(?:your|ur|his|her|their) (?:new |old |home )?address\b"
            r"|\b(?:pick|collect|drop|fetch)\w* (?:you|u|him|her|them|everyone)\b"
            r"|\b(?:bus|the) stop\b|\bhome: [0-9]"
        ),
        Type.HANDLE: compiled(r"@\w|https?:|www\.|[a-z0-9]_[a-z0-9]"),
        Type.PERSONAL_SITE: compiled(r"\w\.[a-z]{2}|www"),
    }
)
"""Where nothing is heard. A rule has looked at links and names with signs in them, and knows whose
they are; and where the reader lives, or the bus stops, is no secret of the writer's."""
_UNDERSTOOD: Mapping[Type, str] = MappingProxyType(
    {
        Type.HOME_ADDRESS: "where somebody lives",
        Type.HANDLE: "a name on a site",
        Type.PERSONAL_SITE: "a page of one's own",
    }
)


def heard(window: Window, known: Known, found: Iterable[Sighting]) -> list[Sighting]:
    """The sightings of one window, as sure as the network lets them be, and what else it hears."""
    those = list(found)
    if window.piece.zone not in LISTENED:
        return those
    told = meaning(searchable(window.folded.text))
    weighed = [s if _like_ours(s, known) else _weighed(window, told, s) for s in those]
    return weighed + list(_unseen(window, known, told, weighed))


def _weighed(window: Window, told: Meaning, seen: Sighting) -> Sighting:
    if seen.type not in LEAST or seen.own or seen.understood == INVITATION:
        return seen
    if seen.confidence is Confidence.CERTAIN and seen.type not in OFFICIAL:
        return seen
    if seen.confidence is Confidence.POSSIBLE and seen.type not in _SAYS:
        return seen
    at = KINDS.index(seen.type)
    around = [s for s in told.sentences if _touches(window, s, seen)]
    logit = max((told.around(s.start, s.end)[at] for s in around), default=0.0)
    return replace(seen, confidence=_sure(seen, logit))


def _like_ours(seen: Sighting, known: Known) -> bool:
    """``sam@club.example.evil.test``: of course it sounds like ours, and that is the trick."""
    if seen.type is not Type.EMAIL_ADDRESS:
        return False
    return any(domain.split(".")[0] in seen.understood for domain in known.domains)


def _sure(seen: Sighting, logit: float) -> Confidence:
    if seen.confidence is Confidence.POSSIBLE:
        return Confidence.LIKELY if logit >= SURER else Confidence.POSSIBLE
    least = OFFICIAL if seen.confidence is Confidence.CERTAIN else LEAST
    return Confidence.POSSIBLE if logit < least[seen.type] else seen.confidence


def _unseen(
    window: Window, known: Known, told: Meaning, seen: Sequence[Sighting]
) -> Iterator[Sighting]:
    for sentence, logits in told.hopeful():
        said = window.text[sentence.start : sentence.end]
        for kind, same in _SAYS.items():
            if logits[KINDS.index(kind)] < LOUD or _UNHEARD[kind].search(said):
                continue
            if _registered(said, known):
                continue
            if any(s.type in same and _touches(window, sentence, s) for s in seen):
                continue
            yield window.see(
                kind, sentence.start, sentence.end, _UNDERSTOOD[kind], Confidence.LIKELY
            )


def _touches(window: Window, sentence: Sentence, seen: Sighting) -> bool:
    start, end = window.folded.span(sentence.start, sentence.end)
    return start < seen.end and seen.start < end


def _registered(said: str, known: Known) -> bool:
    """Whether a name in it is one that the register has: nobody's secret."""
    bare = said.replace(" ", "")
    names = [p.rpartition(":")[2] for of in (known.ours, known.theirs) for p in of.profiles]
    return any(name in bare for name in (*names, *known.domains))
