"""The whole reader looking at one text, through its gate."""

from __future__ import annotations

from datetime import date

from alongside.scan.known import Details, Known
from alongside.scan.reading import Piece, Reading
from alongside.scan.scan import scan
from alongside.scan.sighting import Confidence, Sighting, Type, Zone

TODAY = date(2026, 11, 1)
NOBODY = Known(today=TODAY)
CLUB = Known(
    today=TODAY,
    ours=Details(
        numbers=frozenset({"+441632960100", "+447700900500"}),
        addresses=frozenset({"club.mailbox@freemail.example"}),
        profiles=frozenset({"instagram:activetogether", "facebook:activetogether"}),
    ),
    domains=frozenset({"activetogether.example"}),
    theirs=Details(
        numbers=frozenset({"+447700900377"}),
        addresses=frozenset({"imran.dad@postbox.example"}),
        profiles=frozenset({"tiktok:noah_spins"}),
    ),
    own=Details(
        numbers=frozenset({"+447700900123"}),
        addresses=frozenset({"sam.poole@freemail.example"}),
        profiles=frozenset({"instagram:sam.poole"}),
    ),
)
"""A club's register, a family's details, and the coach's own."""


def look(text: str, known: Known = NOBODY, zone: Zone = Zone.BODY) -> tuple[Sighting, ...]:
    """Everything that is seen in it."""
    pieces = (Piece(start=0, end=len(text), zone=zone),) if text else ()
    return scan(Reading(text=text, pieces=pieces), known)


def found(
    text: str, kind: Type, known: Known = NOBODY, least: Confidence = Confidence.LIKELY
) -> list[str]:
    """As what the sightings of that type are understood that are at least so sure."""
    return [s.understood for s in look(text, known) if s.type is kind and s.confidence >= least]


def how_sure(text: str, kind: Type, known: Known = NOBODY) -> list[Confidence]:
    """How sure the sightings of that type are."""
    return [s.confidence for s in look(text, known) if s.type is kind]
