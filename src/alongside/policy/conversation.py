"""What the rankings of one message share, and what one service user adds to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .address import key
from .people import Link, Mailbox, People, Person
from .vocabulary import Channel
from .who import inbox, readers


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What all rankings of one message share."""

    people: People
    today: date
    channel: Channel
    writers: frozenset[str]
    writer_keys: frozenset[str]
    """All addresses of the writers, used in this message or not."""
    writer_households: frozenset[str]
    named_in_concern: frozenset[str]
    unwelcome: frozenset[str]
    """Restricted for any service user in it: a copy tells of all of them (law 6)."""
    beside: Mapping[str, frozenset[str]]
    """Service user -> other service users who read the inbox that they are written to at."""
    present: frozenset[str]
    """Address keys of the envelope."""
    named: frozenset[str]
    """Address keys that the visible headers name besides."""
    addressed: frozenset[str]
    """Both."""
    keys: frozenset[str]
    """Addresses that stand in this message, or are the writers'."""
    sensitive: frozenset[str]
    """Whoever is in the way of being a third party in this message."""
    barred: dict[str, str] = field(default_factory=dict)
    """Person -> what stands against them whoever the service user is; filled as it is asked."""
    recipients: list[tuple[tuple[Person | None, Mailbox | None], ...]] = field(default_factory=list)
    """Filled when ``told`` is asked for the first time."""
    seen_by: dict[str, frozenset[str]] = field(default_factory=dict)
    """Address key -> everybody who reads it; filled as it is asked."""

    @classmethod
    def of(
        cls,
        *,
        people: People,
        today: date,
        channel: Channel,
        writers: Iterable[str],
        keys: frozenset[str],
        named_in_concern: frozenset[str],
        unwelcome: frozenset[str],
        present: frozenset[str],
        named: frozenset[str],
        beside: Mapping[str, frozenset[str]] | None = None,
    ) -> Conversation:
        known = [people.persons[w] for w in writers if w in people.persons]
        addressed = present | named
        writer_keys = keys | {key(c.address) for w in known for c in w.contacts}
        return cls(
            people=people,
            today=today,
            channel=channel,
            writers=frozenset(writers),
            writer_keys=writer_keys,
            writer_households=frozenset(w.household for w in known if w.household),
            named_in_concern=named_in_concern,
            unwelcome=unwelcome,
            beside=beside or {},
            present=present,
            named=named - present,
            addressed=addressed,
            keys=writer_keys | addressed,
            sensitive=frozenset(writers) | named_in_concern | unwelcome,
        )

    @property
    def told(self) -> tuple[tuple[Person | None, Mailbox | None], ...]:
        """Recipients who may be a third party: adults who are no service users, and mailboxes."""
        if not self.recipients:
            there = [inbox(self.people, k, self.today).told for k in sorted(self.addressed)]
            self.recipients.append(tuple([t for told in there for t in told]))
        return self.recipients[0]

    def without_message(self, restricted: frozenset[str]) -> Conversation:
        """The same people and day, with nobody writing and nobody written to."""
        return Conversation.of(
            people=self.people,
            today=self.today,
            channel=self.channel,
            writers=(),
            keys=frozenset(),
            named_in_concern=frozenset(),
            unwelcome=restricted,
            present=frozenset(),
            named=frozenset(),
        )

    def is_served(self, person: str) -> bool:
        """Whether they are a service user, or a child, of any organisation."""
        known = self.people.persons.get(person)
        return known is not None and (known.service_user or known.minor(self.today))

    def readers(self, address_key: str) -> frozenset[str]:
        """Everybody who reads an address."""
        found = self.seen_by.get(address_key)
        if found is None:
            found = self.seen_by[address_key] = frozenset(readers(self.people, address_key))
        return found


@dataclass(frozen=True, slots=True)
class Subject:
    """One service user, with what the tests of law 2 compare with."""

    person: Person
    adult: bool
    lineage: frozenset[str]
    own: tuple[str, ...]
    """Organisations of their own, without those above."""
    keys: frozenset[str]
    restricted: frozenset[str]
    restricted_keys: frozenset[str]
    restricted_households: frozenset[str]
    links: dict[str, Link] = field(default_factory=dict)
    standings: dict[Any, Any] = field(default_factory=dict)
    """What ``third_party`` worked out of them for this day."""

    @classmethod
    def of(cls, c: Conversation, service_user: str) -> Subject:
        known = c.people.memo.of(c.today)
        found: Subject | None = known.get((service_user, cls))
        if found is None:
            found = known[service_user, cls] = cls._read(c, service_user)
        return found

    @classmethod
    def _read(cls, c: Conversation, service_user: str) -> Subject:
        people = c.people
        person = people.persons[service_user]
        own = tuple(sorted(person.organisations))
        restricted = people.restricted_for(service_user)
        barred = [people.persons[x] for x in restricted if x in people.persons]
        return cls(
            person=person,
            adult=not person.minor(c.today),
            lineage=frozenset(o for mine in own for o in people.lineage(mine)),
            own=own,
            keys=frozenset(key(x.address) for x in person.contacts),
            restricted=restricted,
            restricted_keys=frozenset(key(x.address) for b in barred for x in b.contacts),
            restricted_households=frozenset(b.household for b in barred if b.household),
            links={k.supporter: k for k in people.links.get(service_user, ())},
        )
