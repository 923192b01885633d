"""A letter with a secret leaves no trace of what it said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from alongside.access.actor import System
from alongside.enforcement.values import Dispatch, Entry
from alongside.records import api
from alongside.records.models import Content
from alongside.records.models import Dispatch as Row

pytestmark = pytest.mark.django_db
SECRET = b"Subject: a link\r\n\r\nhttps://alongside.example/sign-in/link/s3cret/\r\n"


def letter() -> Dispatch:
    now = timezone.now()
    return Dispatch(
        id="letter-1",
        reference="ABCD-2345",
        channel="email",
        kind="notice",
        due=now,
        deadline=now + timedelta(days=2),
        plan={},
        content=SECRET,
    )


def test_that_it_was_sent_is_on_the_record_and_what_it_said_is_in_its_row_only():
    entry = Entry(kind="account", at=timezone.now(), reference="ABCD-2345", body={"what": "letter"})
    place = api.post(System("web"), entry, [letter()])
    assert place.seq == 1
    assert [e.kind for e in api.find(System("test"))] == ["account"]
    assert not Content.objects.exists()
    row = Row.objects.get()
    assert row.entry_id is None
    assert row.raw == SECRET
    row.delete()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert b"s3cret" not in repr(cursor.fetchall()).encode(), table


def test_neither_stays_where_the_other_fails():
    entry = Entry(kind="account", at=timezone.now(), reference="ABCD-2345")
    api.post(System("web"), entry, [letter()])
    with pytest.raises(Exception, match="UNIQUE"):
        api.post(System("web"), entry, [letter()])
    assert len(api.find(System("test"))) == 1
