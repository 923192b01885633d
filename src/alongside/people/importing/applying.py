"""Writing the difference: everything prepared beforehand, then bulk statements in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from alongside.policy.address import key as address_key
from alongside.policy.vocabulary import ContactKind, Hat

from .. import changes
from ..folding import sought
from ..models import ContactPoint, Group, Link, Mailbox, Organisation, Person
from . import contacts
from .bulk import NOTHING, Statement, insert
from .comparing import REMOVED, Edit
from .contacts import Point
from .present import CONTACT_COLUMNS, Rows
from .values import (
    GROUPS,
    LINKS,
    MAILBOXES,
    ORGANISATIONS,
    PEOPLE,
    Values,
    day,
    flag,
    text,
    words,
)

FEW = 400
"""Ids that fit into one statement on every database."""

_PERSON_FIELDS = (
    "name",
    "categories",
    "roles",
    "organisations",
    "groups",
    "born",
    "standing",
    "household",
    "needs",
    "vetted_until",
    "trained_until",
    "agreed_on",
    "sought",
)
_GROUP_FIELDS = ("name", "organisation", "addresses", "officers", "leads", "senders")
_ORGANISATION_FIELDS = (
    "name",
    "parent",
    "domains",
    "role_address",
    "officers",
    "leads",
    "phones",
    "profiles",
    "websites",
)
_LINK_FIELDS = ("relationship", "copied", "restricted", "reason")
_MAILBOX_FIELDS = ("address", "kind", "organisation", "readers")


@dataclass(slots=True)
class Batch:
    """All that one import writes. ``write`` needs the caller's transaction."""

    persons: list[Person] = field(default_factory=list)
    stale_contacts: list[int] = field(default_factory=list)
    contacts: list[ContactPoint] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    mailboxes: list[Mailbox] = field(default_factory=list)
    removed: dict[str, list[str]] = field(default_factory=dict)
    touched: set[tuple[str, str]] = field(default_factory=set)
    upserts: tuple[Statement, ...] = ()
    contact_rows: Statement = NOTHING

    def convert(self) -> None:
        """Turn the objects into statements, before the transaction begins."""
        self.upserts = (
            insert(self.organisations, ("id",), _ORGANISATION_FIELDS),
            insert(self.groups, ("id",), _GROUP_FIELDS),
            insert(self.persons, ("id",), _PERSON_FIELDS),
            insert(self.links, ("service_user", "supporter"), _LINK_FIELDS),
            insert(self.mailboxes, ("key",), _MAILBOX_FIELDS),
        )
        self.contact_rows = insert(self.contacts)

    def write(self) -> int:
        """Write everything and give the register's new revision."""
        for statement in self.upserts:
            statement.run()
        for at in range(0, len(self.stale_contacts), FEW):
            ContactPoint.objects.filter(pk__in=self.stale_contacts[at : at + FEW]).delete()
        self.contact_rows.run()
        for key in self.removed.get(LINKS, ()):
            service_user, supporter = key.split(" ")
            # A restriction is never among them; the condition is the second lock on that door.
            Link.objects.filter(
                service_user=service_user, supporter=supporter, restricted=False
            ).delete()
        Group.objects.filter(id__in=self.removed.get(GROUPS, ())).delete()
        Organisation.objects.filter(id__in=self.removed.get(ORGANISATIONS, ())).delete()
        Mailbox.objects.filter(key__in=self.removed.get(MAILBOXES, ())).delete()
        return changes.bump(self.touched)


def prepare(after: Rows, edits: Iterable[Edit], local: frozenset[str]) -> Batch:
    """Turn the edits into rows. Reads the contact points that stand; writes nothing."""
    batch = Batch()
    for edit in edits:
        batch.touched.add(
            (changes.LINKS, edit.about[0]) if edit.kind == LINKS else (edit.kind, edit.key)
        )
        if edit.what == REMOVED:
            batch.removed.setdefault(edit.kind, []).append(edit.key)
            continue
        values = after[edit.kind][edit.key]
        if edit.kind == PEOPLE:
            batch.persons.append(_person(edit.key, values))
        elif edit.kind == LINKS:
            batch.links.append(_link(values))
        elif edit.kind == GROUPS:
            batch.groups.append(_group(edit.key, values))
        elif edit.kind == ORGANISATIONS:
            batch.organisations.append(_organisation(edit.key, values))
        else:
            batch.mailboxes.append(_mailbox(values))
    _prepare_contacts(batch, after[PEOPLE], local)
    batch.convert()
    return batch


def _prepare_contacts(batch: Batch, persons: Mapping[str, Values], local: frozenset[str]) -> None:
    """Replace the contact points that differ, and carry over what the files don't know of."""
    concerned = {p.id for p in batch.persons}
    if batch.organisations or batch.removed.get(ORGANISATIONS):
        concerned |= {i for i, values in persons.items() if contacts.has_two_hats(values)}
    standing: dict[str, list[ContactPoint]] = {}
    rows_of = ContactPoint.objects.order_by("person_id", "position", "id")
    if len(concerned) <= FEW:
        rows_of = rows_of.filter(person_id__in=concerned)
    for row in rows_of.iterator():
        if row.person_id in concerned:
            standing.setdefault(row.person_id, []).append(row)
    for person in sorted(concerned):
        rows = standing.get(person, [])
        wanted = contacts.points(persons[person], local)
        if [_point(row) for row in rows if row.column in CONTACT_COLUMNS] == [*wanted]:
            continue
        by_key = {row.key: row for row in rows}
        taken = {point.key for point in wanted}
        batch.stale_contacts += [
            row.pk for row in rows if row.column in CONTACT_COLUMNS or row.key in taken
        ]
        batch.contacts += [_contact(person, p, by_key.get(p.key)) for p in wanted]
        batch.touched.add((changes.PERSON, person))


def _point(row: ContactPoint) -> Point:
    return Point(
        column=row.column,
        position=row.position,
        kind=ContactKind(row.kind),
        address=row.address,
        key=row.key,
        organisational=row.organisational,
        hat=Hat(row.hat),
    )


def _contact(person: str, point: Point, before: ContactPoint | None) -> ContactPoint:
    """A fresh row; of an address that stood already, it keeps who reads it and how it fares."""
    row = ContactPoint(
        person_id=person,
        column=point.column,
        position=point.position,
        kind=point.kind.value,
        address=point.address,
        key=point.key,
        organisational=point.organisational,
        hat=point.hat.value,
    )
    if before is not None:
        row.readers = before.readers
        row.active = before.active
        row.bouncing = before.bouncing
        row.opted_out = before.opted_out
    return row


def _person(key: str, values: Values) -> Person:
    return Person(
        id=key,
        name=text(values, "name"),
        categories=words(values, "category"),
        roles=words(values, "roles"),
        organisations=words(values, "organisation"),
        groups=words(values, "groups"),
        born=day(values, "date_of_birth"),
        standing=text(values, "status"),
        household=text(values, "household"),
        needs=words(values, "needs"),
        vetted_until=day(values, "vetted_until"),
        trained_until=day(values, "trained_until"),
        agreed_on=day(values, "agreed_on"),
        sought=sought(text(values, "name"), key),
    )


def _link(values: Values) -> Link:
    return Link(
        service_user_id=text(values, "person"),
        supporter_id=text(values, "supporter"),
        relationship=text(values, "relationship"),
        copied=flag(values, "copied"),
        restricted=flag(values, "restricted"),
        reason=text(values, "reason"),
    )


def _group(key: str, values: Values) -> Group:
    return Group(
        id=key,
        name=text(values, "name"),
        organisation=text(values, "organisation"),
        addresses=words(values, "address"),
        officers=words(values, "officers"),
        leads=words(values, "leads"),
        senders=words(values, "senders"),
    )


def _organisation(key: str, values: Values) -> Organisation:
    return Organisation(
        id=key,
        name=text(values, "name"),
        parent=text(values, "parent"),
        domains=words(values, "domains"),
        role_address=text(values, "role_address"),
        officers=words(values, "officers"),
        leads=words(values, "leads"),
        phones=words(values, "phones"),
        profiles=words(values, "profiles"),
        websites=words(values, "websites"),
    )


def _mailbox(values: Values) -> Mailbox:
    return Mailbox(
        key=address_key(text(values, "address")),
        address=text(values, "address"),
        kind=text(values, "kind"),
        organisation=text(values, "organisation"),
        readers=words(values, "readers"),
    )
