"""The tables of the record. The gateway writes the same tables through ``ledger``, without Django.

What an entry says stands in its canonical ``body`` and nowhere else with authority: the other
columns and the rows beside it restate it for searching, and ``verify`` compares them. Texts are
``TextField`` throughout: a length limit would be one more way to lose a message.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Head(models.Model):
    """The last place of each chain, changed in the transaction that appends."""

    chain = models.TextField(primary_key=True)
    number = models.BigIntegerField(unique=True)
    seq = models.BigIntegerField(default=0)
    hash = models.TextField()


class Entry(models.Model):
    """One fact, for ever."""

    id = models.BigIntegerField(primary_key=True)
    chain = models.TextField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    kind = models.TextField()
    reference = models.TextField()
    verdict = models.TextField()
    organisation = models.TextField()
    guarded = models.BooleanField()
    sealed = models.BooleanField()
    body = models.TextField()
    previous = models.TextField()
    hash = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["chain", "seq"], name="records_entry_place"),
        )
        indexes = (
            models.Index(fields=["reference"], name="records_entry_reference"),
            models.Index(fields=["at"], name="records_entry_at"),
            models.Index(fields=["kind", "verdict", "at"], name="records_entry_verdict"),
        )


class Person(models.Model):
    """Who has which part in an entry."""

    pk = models.CompositePrimaryKey("entry_id", "person", "part")
    entry = models.ForeignKey(Entry, models.PROTECT, db_index=False, related_name="persons")
    person = models.TextField()
    part = models.TextField()

    class Meta:
        indexes = (models.Index(fields=["person", "entry"], name="records_person_find"),)


class Clause(models.Model):
    """A clause that an entry names."""

    pk = models.CompositePrimaryKey("entry_id", "clause")
    entry = models.ForeignKey(Entry, models.PROTECT, db_index=False, related_name="clauses")
    clause = models.TextField()

    class Meta:
        indexes = (models.Index(fields=["clause", "entry"], name="records_clause_find"),)


class Text(models.Model):
    """A personal text of an entry. Erasing takes its salt as well, or it could be guessed."""

    pk = models.CompositePrimaryKey("entry_id", "position")
    entry = models.ForeignKey(Entry, models.PROTECT, db_index=False, related_name="texts")
    position = models.IntegerField()
    name = models.TextField()
    salt = models.BinaryField(null=True)
    value = models.BinaryField(null=True)
    erased_at = models.DateTimeField(null=True)
    erased_by = models.ForeignKey(
        Entry, models.PROTECT, null=True, db_index=False, related_name="erased_texts"
    )


class TextPerson(models.Model):
    """Whose text it is."""

    pk = models.CompositePrimaryKey("entry_id", "position", "person")
    entry = models.ForeignKey(Entry, models.PROTECT, db_index=False, related_name="+")
    position = models.IntegerField()
    person = models.TextField()

    class Meta:
        db_table = "records_text_person"
        indexes = (models.Index(fields=["person"], name="records_text_person_find"),)


class Content(models.Model):
    """The bytes of a message: position 0 is the original, more are what we composed."""

    pk = models.CompositePrimaryKey("entry_id", "position")
    entry = models.ForeignKey(Entry, models.PROTECT, db_index=False, related_name="contents")
    position = models.IntegerField()
    salt = models.BinaryField(null=True)
    raw = models.BinaryField(null=True)
    compressed = models.BooleanField(default=False)
    size = models.BigIntegerField()
    erased_at = models.DateTimeField(null=True)
    erased_by = models.ForeignKey(
        Entry, models.PROTECT, null=True, db_index=False, related_name="erased_contents"
    )


class Doubt(models.Model):
    """A decision whose outcome is not known yet: in doubt after a crash, never guessed."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="+")
    reference = models.TextField(db_index=True)


class Hold(models.Model):
    """A message in the pen. ``turn`` counts the desk's words on it (``Release``)."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="hold")
    reference = models.TextField(db_index=True)
    at = models.DateTimeField()
    expires = models.DateTimeField()
    organisation = models.TextField()
    guarded = models.BooleanField()
    channel = models.TextField()
    writers = models.TextField()
    persons = models.TextField()
    salt = models.BinaryField(null=True)
    message = models.TextField(null=True)
    erased_by = models.ForeignKey(
        Entry, models.PROTECT, null=True, db_index=False, related_name="erased_holds"
    )
    state = models.TextField()
    due = models.DateTimeField()
    """When it escalates next; pushed on by each escalation."""
    with_person = models.TextField()
    turn = models.IntegerField()

    class Meta:
        indexes = (models.Index(fields=["state", "due"], name="records_hold_due"),)


class Release(models.Model):
    """The desk's word on a hold: release, refuse, hand over, escalate."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="release")
    hold = models.ForeignKey(Hold, models.PROTECT, db_index=False, related_name="releases")
    turn = models.IntegerField()
    reference = models.TextField()
    verdict = models.TextField()
    by = models.TextField()
    to_person = models.TextField()
    due = models.DateTimeField()
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    """When a gateway took it into the outbox."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["hold", "turn"], name="records_release_turn"),
        )
        indexes = (
            models.Index(
                fields=["at"],
                name="records_release_waiting",
                condition=Q(taken_at__isnull=True, verdict="release"),
            ),
        )


class Dispatch(models.Model):
    """A row of the outbox. A finished one keeps its id, so that its absence can be seen.

    What is out of scope or confidential leaves no entry: then ``entry`` is empty, the row itself
    holds the bytes, and the whole row goes when it is finished.
    """

    id = models.TextField(primary_key=True)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="dispatches")
    position = models.IntegerField(null=True)
    """Which content of the entry it carries."""
    raw = models.BinaryField(null=True)
    reference = models.TextField()
    channel = models.TextField()
    kind = models.TextField()
    due = models.DateTimeField()
    deadline = models.DateTimeField()
    salt = models.BinaryField()
    plan = models.TextField()
    progress = models.TextField()
    attempts = models.IntegerField()
    state = models.TextField()
    lease_by = models.TextField()
    lease_until = models.DateTimeField(null=True)
    finished = models.ForeignKey(
        Entry, models.PROTECT, null=True, db_index=False, related_name="finished_dispatches"
    )

    class Meta:
        indexes = (
            models.Index(fields=["due"], name="records_dispatch_due", condition=Q(state="waiting")),
        )


class Incident(models.Model):
    """Something for an officer's eyes, until one of them closes it."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, models.PROTECT, db_index=False, related_name="incidents")
    position = models.IntegerField()
    kind = models.TextField()
    reference = models.TextField(db_index=True)
    at = models.DateTimeField()
    organisation = models.TextField()
    persons = models.TextField()
    salt = models.BinaryField(null=True)
    detail = models.TextField(null=True)
    erased_by = models.ForeignKey(
        Entry, models.PROTECT, null=True, db_index=False, related_name="erased_incidents"
    )
    closed = models.ForeignKey(
        Entry, models.PROTECT, null=True, db_index=False, related_name="closed_incidents"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["entry", "position"], name="records_incident_place"),
        )
        indexes = (
            models.Index(
                fields=["at"], name="records_incident_open", condition=Q(closed__isnull=True)
            ),
        )


class Copy(models.Model):
    """A copy that was accepted, remembered for seven days."""

    leg = models.TextField(primary_key=True)
    fingerprint = models.TextField()
    reference = models.TextField()
    at = models.DateTimeField(db_index=True)
    person = models.TextField()
    address = models.TextField()
    serves = models.TextField()

    class Meta:
        indexes = (models.Index(fields=["fingerprint", "at"], name="records_copy_find"),)


class Count(models.Model):
    """How often something happened on a day that leaves no entry."""

    pk = models.CompositePrimaryKey("day", "what", "key")
    day = models.DateField()
    what = models.TextField()
    key = models.TextField()
    count = models.BigIntegerField()


class Unknown(models.Model):
    """An outside address that the register doesn't know, for triage; kept 60 days."""

    address = models.TextField(primary_key=True)
    count = models.BigIntegerField()
    first = models.DateField()
    last = models.DateField(db_index=True)
