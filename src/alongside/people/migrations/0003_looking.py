"""Looking people up, and lifting a restriction by two people who act on their own screens."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from alongside.people.folding import sought


def fill(apps: Any, schema_editor: Any) -> None:
    """Names of people who are there already."""
    person = apps.get_model("people", "Person")
    rows = list(person.objects.only("id", "name"))
    for row in rows:
        row.sought = sought(row.name, row.id)
    person.objects.bulk_update(rows, ["sought"], batch_size=400)


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0002_reading"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="sought",
            field=models.CharField(
                blank=True, db_default="", db_index=True, default="", max_length=300
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.CreateModel(
            name="Lifting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_by", models.CharField(max_length=64)),
                ("reason", models.TextField()),
                ("asked", models.DateTimeField()),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person")),
                ("service_user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="liftings", to="people.person")),
            ],
            options={
                "ordering": ("asked", "id"),
                "constraints": [models.UniqueConstraint(fields=("service_user", "person"), name="people_lifting_once")],
            },
        ),
    ]
