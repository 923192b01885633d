"""The tables of concerns. Rows are added and never changed: only a concern's own line moves, from
state to state, and each move is a row of its chronology as well. Nobody outside this room imports
this module.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from .kinds import Cause, Clock, Kind, NoteKind, State, What

ID_LENGTH = 64


class Kept(TypeError):
    """a row of a concern is kept as it is"""


class _Rows(models.QuerySet[Any]):
    def update(self, **values: Any) -> NoReturn:
        raise Kept("rows of a concern are added, never changed")

    def delete(self) -> NoReturn:
        raise Kept("rows of a concern are added, never taken away")


class _Added(models.Model):
    """A row that is added once."""

    objects = _Rows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise Kept("rows of a concern are added, never changed")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise Kept("rows of a concern are added, never taken away")


class Concern(models.Model):
    """One worry and what became of it."""

    reference = models.CharField(max_length=16, unique=True)
    organisation = models.CharField(max_length=ID_LENGTH, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    opened = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    subject = models.CharField(max_length=ID_LENGTH, blank=True, db_index=True)
    """The adult it is about: an id of the register, once somebody has marked it."""
    low_level = models.BooleanField(default=False)

    class Meta:
        ordering = ("opened", "id")

    def __str__(self) -> str:
        return self.reference

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise Kept("a concern is closed, never taken away")


class Note(_Added):
    """One row of the chronology."""

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="notes")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=NoteKind.choices)
    what = models.CharField(max_length=20, choices=What.choices, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=ID_LENGTH, blank=True)
    """Who; empty where a report names nobody."""
    person = models.CharField(max_length=ID_LENGTH, blank=True)
    """Whose access changed, or which adult it is about."""
    choice = models.CharField(max_length=30, blank=True)
    """Which outside body, or which outcome."""
    clock = models.CharField(max_length=20, choices=Clock.choices, blank=True)
    """Which clock it starts or stops."""
    due = models.DateTimeField(null=True)
    about = models.TextField(blank=True)
    """A report: about whom, in the reporter's words."""
    when = models.TextField(blank=True)
    """A report: when it happened, in the reporter's words."""
    message = models.CharField(max_length=64, blank=True)
    """A report: the reference of the message it is about."""
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("concern_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("concern", "number"), name="concerns_note_once"),
        )

    def __str__(self) -> str:
        return f"{self.concern_id}: {self.number} {self.kind}"


class Evidence(_Added):
    """A file, by its hash. The bytes stand apart, so that lists never read them."""

    note = models.OneToOneField(Note, models.PROTECT, related_name="evidence")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.note_id}: {self.type}"


class EvidenceBytes(_Added):
    """What the file says."""

    evidence = models.OneToOneField(
        Evidence, models.PROTECT, primary_key=True, related_name="content"
    )
    raw = models.BinaryField()

    def __str__(self) -> str:
        return str(self.evidence_id)


class Access(_Added):
    """Somebody was given access, or it was taken away; their last row counts."""

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="access")
    person = models.CharField(max_length=ID_LENGTH, db_index=True)
    given = models.BooleanField()
    note = models.ForeignKey(Note, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.concern_id}: {self.person} {'in' if self.given else 'out'}"


class Excluded(_Added):
    """Somebody who may never see it."""

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="excluded")
    person = models.CharField(max_length=ID_LENGTH, db_index=True)
    cause = models.CharField(max_length=10, choices=Cause.choices)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("concern", "person"), name="concerns_excluded_once"),
        )

    def __str__(self) -> str:
        return f"{self.concern_id}: not {self.person}"
