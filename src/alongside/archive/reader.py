"""What the workforce wrote, read by the same reader that the gateway has."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.enforcement.opening import Opener
from alongside.scan.known import Known
from alongside.scan.message import read_message, with_opened
from alongside.scan.reading import Reading
from alongside.scan.scan import scan
from alongside.scan.sighting import Sighting, Type, Zone
from alongside.scan.signature import signature_key

from .rows import Seen

MOST_SIGHTINGS = 50
"""Of one message: the surest come first."""


class Reader:
    """Reads one message after the other; attached files in a child process, if wanted."""

    def __init__(self, attachments: bool = True) -> None:
        self._opener = Opener() if attachments else None

    def read(
        self, octets: bytes, known: Known, reply: bool, approved: frozenset[str]
    ) -> tuple[list[Seen], list[str]]:
        """What was seen, surest first, and ``part: why`` of what could not be read. What stands in
        a signature that was ``approved`` (keys) passes."""
        reading = self._opened(read_message(octets))
        unread = [f"{u.part or 'text'}: {u.why}" for u in reading.unread]
        signed = reading.signature if approved else ""
        passes = bool(signed) and signature_key(signed) in approved
        return _seen(scan(reading, known, reply=reply), passes), unread

    def _opened(self, reading: Reading) -> Reading:
        if not reading.attachments:
            return reading
        if self._opener is None:
            return with_opened(reading, {})
        return with_opened(reading, self._opener.open_now(reading.attachments))


def _seen(sightings: Iterable[Sighting], passes: bool) -> list[Seen]:
    """What the writer wrote, each thing once; what is quoted was somebody's before, and is found
    in the message that it was quoted from."""
    unheard = {Zone.QUOTED, Zone.SIGNATURE} if passes else {Zone.QUOTED}
    kept = [s for s in sightings if s.own or s.zone not in unheard]
    kept.sort(key=lambda s: -s.confidence)
    once: dict[tuple[Type, str], Seen] = {}
    for s in kept:
        # Of a password nothing is kept but the word that gave it away.
        excerpt = s.understood if s.type is Type.PASSWORD else s.text
        said = (s.type.value, s.clause, s.confidence.word, " ".join(excerpt.split()))
        once.setdefault((s.type, s.understood or s.text), said)
    return list(once.values())[:MOST_SIGHTINGS]
