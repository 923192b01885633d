"""Whom of the register an actor may look up, and which links between people they may know of.

The boundary is the organisation: an actor sees the people of their own and of those below, of the
groups there, and whoever is linked to one of them. Law 13 takes away what concerns the actor or
those near them: a restriction or a standing looks to them as if there were none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from alongside.access.actor import Person as ActingPerson
from alongside.access.checks import NotAllowed
from alongside.access.permissions import Permission, can_may, check_may
from alongside.policy.vocabulary import Relationship

from .actors import check_over
from .models import Group, Link, Organisation, Person


class HoldsAny(Func):
    """Whether a JSON list of ids holds one of these, on SQLite and on PostgreSQL."""

    output_field = BooleanField()
    _LITE = (
        "EXISTS (SELECT 1 FROM json_each(%(expressions)s) AS held WHERE held.value IN (%(ids)s))"
    )
    _POSTGRES = (
        "EXISTS (SELECT 1 FROM jsonb_array_elements_text(%(expressions)s) AS held(value)"
        " WHERE held.value IN (%(ids)s))"
    )

    def __init__(self, field: str, ids: Iterable[str]) -> None:
        super().__init__(F(field))
        self.ids = tuple(sorted(ids))

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        function: str | None = None,
        template: str | None = None,
        arg_joiner: str | None = None,
        **extra_context: Any,
    ) -> tuple[str, tuple[str | int, ...]]:
        if not self.ids:
            return "1 = 0", ()
        sql, found = super().as_sql(
            compiler,
            connection,
            template=self._LITE if connection.vendor == "sqlite" else self._POSTGRES,
            ids=", ".join(["%s"] * len(self.ids)),
        )
        return sql, (*found, *self.ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far one actor sees, worked out once for a page."""

    actor: ActingPerson
    groups: frozenset[str]
    """Groups of the organisations in reach; where that is all of them, those of none as well."""
    whole: bool
    """Every organisation there is."""
    listed: bool
    """There are organisations at all."""
    near: frozenset[str]
    """The actor, their household, and whoever they support: law 13 covers what concerns these."""
    restrictions: bool
    """May know who is kept apart from whom."""

    @property
    def organisations(self) -> frozenset[str]:
        return self.actor.reach

    def may_decide(self, person: Person) -> bool:
        """Whether the actor may decide anything about this person."""
        if not self.restrictions or person.id in self.near:
            return False
        try:
            check_over(self.actor, person.organisations, {person.id})
        except NotAllowed:
            return False
        return True

    def tells_standing(self, person: str) -> bool:
        return person not in self.near

    def tells_restriction(self, link: Link) -> bool:
        """Whether the actor may know that this link is restricted."""
        return self.restrictions and self.near.isdisjoint({link.service_user_id, link.supporter_id})

    def tells_copies(self, link: Link) -> bool:
        """What is said of copies near oneself would give a restriction away by its absence."""
        return self.near.isdisjoint({link.service_user_id, link.supporter_id})


def reach_of(actor: ActingPerson) -> Reach:
    """Raises ``NotAllowed`` for whoever may look nobody up."""
    check_may(actor, Permission.PEOPLE)
    everywhere = frozenset(Organisation.objects.values_list("id", flat=True))
    whole = everywhere <= actor.reach
    groups = Group.objects.all() if whole else Group.objects.filter(organisation__in=actor.reach)
    return Reach(
        actor=actor,
        groups=frozenset(groups.values_list("id", flat=True)),
        whole=whole,
        listed=bool(everywhere),
        near=near(actor.id),
        restrictions=can_may(actor, Permission.RESTRICTIONS),
    )


def near(person_id: str) -> frozenset[str]:
    """The person, who lives with them, and whose parent, carer, assistant or advocate they are.

    Links of the kind ``other`` don't count: a restriction makes such links, and what somebody sees
    must not change by one.
    """
    household = Person.objects.filter(id=person_id).values_list("household", flat=True).first()
    found = {person_id}
    if household:
        found |= set(Person.objects.filter(household=household).values_list("id", flat=True))
    supported = Link.objects.filter(supporter=person_id).exclude(
        relationship=Relationship.OTHER.value
    )
    return frozenset(found | set(supported.values_list("service_user_id", flat=True)))


def is_near(actor: ActingPerson, person_id: str) -> bool:
    """Whether this is the actor or somebody near: somebody else decides about them."""
    return person_id in near(actor.id)


def links(reach: Reach) -> QuerySet[Link]:
    """The links that the actor may know of. One that stands for nothing but a restriction (of the
    kind ``other``) is left out together with it."""
    mere = Q(restricted=True, relationship=Relationship.OTHER.value)
    if not reach.restrictions:
        return Link.objects.exclude(mere)
    close = Q(service_user__in=reach.near) | Q(supporter__in=reach.near)
    return Link.objects.exclude(mere & close)


def persons(reach: Reach) -> QuerySet[Person]:
    """Everybody whom the actor may look up."""
    if reach.whole and reach.listed:
        return Person.objects.all()
    own = Q(HoldsAny("organisations", reach.organisations)) | Q(HoldsAny("groups", reach.groups))
    if reach.whole:
        own |= Q(organisations=[], groups=[])
    served = Person.objects.filter(own).values("id")
    linked = links(reach).filter(service_user__in=served).values("supporter_id")
    return Person.objects.filter(own | Q(id__in=linked) | Q(id=reach.actor.id))
