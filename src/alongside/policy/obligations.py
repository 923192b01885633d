"""What must be done before or besides a permit; ``enforcement/fulfil.py`` does each of them."""

from __future__ import annotations

from dataclasses import dataclass

from .vocabulary import Kind


@dataclass(frozen=True, slots=True)
class CopyTo:
    """Somebody of one of these kinds is copied, and their copy is accepted first."""

    kinds: frozenset[Kind]
    service_user: int
    """Which of the facts' contacts it is for."""
    all_at_once: bool = False
    """An emergency: the whole ranking, and durable is enough."""
    required: bool = True
    """False: a service user's own message, which leaves even when no copy can be made (law 3)."""


@dataclass(frozen=True, slots=True)
class AlsoCopySupporters:
    """The supporters marked ``copied`` get one as well; nothing waits for it."""

    service_user: int


@dataclass(frozen=True, slots=True)
class Inform:
    """An officer is told within this many hours."""

    within_hours: int
    why: str


@dataclass(frozen=True, slots=True)
class DeliverAfter:
    """Not before this local minute of the day."""

    minute: int


@dataclass(frozen=True, slots=True)
class Individualise:
    """Each service user and supporter gets an envelope and a header of their own."""


@dataclass(frozen=True, slots=True)
class RecordReason:
    """The writer's reason is kept with the entry."""


@dataclass(frozen=True, slots=True)
class Review:
    """Somebody looks at it within this many hours (an emergency, an uncertain writer)."""

    within_hours: int
    why: str


@dataclass(frozen=True, slots=True)
class Warn:
    """It goes; the writer is told what was seen in it, and what to do another time."""

    why: str


Obligation = (
    CopyTo
    | AlsoCopySupporters
    | Inform
    | DeliverAfter
    | Individualise
    | RecordReason
    | Review
    | Warn
)
