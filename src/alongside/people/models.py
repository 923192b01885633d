"""The register's tables. Ids are those of the organisation's own lists (the CSV files).

Lists whose order means something (officers, leads) and lists of plain words (categories, needs) are
JSON: they are read whole, in ``snapshot``, and never joined. Nobody outside this room imports this
module; the gateway reads the same tables through ``snapshot`` and writes through ``marks``.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from alongside.policy.register import SignatureStanding
from alongside.policy.vocabulary import (
    ContactKind,
    Hat,
    MailboxKind,
    Relationship,
    Standing,
)

from . import folding

ID_LENGTH = 64
ADDRESS_LENGTH = 320


def _choices(
    words: type[ContactKind | Hat | MailboxKind | Relationship | SignatureStanding | Standing],
) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Organisation(models.Model):
    """One body of the federation: a node of the tree and a boundary for what its people see."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    name = models.CharField(max_length=200, blank=True)
    parent = models.CharField(max_length=ID_LENGTH, blank=True)
    domains = models.JSONField(default=list)
    role_address = models.CharField(max_length=ADDRESS_LENGTH, blank=True)
    officers = models.JSONField(default=list)
    leads = models.JSONField(default=list)
    phones = models.JSONField(default=list)
    """Its own numbers, in E.164."""
    profiles = models.JSONField(default=list)
    """Its own pages, as ``importing.pages`` writes them."""
    websites = models.JSONField(default=list)
    """Domains of its own sites."""
    mode = models.CharField(max_length=10, blank=True)
    """shadow, teach or enforce where it has a mode of its own; else empty."""
    copy_supporters = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.id


class Group(models.Model):
    """People who do something together, with the addresses that reach them."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    name = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=ID_LENGTH, blank=True)
    addresses = models.JSONField(default=list)
    officers = models.JSONField(default=list)
    leads = models.JSONField(default=list)
    senders = models.JSONField(default=list)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.id


class Person(models.Model):
    """Somebody the organisation deals with. Never deleted by an import: they leave."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH)
    name = models.CharField(max_length=200, blank=True)
    categories = models.JSONField(default=list)
    roles = models.JSONField(default=list)
    organisations = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    born = models.DateField(null=True, blank=True)
    standing = models.CharField(
        max_length=10, choices=_choices(Standing), default=Standing.ACTIVE.value
    )
    standing_kept = models.BooleanField(default=False)
    """Set at the desk: an import leaves it as it is."""
    household = models.CharField(max_length=ID_LENGTH, blank=True)
    needs = models.JSONField(default=list)
    vetted_until = models.DateField(null=True, blank=True)
    trained_until = models.DateField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    objection = models.BooleanField(default=False)
    at_risk = models.BooleanField(default=False)
    sought = models.CharField(
        max_length=folding.LENGTH, blank=True, default="", db_default="", db_index=True
    )
    """Name and id as the search compares them: see ``folding``."""

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.id

    def save(self, *args: Any, **options: Any) -> None:
        self.sought = folding.sought(self.name, self.id)
        super().save(*args, **options)


class ContactPoint(models.Model):
    """One address, number or profile of one person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    column = models.CharField(max_length=20, blank=True)
    """The column of people.csv it came from: an import replaces only what came from a column."""
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(
        max_length=10, choices=_choices(ContactKind), default=ContactKind.EMAIL.value
    )
    address = models.CharField(max_length=ADDRESS_LENGTH)
    key = models.CharField(max_length=ADDRESS_LENGTH, db_index=True)
    organisational = models.BooleanField(default=False)
    hat = models.CharField(max_length=15, choices=_choices(Hat), default=Hat.PARTICIPANT.value)
    readers = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    bouncing = models.BooleanField(default=False)
    opted_out = models.BooleanField(default=False)

    class Meta:
        ordering = ("person_id", "position", "id")
        constraints = (
            models.UniqueConstraint(fields=("person", "key"), name="people_contact_once"),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.column or self.kind}"


class Signature(models.Model):
    """What somebody puts below their messages, and whether an officer approved of it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="signatures")
    key = models.CharField(max_length=64)
    """SHA-256 of its squeezed text, in hexadecimal digits."""
    text = models.TextField()
    standing = models.CharField(
        max_length=10,
        choices=_choices(SignatureStanding),
        default=SignatureStanding.ASKED.value,
    )
    since = models.DateField()
    reference = models.CharField(max_length=16, blank=True)
    """Of the message that it was first seen in."""

    class Meta:
        ordering = ("person_id", "since", "id")
        constraints = (
            models.UniqueConstraint(fields=("person", "key"), name="people_signature_once"),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.standing}"


class Link(models.Model):
    """What somebody is to a service user. A restriction may name any person, a coach too."""

    service_user = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    supporter = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="supports")
    relationship = models.CharField(
        max_length=20, choices=_choices(Relationship), default=Relationship.OTHER.value
    )
    copied = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("service_user_id", "supporter_id")
        constraints = (
            models.UniqueConstraint(fields=("service_user", "supporter"), name="people_link_once"),
            models.CheckConstraint(
                condition=models.Q(restricted=False) | models.Q(copied=False),
                name="people_restricted_is_never_copied",
            ),
        )

    def __str__(self) -> str:
        return f"{self.service_user_id} - {self.supporter_id}"


class Lifting(models.Model):
    """One person wants a restriction lifted, and a second has not agreed yet."""

    service_user = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="liftings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    asked_by = models.CharField(max_length=ID_LENGTH)
    reason = models.TextField()
    asked = models.DateTimeField()

    class Meta:
        ordering = ("asked", "id")
        constraints = (
            models.UniqueConstraint(fields=("service_user", "person"), name="people_lifting_once"),
        )

    def __str__(self) -> str:
        return f"{self.service_user_id} - {self.person_id}"


class Mailbox(models.Model):
    """A registered address that is no person's."""

    key = models.CharField(primary_key=True, max_length=ADDRESS_LENGTH)
    address = models.CharField(max_length=ADDRESS_LENGTH)
    kind = models.CharField(max_length=10, choices=_choices(MailboxKind))
    organisation = models.CharField(max_length=ID_LENGTH, blank=True)
    readers = models.JSONField(default=list)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.kind


class Revision(models.Model):
    """One row, id 1: how often the register changed, and since when the changes are all logged."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    revision = models.BigIntegerField(default=0)
    complete_since = models.BigIntegerField(default=0)
    """A reader that is at this revision or later can follow by the log; an older one reads all."""

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="people_one_revision"),
        )

    def __str__(self) -> str:
        return str(self.revision)


class Change(models.Model):
    """What a revision touched: a person, the links of a service user, a group and so on."""

    revision = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=12)
    """person, links, group, organisation, mailbox."""
    key = models.CharField(max_length=ADDRESS_LENGTH)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.revision}: {self.kind}"
