"""Who may be the third party for one service user: the whole ranking, with reasons (law 2).

Eligible is one who is adult, active, reachable, vetted if of the workforce, in the service user's
organisation or above it, and somebody else: not the writer, not another service user, not a
supporter of someone else only, not behind the same address or door as the writer or anybody
restricted, not at the service user's own address, not named in a concern about this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from .address import key
from .decision import ThirdParty
from .people import Contact, Link, Mailbox, People, Person
from .vocabulary import (
    KIND_OF_SEAT,
    Channel,
    ContactKind,
    Kind,
    Relationship,
    Role,
    Seat,
    Standing,
)
from .who import owners, readers

ELIGIBLE = "eligible"
UNSAFE = frozenset({"read_by_restricted", "read_by_named_in_concern"})
"""Reasons for which an address in the envelope holds the message, besides not counting."""
_KIND_OF_CONTACT = {Channel.TEXT: ContactKind.PHONE}
_OFFICE = {
    Role.SAFEGUARDING_OFFICER: Seat.ORGANISATION_OFFICER,
    Role.SAFEGUARDING_LEAD: Seat.LEAD,
    Role.DEPUTY_OFFICER: Seat.DEPUTY,
}
_OFFICE_ABOVE = dict.fromkeys(_OFFICE, Seat.PARENT_ORGANISATION_OFFICER)


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
    present: frozenset[str]
    """Address keys of the envelope."""
    named: frozenset[str]
    """Address keys that the visible headers name besides."""

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
        present: frozenset[str],
        named: frozenset[str],
    ) -> Conversation:
        known = [people.persons[w] for w in writers if w in people.persons]
        return cls(
            people=people,
            today=today,
            channel=channel,
            writers=frozenset(writers),
            writer_keys=keys | {key(c.address) for w in known for c in w.contacts},
            writer_households=frozenset(w.household for w in known if w.household),
            named_in_concern=named_in_concern,
            present=present,
            named=named - present,
        )


@dataclass(frozen=True, slots=True)
class _Subject:
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


def ranking(
    service_user: str, c: Conversation, order: tuple[Seat, ...], via: tuple[str, ...] = ()
) -> tuple[ThirdParty, ...]:
    """All candidates for one service user, best first; the ineligible ones with their reason.

    ``via``: the groups through which this message reaches them. Present recipients come before
    those named in a header, and these before whoever the rulebook's order says.
    """
    subject = _subject(c, service_user)
    place = _places(order)
    found: dict[tuple[str, str], ThirdParty] = {}
    for seat, candidate in _candidates(c, subject, via):
        if isinstance(candidate, Mailbox):
            made = _by_mailbox(c, subject, seat, candidate)
        else:
            made = _by_person(c, subject, seat, candidate)
        for one in made:
            known = found.get((one.address, one.person))
            if known is None or (not one.eligible, place[one.seat]) < (
                not known.eligible,
                place[known.seat],
            ):
                found[one.address, one.person] = one
    return tuple(
        sorted(
            found.values(),
            key=lambda t: (
                not t.eligible,
                not t.present,
                not t.named,
                place[Seat.GROUP_OFFICER] - 1 if _of_role(t) else place[t.seat],
            ),
        )
    )


@lru_cache
def _places(order: tuple[Seat, ...]) -> dict[Seat, int]:
    return {seat: 2 * at for at, seat in enumerate(order, 1)}


def _of_role(t: ThirdParty) -> bool:
    """A role's own address stands before any one officer's: copies of the role go there."""
    return not t.person and t.seat is Seat.ORGANISATION_OFFICER


def _subject(c: Conversation, service_user: str) -> _Subject:
    people = c.people
    person = people.persons[service_user]
    own = tuple(sorted(person.organisations))
    restricted = people.restricted_for(service_user)
    barred = [people.persons[x] for x in restricted if x in people.persons]
    return _Subject(
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


def _candidates(
    c: Conversation, s: _Subject, via: tuple[str, ...]
) -> Iterator[tuple[Seat, Person | Mailbox]]:
    people = c.people
    groups = [people.groups[g] for g in (*via, *sorted(s.person.groups)) if g in people.groups]
    for o in s.own:
        yield from _offices(people, o, _OFFICE)
    yield from _persons(people, Seat.GROUP_OFFICER, (p for g in groups for p in g.officers))
    for o in s.own:
        for above in people.lineage(o)[1:]:
            yield from _offices(people, above, _OFFICE_ABOVE)
        for mailbox in people.shared.get(o, ()):
            yield Seat.PROGRAMME_MAILBOX, mailbox
    yield from _persons(people, Seat.SUPPORTER, s.links)
    for g in groups:
        working = (p for p in g.members if p in people.persons and people.persons[p].workforce)
        yield from _persons(people, Seat.COLLEAGUE, (*g.leads, *g.senders, *working))
    yield from _recipients(c, s)


def _offices(
    people: People, organisation: str, seats: Mapping[Role, Seat]
) -> Iterator[tuple[Seat, Person | Mailbox]]:
    """The role address first: where it is set, the copies of the roles go there."""
    known = people.organisations.get(organisation)
    role = people.mailboxes.get(key(known.role_address)) if known else None
    if role is not None:
        yield seats[Role.SAFEGUARDING_OFFICER], role
    for office, seat in seats.items():
        yield from _persons(people, seat, people.offices.get((organisation, office), ()))


def _recipients(c: Conversation, s: _Subject) -> Iterator[tuple[Seat, Person | Mailbox]]:
    """Whoever the envelope or a header names already."""
    for k in sorted(c.present | c.named):
        for owner in owners(c.people, k):
            yield _seat_of(c.people, owner.person, s), owner.person
        mailbox = c.people.mailboxes.get(k)
        if mailbox is not None and mailbox.readers:
            yield Seat.PROGRAMME_MAILBOX, mailbox


def _persons(people: People, seat: Seat, ids: Iterable[str]) -> Iterator[tuple[Seat, Person]]:
    for p in ids:
        person = people.persons.get(p)
        if person is not None:
            yield seat, person


def _seat_of(people: People, person: Person, s: _Subject) -> Seat:
    """The seat of somebody who is a recipient already."""
    for o in s.own:
        for at, organisation in enumerate(people.lineage(o)):
            for office, seat in _OFFICE.items():
                if person.id in people.offices.get((organisation, office), ()):
                    return Seat.PARENT_ORGANISATION_OFFICER if at else seat
    return Seat.SUPPORTER if person.id in s.links and not person.workforce else Seat.COLLEAGUE


def _by_person(c: Conversation, s: _Subject, seat: Seat, person: Person) -> Iterator[ThirdParty]:
    kind = KIND_OF_SEAT[seat]
    wanted = _KIND_OF_CONTACT.get(c.channel, ContactKind.EMAIL)
    family = seat is Seat.SUPPORTER
    contacts = [x for x in person.contacts if x.kind is wanted]
    if not family:
        contacts = [x for x in contacts if x.organisational] or contacts[:1]
    against = _against_person(c, s, seat, person)
    for contact in contacts:
        k = key(contact.address)
        present = k in c.present
        why = against or _against_address(c, s, contact, k, family=family)
        if not why and family and not present and not s.links[person.id].copied:
            why = "not_marked_copied"
        yield ThirdParty(
            person=person.id,
            address=contact.address,
            seat=seat,
            kind=kind,
            service_user=s.person.id,
            eligible=not why,
            why=why or ELIGIBLE,
            present=present,
            named=k in c.named,
            shown="" if family or not contact.organisational else contact.address,
        )


def _against_person(c: Conversation, s: _Subject, seat: Seat, person: Person) -> str:
    """What stands against the person, whatever the address; empty: nothing."""
    if person.id in c.writers:
        return "is_the_writer"
    if person.id in s.restricted:
        return "restricted"
    if person.id == s.person.id or person.service_user:
        return "is_a_service_user"
    if person.minor(c.today):
        return "not_adult"
    if person.standing is not Standing.ACTIVE:
        return "not_active"
    if person.id in c.named_in_concern:
        return "named_in_concern"
    if person.household and person.household in c.writer_households:
        return "household_of_writer"
    if person.household and person.household in s.restricted_households:
        return "household_of_restricted"
    if seat is Seat.SUPPORTER:
        return _against_supporter(s, person)
    if not person.workforce:
        return "not_of_the_workforce"
    if person.vetted_until is None or person.vetted_until < c.today:
        return "not_vetted"
    if not _belongs(c.people, person, s.lineage):
        return "other_organisation"
    return ""


def _against_supporter(s: _Subject, person: Person) -> str:
    link = s.links.get(person.id)
    if link is None:
        return "supporter_of_someone_else"
    if s.adult:
        return "" if link.copied else "not_chosen"
    if link.relationship not in (Relationship.PARENT, Relationship.CARER):
        return "not_a_parent"
    return ""


def _belongs(people: People, person: Person, lineage: frozenset[str]) -> bool:
    """In the service user's organisation or above it, by register row or by office."""
    if not lineage.isdisjoint(person.organisations):
        return True
    return any(
        person.id in (*o.officers, *o.leads, *o.deputies)
        for o in map(people.organisations.get, lineage)
        if o is not None
    )


def _against_address(
    c: Conversation, s: _Subject, contact: Contact, k: str, *, family: bool
) -> str:
    if not contact.reachable:
        return "not_reachable"
    if not family and not contact.organisational:
        return "not_organisational"
    if k in c.writer_keys:
        return "address_of_writer"
    if k in s.keys:
        return "address_of_service_user"
    if k in s.restricted_keys:
        return "address_of_restricted"
    seen_by = set(readers(c.people, k))
    if not seen_by.isdisjoint(s.restricted):
        return "read_by_restricted"
    if not seen_by.isdisjoint(c.writers):
        return "read_by_writer"
    if not seen_by.isdisjoint(c.named_in_concern):
        return "read_by_named_in_concern"
    if s.person.id in seen_by:
        return "read_by_service_user"
    return ""


def _by_mailbox(c: Conversation, s: _Subject, seat: Seat, mailbox: Mailbox) -> Iterator[ThirdParty]:
    """A role or shared address counts when its readers are known, one of them other than the
    writer is eligible, and none is restricted or named in a concern."""
    if c.channel is not Channel.EMAIL:
        return
    k = key(mailbox.address)
    why = mailbox_against(c.people, mailbox, s.restricted, c.named_in_concern)
    if not why and (k in s.keys or s.person.id in mailbox.readers):
        why = "address_of_service_user"
    if not why and k in s.restricted_keys:
        why = "address_of_restricted"
    if not why:
        reading = [p for r in sorted(mailbox.readers) if (p := c.people.persons.get(r))]
        if not any(not _against_person(c, s, Seat.COLLEAGUE, p) for p in reading):
            why = "no_eligible_reader"
    yield ThirdParty(
        person="",
        address=mailbox.address,
        seat=seat,
        kind=KIND_OF_SEAT[seat],
        service_user=s.person.id,
        eligible=not why,
        why=why or ELIGIBLE,
        present=k in c.present,
        named=k in c.named,
        shown=mailbox.address,
    )


def mailbox_against(
    people: People, mailbox: Mailbox, restricted: frozenset[str], in_concern: frozenset[str]
) -> str:
    """What makes a role or shared address unsafe to use or to name."""
    seen_by = set(readers(people, key(mailbox.address)))
    if not seen_by:
        return "readers_unknown"
    if not seen_by.isdisjoint(restricted):
        return "read_by_restricted"
    if not seen_by.isdisjoint(in_concern):
        return "read_by_named_in_concern"
    return ""


def kinds(ranked: Iterable[ThirdParty], *, present: bool) -> frozenset[Kind]:
    """The kinds of which an eligible third party can be had, or is there already."""
    return frozenset(t.kind for t in ranked if t.eligible and (t.present or not present))
