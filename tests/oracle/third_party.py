"""Who may be alongside a service user (law 2), in the oracle's own words."""

from __future__ import annotations

from alongside.policy.address import key
from alongside.policy.message import Message
from alongside.policy.people import Contact, People, Person
from alongside.policy.vocabulary import MailboxKind, Relationship, Standing

from .register import TODAY, hands, owners, readers, writers


def why_not_alongside(people: People, m: Message, service_user: str, address: str) -> str:
    """What stands against this address as the copy for this service user; empty: nothing."""
    subject = people.persons[service_user]
    restricted = people.restricted_for(service_user)
    wrote = writers(people, m)
    named = {n for t in m.thread if t in people.concerns for n in people.concerns[t].named}
    seen = readers(people, address)
    if seen & restricted:
        return "somebody restricted reads it"
    if seen & named:
        return "somebody named in the concern reads it"
    if service_user in seen:
        return "it is the service user's own"
    theirs = {key(a) for a in hands(m)}
    theirs |= {key(c.address) for w in wrote | restricted for c in _contacts(people, w)}
    by_mailbox = _why_not_by_mailbox(people, address, subject, wrote, named)
    if not by_mailbox:
        return ""
    against = [by_mailbox]
    for person, contact in owners(people, address):
        if key(address) in theirs:
            return "it is an address of a writer or of somebody restricted"
        if not contact.reachable:
            against.append(f"{person.id} can't be reached there")
        elif any(_is_served(people, r) for r in seen):
            against.append("a service user reads it")
        elif not (why := _against(people, person, subject, wrote, named, restricted)):
            if _as_supporter(people, person, subject):
                return ""
            if contact.organisational:
                return ""
            against.append(f"{person.id} has it privately")
        else:
            against.append(f"{person.id} {why}")
    return "; ".join(against)


def _why_not_by_mailbox(
    people: People, address: str, subject: Person, wrote: set[str], named: set[str]
) -> str:
    """A shared or role address counts when one of its listed readers does."""
    mailbox = people.mailboxes.get(key(address))
    if mailbox is None or mailbox.kind is MailboxKind.AUTOMATIC:
        return "it is no mailbox"
    restricted = people.restricted_for(subject.id)
    against = []
    for reader in sorted(mailbox.readers):
        person = people.persons[reader]
        why = _against(people, person, subject, wrote, named, restricted)
        if not why and person.workforce:
            return ""
        against.append(f"{reader} {why}")
    return "; ".join(against)


def _against(
    people: People,
    c: Person,
    s: Person,
    wrote: set[str],
    named: set[str],
    restricted: frozenset[str],
) -> str:
    if c.id in wrote | named:
        return "wrote it, or is named in a concern"
    if c.minor(TODAY) or c.service_user:
        return "is a service user"
    if c.standing is not Standing.ACTIVE:
        return "is not active"
    if c.id in restricted:
        return "is restricted"
    homes = {people.persons[x].household for x in wrote | restricted if x in people.persons}
    if c.household and c.household in homes:
        return "lives with a writer or somebody restricted"
    if c.workforce and (c.vetted_until is None or c.vetted_until < TODAY):
        return "is not vetted"
    if _as_supporter(people, c, s):
        return ""
    if not c.workforce:
        return "is neither of the workforce nor copied for them"
    lineage = {o for mine in s.organisations for o in people.lineage(mine)}
    offices = {
        p
        for o in lineage
        for p in (
            *people.organisations[o].officers,
            *people.organisations[o].leads,
            *people.organisations[o].deputies,
        )
    }
    if not lineage & c.organisations and c.id not in offices:
        return "belongs to another organisation"
    return ""


def _is_served(people: People, person: str) -> bool:
    known = people.persons.get(person)
    return known is not None and (known.service_user or known.minor(TODAY))


def _as_supporter(people: People, c: Person, s: Person) -> bool:
    for link in people.links.get(s.id, ()):
        if link.supporter == c.id and link.copied and not link.restricted:
            if link.relationship in (Relationship.PARENT, Relationship.CARER):
                return True
            return not s.minor(TODAY) and link.relationship is not Relationship.OTHER
    return False


def _contacts(people: People, person: str) -> tuple[Contact, ...]:
    return people.persons[person].contacts if person in people.persons else ()
