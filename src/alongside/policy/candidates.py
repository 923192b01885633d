"""Who could be the third party at all: offices, supporters, colleagues, recipients."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .address import key
from .conversation import Conversation, Subject
from .people import Mailbox, People, Person
from .vocabulary import Role, Seat

Candidate = Person | Mailbox

_OFFICE = {
    Role.SAFEGUARDING_OFFICER: Seat.ORGANISATION_OFFICER,
    Role.SAFEGUARDING_LEAD: Seat.LEAD,
    Role.DEPUTY_OFFICER: Seat.DEPUTY,
}
_OFFICE_ABOVE = dict.fromkeys(_OFFICE, Seat.PARENT_ORGANISATION_OFFICER)


def candidates(
    c: Conversation, s: Subject, via: tuple[str, ...]
) -> Iterator[tuple[Seat, Candidate]]:
    people = c.people
    theirs = s.person.groups
    groups = [
        people.groups[g]
        for g in sorted(theirs, key=lambda g: (g not in via, g))
        if g in people.groups
    ]
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


def _offices(
    people: People, organisation: str, seats: Mapping[Role, Seat]
) -> Iterator[tuple[Seat, Candidate]]:
    """The role address first: where it is set, the copies of the roles go there."""
    known = people.organisations.get(organisation)
    role = people.mailboxes.get(key(known.role_address)) if known else None
    if role is not None:
        yield seats[Role.SAFEGUARDING_OFFICER], role
    for office, seat in seats.items():
        yield from _persons(people, seat, people.offices.get((organisation, office), ()))


def recipients(c: Conversation, s: Subject) -> Iterator[tuple[Seat, Candidate]]:
    """Whoever the envelope or a header names already."""
    for person, mailbox in c.told:
        if person is not None:
            yield _seat_of(c.people, person, s), person
        elif mailbox is not None:
            yield Seat.PROGRAMME_MAILBOX, mailbox


def _persons(people: People, seat: Seat, ids: Iterable[str]) -> Iterator[tuple[Seat, Person]]:
    for p in ids:
        person = people.persons.get(p)
        if person is not None:
            yield seat, person


def colleagues(people: People, s: Subject) -> Iterator[tuple[Seat, Candidate]]:
    """The workforce of the service user's organisations, then of those above."""
    for o in (*s.own, *sorted(s.lineage - set(s.own))):
        yield from _persons(people, Seat.COLLEAGUE, people.colleagues.get(o, ()))


def holds_office(people: People, person: Person, s: Subject) -> bool:
    """Whether they hold a safeguarding role that reaches the service user."""
    return any(
        person.id in people.offices.get((o, office), ()) for o in s.lineage for office in _OFFICE
    ) or any(person.id in people.groups[g].officers for g in s.person.groups if g in people.groups)


def _seat_of(people: People, person: Person, s: Subject) -> Seat:
    """The seat of somebody who is a recipient already."""
    for o in s.own:
        for at, organisation in enumerate(people.lineage(o)):
            for office, seat in _OFFICE.items():
                if person.id in people.offices.get((organisation, office), ()):
                    return Seat.PARENT_ORGANISATION_OFFICER if at else seat
    return Seat.SUPPORTER if person.id in s.links and not person.workforce else Seat.COLLEAGUE
