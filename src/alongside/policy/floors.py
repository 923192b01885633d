"""The floors of the house: what no rulebook may go below. Frozen; a house test compares it.

A floor is the least level of a clause and the most kinds of third party that it may accept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .rulebook import Rulebook
from .vocabulary import Kind, Level

_ANY = frozenset({Kind.OFFICER, Kind.COLLEAGUE, Kind.PARENT})


@dataclass(frozen=True, slots=True)
class Floor:
    level: Level
    third_parties: frozenset[Kind] = frozenset()


FLOORS: Mapping[str, Floor] = MappingProxyType(
    {
        "E3": Floor(Level.MUST, _ANY),
        "G1": Floor(Level.NEVER),
        "G2": Floor(Level.MUST, _ANY),
        "G3": Floor(Level.SHOULD, frozenset({Kind.OFFICER})),
        **{n: Floor(Level.NEVER) for n in ("N1", "N2", "N3", "N4", "N5", "N7")},
        "P5": Floor(Level.MUST),
        "S2": Floor(Level.MUST, _ANY),
        "S3": Floor(Level.MUST, frozenset({Kind.OFFICER, Kind.PARENT})),
        "S4": Floor(Level.MUST, _ANY),
    }
)

_STRENGTH = {level: at for at, level in enumerate(reversed(Level))}


def below(level: Level, least: Level) -> bool:
    """Whether a level binds less than another."""
    return _STRENGTH[level] < _STRENGTH[least]


@dataclass(frozen=True, slots=True)
class Lowered:
    """A clause that a rulebook takes below its floor."""

    key: str
    what: str


def lowered(rulebook: Rulebook) -> Iterator[Lowered]:
    """Everything in which a rulebook goes below the floors."""
    for clause, floor in FLOORS.items():
        kept = rulebook.clauses[clause]
        if below(kept.level, floor.level):
            yield Lowered(
                f"clauses.{clause}.level",
                f"`{kept.level}` is below the floor, which is `{floor.level}`",
            )
        wider = kept.third_parties - floor.third_parties
        if wider:
            names = ", ".join(f"`{k}`" for k in sorted(wider))
            yield Lowered(
                f"clauses.{clause}.third_parties", f"{names} may not be the third party here"
            )
        if not kept.floor:
            yield Lowered(f"clauses.{clause}.floor", "is not marked as a floor, and it is one")
