"""Whose mail and which days an audit may look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from difflib import get_close_matches
from typing import Any

from alongside.policy.address import domain_of, key
from alongside.policy.people import People


class UnknownScope(LookupError):
    """the register has nobody by that name"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """As the authorisation names it."""

    everything: bool = False
    addresses: frozenset[str] = frozenset()
    """Address keys."""
    persons: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    """Everybody in them and in all below them."""
    first: date | None = None
    """First and last day, both inclusive, local to the rulebook's zone; none: without end."""
    last: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values, the same for the same scope."""
        return {
            "everything": self.everything,
            "addresses": sorted(self.addresses),
            "persons": sorted(self.persons),
            "organisations": sorted(self.organisations),
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Scope:
        """As ``as_json`` wrote it."""
        return cls(
            everything=bool(values["everything"]),
            addresses=frozenset(values["addresses"]),
            persons=frozenset(values["persons"]),
            organisations=frozenset(values["organisations"]),
            first=date.fromisoformat(values["first"]) if values["first"] else None,
            last=date.fromisoformat(values["last"]) if values["last"] else None,
        )


def scope_of(
    whose: Iterable[str],
    people: People,
    *,
    first: date | None = None,
    last: date | None = None,
) -> Scope:
    """The scope of what somebody typed: addresses, person ids, organisation ids; none: everything.

    Raises ``UnknownScope`` for what is none of them, ``ValueError`` where the days run backwards.
    """
    if first and last and last < first:
        raise ValueError(f"the last day `{last}` is before the first `{first}`: swap them")
    named = tuple(whose)
    addresses, persons, organisations = set[str](), set[str](), set[str]()
    for name in named:
        if "@" in name:
            addresses.add(key(name))
        elif name in people.organisations:
            organisations.add(name)
        elif name in people.persons:
            persons.add(name)
        else:
            near = get_close_matches(name, [*people.organisations, *people.persons], n=1)
            hint = f"; did you mean `{near[0]}`?" if near else ""
            raise UnknownScope(
                f"`{name}` is no person, organisation or address of the register{hint}"
            )
    return Scope(
        everything=not named,
        addresses=frozenset(addresses),
        persons=frozenset(persons),
        organisations=frozenset(organisations),
        first=first,
        last=last,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """A scope worked out for one register, so that each message is asked quickly."""

    everything: bool
    keys: frozenset[str]
    domains: frozenset[str]
    first: date | None
    last: date | None
    zone: tzinfo

    @classmethod
    def of(cls, scope: Scope, people: People, zone: tzinfo) -> Within:
        organisations = below(scope.organisations, people)
        keys = set(scope.addresses)
        for person in people.persons.values():
            if person.id in scope.persons or not organisations.isdisjoint(person.organisations):
                keys.update(key(c.address) for c in person.contacts)
        for group in people.groups.values():
            if group.organisation in organisations:
                keys.update(key(a) for a in group.addresses)
        keys.update(k for k, m in people.mailboxes.items() if m.organisation in organisations)
        keys.update(
            key(o.role_address)
            for o in people.organisations.values()
            if o.id in organisations and o.role_address
        )
        domains = frozenset(d for d, o in people.domains.items() if o and o in organisations)
        return cls(
            everything=scope.everything,
            keys=frozenset(keys),
            domains=domains,
            first=scope.first,
            last=scope.last,
            zone=zone,
        )

    def in_scope(self, addresses: Iterable[str], at: datetime) -> bool:
        """Whether a message that names these addresses, of this time, may be looked at."""
        if self.first is not None or self.last is not None:
            day = at.astimezone(self.zone).date()
            if (self.first and day < self.first) or (self.last and day > self.last):
                return False
        if self.everything:
            return True
        return any(key(a) in self.keys or domain_of(a) in self.domains for a in addresses)


def below(organisations: Iterable[str], people: People) -> frozenset[str]:
    """These organisations and all below them."""
    wanted = frozenset(organisations)
    return frozenset(
        o for o in people.organisations if not wanted.isdisjoint(people.lineage(o))
    ) | (wanted & people.organisations.keys())
