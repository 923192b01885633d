"""What is known of a signature: approved, refused, asked about, or new in the first weeks."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from alongside.policy.people import People
from alongside.policy.register import Signature, SignatureStanding
from alongside.policy.rulebook import Rulebook


class Learned(StrEnum):
    """How what stands in a signature counts."""

    APPROVED = "approved"
    ASKED = "asked"
    """Still being learned, and an officer was asked already."""
    ASK = "ask"
    """Seen for the first time, while it is still being learned: the writer is told once, and an
    officer is asked."""
    UNKNOWN = "unknown"
    """Refused, or never decided in time: it counts as anything else does."""

    @property
    def passes(self) -> bool:
        return self in (Learned.APPROVED, Learned.ASKED)


def learned(
    signature: str, writers: tuple[str, ...], people: People, rulebook: Rulebook, today: date
) -> Learned:
    """What the register says of this signature (by its key) of the one person who wrote."""
    if not signature or len(writers) != 1 or writers[0] not in people.persons:
        return Learned.UNKNOWN
    kept = people.persons[writers[0]].signatures
    standing = next((s.standing for s in kept if s.key == signature), None)
    if standing is SignatureStanding.APPROVED:
        return Learned.APPROVED
    if standing is SignatureStanding.REFUSED or not _first_weeks(kept, rulebook, today):
        return Learned.UNKNOWN
    return Learned.ASK if standing is None else Learned.ASKED


def _first_weeks(kept: tuple[Signature, ...], rulebook: Rulebook, today: date) -> bool:
    if not rulebook.learning_days:
        return False
    first = min((s.since for s in kept), default=today)
    return (today - first).days < rulebook.learning_days
