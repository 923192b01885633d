"""Looking people up: one look at the register, whatever is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from django.db.models import Q, QuerySet

from alongside.access.actor import Person as ActingPerson
from alongside.policy.address import key
from alongside.policy.vocabulary import Standing

from .folding import folded
from .models import ContactPoint, Group, Organisation, Person
from .reach import HoldsAny, Reach, persons, reach_of

PAGE = 25
_NUMBER = re.compile(r"[+\d\s().\-/]+")
_FEWEST_DIGITS = 4
_SHORTEST_NAME = 3
"""Of a group or organisation, so that two letters don't find half of everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is asked for; what is empty narrows nothing."""

    text: str = ""
    """Of a name, an id, an address, a number, a group or an organisation."""
    category: str = ""
    group: str = ""
    organisation: str = ""
    left: bool = False
    """Those who have left as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A person, a group or an organisation, by its id and in words."""

    id: str
    name: str
    open: bool = True
    """The actor may look at its page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One person among those found."""

    id: str
    name: str
    categories: tuple[str, ...]
    organisations: tuple[str, ...]
    groups: tuple[str, ...]
    standing: str
    """Empty where the actor may not be told."""


class Found(Sequence[Row]):
    """Those found, in the order of their names; read from the register a slice at a time."""

    def __init__(self, rows: QuerySet[Person], reach: Reach, names: Names) -> None:
        self._rows = rows
        self._reach = reach
        self._names = names
        self._count: int | None = None

    def __len__(self) -> int:
        if self._count is None:
            self._count = self._rows.count()
        return self._count

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, int):
            return self._row(self._rows[at])
        return [self._row(person) for person in self._rows[at]]

    def __iter__(self) -> Iterator[Row]:
        return (self._row(person) for person in self._rows)

    def _row(self, person: Person) -> Row:
        return Row(
            id=person.id,
            name=person.name or person.id,
            categories=tuple(person.categories),
            organisations=tuple(map(self._names.organisation, person.organisations)),
            groups=tuple(map(self._names.group, person.groups)),
            standing=person.standing if self._reach.tells_standing(person.id) else "",
        )


class Names:
    """What groups and organisations are called: there are few, and a page names many."""

    def __init__(self) -> None:
        self.groups = {g.id: g for g in Group.objects.all()}
        self.organisations = {o.id: o for o in Organisation.objects.all()}

    def group(self, id: str) -> str:
        found = self.groups.get(id)
        return found.name or id if found else id

    def organisation(self, id: str) -> str:
        found = self.organisations.get(id)
        return found.name or id if found else id


def find(actor: ActingPerson, search: Search) -> Found:
    """Whom the actor may look up and the search describes. Raises ``NotAllowed``."""
    reach = reach_of(actor)
    names = Names()
    return Found(matching(reach, names, search), reach, names)


def matching(reach: Reach, names: Names, search: Search) -> QuerySet[Person]:
    """The rows that the search describes, within the actor's reach, by name."""
    rows = persons(reach).order_by("sought", "id")
    if not search.left:
        rows = rows.filter(~Q(standing=Standing.LEFT.value) | Q(id__in=reach.near))
    for field, wanted in (
        ("categories", search.category),
        ("groups", search.group),
        ("organisations", search.organisation),
    ):
        if wanted:
            rows = rows.filter(HoldsAny(field, [wanted]))
    return rows.filter(_described(reach, names, search.text)) if search.text.strip() else rows


def choices(actor: ActingPerson) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """The groups and the organisations that a search may be narrowed to. Raises ``NotAllowed``."""
    reach = reach_of(actor)
    names = Names()
    groups = (Named(id=g, name=names.group(g)) for g in reach.groups)
    bodies = (
        Named(id=o, name=names.organisation(o))
        for o in reach.organisations
        if o in names.organisations
    )
    return _by_name(groups), _by_name(bodies)


def _by_name(named: Iterator[Named]) -> tuple[Named, ...]:
    return tuple(sorted(named, key=lambda n: (folded(n.name), n.id)))


def _described(reach: Reach, names: Names, text: str) -> Q:
    by_name = Q()
    for word in folded(text).split():
        by_name &= Q(sought__contains=word)
    found = by_name | Q(id__in=_owners(text))
    plain = folded(text)
    if len(plain) >= _SHORTEST_NAME:
        groups = {g for g in reach.groups if plain in folded(names.group(g))}
        bodies = {o for o in reach.organisations if plain in folded(names.organisation(o))}
        if groups:
            found |= Q(HoldsAny("groups", groups))
        if bodies:
            found |= Q(HoldsAny("organisations", bodies))
    return found


def _owners(text: str) -> QuerySet[ContactPoint, str]:
    """Whose address or number it is; part of one is enough."""
    points = ContactPoint.objects.values_list("person_id", flat=True)
    digits = re.sub(r"\D", "", text)
    if _NUMBER.fullmatch(text.strip()):
        if len(digits) < _FEWEST_DIGITS:
            return points.none()
        return points.filter(key__contains=_national(digits))
    plain = text.strip().casefold()
    if "@" in plain:
        return points.filter(Q(key=key(plain)) | Q(key__contains=plain))
    return points.filter(key__startswith=plain) if " " not in plain else points.none()


def _national(digits: str) -> str:
    """Without country code or leading noughts: the same part of every way to write a number."""
    bare = digits.lstrip("0")
    return bare[2:].lstrip("0") if bare.startswith("44") and len(bare) > 10 else bare
