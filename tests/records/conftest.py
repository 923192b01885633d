"""A migrated SQLite file for each test, seen by both doors."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections


@contextmanager
def _django_on(path: Path) -> Iterator[None]:
    """Django's default connection is to that file for a while.

    The connection from before is put aside and not closed: Django never closes one to a database
    in memory, which is what a test marked ``django_db`` leaves behind in its worker.
    """
    before = connections["default"]
    name = before.settings_dict["NAME"]
    before.settings_dict["NAME"] = str(path)
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        before.settings_dict["NAME"] = name
        connections["default"] = before


@pytest.fixture(scope="session")
def migrated(tmp_path_factory, django_db_blocker) -> Path:
    """Migrated once; each test works on its own copy."""
    path: Path = tmp_path_factory.mktemp("records") / "migrated.db"
    with django_db_blocker.unblock(), _django_on(path):
        call_command("migrate", "records", verbosity=0)
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def database(tmp_path, migrated, django_db_blocker) -> Iterator[Path]:
    """The test's database file; Django's default connection is on it as well."""
    path = tmp_path / "alongside.db"
    shutil.copy(migrated, path)
    with django_db_blocker.unblock(), _django_on(path):
        yield path
