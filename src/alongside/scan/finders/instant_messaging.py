"""I1: invitations to an instant messaging service, as a link, by name, by its picture, or unnamed.

A link that opens a talk is certain. Words are likely: the rows of ``instant_messaging.toml`` say
how people ask, and the dated list of platforms says which services count on that day.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ..finder import Finder, Window
from ..intents import Find, said, sightings, text_of
from ..known import Known
from ..matching import Pattern, compiled
from ..meant import HEARD, meant
from ..platform_names import invites, named, names, of_kind, words
from ..sighting import Confidence, Sighting, Type
from ..stance import refused, sentence, spoken_of, warned
from ..wording import gates, rows, spelt_out, there_are
from ..wordlists import Platform, every_platform, phrases
from .cues import cue

_KIND = "instant_messaging"
_UNNAMED = "a private message"
"""What is understood where no service is named."""
_BESIDE = 80
"""Characters beside a name, or its sentence, that are looked at too."""
_WRITER = compiled(r"\b(?:i|i'?m|i'?ll|i'?ve|i'?d|il|me|my|mine|us|we|we'?ll|we'?re|our|let'?s)\b")
_DOER = compiled(
    r"\b(?:i|we)(?:'?ve|'?ll|l|'?m|'?re)?\s+(?:just\s+|have\s+|am\s+|also\s+)*"
    r"(?:made|make|making|set|put|putting|start\w*|got|creat\w*|open\w*|run|add\w*|use|hav)\b"
)
_POSTED = compiled(r"\b(?:palace|king|queen|telegraph|100th|hundredth|centenarian)\b")
"""A telegram is a card to somebody who is a hundred."""
_SECRET = compiled(r"\b(?:pass ?(?:word|code)s?|pass|p/?w|pwd|pin)\b")
"""In its sentence: a password is the matter."""
_AIDS = compiled(
    r"\b(?:aac|talkers?|communication (?:aid|app|board|book)s?|grid ?3|proloquo\w*|eye ?gaze"
    r"|symbols?|switch access|relay uk|text ?relay|speech app)\b"
)
_READER = compiled(r"\b(?:you|you'?re|you'?ll|u|ur|your|yours|ya|yous|let'?s|we)\b")


def find(window: Window, known: Known) -> Iterator[Sighting]:
    on = there_are(known.today)
    messaging = of_kind(on, _KIND)
    text = text_of(window)

    def understood(stretch: str) -> str:
        platform = named(stretch, messaging) or named(text, messaging)
        return platform.id if platform else _UNNAMED

    found = [
        f
        for f in meant(window, Type.INSTANT_MESSAGING, invitations(text, on))
        if f.row != HEARD or not _other(text[f.start : f.end], messaging)
    ]
    yield from sightings(window, Type.INSTANT_MESSAGING, found, understood)


def _other(stretch: str, messaging: tuple[Platform, ...]) -> bool:
    """Whether it speaks of an aid for those who don't speak, or of a service that there isn't any
    more on that day."""
    if _AIDS.search(stretch):
        return True
    return named(stretch, _EVER) is not None and named(stretch, messaging) is None


def invitations(text: str, on: tuple[Platform, ...]) -> list[Find]:
    """Every stretch of the folded text that invites to a service of ``on``."""
    found = [*_linked(text, on)]
    found += said(text, rows("instant_messaging", on)) + said(
        text, rows("instant_messaging_wide", on)
    )
    found = [f for f in found if not _of_others(text, f, on)] or list(_mentioned(text, on))
    if found:
        found += said(text, rows("instant_messaging_after", on))
    return found


def _linked(text: str, on: tuple[Platform, ...]) -> Iterator[Find]:
    for match in _links(on).finditer(text):
        start = match.start() + (len(match.group()) - len(match.group().lstrip(" \t\r\n<(\"'")))
        if not refused(text, start, match.end()):
            yield Find(start=start, end=match.end(), confidence=Confidence.CERTAIN, row="link")


def _mentioned(text: str, on: tuple[Platform, ...]) -> Iterator[Find]:
    """A service's name, with nothing against it: likely where the writer or the reader stands
    beside it (both, for a name that is quite an ordinary word), or where somebody is asked to do
    something about it."""
    for pattern, enough in ((_bare(on), 1), (_app(), 1), (_cued(on), 2)):
        done = 0
        for match in pattern.finditer(text):
            start, end = match.start(), match.end()
            if start < done or (
                refused(text, start, end, listed=True)
                or spoken_of(text, start, end)
                or warned(text, start, end)
                or (text.startswith("telegram", start) and _POSTED.search(text))
            ):
                continue
            left, right = sentence(text, start, end)
            if _SECRET.search(text[left:right]):
                continue
            near = text[left : right + _BESIDE]
            those = sum(who.search(near) is not None for who in (_WRITER, _READER))
            asked = those >= enough or cue("instant_messaging_invites").search(text[left:right])
            talk = _talked_of(text, left, start)
            if not asked and pattern is not _bare(on):
                continue
            yield Find(
                start=start,
                end=end,
                confidence=Confidence.LIKELY if asked and not talk else Confidence.POSSIBLE,
                row="mention",
            )
            done = right if asked and not talk else done


def _of_others(text: str, found: Find, on: tuple[Platform, ...]) -> bool:
    """Whether the name in a find is one that is talked about, or a chat of others."""
    name = _bare(on).search(text[found.start : found.end])
    if found.row == "link" or name is None:
        return False
    at = found.start + name.start()
    left, _ = sentence(text, found.start, found.end)
    return _talked_of(text, left, at)


def _talked_of(text: str, left: int, at: int) -> bool:
    """Whether what stands before ``at`` in its sentence speaks of the name there, or of others
    whose it is; what the writer does is no doing of others."""
    before = text[max(left, at - _BESIDE) : at]
    match = _talk().search(before)
    return match is not None and not _DOER.search(before[: match.start()])


@lru_cache(maxsize=1)
def _talk() -> Pattern:
    """What ends right before a name that is only spoken of."""
    patterns = [f"(?:{spelt_out(p.pattern, {})})" for p in phrases("instant_messaging_talk")]
    return compiled(rf"\b(?:{'|'.join(patterns)})[^a-z0-9.!?;]+$")


@lru_cache(maxsize=16)
def _links(on: tuple[Platform, ...]) -> Pattern:
    return compiled(rf"(?:https?:)?(?:{invites(of_kind(on, _KIND))})")


@lru_cache(maxsize=16)
def _bare(on: tuple[Platform, ...]) -> Pattern:
    return compiled(rf"\b(?:{names(of_kind(on, _KIND))})\b")


@lru_cache(maxsize=1)
def _app() -> Pattern:
    """Names that are hardly ever anything else where they stand so."""
    return compiled(
        r"\b(?:on|via|over|onto|off)\s+(?:snap+|sc|discord|disc|kik|messenger|tele|tg|wa|ft|slack)\b"
        r"|\b(?:got|get|download|install)\s+(?:snap+|disc|messenger|kik|tele|tg)\b"
        r"|\b(?:is|try|use|uze|using|got|get|have|hav|my|your|ur|prefer)\s+discord\b"
        r"|\bdiscord\s+(?:call|chat|tonight|later|instead|me|u|works|\?)"
    )


@lru_cache(maxsize=16)
def _cued(on: tuple[Platform, ...]) -> Pattern:
    """Names that are ordinary words too, beside a word that they are names after."""
    return compiled(
        r"\b(?:on|via|over|onto|using|use|uze|having|my|ur|got|get|there'?s a|downloa?d|install)"
        r"\s+(?:the\s+|my\s+|ur\s+)?"
        rf"(?:{words(of_kind(on, _KIND))})\b"
    )


_EVER = of_kind(every_platform(), _KIND)

FINDER = Finder(
    name="instant_messaging",
    types=frozenset({Type.INSTANT_MESSAGING}),
    gate=(
        rf"\b(?:{names(_EVER)})",
        rf"\b(?:{words(_EVER)})\b",
        rf"(?:{invites(_EVER)})",
        *gates("instant_messaging"),
        *gates("instant_messaging_wide"),
    ),
    find=find,
    listens=True,
)
