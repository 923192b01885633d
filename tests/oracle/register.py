"""What the oracle knows of people, read off the register in its own plain words.

Nothing here comes from the rules: only the register itself, addresses and the words of the house.
"""

from __future__ import annotations

from alongside.policy.address import domain_of, key
from alongside.policy.message import Message
from alongside.policy.people import Contact, People, Person
from alongside.policy.vocabulary import Hat, MailboxKind, Role
from tests.worlds_mail import inhabitants

from .writing import NOW

TODAY = NOW.date()
CONFIDENTIAL = frozenset({"lado@council.example", "police.example", "helpline.example"})
Owner = tuple[Person, Contact]


def owners(people: People, address: str) -> list[Owner]:
    return [(people.persons[p], c) for p, c in people.at.get(key(address), ())]


def readers(people: People, address: str) -> set[str]:
    """Everybody who sees what arrives at an address."""
    found = set()
    for person, contact in owners(people, address):
        found |= {person.id, *contact.readers}
    mailbox = people.mailboxes.get(key(address))
    return found | set(mailbox.readers if mailbox else ())


def confidential(address: str) -> bool:
    return key(address) in CONFIDENTIAL or domain_of(address) in CONFIDENTIAL


def served(person: Person, contact: Contact) -> bool:
    """Under 18 a child anywhere; an adult participant, but at a workforce hat a colleague."""
    if person.minor(TODAY):
        return True
    return person.service_user and not (person.workforce and contact.hat is Hat.WORKFORCE)


def supports(person: Person, contact: Contact) -> bool:
    return person.supporter and not (person.workforce and contact.hat is Hat.WORKFORCE)


def protected(person: Person, contact: Contact) -> bool:
    return served(person, contact) or supports(person, contact)


def served_at(people: People, address: str) -> list[str]:
    """Service users who are written to there; one who also reads somebody's inbox is as well."""
    found = [p.id for p, c in owners(people, address) if served(p, c)]
    for _, contact in owners(people, address):
        for reader in sorted(contact.readers):
            p = people.persons.get(reader)
            if p is not None and (p.minor(TODAY) or (p.service_user and not p.workforce)):
                found.append(reader)
    return list(dict.fromkeys(found))


def group_at(people: People, address: str) -> str:
    """The group with somebody protected in it that has this address; empty for none."""
    group = people.group_at.get(key(address), "")
    if group and any(
        p.minor(TODAY) or p.service_user or p.supporter
        for p in (people.persons[m] for m in people.groups[group].members)
    ):
        return group
    return ""


# Who wrote it.


def hands(m: Message) -> list[str]:
    """Every address that the message comes from."""
    return [a for a in (*m.authors, *m.senders, m.login, m.envelope_from) if a]


def behind(people: People, m: Message) -> list[Owner]:
    return [o for a in hands(m) for o in owners(people, a)]


def writers(people: People, m: Message) -> set[str]:
    """Whoever wrote it or may have: the readers of a shared mailbox, unless a login tells."""
    found = {p.id for p, _ in behind(people, m)}
    if m.login and owners(people, m.login):
        return found
    for address in (*m.authors, *m.senders, *((m.login,) if m.login else ())):
        mailbox = people.mailboxes.get(key(address))
        if mailbox is not None and mailbox.kind is not MailboxKind.AUTOMATIC:
            found |= mailbox.readers
    return found


def _unowned_local(people: People, m: Message) -> bool:
    return any(people.local(a) and not owners(people, a) for a in (*m.authors, *m.senders))


def from_service_users(people: People, m: Message) -> bool:
    """Surely theirs, and nobody's of the workforce."""
    found = behind(people, m)
    return (
        any(served(p, c) for p, c in found)
        and not any(p.workforce for p, _ in found)
        and not _unowned_local(people, m)
        and (m.authors_readable or not any(people.local(a) for a in m.authors))
    )


def from_workforce(people: People, m: Message) -> bool:
    """Surely the workforce's: somebody of it, and no service user, has a hand in it.

    A young leader is of the workforce towards another service user or a supporter.
    """
    found = behind(people, m)
    own = {p.id for p, _ in found}
    reached = {p.id for a in m.recipients for p, c in owners(people, a) if protected(p, c)}
    reached |= {s for a in m.recipients for s in served_at(people, a)}
    reaches = bool(reached - own)
    for person, contact in found:
        if person.minor(TODAY):
            if not (person.workforce and reaches):
                return False
        elif person.service_user and contact.hat is not Hat.WORKFORCE:
            if not (person.workforce and contact.hat is Hat.BOTH and reaches):
                return False
    return any(p.workforce for p, _ in found) or _unowned_local(people, m)


def involved(people: People, m: Message) -> bool:
    """Whether a service user or supporter has any part in it (law 8)."""
    if any(group_at(people, a) for a in m.recipients):
        return True
    if any(served_at(people, a) for a in (*m.recipients, *m.named)):
        return True
    return any(
        protected(p, c) for a in (*m.recipients, *m.named, *hands(m)) for p, c in owners(people, a)
    )


def by_a_group(people: People, m: Message, address: str) -> bool:
    """Whether it is there as a lead's or officer's, who answers for a group of the envelope."""
    groups = [people.group_at[key(a)] for a in m.recipients if key(a) in people.group_at]
    if not groups or key(address) in {key(a) for a in m.recipients}:
        return False
    heads = {h for g in groups for h in (*people.groups[g].leads, *people.groups[g].officers)}
    offices = {
        h
        for g in groups
        for o in people.lineage(people.groups[g].organisation)
        for role in (Role.SAFEGUARDING_OFFICER, Role.SAFEGUARDING_LEAD, Role.DEPUTY_OFFICER)
        for h in people.offices.get((o, role), ())
    }
    mailbox = people.mailboxes.get(key(address))
    if mailbox is not None and mailbox.kind is MailboxKind.ROLE:
        return True
    return bool((heads | offices) & {p.id for p, _ in owners(people, address)})


# Who has an office.


def officers_of(people: People, index: int) -> set[str]:
    """Everybody with a safeguarding office, by role or by name, in one federation."""
    found = {p.id for p in inhabitants(people, index) if p.safeguarding}
    for body in (f"o{index}", f"o{index}-above"):
        if body in people.organisations:
            o = people.organisations[body]
            found |= {*o.officers, *o.leads, *o.deputies}
    for k in range(4):
        if (group := people.groups.get(f"o{index}-g{k}")) is not None:
            found |= set(group.officers)
    return found


def plain_officers(people: People, index: int, child: str) -> list[str]:
    """Work addresses of the officers, by role, of a child's own organisation."""
    own = people.persons[child].organisations
    return [
        c.address
        for p in inhabitants(people, index)
        if p.safeguarding and p.organisations & own
        if p.vetted_until is not None and p.vetted_until >= TODAY
        for c in p.contacts
        if c.organisational and "@" in c.address
    ]


def addresses_of(people: People, index: int) -> list[str]:
    """Every person's work address of one federation."""
    return [
        c.address
        for p in inhabitants(people, index)
        for c in p.contacts
        if c.organisational and "@" in c.address
    ]
