"""Who is in the company of whom: restrictions, unsafe addresses, seals, who would see whom."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from .address import key
from .decision import Part
from .facts import Identity, Restriction, Writer
from .identity import Author
from .message import Message
from .people import Concern, People, Person
from .reach import Reach, role_addresses
from .vocabulary import SERVICE_USERS, Relationship, Standing
from .weighing import UNSAFE, readers_against
from .who import inbox, inboxes, readers, unsafe_for


def touchy(message: Message, author: Author, people: People, today: date) -> bool:
    """Whether somebody is restricted for an owner or reader of any address in it: mostly not, and
    then nobody need be asked about."""
    hands = [inbox(people, k, today) for k in author.keys]
    return any(i.restricts for i in (*inboxes(people, _visible(message), today), *hands))


def _visible(message: Message) -> set[str]:
    return {*message.recipients, *message.named, *message.reply_to}


def restriction(
    message: Message, author: Author, reach: Reach, people: People, today: date
) -> Restriction:
    """The worst of who is named together, before groups are expanded (pitfalls 1 and 6).

    Named are the owners and also-readers of all recipients of envelope and visible headers, and of
    what the message was written from.
    """
    if author.writer is Writer.SERVICE_USER:
        return Restriction.NONE
    visible = _visible(message)
    there = inboxes(people, visible, today)
    hands = [inbox(people, k, today) for k in author.keys]
    named = {key(a) for a in visible}
    seen_by = frozenset[str]().union(*(i.readers for i in there), *(i.readers for i in hands))
    # A service user who only also reads an inbox has no hat there: their category decides.
    direct = {s for i in there for s in i.owned} | {
        r for r in seen_by if people.restricted_for(r) and _served_anywhere(people, r, today)
    }
    restricted_for = {s: x for s in sorted(direct) if (x := people.restricted_for(s))}
    if not restricted_for:
        return Restriction.NONE
    writers = frozenset(author.persons)
    worst = Restriction.NONE
    for s, restricted in restricted_for.items():
        if not restricted.isdisjoint(writers):
            return Restriction.WRITER
        if any(unsafe_for(people, s, k) for k in named if _owned_by(people, k, s)):
            worst = Restriction.UNSAFE_ADDRESS
        elif not restricted.isdisjoint(seen_by) and worst is Restriction.NONE:
            worst = Restriction.TOGETHER
    return worst


def unsafe_role(reach: Reach, people: People, concern: Concern | None) -> bool:
    """Whether somebody restricted, or named in the concern, reads a role address among them."""
    roles = list(role_addresses(people, reach))
    if not roles:
        return False
    restricted = frozenset(x for s in reach.service_users for x in people.restricted_for(s))
    in_concern = concern.named if concern else frozenset()
    return any(
        readers_against(frozenset(readers(people, key(mailbox.address))), restricted, in_concern)
        in UNSAFE
        for mailbox in roles
    )


def sealed(author: Author, reach: Reach, people: People) -> bool:
    """Whether a service user or supporter writes to safeguarding role-holders and nobody else."""
    if author.writer not in (Writer.SERVICE_USER, Writer.SUPPORTER) or reach.groups:
        return False
    if author.identity in (Identity.SPOOFED, Identity.UNREADABLE):
        return False
    others = set(author.persons) - set(author.service_users)
    if any(people.persons[p].workforce for p in others):
        return False
    told = [k for k, r in reach.routes.items() if r.part is not Part.CONFIDENTIAL]
    return bool(told) and all(_role_holders_only(people, k) for k in told)


def _role_holders_only(people: People, address_key: str) -> bool:
    found = [people.persons.get(p) for p in readers(people, address_key)]
    return bool(found) and all(
        p is not None and p.standing is Standing.ACTIVE and _safeguards(people, p) for p in found
    )


def _safeguards(people: People, person: Person) -> bool:
    return person.safeguarding or any(
        person.id in (*o.officers, *o.leads, *o.deputies) for o in people.organisations.values()
    )


def mutual_sight(message: Message, reach: Reach, people: People, today: date) -> bool:
    """Whether two protected people of different doors would see each other's address (law 7).

    An expanded group is written to one by one, so nobody in it sees anybody.
    """
    if reach.expanded:
        return False
    visible = reach.direct.union(
        reach.service_users,
        *[i.protected for i in inboxes(people, {*message.named, *message.reply_to}, today)],
    )
    if len(visible) > _MANY:
        return True
    found = [people.persons[p] for p in visible]
    return any(not _may_see(people, a, b) for a, b in combinations(found, 2))


_MANY = 32
"""So many protected people are never all of one door."""


def _may_see(people: People, a: Person, b: Person) -> bool:
    """Of one household, or linked as service user and supporter; never two supporters."""
    if a.categories.isdisjoint(SERVICE_USERS) and b.categories.isdisjoint(SERVICE_USERS):
        return False
    if a.household and a.household == b.household:
        return True
    return any(
        link.supporter == y.id
        and not link.restricted
        and link.relationship is not Relationship.OTHER
        for x, y in ((a, b), (b, a))
        for link in people.links.get(x.id, ())
    )


def would_reach_protected(author: Author, reach: Reach, people: People) -> bool:
    """Whether somebody who is stopped writes to people whom they may not write to any more."""
    protected = (Part.SERVICE_USER, Part.SUPPORTER)
    return any(r.part in protected for r in reach.routes.values()) or any(
        people.groups[g].may_write(p) for g in reach.groups for p in author.persons
    )


def _served_anywhere(people: People, person: str, today: date) -> bool:
    """A service user at whatever address: one who only also reads an inbox has no hat there."""
    known = people.persons.get(person)
    return known is not None and (known.service_user or known.minor(today))


def _owned_by(people: People, address_key: str, person: str) -> bool:
    return any(p == person for p, _ in people.at.get(address_key, ()))


def beside(reach: Reach, people: People, today: date) -> dict[str, frozenset[str]]:
    """A service user who only also reads an inbox -> whose it is: a copy for one names the other.

    Those who own an inbox together know its address, and so do their families.
    """
    found: dict[str, frozenset[str]] = {}
    for k, route in reach.routes.items():
        if len(route.service_users) > 1:
            owned = frozenset(inbox(people, k, today).owned)
            found.update({s: owned for s in route.service_users if s not in owned})
    return found


def supporters_reached(author: Author, reach: Reach) -> int:
    """Distinct supporters whom it reaches, other than whoever wrote it."""
    reached = (r.persons for r in reach.routes.values() if r.part is Part.SUPPORTER)
    return len(frozenset[str]().union(*reached).difference(author.persons))


def own_mailbox(message: Message, author: Author, people: People) -> bool:
    """Whether the workforce shows those it writes to an address of its own (N2).

    Somebody who also takes part writes from their own address as a participant: then the writer is
    none of the workforce. What is called urgent and may not be an emergency, because it comes from
    there, is not stopped for it: it goes as any other message does, copied.
    """
    if author.writer not in (Writer.WORKFORCE, Writer.UNKNOWN_WORKFORCE) or message.urgent:
        return False
    shown = {key(a) for a in (*message.authors, *message.senders, *message.reply_to) if a}
    return any(
        person in author.persons and not contact.organisational
        for k in shown
        for person, contact in people.at.get(k, ())
    )
