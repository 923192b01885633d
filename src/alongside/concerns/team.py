"""The register as this room asks it: the safeguarding team, organisations, adults by name.

All of it comes from the register's snapshot, read anew for each question.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from alongside.people.snapshot import build
from alongside.policy.people import People, Person
from alongside.policy.vocabulary import WORKFORCE, Role, Standing

from .routing import Member, Tier

MOST = 30
"""Names on a page of answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The register at this moment."""

    people: People

    def organisation(self, person: str) -> str:
        """Whose safeguarding team hears first of what this person reports: of several, one that
        has a team of its own."""
        known = self.people.persons.get(person)
        mine = sorted(known.organisations) if known else []
        return next((o for o in mine if self._tier(o).everybody), mine[0] if mine else "")

    def tiers(self, organisation: str) -> tuple[Tier, ...]:
        """The teams from this organisation upwards; of no organisation, those that stand alone."""
        lineage = self.people.lineage(organisation)
        above = lineage or tuple(o.id for o in self.people.organisations.values() if not o.parent)
        return tuple(self._tier(each) for each in above)

    def members(self, organisation: str) -> tuple[Member, ...]:
        """Everybody of those teams, once each, by name."""
        found = {m.id: m for tier in self.tiers(organisation) for m in tier.everybody}
        return tuple(sorted(found.values(), key=lambda member: (member.name, member.id)))

    def at_home(self, person: str) -> frozenset[str]:
        """The person and whoever lives with them."""
        known = self.people.persons.get(person)
        home = known.household if known else ""
        found = {p.id for p in self.people.persons.values() if home and p.household == home}
        return frozenset(found | {person})

    def adults(self, asked: str, reach: frozenset[str]) -> tuple[Member, ...]:
        """Those of the workforce in reach whose name or id has all of these words."""
        words = asked.casefold().split()
        if not words:
            return ()
        found = [
            _member(p)
            for p in self.people.persons.values()
            if p.categories & WORKFORCE and p.organisations & reach and _has(p, words)
        ]
        return tuple(sorted(found, key=lambda member: (member.name, member.id))[:MOST])

    def is_adult(self, person: str) -> bool:
        """Whether somebody is of the workforce."""
        known = self.people.persons.get(person)
        return known is not None and bool(known.categories & WORKFORCE)

    def _tier(self, organisation: str) -> Tier:
        return Tier(
            leads=self._office(organisation, Role.SAFEGUARDING_LEAD),
            deputies=self._office(organisation, Role.DEPUTY_OFFICER),
            officers=self._office(organisation, Role.SAFEGUARDING_OFFICER),
        )

    def _office(self, organisation: str, role: Role) -> tuple[Member, ...]:
        holders = (
            self.people.persons.get(p) for p in self.people.offices.get((organisation, role), ())
        )
        return tuple(_member(p) for p in holders if p and p.standing is Standing.ACTIVE)


def team() -> Team:
    """Read the register."""
    connection.ensure_connection()
    return Team(people=build(connection.connection))


def _member(person: Person) -> Member:
    return Member(id=person.id, name=person.name or person.id, household=person.household)


def _has(person: Person, words: list[str]) -> bool:
    text = f"{person.name} {person.id}".casefold()
    return all(word in text for word in words)
