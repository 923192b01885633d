"""What waits for somebody: each room says it in this form, and the home page puts it in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class Urgency(IntEnum):
    """The order on the home page."""

    NOW = 0
    """Somebody may be in danger."""
    TODAY = 1
    SOON = 2
    SOMETIME = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One line of the home page: so many of these, since then, and the one thing to do."""

    urgency: Urgency
    count: int
    what: str
    """In words, without the count: "messages are held"."""
    oldest: datetime | None = None
    view: str
    """The name of the page that deals with it."""
    action: str
    """What its link says."""
