"""What the register knows of the people in a message: what may stand in it, and what must not."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Somebody's contact details."""

    numbers: AbstractSet[str] = _NONE
    """E.164: ``+447700900123``."""
    addresses: AbstractSet[str] = _NONE
    """Mail addresses, as ``Known.same`` writes them."""
    profiles: AbstractSet[str] = _NONE
    """``platform:name`` in lower case (``instagram:exampleactive``), or a link without scheme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One message's people, as the reader needs them.

    With none of it known (``Known(today=...)``) everything that looks like a detail is a sighting.
    """

    today: date
    """Which row of a dated list holds."""
    ours: Details = Details()
    """The organisation's: passes always."""
    domains: AbstractSet[str] = _NONE
    """Domains of the organisation and its members: addresses and pages there are its own."""
    theirs: Details = Details()
    """The recipients' own: passes too."""
    own: Details = Details()
    """The writer's private ones, as the register has them: certain wherever they stand."""
    youngest: int | None = None
    """Age in years of the youngest service user among the readers; none: unknown."""
    readers: bool = True
    """Whether a service user is among the readers: D10 speaks of their ages only."""
    same: Callable[[str], str] = str.casefold
    """Two mail addresses are one when this makes them equal."""
