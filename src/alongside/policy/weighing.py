"""What stands against a candidate for the third party of one service user (law 2).

Eligible is one who is adult, active, reachable, vetted if of the workforce, in the service user's
organisation or above it, and somebody else: not the writer, not another service user, not a
supporter of someone else only, not behind the same address or door as the writer or anybody
restricted, not at the service user's own address, not named in a concern about this.
"""

from __future__ import annotations

from collections.abc import Iterator

from .address import key
from .candidates import Candidate, holds_office
from .conversation import Conversation, Subject
from .decision import ThirdParty
from .people import Contact, Mailbox, People, Person
from .vocabulary import (
    KIND_OF_SEAT,
    Category,
    Channel,
    ContactKind,
    Kind,
    Relationship,
    Seat,
    Standing,
)

ELIGIBLE = "eligible"
UNSAFE = frozenset({"read_by_restricted", "read_by_named_in_concern"})
"""Reasons for which an address in the envelope holds the message, besides not counting."""
_KIND_OF_CONTACT = {
    Channel.TEXT: ContactKind.PHONE,
    Channel.INSTANT_MESSAGE: ContactKind.PHONE,
}


def weigh(c: Conversation, s: Subject, seat: Seat, candidate: Candidate) -> Iterator[ThirdParty]:
    """The candidate at each of their addresses, eligible or with the reason why not."""
    if isinstance(candidate, Mailbox):
        return _by_mailbox(c, s, seat, candidate)
    return _by_person(c, s, seat, candidate)


def _by_person(c: Conversation, s: Subject, seat: Seat, person: Person) -> Iterator[ThirdParty]:
    kind = KIND_OF_SEAT[seat]
    wanted = _KIND_OF_CONTACT.get(c.channel, ContactKind.EMAIL)
    family = seat is Seat.SUPPORTER
    contacts = [x for x in person.contacts if x.kind is wanted]
    if c.channel is Channel.SOCIAL:
        # Whoever is in the talk is there by a profile; whoever is not is copied by e-mail.
        there = [x for x in person.contacts if key(x.address) in c.present]
        contacts = there or contacts
    if not family:
        contacts = [x for x in contacts if x.organisational] or contacts[:1]
    against = _against_person(c, s, seat, person)
    for contact in contacts:
        k = key(contact.address)
        present = k in c.present
        why = against or _against_address(c, s, contact, k, family=not person.workforce)
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


def _against_person(c: Conversation, s: Subject, seat: Seat, person: Person) -> str:
    """What stands against the person, whatever the address; empty: nothing."""
    barred = c.barred.get(person.id)
    if barred is None:
        barred = c.barred[person.id] = _against_anywhere(c, person)
    if barred:
        return barred
    if person.household and person.household in s.restricted_households:
        return "household_of_restricted"
    vetted = person.vetted_until is not None and person.vetted_until >= c.today
    if person.workforce and not vetted:
        return "not_vetted"
    if seat is Seat.SUPPORTER:
        return _against_supporter(s, person) or _sees_another(c, s, person)
    if not person.workforce:
        return "not_of_the_workforce"
    if not _belongs(c.people, person, s.lineage):
        return "other_organisation"
    return ""


def _against_anywhere(c: Conversation, person: Person) -> str:
    """What stands against them in this message, whoever the service user is."""
    if person.id in c.writers:
        return "is_the_writer"
    if person.id in c.unwelcome:
        return "restricted"
    if person.service_user:
        return "is_a_service_user"
    if person.minor(c.today):
        return "not_adult"
    if person.standing is not Standing.ACTIVE:
        return "not_active"
    if person.id in c.named_in_concern:
        return "named_in_concern"
    if person.household and person.household in c.writer_households:
        return "household_of_writer"
    return ""


def _sees_another(c: Conversation, s: Subject, person: Person) -> str:
    """A supporter's copy would name the address of somebody whom they don't support (law 7)."""
    others = c.beside.get(s.person.id, frozenset())
    return "" if others <= c.people.supported.get(person.id, frozenset()) else "sees_another"


def _against_supporter(s: Subject, person: Person) -> str:
    link = s.links.get(person.id)
    if link is None:
        return "supporter_of_someone_else"
    if not link.copied:
        return "not_chosen" if s.adult else "not_marked_copied"
    parent = link.relationship in (Relationship.PARENT, Relationship.CARER)
    if not s.adult:
        return "" if parent else "not_a_parent"
    if parent and Category.ADULT_PARTICIPANT not in s.person.categories:
        # Marked when they were a child; a parent's copy ends on the birthday (pitfall 8).
        return "not_chosen"
    return "not_a_supporter" if link.relationship is Relationship.OTHER else ""


def _belongs(people: People, person: Person, lineage: frozenset[str]) -> bool:
    """In the service user's organisation or above it, by register row or by office."""
    if not lineage.isdisjoint(person.organisations):
        return True
    return any(
        person.id in (*o.officers, *o.leads, *o.deputies)
        for o in map(people.organisations.get, lineage)
        if o is not None
    )


def _against_address(c: Conversation, s: Subject, contact: Contact, k: str, *, family: bool) -> str:
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
    seen_by = c.readers(k)
    if not seen_by.isdisjoint(c.unwelcome):
        return "read_by_restricted"
    if not seen_by.isdisjoint(c.writers):
        return "read_by_writer"
    if not seen_by.isdisjoint(c.named_in_concern):
        return "read_by_named_in_concern"
    if any(c.is_served(p) for p in seen_by):
        return "read_by_service_user"
    return ""


def _by_mailbox(c: Conversation, s: Subject, seat: Seat, mailbox: Mailbox) -> Iterator[ThirdParty]:
    """A role or shared address counts when its readers are known, one of them other than the
    writer is eligible, and none is restricted or named in a concern."""
    if c.channel is not Channel.EMAIL:
        return
    k = key(mailbox.address)
    why = readers_against(c.readers(k), c.unwelcome, c.named_in_concern)
    if not why and (k in s.keys or s.person.id in mailbox.readers):
        why = "address_of_service_user"
    if not why and k in s.restricted_keys:
        why = "address_of_restricted"
    if not why:
        reading = [p for r in sorted(mailbox.readers) if (p := c.people.persons.get(r))]
        fit = [p for p in reading if not _against_person(c, s, Seat.COLLEAGUE, p)]
        if KIND_OF_SEAT[seat] is Kind.OFFICER:
            fit = [p for p in fit if holds_office(c.people, p, s)]
        if not fit:
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


def readers_against(
    seen_by: frozenset[str], restricted: frozenset[str], in_concern: frozenset[str]
) -> str:
    """What makes a role or shared address unsafe to use or to name."""
    if not seen_by:
        return "readers_unknown"
    if not seen_by.isdisjoint(restricted):
        return "read_by_restricted"
    if not seen_by.isdisjoint(in_concern):
        return "read_by_named_in_concern"
    return ""
