"""As what somebody stands in one message: hats, ages, addresses with several owners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from .address import key
from .decision import Route
from .people import Contact, Mailbox, People, Person
from .vocabulary import Hat


def served_at(person: Person, contact: Contact, today: date) -> bool:
    """Whether a person is a service user at this contact point.

    Anyone under 18 is a child at every address. An adult with two hats is a colleague where the
    contact point says workforce, and a service user elsewhere.
    """
    if person.minor(today):
        return True
    if not person.service_user:
        return False
    return not person.workforce or contact.hat is not Hat.WORKFORCE


def ambiguous_at(person: Person, contact: Contact, today: date) -> bool:
    """An adult with two hats at an address that serves both: we ask, never guess."""
    return (
        contact.hat is Hat.BOTH
        and person.workforce
        and person.service_user
        and not person.minor(today)
    )


def supports_at(person: Person, contact: Contact) -> bool:
    """Whether a person is a supporter at this contact point: at a workforce hat, a colleague."""
    return person.supporter and not (person.workforce and contact.hat is Hat.WORKFORCE)


def protected_at(person: Person, contact: Contact, today: date) -> bool:
    """Whether a service user or supporter is written to here: then the message is in scope."""
    return supports_at(person, contact) or served_at(person, contact, today)


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody whose address it is."""

    person: Person
    contact: Contact


def owners(people: People, address_key: str) -> tuple[Owner, ...]:
    """Everybody whose contact point this address is, in use or not."""
    found = people.at.get(address_key)
    if not found:
        return ()
    known: tuple[Owner, ...] | None = people.memo.always.get(address_key)
    if known is None:
        known = tuple(Owner(people.persons[p], c) for p, c in found if p in people.persons)
        people.memo.always[address_key] = known
    return known


def served_readers(people: People, found: tuple[Owner, ...], today: date) -> tuple[str, ...]:
    """Service users who also read somebody's inbox: what is written there reaches them too."""
    return tuple(
        r
        for o in found
        for r in sorted(o.contact.readers)
        if (p := people.persons.get(r)) is not None
        and (p.minor(today) or (p.service_user and not p.workforce))
    )


def readers(people: People, address_key: str) -> Iterator[str]:
    """Everybody who sees what arrives there: owners, also-readers, readers of a mailbox."""
    for person, contact in people.at.get(address_key, ()):
        yield person
        yield from contact.readers
    mailbox = people.mailboxes.get(address_key)
    if mailbox is not None:
        yield from mailbox.readers


def mailbox_of(people: People, address: str) -> Mailbox | None:
    """The registered mailbox at this address, if it is one."""
    return people.mailboxes.get(key(address))


def household_of(person: Person) -> str:
    """The household, or the person alone where none is known."""
    return person.household or f"alone:{person.id}"


def unsafe_for(people: People, service_user: str, address_key: str) -> bool:
    """Whether somebody restricted for the service user reads this address."""
    restricted = people.restricted_for(service_user)
    return bool(restricted) and not restricted.isdisjoint(readers(people, address_key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """What the register and the day say of one address."""

    owners: tuple[Owner, ...] = ()
    owned: tuple[str, ...] = ()
    """Owners who are service users there."""
    served: tuple[str, ...] = ()
    """Those, and service users who also read it."""
    ambiguous: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()
    """Owners who are service users or supporters there."""
    supporters: bool = False
    persons: tuple[str, ...] = ()
    """Owners, and service users who also read it."""
    readers: frozenset[str] = frozenset()
    told: tuple[tuple[Person | None, Mailbox | None], ...] = ()
    """Who may be a third party by being written to here: adults who are no service users, and the
    mailbox that it is."""
    routes: dict[tuple[str, str], Route] = field(default_factory=dict, compare=False)
    """What ``reach`` worked out of it: by address, and as written."""
    restricts: bool = False
    """Somebody is restricted for one of its owners or readers."""


_NOBODYS = Inbox()


def inbox(people: People, address_key: str, today: date) -> Inbox:
    """The inbox behind an address; one that the register does not know is nobody's."""
    memo = people.memo.of(today)
    known: Inbox | None = memo.get(address_key)
    if known is None:
        if address_key not in people.at and address_key not in people.mailboxes:
            return _NOBODYS
        known = memo[address_key] = _read(people, address_key, today)
    return known


def inboxes(people: People, addresses: Iterable[str], today: date) -> list[Inbox]:
    """The inbox behind each of these addresses as written."""
    memo = people.memo.of(today)
    return [memo.get(k) or inbox(people, k, today) for k in map(key, addresses)]


def _read(people: People, address_key: str, today: date) -> Inbox:
    found = owners(people, address_key)
    seen_by = frozenset(readers(people, address_key))
    owned = [o.person.id for o in found if served_at(o.person, o.contact, today)]
    also = served_readers(people, found, today)
    return Inbox(
        owners=found,
        owned=tuple(dict.fromkeys(owned)),
        served=tuple(dict.fromkeys((*owned, *also))),
        ambiguous=tuple(
            o.person.id
            for o in found
            if o.person.id in owned and ambiguous_at(o.person, o.contact, today)
        ),
        protected=tuple(
            dict.fromkeys(o.person.id for o in found if protected_at(o.person, o.contact, today))
        ),
        supporters=any(supports_at(o.person, o.contact) for o in found),
        persons=tuple(dict.fromkeys((*(o.person.id for o in found), *also))),
        readers=seen_by,
        told=_told(people, address_key, found, today),
        restricts=any(people.restricted_for(p) for p in (*owned, *seen_by)),
    )


def _told(
    people: People, address_key: str, found: tuple[Owner, ...], today: date
) -> tuple[tuple[Person | None, Mailbox | None], ...]:
    adults = [o.person for o in found if not o.person.service_user and not o.person.minor(today)]
    mailbox = people.mailboxes.get(address_key)
    known = mailbox if mailbox is not None and mailbox.readers else None
    return (*((p, None) for p in adults), *([(None, known)] if known else []))
