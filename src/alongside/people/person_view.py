"""One person, as one actor may see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone

from alongside.access.actor import Person as ActingPerson
from alongside.access.permissions import Permission, can_may
from alongside.policy.vocabulary import WORKFORCE, Category, ContactKind

from .actors import Unknown
from .finding import Named, Names
from .models import ContactPoint, Lifting, Link, Person
from .reach import Reach, links, persons, reach_of
from .restrictions import PROTECTED

SOON = timedelta(days=60)
"""How long before a date it counts as due."""


class May(StrEnum):
    """What the actor may do on a person's page."""

    STANDING = "standing"
    RESTRICT = "restrict"
    AT_RISK = "at_risk"
    OBJECTION = "objection"
    REACHABLE = "reachable"


class Due(StrEnum):
    """How a date stands that has to be renewed."""

    MISSING = "missing"
    OVER = "over"
    SOON = "soon"
    FINE = "fine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One address or number, and whether anybody is reached there."""

    number: int
    kind: ContactKind
    address: str
    organisational: bool
    hat: str
    readers: tuple[Named, ...]
    """Who else reads it."""
    active: bool
    bouncing: bool
    opted_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A link, seen from one of its two ends."""

    person: Named
    relationship: str
    copied: bool | None
    """None: the actor is not told."""
    restricted: bool
    reason: str = ""
    lifting: int | None = None
    """The number of the request to lift it, where one waits for a second person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One of the dates that a member of the workforce has to have."""

    what: str
    """vetted, trained, agreed."""
    on: date | None
    due: Due


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """What the actor may know of a person, and do about them."""

    id: str
    name: str
    age: int | None
    categories: tuple[str, ...]
    roles: tuple[str, ...]
    organisations: tuple[Named, ...]
    groups: tuple[Named, ...]
    points: tuple[Point, ...]
    supporters: tuple[Tie, ...]
    supports: tuple[Tie, ...]
    restricted: tuple[Tie, ...]
    """Who may not reach this person."""
    kept_from: tuple[Tie, ...]
    """Whom this person may not reach."""
    needs: tuple[str, ...]
    terms: tuple[Term, ...]
    standing: str
    """Empty where the actor may not be told; so are the next two then None."""
    at_risk: bool | None
    objection: bool | None
    may: frozenset[May]
    mine: bool
    """It is the actor, or somebody near them: somebody else decides."""


def person_view(actor: ActingPerson, person: str) -> PersonView:
    """Raises ``NotAllowed``, and ``Unknown`` for whoever is out of the actor's reach."""
    reach = reach_of(actor)
    who = persons(reach).filter(id=person).first()
    if who is None:
        raise Unknown(f"there is nobody with the id `{person}`")
    names = Names()
    today = timezone.localdate()
    told = reach.tells_standing(who.id)
    decides = told and reach.restrictions
    pairs = _Pairs(reach, who)
    return PersonView(
        id=who.id,
        name=who.name or who.id,
        age=_age(who.born, today),
        categories=tuple(who.categories),
        roles=tuple(who.roles),
        organisations=tuple(Named(id=o, name=names.organisation(o)) for o in who.organisations),
        groups=tuple(Named(id=g, name=names.group(g), open=g in reach.groups) for g in who.groups),
        points=tuple(_points(who.contacts.all())),
        supporters=tuple(pairs.supporters()),
        supports=tuple(pairs.supports()),
        restricted=tuple(pairs.restricted()),
        kept_from=tuple(pairs.kept_from()),
        needs=tuple(who.needs),
        terms=tuple(_terms(who, today)),
        standing=who.standing if told else "",
        at_risk=who.at_risk if decides else None,
        objection=who.objection if decides else None,
        may=_may(reach, who),
        mine=not told,
    )


class _Pairs:
    """The links of one person, sorted by what the actor may know of each."""

    def __init__(self, reach: Reach, who: Person) -> None:
        self._reach = reach
        shown = links(reach).select_related("service_user", "supporter")
        self._to = list(shown.filter(service_user=who))
        self._from = list(shown.filter(supporter=who, service_user__in=persons(reach)))
        ids = {k.supporter_id for k in self._to} | {k.service_user_id for k in self._from}
        self._open = set(persons(reach).filter(id__in=ids).values_list("id", flat=True))
        waiting = Lifting.objects.filter(service_user__in={k.service_user_id for k in self._all()})
        self._lifting = {(w.service_user_id, w.person_id): w.id for w in waiting}

    def supporters(self) -> Iterator[Tie]:
        return (self._tie(k, k.supporter) for k in self._to if not self._told(k))

    def supports(self) -> Iterator[Tie]:
        return (self._tie(k, k.service_user) for k in self._from if not self._told(k))

    def restricted(self) -> Iterator[Tie]:
        return (self._tie(k, k.supporter) for k in self._to if self._told(k))

    def kept_from(self) -> Iterator[Tie]:
        return (self._tie(k, k.service_user) for k in self._from if self._told(k))

    def _all(self) -> list[Link]:
        return [*self._to, *self._from]

    def _told(self, link: Link) -> bool:
        return link.restricted and self._reach.tells_restriction(link)

    def _tie(self, link: Link, other: Person) -> Tie:
        told = self._told(link)
        pair = (link.service_user_id, link.supporter_id)
        return Tie(
            person=Named(id=other.id, name=other.name or other.id, open=other.id in self._open),
            relationship=link.relationship,
            copied=link.copied if self._reach.tells_copies(link) else None,
            restricted=told,
            reason=link.reason if told else "",
            lifting=self._lifting.get(pair) if told else None,
        )


def _may(reach: Reach, who: Person) -> frozenset[May]:
    found: set[May] = set()
    if reach.may_decide(who):
        found |= {May.STANDING, May.AT_RISK}
        categories = {Category(c) for c in who.categories}
        if not PROTECTED.isdisjoint(categories):
            found.add(May.RESTRICT)
        if Category.ADULT_PARTICIPANT in categories:
            found.add(May.OBJECTION)
    if can_may(reach.actor, Permission.REGISTER) and who.id not in reach.near:
        found.add(May.REACHABLE)
    return frozenset(found)


def _points(rows: Iterable[ContactPoint]) -> Iterator[Point]:
    listed = list(rows)
    wanted = {reader for row in listed for reader in row.readers}
    names = dict(Person.objects.filter(id__in=wanted).values_list("id", "name"))
    for row in listed:
        yield Point(
            number=row.id,
            kind=ContactKind(row.kind),
            address=row.address,
            organisational=row.organisational,
            hat=row.hat,
            readers=tuple(Named(id=r, name=names.get(r) or r) for r in row.readers),
            active=row.active,
            bouncing=row.bouncing,
            opted_out=row.opted_out,
        )


def _terms(who: Person, today: date) -> Iterator[Term]:
    """For the workforce only: nobody else is vetted, trained or agrees to the rules for writing."""
    if WORKFORCE.isdisjoint({Category(c) for c in who.categories}):
        return
    yield Term(what="vetted", on=who.vetted_until, due=due(who.vetted_until, today))
    yield Term(what="trained", on=who.trained_until, due=due(who.trained_until, today))
    agreed = who.agreed_on is not None and who.agreed_on <= today
    yield Term(what="agreed", on=who.agreed_on, due=Due.FINE if agreed else Due.MISSING)


def due(until: date | None, today: date) -> Due:
    """The last day still counts."""
    if until is None:
        return Due.MISSING
    if until < today:
        return Due.OVER
    return Due.SOON if until - today <= SOON else Due.FINE


def _age(born: date | None, today: date) -> int | None:
    if born is None:
        return None
    had = (today.month, today.day) >= (born.month, born.day)
    return today.year - born.year - (0 if had else 1)
