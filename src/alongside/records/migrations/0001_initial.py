"""The tables of the record."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                ("chain", models.TextField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(unique=True)),
                ("seq", models.BigIntegerField(default=0)),
                ("hash", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("chain", models.TextField()),
                ("seq", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("kind", models.TextField()),
                ("reference", models.TextField()),
                ("verdict", models.TextField()),
                ("organisation", models.TextField()),
                ("guarded", models.BooleanField()),
                ("sealed", models.BooleanField()),
                ("body", models.TextField()),
                ("previous", models.TextField()),
                ("hash", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["reference"], name="records_entry_reference"),
                    models.Index(fields=["at"], name="records_entry_at"),
                    models.Index(fields=["kind", "verdict", "at"], name="records_entry_verdict"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("chain", "seq"), name="records_entry_place")
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "entry_id",
                        "person",
                        "part",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="persons",
                        to="records.entry",
                    ),
                ),
                ("person", models.TextField()),
                ("part", models.TextField()),
            ],
            options={
                "indexes": [models.Index(fields=["person", "entry"], name="records_person_find")],
            },
        ),
        migrations.CreateModel(
            name="Clause",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "entry_id",
                        "clause",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clauses",
                        to="records.entry",
                    ),
                ),
                ("clause", models.TextField()),
            ],
            options={
                "indexes": [models.Index(fields=["clause", "entry"], name="records_clause_find")],
            },
        ),
        migrations.CreateModel(
            name="Text",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "entry_id",
                        "position",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="records.entry",
                    ),
                ),
                ("position", models.IntegerField()),
                ("name", models.TextField()),
                ("salt", models.BinaryField(null=True)),
                ("value", models.BinaryField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "erased_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erased_texts",
                        to="records.entry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TextPerson",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "entry_id",
                        "position",
                        "person",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.entry",
                    ),
                ),
                ("position", models.IntegerField()),
                ("person", models.TextField()),
            ],
            options={
                "db_table": "records_text_person",
                "indexes": [models.Index(fields=["person"], name="records_text_person_find")],
            },
        ),
        migrations.CreateModel(
            name="Content",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "entry_id",
                        "position",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contents",
                        to="records.entry",
                    ),
                ),
                ("position", models.IntegerField()),
                ("salt", models.BinaryField(null=True)),
                ("raw", models.BinaryField(null=True)),
                ("compressed", models.BooleanField(default=False)),
                ("size", models.BigIntegerField()),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "erased_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erased_contents",
                        to="records.entry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Doubt",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="records.entry",
                    ),
                ),
                ("reference", models.TextField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="hold",
                        serialize=False,
                        to="records.entry",
                    ),
                ),
                ("reference", models.TextField(db_index=True)),
                ("at", models.DateTimeField()),
                ("expires", models.DateTimeField()),
                ("organisation", models.TextField()),
                ("guarded", models.BooleanField()),
                ("channel", models.TextField()),
                ("writers", models.TextField()),
                ("persons", models.TextField()),
                ("salt", models.BinaryField(null=True)),
                ("message", models.TextField(null=True)),
                (
                    "erased_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erased_holds",
                        to="records.entry",
                    ),
                ),
                ("state", models.TextField()),
                ("due", models.DateTimeField()),
                ("with_person", models.TextField()),
                ("turn", models.IntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["state", "due"], name="records_hold_due")],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="release",
                        serialize=False,
                        to="records.entry",
                    ),
                ),
                (
                    "hold",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="records.hold",
                    ),
                ),
                ("turn", models.IntegerField()),
                ("reference", models.TextField()),
                ("verdict", models.TextField()),
                ("by", models.TextField()),
                ("to_person", models.TextField()),
                ("due", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("taken_at__isnull", True), ("verdict", "release")),
                        fields=["at"],
                        name="records_release_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("hold", "turn"), name="records_release_turn")
                ],
            },
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                (
                    "entry",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to="records.entry",
                    ),
                ),
                ("position", models.IntegerField(null=True)),
                ("raw", models.BinaryField(null=True)),
                ("reference", models.TextField()),
                ("channel", models.TextField()),
                ("kind", models.TextField()),
                ("due", models.DateTimeField()),
                ("deadline", models.DateTimeField()),
                ("salt", models.BinaryField()),
                ("plan", models.TextField()),
                ("progress", models.TextField()),
                ("attempts", models.IntegerField()),
                ("state", models.TextField()),
                ("lease_by", models.TextField()),
                ("lease_until", models.DateTimeField(null=True)),
                (
                    "finished",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="finished_dispatches",
                        to="records.entry",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["due"],
                        name="records_dispatch_due",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="records.entry",
                    ),
                ),
                ("position", models.IntegerField()),
                ("kind", models.TextField()),
                ("reference", models.TextField(db_index=True)),
                ("at", models.DateTimeField()),
                ("organisation", models.TextField()),
                ("persons", models.TextField()),
                ("salt", models.BinaryField(null=True)),
                ("detail", models.TextField(null=True)),
                (
                    "erased_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erased_incidents",
                        to="records.entry",
                    ),
                ),
                (
                    "closed",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closed_incidents",
                        to="records.entry",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed__isnull", True)),
                        fields=["at"],
                        name="records_incident_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entry", "position"), name="records_incident_place"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Copy",
            fields=[
                ("leg", models.TextField(primary_key=True, serialize=False)),
                ("fingerprint", models.TextField()),
                ("reference", models.TextField()),
                ("at", models.DateTimeField(db_index=True)),
                ("person", models.TextField()),
                ("address", models.TextField()),
                ("serves", models.TextField()),
            ],
            options={
                "indexes": [models.Index(fields=["fingerprint", "at"], name="records_copy_find")],
            },
        ),
        migrations.CreateModel(
            name="Count",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "day",
                        "what",
                        "key",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("day", models.DateField()),
                ("what", models.TextField()),
                ("key", models.TextField()),
                ("count", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Unknown",
            fields=[
                ("address", models.TextField(primary_key=True, serialize=False)),
                ("count", models.BigIntegerField()),
                ("first", models.DateField()),
                ("last", models.DateField(db_index=True)),
            ],
        ),
    ]
