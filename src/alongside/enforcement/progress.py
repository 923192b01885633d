"""How far a plan has come, and what one run over it made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from alongside.policy.decision import Route, ThirdParty

from .values import Json, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A copy that the next hop accepted."""

    leg: str
    person: str
    address: str
    serves: tuple[str, ...]
    shown: str = ""
    seat: str = ""
    new: bool = True
    """Accepted in this run, not remembered from one before."""


@dataclass(slots=True, kw_only=True)
class Progress:
    """How far a plan has come. What is in it is never done twice."""

    copies: list[Copied] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    """Address keys whose leg was accepted."""
    failed: dict[str, str] = field(default_factory=dict)
    """Address keys that were refused for good, and the next hop's words."""

    @property
    def served(self) -> set[str]:
        return {s for c in self.copies for s in c.serves}

    def as_json(self) -> dict[str, Any]:
        return {
            "copies": [
                [c.leg, c.person, c.address, list(c.serves), c.shown, c.seat] for c in self.copies
            ],
            "done": sorted(self.done),
            "failed": self.failed,
        }

    @classmethod
    def from_json(cls, kept: Json) -> Progress:
        return cls(
            copies=[
                Copied(
                    leg=leg,
                    person=person,
                    address=address,
                    serves=tuple(serves),
                    shown=shown,
                    seat=seat,
                    new=False,
                )
                for leg, person, address, serves, shown, seat in kept.get("copies", ())
            ],
            done=set(kept.get("done", ())),
            failed=dict(kept.get("failed", {})),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one run."""

    first: Outcome | None
    """The first non-copy leg's word, or the failed copy's: the client's answer."""
    uncovered: tuple[str, ...] = ()
    """Service users who were not written to because no copy was accepted."""
    uncopied: tuple[str, ...] = ()
    """Service users whose own message went on although no copy of it was accepted (law 3)."""
    waiting: bool = False
    """Something is to be tried again."""
    delivered: bool = False
    """A leg that is no copy was accepted."""
    failed_now: tuple[tuple[Route, Outcome], ...] = ()
    """Routes that were refused for good in this run."""
    copies_refused: tuple[ThirdParty, ...] = ()
