"""Groups and organisations, as one actor may see them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q

from alongside.access.actor import Person as ActingPerson
from alongside.policy.vocabulary import Standing

from .actors import Unknown
from .finding import Named, Names, Row, Search, find
from .folding import folded
from .models import Group, Person
from .reach import HoldsAny, Reach, persons, reach_of


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """One group among others."""

    id: str
    name: str
    organisation: str
    members: int
    officers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """One group: who is in it, who may write to it, and how it is reached."""

    id: str
    name: str
    organisation: Named | None
    addresses: tuple[str, ...]
    officers: tuple[Named, ...]
    leads: tuple[Named, ...]
    senders: tuple[Named, ...]
    members: tuple[Row, ...]
    """Without those who have left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRow:
    """One organisation, and how deep it stands below the topmost that the actor reaches."""

    id: str
    name: str
    depth: int
    above: str
    """The name of the one it belongs to, where that is in reach."""
    officers: tuple[Named, ...]
    leads: tuple[Named, ...]
    role_address: str
    mode: str
    """Empty where it has none of its own."""
    people: int
    groups: int

    @property
    def steps(self) -> range:
        """One for each level that it stands below the topmost."""
        return range(self.depth)

    @property
    def in_office(self) -> tuple[Named, ...]:
        """Leads, then officers, each once."""
        return tuple(dict.fromkeys((*self.leads, *self.officers)))


def groups(actor: ActingPerson) -> tuple[GroupRow, ...]:
    """Those of the organisations in reach, by name. Raises ``NotAllowed``."""
    reach = reach_of(actor)
    names = Names()
    inside = _counts("groups", reach.groups, reach.near)
    rows = (names.groups[id] for id in reach.groups)
    return tuple(
        GroupRow(
            id=g.id,
            name=g.name or g.id,
            organisation=names.organisation(g.organisation),
            members=inside[g.id],
            officers=len(g.officers),
        )
        for g in sorted(rows, key=lambda g: (folded(g.name or g.id), g.id))
    )


def group(actor: ActingPerson, id: str) -> GroupView:
    """Raises ``NotAllowed``, and ``Unknown`` for a group out of the actor's reach."""
    reach = reach_of(actor)
    found = Group.objects.filter(id=id).first() if id in reach.groups else None
    if found is None:
        raise Unknown(f"there is no group with the id `{id}`")
    names = Names()
    home = found.organisation
    called = _called(reach, [*found.officers, *found.leads, *found.senders])
    return GroupView(
        id=found.id,
        name=found.name or found.id,
        organisation=Named(id=home, name=names.organisation(home)) if home else None,
        addresses=tuple(found.addresses),
        officers=_named(found.officers, called),
        leads=_named(found.leads, called),
        senders=_named(found.senders, called),
        members=tuple(find(actor, Search(group=found.id))),
    )


def organisations(actor: ActingPerson) -> tuple[OrganisationRow, ...]:
    """Those in reach as a tree, each before those below it. Raises ``NotAllowed``."""
    reach = reach_of(actor)
    names = Names()
    here = {o: names.organisations[o] for o in reach.organisations if o in names.organisations}
    inside = _counts("organisations", frozenset(here), reach.near)
    teams = Counter(g.organisation for g in names.groups.values())
    called = _called(reach, [p for o in here.values() for p in (*o.officers, *o.leads)])
    below: dict[str, list[str]] = {}
    for o in sorted(here.values(), key=lambda o: (folded(o.name or o.id), o.id)):
        below.setdefault(o.parent if o.parent in here else "", []).append(o.id)
    rows: list[OrganisationRow] = []
    waiting = [(id, 0) for id in reversed(below.get("", ()))]
    while waiting:
        id, depth = waiting.pop()
        o = here[id]
        rows.append(
            OrganisationRow(
                id=id,
                name=o.name or id,
                depth=depth,
                above=names.organisation(o.parent) if depth else "",
                officers=_named(o.officers, called),
                leads=_named(o.leads, called),
                role_address=o.role_address,
                mode=o.mode,
                people=inside[id],
                groups=teams[id],
            )
        )
        waiting += [(child, depth + 1) for child in reversed(below.get(id, ()))]
    return tuple(rows)


def _counts(field: str, ids: frozenset[str], near: frozenset[str]) -> Counter[str]:
    """How many people each of these holds, without those who have left."""
    present = ~Q(standing=Standing.LEFT.value) | Q(id__in=near)
    held = Person.objects.filter(present, HoldsAny(field, ids)).values_list(field, flat=True)
    return Counter(id for several in held for id in several)


def _called(reach: Reach, ids: list[str]) -> dict[str, Named]:
    named = Person.objects.filter(id__in=set(ids)).values_list("id", "name")
    within = set(persons(reach).filter(id__in=set(ids)).values_list("id", flat=True))
    return {id: Named(id=id, name=name or id, open=id in within) for id, name in named}


def _named(ids: list[str], called: dict[str, Named]) -> tuple[Named, ...]:
    return tuple(called.get(id) or Named(id=id, name=id, open=False) for id in ids)
