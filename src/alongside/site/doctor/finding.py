"""What the doctor says about one thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Health(IntEnum):
    OK = 0
    WARNING = 1
    PROBLEM = 2

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the doctor's."""

    area: str
    health: Health
    what: str
    mend: str = ""
    """What to do about it; empty where all is well."""


def ok(area: str, what: str) -> Finding:
    return Finding(area=area, health=Health.OK, what=what)


def warning(area: str, what: str, mend: str) -> Finding:
    return Finding(area=area, health=Health.WARNING, what=what, mend=mend)


def problem(area: str, what: str, mend: str) -> Finding:
    return Finding(area=area, health=Health.PROBLEM, what=what, mend=mend)
