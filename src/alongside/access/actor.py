"""Who acts: a person with their offices, or a part of the system with its name."""

from __future__ import annotations

from dataclasses import dataclass

SAFEGUARDING = frozenset({"safeguarding_lead", "safeguarding_officer", "deputy_officer"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the register, with what decides their reach. ``people.api.actor`` makes one."""

    id: str
    roles: frozenset[str] = frozenset()
    reach: frozenset[str] = frozenset()
    """Organisations in which the roles count: their own and all below it."""
    groups: frozenset[str] = frozenset()
    """Groups whose officer they are."""
    active: bool = True

    @property
    def safeguarding(self) -> bool:
        return self.active and not self.roles.isdisjoint(SAFEGUARDING)


@dataclass(frozen=True, slots=True)
class System:
    """A part of the house that acts by itself: ``gateway``, ``import``, ``retention``."""

    name: str


Actor = Person | System


def name_of(actor: Actor) -> str:
    """How the record names the actor."""
    return actor.id if isinstance(actor, Person) else f"system:{actor.name}"
