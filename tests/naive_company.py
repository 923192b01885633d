"""Who may stand alongside one service user (law 2), as the naive model reads it.

Every candidate gets one of three answers: YES, NO, or MAYBE where the documents can be read both
ways. A MAYBE is accepted as a third party and never demanded. The MAYBEs are:

- a lead or deputy of an organisation above the service user's: an officer, or only a colleague;
- a colleague from an organisation above the service user's;
- somebody listed as officer whose own organisation is elsewhere;
- somebody whose private address, not the one that the copy goes to, is also the writer's or a
  restricted person's;
- an address that the writer or the service user also reads, or that another service user shares;
- the workforce at an organisational address without the workforce hat;
- a parent who is of the workforce too, at a private address;
- for texts and social: somebody who has not both a mail address and a number or profile;
- somebody without an address of their own who reads a role address or a programme mailbox.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from alongside.policy.address import key
from alongside.policy.people import Contact, People, Person
from alongside.policy.vocabulary import (
    SAFEGUARDING_ROLES,
    Channel,
    ContactKind,
    Hat,
    Kind,
    MailboxKind,
    Relationship,
    Role,
    Standing,
)

NO, MAYBE, YES = 0, 1, 2

_KINDS_OF_ADDRESS = {
    Channel.EMAIL: {ContactKind.EMAIL},
    Channel.TEXT: {ContactKind.EMAIL, ContactKind.PHONE},
    Channel.SOCIAL: {ContactKind.EMAIL, ContactKind.PROFILE},
    Channel.INSTANT_MESSAGE: {ContactKind.EMAIL, ContactKind.PROFILE},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Who may be the copy for one service user, and where it may go."""

    sure: frozenset[str]
    possible: frozenset[str]
    addresses: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the choice of a third party depends on, besides the service user."""

    people: People
    channel: Channel
    today: date
    writers: frozenset[str]
    """By From, Sender, login and envelope, and the readers of a mailbox that wrote."""
    concerned: frozenset[str]
    """Named in the concern that the message belongs to."""


class Directory:
    """The register sorted by organisation, so that thousands of organisations stay quick."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.workforce: dict[str, list[str]] = {}
        self.mailboxes: dict[str, list[str]] = {}
        for p in people.persons.values():
            for o in p.organisations if p.workforce else ():
                self.workforce.setdefault(o, []).append(p.id)
        self.roles = {key(o.role_address) for o in people.organisations.values() if o.role_address}
        self.listed = {p for g in people.groups.values() for p in g.officers}
        for body in people.organisations.values():
            self.listed |= {*body.officers, *body.leads, *body.deputies}
        for k, m in people.mailboxes.items():
            self.mailboxes.setdefault(m.organisation, []).append(k)
        for body in people.organisations.values():
            if body.role_address:
                self.mailboxes.setdefault(body.id, []).append(key(body.role_address))


_last: list[Directory] = []


def directory(people: People) -> Directory:
    if not _last or _last[0].people is not people:
        _last[:] = [Directory(people)]
    return _last[0]


def addresses_of(people: People, persons: Iterable[str]) -> frozenset[str]:
    """The keys of every address that these people have."""
    return frozenset(
        key(c.address) for p in persons if p in people.persons for c in people.persons[p].contacts
    )


def owners(people: People, address: str) -> frozenset[str]:
    """Whose address it is."""
    return frozenset(p for p, _ in people.at.get(key(address), ()))


def also_readers(people: People, address: str) -> frozenset[str]:
    """Who reads it besides: also-readers, and the readers of a shared or role mailbox."""
    found = {r for _, c in people.at.get(key(address), ()) for r in c.readers}
    mailbox = people.mailboxes.get(key(address))
    if mailbox is not None and mailbox.kind is not MailboxKind.AUTOMATIC:
        found |= mailbox.readers
    return frozenset(found)


def readers(people: People, address: str) -> frozenset[str]:
    """Everybody who sees what arrives there."""
    return owners(people, address) | also_readers(people, address)


def company(s: Person, kinds: frozenset[Kind], given: Situation) -> Company:
    """Everybody who may be the third party of one of these kinds for the service user."""
    people = given.people
    sorted_ = directory(people)
    lineage = {above for o in s.organisations for above in people.lineage(o)}
    candidates = {p for o in lineage for p in sorted_.workforce.get(o, ())}
    candidates |= {link.supporter for link in people.links.get(s.id, ())}
    for g in s.groups:
        if g in people.groups:
            candidates |= set(people.groups[g].officers)
    for o in lineage:
        organisation = people.organisations[o]
        candidates |= {*organisation.officers, *organisation.leads, *organisation.deputies}

    sure: set[str] = set()
    possible: set[str] = set()
    addresses: set[str] = set()
    fit: set[str] = set()
    for c in sorted(c for c in candidates if c in people.persons):
        person = people.persons[c]
        suited = min(_independent(person, s, given), _kind(person, s, kinds, lineage, given))
        if suited == NO:
            continue
        fit.add(c)
        reached, found = _addresses(person, s, given)
        if reached == NO:
            continue
        possible.add(c)
        addresses |= found
        if min(suited, reached) == YES:
            sure.add(c)

    # A role address or programme mailbox counts when its readers are on the list, one of them
    # besides the writer may be the third party, and none must not know (visible, and only roles).
    restricted = people.restricted_for(s.id)
    for o in lineage:
        for k in sorted_.mailboxes.get(o, ()):
            mailbox = people.mailboxes.get(k)
            if mailbox is None or mailbox.kind is MailboxKind.AUTOMATIC:
                continue
            if readers(people, k) & (restricted | given.concerned):
                continue
            if mailbox.readers & fit:
                addresses.add(k)
                possible |= mailbox.readers & fit
    return Company(
        sure=frozenset(sure), possible=frozenset(possible), addresses=frozenset(addresses)
    )


def _independent(c: Person, s: Person, given: Situation) -> int:
    """Law 2, but for organisation, kind and address."""
    people = given.people
    restricted = people.restricted_for(s.id)
    if c.id == s.id or c.id in given.writers:
        return NO
    if c.minor(given.today) or c.standing is not Standing.ACTIVE:
        return NO
    if c.service_user:  # decision (a): another service user, whatever else they are
        return NO
    if c.id in restricted or c.id in given.concerned:
        return NO
    if c.workforce and (c.vetted_until is None or c.vetted_until < given.today):
        return NO
    for other in restricted | given.writers:
        if other in people.persons and c.household:
            if people.persons[other].household == c.household:
                return NO
    if addresses_of(people, [c.id]) & addresses_of(people, restricted | given.writers):
        return MAYBE
    return YES


def _kind(c: Person, s: Person, kinds: frozenset[Kind], lineage: set[str], given: Situation) -> int:
    """Whether the candidate is of one of these kinds for this service user."""
    people = given.people
    answers = [NO]
    for link in people.links.get(s.id, ()):
        if link.supporter == c.id and link.copied and not link.restricted:
            if link.relationship in (Relationship.PARENT, Relationship.CARER):
                answers.append(YES if Kind.PARENT in kinds else NO)
            # Decision (k): assistants and advocates only for an adult who chose them.
            elif link.relationship is not Relationship.OTHER and not s.minor(given.today):
                answers.append(YES if Kind.PARENT in kinds else NO)
    if c.workforce:
        inside = bool(c.organisations & lineage)
        own = bool(c.organisations & s.organisations)
        listed_near = any(
            c.id in people.groups[g].officers for g in s.groups if g in people.groups
        ) or any(
            c.id in (*o.officers, *o.leads, *o.deputies)
            for o in map(people.organisations.get, s.organisations)
            if o is not None
        )
        listed_above = any(c.id in people.organisations[o].officers for o in lineage)
        office = any(
            c.id in (*people.organisations[o].leads, *people.organisations[o].deputies)
            for o in lineage
        ) or not c.roles.isdisjoint(SAFEGUARDING_ROLES)
        if Kind.OFFICER in kinds:
            by_role = (own and not c.roles.isdisjoint(SAFEGUARDING_ROLES)) or (
                Role.SAFEGUARDING_OFFICER in c.roles
            )
            if listed_near or listed_above or by_role:
                answers.append(YES if inside else MAYBE)
            elif office and inside:
                answers.append(MAYBE)
        if Kind.COLLEAGUE in kinds and inside:
            answers.append(YES if own else MAYBE)
    return max(answers)


def _addresses(c: Person, s: Person, given: Situation) -> tuple[int, set[str]]:
    """Whether the candidate can be reached alongside, and where."""
    best: dict[ContactKind, int] = {}
    found: set[str] = set()
    for contact in c.contacts:
        if contact.kind not in _KINDS_OF_ADDRESS[given.channel] or not contact.reachable:
            continue
        suited = _address(contact, c, s, given)
        if suited != NO:
            found.add(key(contact.address))
            best[contact.kind] = max(best.get(contact.kind, NO), suited)
    wanted = _KINDS_OF_ADDRESS[given.channel]
    if not best:
        return NO, found
    return (YES if all(best.get(k, NO) == YES for k in wanted) else MAYBE), found


def _address(contact: Contact, c: Person, s: Person, given: Situation) -> int:
    people = given.people
    seen_by = readers(people, contact.address)
    mine = owners(people, contact.address)
    if seen_by & people.restricted_for(s.id):  # law 6
        return NO
    if s.id in mine or mine & given.writers:
        return NO
    supports = any(k.supporter == c.id and k.copied for k in people.links.get(s.id, ()))
    if c.workforce and not contact.organisational:
        return MAYBE if supports else NO
    if s.id in seen_by or seen_by & given.writers:
        return MAYBE
    if any(people.persons[p].service_user for p in seen_by if p in people.persons):
        return MAYBE
    if c.workforce and contact.hat is not Hat.WORKFORCE:
        return MAYBE
    return YES
