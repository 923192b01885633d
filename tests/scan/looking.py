"""One finder looking at one text."""

from __future__ import annotations

from datetime import date

from alongside.scan.finder import Finder, Window
from alongside.scan.fold import fold
from alongside.scan.gate import Gate
from alongside.scan.known import Known
from alongside.scan.reading import Piece
from alongside.scan.sighting import Confidence, Sighting, Zone

TODAY = date(2026, 11, 1)


def seen(
    finder: Finder,
    text: str,
    *,
    today: date = TODAY,
    youngest: int | None = 15,
    readers: bool = True,
    zone: Zone = Zone.BODY,
    part: str = "",
) -> list[Sighting]:
    """Everything that the finder sees in it."""
    piece = Piece(start=0, end=len(text), zone=zone, part=part)
    known = Known(today=today, youngest=youngest, readers=readers)
    return list(finder.find(Window(folded=fold(text), piece=piece), known))


def sure(
    finder: Finder,
    text: str,
    *,
    today: date = TODAY,
    youngest: int | None = 15,
    readers: bool = True,
    zone: Zone = Zone.BODY,
    part: str = "",
) -> list[str]:
    """What it sees that is likely or certain."""
    found = seen(
        finder, text, today=today, youngest=youngest, readers=readers, zone=zone, part=part
    )
    return [s.text for s in found if s.confidence >= Confidence.LIKELY]


def gated(finder: Finder, text: str) -> bool:
    """Whether the gate lets the text through to the finder."""
    return bool(Gate([finder]).asked(fold(text).text))
