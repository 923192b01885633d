"""The club with the gateway's record, in one file: messages are held and sent by the real line."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connections

from alongside.enforcement.codec import from_json
from alongside.mail.identity import Identity
from alongside.mail.notices import MailNotices
from alongside.oversight import notice
from tests.accounts.club import account, import_club
from tests.records.conftest import _django_on

from .desk import TEAM, Line


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: Any, django_db_blocker: Any) -> Path:
    """Migrated, with the club's people in it, once; each test works on its own copy."""
    folder = tmp_path_factory.mktemp("oversight")
    path: Path = folder / "furnished.db"
    with django_db_blocker.unblock(), _django_on(path):
        call_command("migrate", verbosity=0)
        import_club(folder)
        for person in TEAM:
            account(person)
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def database(
    tmp_path: Path, furnished: Path, django_db_blocker: Any, settings: Any
) -> Iterator[Path]:
    settings.ALONGSIDE_DEMONSTRATION = True
    path = tmp_path / "alongside.db"
    shutil.copy(furnished, path)
    with django_db_blocker.unblock(), _django_on(path):
        yield path


@pytest.fixture
def line(database: Path) -> Line:
    """Sends messages through a gateway on the test's record."""
    return Line(database)


@pytest.fixture
def told() -> Iterator[None]:
    """Writers are told of a refusal, as ``site`` sees to it."""
    identity = Identity(
        host="gateway.charity.example",
        organisation="Example Sports Charity",
        contact="safeguarding@charity.example",
        domains=frozenset({"charity.example", "club.example"}),
    )
    letters = MailNotices(identity=identity, zone=ZoneInfo("Europe/London"))

    def tell(reference: str, kept: Any) -> Any:
        return letters.hold_refused(reference, from_json(kept["message"]), datetime.now(UTC))

    before = list(notice._make)
    notice.set_refusal_notice(lambda: tell)
    yield
    notice._make[:] = before
