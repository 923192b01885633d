"""A migrated SQLite file for each test, seen by both doors."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections


def _point_django_at(path: str) -> None:
    connections.close_all()
    connections["default"].settings_dict["NAME"] = path


@pytest.fixture(scope="session")
def migrated(tmp_path_factory, django_db_blocker) -> Path:
    """Migrated once; each test works on its own copy."""
    path: Path = tmp_path_factory.mktemp("records") / "migrated.db"
    before = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        _point_django_at(str(path))
        call_command("migrate", "records", verbosity=0)
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _point_django_at(before)
    return path


@pytest.fixture
def database(tmp_path, migrated, django_db_blocker) -> Iterator[Path]:
    """The test's database file; Django's default connection is on it as well."""
    path = tmp_path / "alongside.db"
    shutil.copy(migrated, path)
    before = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        _point_django_at(str(path))
        yield path
        _point_django_at(before)
