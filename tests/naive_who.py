"""Who wrote a message and whom it is addressed to, as the naive model reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date
from enum import Enum

from alongside.policy.address import domain_of, key
from alongside.policy.message import Message
from alongside.policy.people import Contact, Group, Mailbox, People, Person
from alongside.policy.vocabulary import Hat, MailboxKind, Standing

from .naive_company import also_readers, owners
from .naive_words import Openings

FROM, SENDER, LOGIN, ENVELOPE = "From", "Sender", "login", "envelope"


class Part(Enum):
    """What somebody is in one message."""

    SERVED = "a service user"
    BOTH = "written to at an address of both hats"
    SUPPORTER = "a supporter"
    COLLEAGUE = "of the workforce"
    OUTSIDE = "somebody else"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One place that says who wrote."""

    where: str
    address: str
    persons: tuple[tuple[Person, Contact], ...]
    mailbox: Mailbox | None
    local: bool


@dataclass(slots=True, kw_only=True)
class Addressed:
    """Whom a message goes to, as it stands in the envelope."""

    confidential: set[str] = field(default_factory=set)
    groups: list[Group] = field(default_factory=list)
    direct: set[str] = field(default_factory=set)
    """Every other address key."""
    served: dict[str, set[str]] = field(default_factory=dict)
    """Service user -> the keys that reach them."""
    both: set[str] = field(default_factory=set)
    supporters: set[str] = field(default_factory=set)


def today_of(message: Message) -> date:
    return message.at.astimezone(UTC).date()


def slots_of(message: Message, people: People) -> list[Slot]:
    found = [(FROM, a) for a in message.authors] + [(SENDER, a) for a in message.senders]
    if message.login is not None:
        found.append((LOGIN, message.login))
    if message.envelope_from:
        found.append((ENVELOPE, message.envelope_from))
    return [
        Slot(
            where=where,
            address=key(a),
            persons=tuple((people.persons[p], c) for p, c in people.at.get(key(a), ())),
            mailbox=people.mailboxes.get(key(a)),
            local=people.local(a),
        )
        for where, a in found
    ]


def known(slots: list[Slot], *wheres: str) -> frozenset[str]:
    """Everybody whose address stands in one of these places (everywhere, when none is named)."""
    return frozenset(
        p.id for slot in slots if not wheres or slot.where in wheres for p, _ in slot.persons
    )


def readers_who_may_have_written(slots: list[Slot]) -> frozenset[str]:
    """A shared mailbox wrote and no login tells who: all its readers (decision (b))."""
    if known(slots, LOGIN):
        return frozenset()
    return frozenset(
        r
        for slot in slots
        if slot.mailbox is not None and slot.mailbox.kind is not MailboxKind.AUTOMATIC
        for r in slot.mailbox.readers
    )


def part_of(person: Person, contact: Contact, today: date, ask: Openings) -> Part:
    """What a recipient is at one address (two hats)."""
    if person.minor(today):
        return Part.SERVED  # under 18: a child at every address
    if person.service_user:
        if not person.workforce or contact.hat is Hat.PARTICIPANT:
            return Part.SERVED
        return Part.BOTH if contact.hat is Hat.BOTH else Part.COLLEAGUE
    if person.workforce:
        if person.supporter and contact.hat is not Hat.WORKFORCE and ask.ask("parent_hat"):
            return Part.SUPPORTER
        return Part.COLLEAGUE
    return Part.SUPPORTER if person.supporter else Part.OUTSIDE


def addressed(
    addresses: tuple[str, ...],
    people: People,
    confidential: frozenset[str],
    today: date,
    ask: Openings,
) -> Addressed:
    """Sort envelope recipients, or the names in a header."""
    found = Addressed()
    for address in addresses:
        k = key(address)
        if k in {key(c) for c in confidential} or domain_of(address) in confidential:
            found.confidential.add(k)
            continue
        if k in people.group_at:
            group = people.groups[people.group_at[k]]
            if group not in found.groups:
                found.groups.append(group)
            continue
        found.direct.add(k)
        for p, contact in people.at.get(k, ()):
            part = part_of(people.persons[p], contact, today, ask)
            if part is Part.SERVED:
                found.served.setdefault(p, set()).add(k)
            elif part is Part.BOTH:
                found.both.add(p)
            elif part is Part.SUPPORTER:
                found.supporters.add(p)
        if k in people.mailboxes:
            continue
        for p in also_readers(people, k) - owners(people, k):
            reader = people.persons.get(p)
            if reader is None:
                continue
            child = reader.minor(today)
            if child or (reader.service_user and not reader.workforce):
                if ask.ask("also_reader_served"):
                    found.served.setdefault(p, set()).add(k)
    return found


def part_as_writer(
    person: Person, contact: Contact, slot: Slot, reaches: bool, today: date, ask: Openings
) -> Part:
    """What a writer is at one address; ``reaches``: another service user, or a supporter."""
    if person.minor(today):
        # A young leader's mail to a service user or supporter is the workforce's; all else that
        # somebody under 18 writes is a child's.
        return Part.COLLEAGUE if person.workforce and reaches else Part.SERVED
    if person.service_user:
        if not person.workforce or contact.hat is Hat.PARTICIPANT:
            return Part.SERVED
        if contact.hat is Hat.BOTH and not reaches:  # decision (g)
            return Part.SERVED
        return Part.COLLEAGUE
    if person.workforce:
        if person.supporter and contact.hat is not Hat.WORKFORCE and not reaches:
            return Part.SUPPORTER if ask.ask("supporter_writer") else Part.COLLEAGUE
        return Part.COLLEAGUE
    if person.supporter:
        return Part.SUPPORTER
    if slot.local or contact.organisational:
        return Part.COLLEAGUE if ask.ask("uncategorised_local") else Part.OUTSIDE
    return Part.OUTSIDE


def writing_parts(
    slots: list[Slot], reaches: dict[str, bool], today: date, ask: Openings
) -> set[Part]:
    """Everything that the writers are. An unknown bounce address leaves From to decide."""
    parts: set[Part] = set()
    somebody = any(s.where != ENVELOPE for s in slots)
    for slot in slots:
        for person, contact in slot.persons:
            r = reaches.get(person.id, reaches[""])
            parts.add(part_as_writer(person, contact, slot, r, today, ask))
        if slot.persons:
            continue
        if slot.where == ENVELOPE and somebody:
            if slot.mailbox is not None and slot.address not in {
                s.address for s in slots if s.where != ENVELOPE
            }:
                parts.add(Part.COLLEAGUE if ask.ask("envelope_mailbox") else Part.OUTSIDE)
        elif slot.mailbox is not None or slot.local:
            parts.add(Part.COLLEAGUE)
        else:
            parts.add(Part.OUTSIDE)
    return parts


def spoof(slots: list[Slot], people: People, today: date, ask: Openings) -> bool:
    """From or Sender names somebody of the workforce; login or envelope is somebody else's."""
    senders = known(slots, SENDER)
    for handed in slots:
        if handed.where not in (LOGIN, ENVELOPE) or not handed.persons:
            continue
        theirs = {p.id for p, _ in handed.persons}
        for slot in slots:
            if slot.where not in (FROM, SENDER):
                continue
            for person, contact in slot.persons:
                if not person.workforce or person.id in theirs or theirs & senders:
                    continue
                if theirs & known(slots, FROM) and not ask.ask("spoof_sender_only"):
                    continue
                as_child = person.minor(today)
                as_participant = person.service_user and contact.hat is not Hat.WORKFORCE
                if (as_child or as_participant) and not ask.ask("spoof_as_served"):
                    continue
                served = any(
                    p.minor(today) or (p.service_user and c.hat is not Hat.WORKFORCE)
                    for p, c in handed.persons
                )
                if served and not ask.ask("spoof_served"):
                    continue
                return True
    return False


def claims_workforce_unreadably(message: Message, slots: list[Slot], ask: Openings) -> bool:
    """Several or unreadable From fields that claim the workforce: held."""
    authors = [s for s in slots if s.where == FROM]
    named = any(p.workforce for s in authors for p, _ in s.persons)
    if message.authors_readable:
        return named and len(authors) > 1 and ask.ask("several_from")
    if named:
        return True
    local = any(s.mailbox is not None or (s.local and not s.persons) for s in authors)
    return local and ask.ask("unreadable_local")


def may_expand(message: Message, group: Group, slots: list[Slot], ask: Openings) -> bool:
    """Only whom the group names, from an organisational address, over a trusted way."""
    if not message.trusted:
        return False
    named = [
        (slot, p, c)
        for slot in slots
        for p, c in slot.persons
        if group.may_write(p.id) and p.workforce and c.organisational
    ]
    if not named:
        return False
    if any(p.standing is not Standing.ACTIVE for _, p, _ in named):
        return ask.ask("suspended_group")
    everywhere = {p.id for _, p, _ in named}
    plain = (
        len(message.authors) == 1
        and message.authors_readable
        and all(len(slot.persons) == 1 for slot in slots)
        and all(
            {p.id for p, _ in slot.persons} == everywhere and slot.persons[0][1].organisational
            for slot in slots
        )
        and all(slot.persons[0][1].hat is Hat.WORKFORCE for slot in slots)
    )
    return plain or ask.ask("expander_unclear")


def emergency(message: Message, slots: list[Slot], today: date, ask: Openings) -> bool:
    """Decision (j): an active person of the workforce, known by login or a trusted hand-over,
    from an organisational address; otherwise the tag is ignored."""
    if not message.urgent or not (message.trusted or message.login is not None):
        return False
    if any(p.workforce and p.standing is not Standing.ACTIVE for s in slots for p, _ in s.persons):
        return False  # an emergency never passes suspended writers
    able = [
        (slot, p)
        for slot in slots
        for p, c in slot.persons
        if p.workforce and c.organisational and c.hat is not Hat.PARTICIPANT
    ]
    if not able:
        return False
    one = {p.id for _, p in able}
    plain = (
        len(one) == 1
        and message.trusted
        and len(message.authors) == 1
        and message.authors_readable
        and len(able) == len(slots)
        and all(len(slot.persons) == 1 for slot in slots)
        and all(slot.persons[0][1].hat is Hat.WORKFORCE for slot in slots)
    )
    return plain or ask.ask("urgent_unclear")
