"""From a person of the register to an actor: which offices they hold, and how far they reach."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.access import actor as access
from alongside.access.actor import SAFEGUARDING, Actor
from alongside.access.checks import Item, NotAllowed, check_oversee
from alongside.access.permissions import TRUSTEE, WRITER
from alongside.policy.vocabulary import WORKFORCE, Category, Role, Standing

from .models import Group, Link, Organisation, Person


class Unknown(LookupError):
    """the register has nothing by that name"""


class Impossible(ValueError):
    """the register can't say that"""


def person(person_id: str) -> Person:
    """Raises ``Unknown``."""
    found = Person.objects.filter(id=person_id).first()
    if found is None:
        raise Unknown(f"there is nobody with the id `{person_id}`")
    return found


def actor(person_id: str) -> access.Person:
    """Somebody as an actor. Raises ``Unknown``.

    Roles of people.csv count in the person's own organisations and all below them. Who is named
    officer or lead of an organisation holds that office there and below, and nowhere else: being
    named by a club gives no reach into the body that one works for.
    """
    who = person(person_id)
    organisations = list(Organisation.objects.all())
    roles = frozenset(who.roles) | _by_category(who)
    named = {o.id for o in organisations if who.id in o.officers or who.id in o.leads}
    starts = set(named)
    if roles & SAFEGUARDING or not named:
        starts |= set(who.organisations)
    return access.Person(
        id=who.id,
        roles=roles | _named_roles(who.id, organisations),
        reach=frozenset(_and_below(starts, organisations)),
        groups=frozenset(g.id for g in Group.objects.all() if who.id in g.officers),
        active=who.standing == Standing.ACTIVE.value,
    )


def check_over(actor: Actor, organisations: Iterable[str], about: Iterable[str]) -> None:
    """``check_oversee`` for an item that belongs to several organisations: one in reach is enough.

    Raises ``NotAllowed``.
    """
    refusal: NotAllowed | None = None
    for organisation in tuple(organisations) or ("",):
        try:
            check_oversee(actor, Item(organisation=organisation, about=frozenset(about)))
        except NotAllowed as wrong:
            refusal = wrong
        else:
            return
    if refusal is not None:
        raise refusal


def concerned(service_user: Person, other: Person) -> frozenset[str]:
    """Whom a restriction concerns: the two, whoever lives with either, and the whole family."""
    households = {h for h in (service_user.household, other.household) if h}
    near = set(Person.objects.filter(household__in=households).values_list("id", flat=True))
    linked = Link.objects.filter(service_user=service_user).values_list("supporter_id", flat=True)
    return frozenset(near | set(linked) | {service_user.id, other.id})


def _by_category(who: Person) -> frozenset[str]:
    """Anybody of the workforce writes; trustees see the numbers."""
    categories = {Category(c) for c in who.categories}
    found: set[str] = set()
    if categories & WORKFORCE:
        found.add(WRITER)
    if Category.TRUSTEE in categories:
        found.add(TRUSTEE)
    return frozenset(found)


def _named_roles(person_id: str, organisations: Iterable[Organisation]) -> frozenset[str]:
    found: set[str] = set()
    for o in organisations:
        if person_id in o.officers:
            found.add(Role.SAFEGUARDING_OFFICER.value)
        if person_id in o.leads:
            found.add(Role.SAFEGUARDING_LEAD.value)
    return frozenset(found)


def _and_below(starts: Iterable[str], organisations: Iterable[Organisation]) -> set[str]:
    children: dict[str, list[str]] = {}
    for o in organisations:
        children.setdefault(o.parent, []).append(o.id)
    found: set[str] = set()
    waiting = [s for s in starts if s]
    while waiting:
        organisation = waiting.pop()
        if organisation not in found:
            found.add(organisation)
            waiting += children.get(organisation, [])
    return found
