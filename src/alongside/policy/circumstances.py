"""Smaller facts around a message: the mode it is judged in, how long ago things ran out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .facts import Served
from .people import People, Person
from .reach import Reach
from .vocabulary import Category, Mode, Relationship, Standing


def mode_of(service_users: Iterable[str], people: People, otherwise: Mode) -> Mode:
    """The strictest mode of the service users' organisations; inherited from above."""
    organisations = frozenset[str]().union(
        *(people.persons[s].organisations for s in service_users)
    )
    return max((_organisation_mode(o, people, otherwise) for o in organisations), default=otherwise)


def _organisation_mode(organisation: str, people: People, otherwise: Mode) -> Mode:
    known = people.memo.always
    asked = ("mode", organisation)
    if asked not in known:
        modes = (people.organisations[o].mode for o in people.lineage(organisation))
        known[asked] = next((m for m in modes if m is not None), None)
    found: Mode | None = known[asked]
    return otherwise if found is None else found


def organisation_of(persons: Iterable[str], people: People) -> str:
    """Whose message it is for the record: the first organisation of the first who has one."""
    for p in persons:
        person = people.persons.get(p)
        if person is not None and person.organisations:
            return min(person.organisations)
    return ""


def gates(
    persons: tuple[str, ...], people: People, today: date
) -> tuple[int | None, int | None, int | None]:
    """Days since the writers' agreement, and since their vetting and training ran out."""
    known = people.memo.of(today)
    found: tuple[int | None, int | None, int | None] | None = known.get((gates, persons))
    if found is None:
        writers = [people.persons[w] for w in persons if w in people.persons]
        gated = [p for p in writers if p.workforce]
        found = known[gates, persons] = (
            worst(days_since(p.agreed_on, today) for p in gated),
            worst((today - p.vetted_until).days if p.vetted_until else None for p in gated),
            worst((today - p.trained_until).days if p.trained_until else None for p in gated),
        )
    return found


def days_since(agreed_on: date | None, today: date) -> int | None:
    """An agreement dated in the future is none."""
    return (today - agreed_on).days if agreed_on and agreed_on <= today else None


def worst(days: Iterable[int | None]) -> int | None:
    """The longest overdue of several writers; never done at all is the worst."""
    found = list(days)
    if not found:
        return 0
    if any(d is None for d in found):
        return None
    return max(d for d in found if d is not None)


def supporters_too(person: Person, people: People) -> bool:
    """Whether an organisation of theirs copies under-16s' supporters, and there are some."""
    orgs = map(people.organisations.get, person.organisations)
    return any(o is not None and o.copy_supporters for o in orgs) and any(
        k.copied
        and not k.restricted
        and k.relationship in (Relationship.PARENT, Relationship.CARER)
        for k in people.links.get(person.id, ())
    )


def vetted_adults(writers: Iterable[Person], reach: Reach, people: People, today: date) -> int:
    """Distinct vetted adults of the workforce in the conversation, writers included."""
    found = {p.id: p for p in writers}
    for route in reach.routes.values():
        found.update({p: people.persons[p] for p in route.persons if p in people.persons})
    return sum(
        p.workforce
        and not p.minor(today)
        and p.standing is Standing.ACTIVE
        and p.vetted_until is not None
        and p.vetted_until >= today
        for p in found.values()
    )


def usually(person: Person, people: People, today: date) -> Served:
    """What is the same of a service user in every message of the day."""
    known = people.memo.of(today)
    found: Served | None = known.get((person.id, Served))
    if found is None:
        child = person.minor(today)
        found = known[person.id, Served] = Served(
            child=child,
            age=person.age(today),
            young_leader=child and Category.YOUNG_LEADER in person.categories,
            need_text="text" in person.needs,
            objection=person.objection and not child,
            supporters_too=supporters_too(person, people),
        )
    return found
