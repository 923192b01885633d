"""From the rows of a word list to sightings: what every finder of intentions does alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from .finder import Window
from .matching import Pattern, compiled, searchable
from .sighting import Confidence, Sighting, Type, Zone
from .stance import refused, sentence, warned
from .wording import Row, Rows, spelt_out
from .wordlists import phrases

_AT_MOST = {Zone.QUOTED: Confidence.POSSIBLE, Zone.SIGNATURE: Confidence.LIKELY}
"""Somebody else's words, and what stands below every letter, are never surer than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """A stretch of the folded text that says something."""

    start: int
    end: int
    confidence: Confidence
    row: str
    """The name of the row that found it."""


_ANSWER = ("re:", "re ", "fw:", "fwd:", "aw:")
"""How a subject begins that was written by whoever wrote first."""
_AROUND = 140
"""How many characters before and after a find may say that it is harmless."""
_GREETING = 60
"""Within so many characters a greeting says for whom the text is."""
_ONE = 40
"""Finds of one kind that stand no further apart than this, in characters, are one saying."""


def text_of(window: Window) -> str:
    """The folded text of the window, as patterns can take it."""
    return searchable(window.folded.text)


def said(text: str, rows: Iterable[Row], *, warnings: bool = True) -> list[Find]:
    """``finds`` but for what others are warned of, where ``warnings`` are looked for."""
    if isinstance(rows, Rows) and not rows.any.search(text):
        return []
    return [f for f in finds(text, rows) if not (warnings and warned(text, f.start, f.end))]


def finds(text: str, rows: Iterable[Row], *, listed: bool = False) -> Iterator[Find]:
    """What the rows find, where the sentence has what they need and doesn't take it back."""
    for row in rows:
        for match in row.pattern.finditer(text):
            start, end = match.start(), match.end()
            left, right = sentence(text, start, end)
            around = text[left:right]
            if row.needs and not row.needs.search(around):
                continue
            if row.unless and row.unless.search(around):
                continue
            if row.phrase.negatable and refused(text, start, end, listed=listed):
                continue
            yield Find(start=start, end=end, confidence=row.phrase.confidence, row=row.phrase.name)


def eased(text: str, find: Find, harmless: str) -> Find:
    """The find, possible at most where the list of that name fits the words around it."""
    around = text[max(0, find.start - _AROUND) : find.end + _AROUND]
    return _possible(find) if _together(harmless).search(around) else find


def to_a_group(text: str, find: Find) -> Find:
    """The find, possible at most where the text greets a whole group."""
    return (
        _possible(find) if _together("greeting_group").search(text[:_GREETING].lstrip()) else find
    )


def _possible(find: Find) -> Find:
    return replace(find, confidence=min(find.confidence, Confidence.POSSIBLE))


@lru_cache(maxsize=16)
def _together(name: str) -> Pattern:
    """All rows of a list as one pattern. Raises ``ValueError``."""
    return compiled("|".join(f"(?:{spelt_out(p.pattern, {})})" for p in phrases(name)))


def cores(names: Iterable[str]) -> tuple[str, ...]:
    """The rows of these lists as gates: whole phrases, so that no ordinary word passes alone."""
    return tuple(
        rf"\b(?:{spelt_out(phrase.pattern, {})})" for name in names for phrase in phrases(name)
    )


def sightings(
    window: Window, kind: Type, found: Iterable[Find], understood: Callable[[str], str]
) -> Iterator[Sighting]:
    """One sighting for each stretch; finds that overlap become one, as sure as the surest.

    ``understood`` is told the stretch, as it is folded.
    """
    most = _AT_MOST.get(window.piece.zone, Confidence.CERTAIN)
    if window.piece.part == "subject" and window.folded.text.lstrip().startswith(_ANSWER):
        most = Confidence.POSSIBLE
    for find in merged(found):
        start, end = window.folded.span(find.start, find.end)
        yield Sighting(
            type=kind,
            start=start,
            end=end,
            text=window.folded.seen(find.start, find.end),
            understood=understood(window.folded.text[find.start : find.end]),
            confidence=min(most, find.confidence),
            zone=window.piece.zone,
            part=window.piece.part,
        )


def merged(found: Iterable[Find]) -> list[Find]:
    """The finds in order, those that overlap or all but touch made one."""
    out: list[Find] = []
    for find in sorted(found, key=lambda f: (f.start, -f.end)):
        if out and find.start < out[-1].end + _ONE:
            last = out[-1]
            surest = max(last, find, key=lambda f: f.confidence)
            out[-1] = Find(
                start=last.start,
                end=max(last.end, find.end),
                confidence=surest.confidence,
                row=surest.row,
            )
        else:
            out.append(find)
    return out
