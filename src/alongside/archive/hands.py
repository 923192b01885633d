"""What runs the units: workers of this machine, or a cluster. Both tell what happened as events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from .units import Unit
from .work import Rows


@dataclass(frozen=True, slots=True)
class Came:
    """Rows of a unit in hand."""

    unit: int
    rows: Rows


@dataclass(frozen=True, slots=True)
class Again:
    """A worker died over the unit: its rows so far don't count, and it is begun again."""

    unit: int


@dataclass(frozen=True, slots=True)
class Done:
    """All of the unit's messages, so many, were handed over."""

    unit: int
    found: int


@dataclass(frozen=True, slots=True)
class Left:
    """The unit could not be gone through: its rows don't count, and the next run tries again."""

    unit: int
    file: str
    why: str


Event = Came | Again | Done | Left


class NoWorkers(Exception):
    """the workers can't be started"""


class Hands(Protocol):
    """Units go in, events come out."""

    def free(self) -> int:
        """How many more units may be given now."""
        ...

    def busy(self) -> bool:
        """Whether some unit is in hand."""
        ...

    def give(self, number: int, unit: Unit) -> None: ...

    def events(self, seconds: float) -> Iterable[Event]:
        """What happened, waiting at most so long. Raises ``NoWorkers``."""
        ...

    def close(self) -> None:
        """End the workers; what is in hand is given up."""
        ...
