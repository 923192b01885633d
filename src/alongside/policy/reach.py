"""Whom a message reaches: envelope recipients resolved, groups expanded or answered by their leads.

Addresses become routes. What is left out silently is kept apart, for the officer's eyes only
(DESIGN, "Restricted people", "Groups", "Emergency").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from .address import key
from .decision import Part, Route
from .people import Contact, Group, Mailbox, People, Person
from .rulebook import Rulebook
from .vocabulary import Channel, ContactKind, Hat, MailboxKind, Role, Standing
from .who import Inbox, inbox, readers, unsafe_for

_KIND_OF_CONTACT = {
    Channel.EMAIL: ContactKind.EMAIL,
    Channel.TEXT: ContactKind.PHONE,
    Channel.INSTANT_MESSAGE: ContactKind.PHONE,
    Channel.SOCIAL: ContactKind.PROFILE,
}


@dataclass(slots=True)
class Reach:
    """Filled while the envelope is gone through, read-only afterwards."""

    routes: dict[str, Route] = field(default_factory=dict)
    """Address key -> where it goes."""
    service_users: dict[str, str] = field(default_factory=dict)
    """Service user reached -> address key."""
    ambiguous: set[str] = field(default_factory=set)
    direct: set[str] = field(default_factory=set)
    """Service users and supporters reached otherwise than through a group we expand."""
    groups: list[str] = field(default_factory=list)
    expanded: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    """Groups answered by their leads and officers."""
    nobody: bool = False
    left_out: dict[str, None] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    unsafe_role: bool = False

    @property
    def nobody_left(self) -> bool:
        """Whether a group's address leads to nobody: its heads can't be reached, or all its members
        are the writer. Who was left out silently is an officer's to look at."""
        empty = self.nobody or (bool(self.expanded) and not self.left_out)
        return empty and not self.routes

    def add(self, route: Route) -> None:
        self.routes.setdefault(key(route.address), route)


def protected_among(
    addresses: Iterable[str], people: People, today: date, but_not: frozenset[str]
) -> bool:
    """Whether a service user or supporter, other than those, is reached at one of the addresses.

    A group's address counts when somebody protected is a member.
    """
    for address in addresses:
        k = key(address)
        there = inbox(people, k, today)
        if any(p not in but_not for p in (*there.protected, *there.served)):
            return True
        group = people.group_at.get(k)
        if group is not None and group_protects(people, people.groups[group], today):
            return True
    return False


def group_protects(people: People, group: Group, today: date) -> bool:
    """Whether a service user or supporter is a member."""
    return any(
        p.service_user or p.supporter or p.minor(today) for p in members_of(people, group.id)
    )


def members_of(people: People, group_id: str) -> Iterator[Person]:
    for m in people.groups[group_id].members:
        person = people.persons.get(m)
        if person is not None:
            yield person


def direct_route(written: str, people: People, rulebook: Rulebook, today: date, r: Reach) -> None:
    """Resolve one envelope recipient that is not a group."""
    k = key(written)
    if rulebook.is_confidential(k):
        r.add(Route(address=written, written=written, part=Part.CONFIDENTIAL))
        return
    there = inbox(people, k, today)
    if not there.owners:
        if k not in people.mailboxes and not people.local(written):
            r.unknown.append(written)
        r.add(Route(address=written, written=written, part=Part.OTHER))
        return
    r.add(_route_to(there, written, written, r))
    r.direct.update(there.protected)


_MOST_SPELLINGS = 64
"""Of one address, for which the route is kept."""


def _route_to(there: Inbox, address: str, written: str, r: Reach) -> Route:
    for service_user in there.served:
        r.service_users.setdefault(service_user, key(address))
    r.ambiguous.update(there.ambiguous)
    found = there.routes.get((address, written))
    if found is None:
        if there.served:
            part = Part.SERVICE_USER
        else:
            part = Part.SUPPORTER if there.supporters else Part.OTHER
        if len(there.routes) >= _MOST_SPELLINGS:
            there.routes.clear()
        found = there.routes[address, written] = Route(
            address=address,
            written=written,
            part=part,
            persons=there.persons,
            service_users=there.served,
        )
    return found


def expand(
    group: Group,
    written: str,
    channel: Channel,
    writers: frozenset[str],
    people: People,
    today: date,
    r: Reach,
) -> None:
    """One route for each member; whoever may not learn of another is left out silently."""
    r.expanded.append(group.id)
    members = [p for p in members_of(people, group.id) if p.id not in writers]
    service_users = {p.id for p in members if _member_served(p, today)}
    unwelcome = {x for s in service_users for x in people.restricted_for(s)}
    for person in members:
        if person.standing is not Standing.ACTIVE:
            continue
        served = person.id in service_users
        if person.id in unwelcome or (
            served and not people.restricted_for(person.id).isdisjoint(writers)
        ):
            r.left_out[person.id] = None
            continue
        contact = _best_contact(person, channel, people, today)
        if contact is None or (
            not served and not unwelcome.isdisjoint(readers(people, key(contact.address)))
        ):
            r.left_out[person.id] = None
            continue
        there = inbox(people, key(contact.address), today)
        r.add(_route_to(there, contact.address, written, r))


def _member_served(person: Person, today: date) -> bool:
    return person.minor(today) or person.service_user


def _best_contact(person: Person, channel: Channel, people: People, today: date) -> Contact | None:
    """A reachable, safe address: a participant's own before a workforce one."""
    kind = _KIND_OF_CONTACT[channel]
    usable = [
        c
        for c in person.contacts
        if c.kind is kind and c.reachable and not unsafe_for(people, person.id, key(c.address))
    ]
    if _member_served(person, today):
        usable.sort(key=lambda c: (c.hat is not Hat.PARTICIPANT, c.hat is Hat.BOTH))
        usable = [c for c in usable if person.minor(today) or c.hat is not Hat.WORKFORCE]
    elif person.workforce:
        usable.sort(key=lambda c: not c.organisational)
    return usable[0] if usable else None


def answer_by_leads(
    group: Group,
    written: str,
    writers: frozenset[str],
    service_users: tuple[str, ...],
    people: People,
    today: date,
    r: Reach,
) -> None:
    """What a service user, supporter or stranger writes to a group goes to its leads and officer.

    Nobody of the members learns of it. Whoever is restricted for the service user who writes, or,
    where somebody else does, for any member, is left out, and so is whoever is restricted for
    somebody written to beside the group. A child is no lead here: nobody would be alongside. Where
    none is left, the organisation's own safeguarding people get it.
    """
    r.answered.append(group.id)
    concerned = (*(service_users or group.members), *r.service_users)
    restricted = {x for s in concerned for x in people.restricted_for(s)}
    found = False
    offices = [(*group.leads, *group.officers)]
    for organisation in people.lineage(group.organisation):
        offices.append(
            tuple(
                p
                for role in (
                    Role.SAFEGUARDING_OFFICER,
                    Role.SAFEGUARDING_LEAD,
                    Role.DEPUTY_OFFICER,
                )
                for p in people.offices.get((organisation, role), ())
            )
        )
    for office in offices:
        for p in office:
            person = people.persons.get(p)
            if person is None or p in writers or person.standing is not Standing.ACTIVE:
                continue
            if person.minor(today):
                continue
            if p in restricted:
                r.left_out[p] = None
                continue
            contact = _work_email(person)
            if contact is None:
                continue
            there = inbox(people, key(contact.address), today)
            if there.served or not restricted.isdisjoint(there.readers):
                continue
            r.add(Route(address=contact.address, written=written, part=Part.OTHER, persons=(p,)))
            found = True
        if found:
            return
    role = _safe_role_address(group, writers, restricted, people)
    if role:
        r.add(Route(address=role, written=written, part=Part.OTHER))
    else:
        r.nobody = True


def _safe_role_address(
    group: Group, writers: frozenset[str], restricted: set[str], people: People
) -> str:
    """The nearest role address that somebody else reads, and nobody restricted does."""
    for organisation in people.lineage(group.organisation):
        address = people.organisations[organisation].role_address
        seen_by = set(readers(people, key(address))) if address else set()
        if seen_by - writers and seen_by.isdisjoint(restricted):
            return address
    return ""


def _work_email(person: Person) -> Contact | None:
    for c in person.contacts:
        if c.kind is ContactKind.EMAIL and c.organisational and c.reachable:
            return c
    return None


def drop_restricted(people: People, writers: frozenset[str], r: Reach, *, released: bool) -> None:
    """An emergency, or an officer's release: restricted recipients are dropped, nobody else waits.

    Where the writer is the one restricted, that service user is dropped from an emergency; an
    officer who released it has decided that.
    """
    for service_user in list(r.service_users):
        restricted = people.restricted_for(service_user)
        if not restricted:
            continue
        if not released and not restricted.isdisjoint(writers):
            _drop(r, [k for k, route in r.routes.items() if service_user in route.service_users])
        else:
            _drop(r, [k for k in r.routes if not restricted.isdisjoint(readers(people, k))])


def _drop(r: Reach, unwanted: list[str]) -> None:
    for k in unwanted:
        route = r.routes.pop(k)
        r.left_out.update(dict.fromkeys(route.persons))
    left = {s: k for k, route in reversed(r.routes.items()) for s in route.service_users}
    r.service_users = {s: left[s] for s in r.service_users if s in left}
    r.ambiguous &= left.keys()


def role_addresses(people: People, r: Reach) -> Iterator[Mailbox]:
    """The role addresses that the envelope names."""
    for k, route in r.routes.items():
        mailbox = people.mailboxes.get(k) if route.written == route.address else None
        if mailbox is not None and mailbox.kind is MailboxKind.ROLE:
            yield mailbox
