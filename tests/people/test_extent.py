"""Ten thousand people: how long an import takes, and how long it keeps others from writing."""

from __future__ import annotations

import time

import pytest
from django.db import connection

from alongside.people.importing.applying import Batch
from alongside.people.snapshot import delta

from .lists import Lists, snapshot

PEOPLE = 10_000


def everybody(year: int = 2012) -> str:
    lines = ["id,name,category,organisation,groups,date_of_birth,email,mobile,household,status"]
    for n in range(PEOPLE):
        category = "child" if n % 4 else "volunteer"
        lines.append(
            f"p{n},Person {n},{category},club{n % 20},g{n % 300};all{n % 7},"
            f"{1 + n % 28:02}/05/{year if n % 4 else 1980},p{n}@family.example,"
            f"07700 900{n % 1000:03},h{n // 3},active"
        )
    return "\n".join(lines)


def links() -> str:
    rows = [f"p{n},p{n - n % 4},other,no," for n in range(PEOPLE) if n % 4]
    return "\n".join(["person,supporter,relationship,copied,restricted", *rows])


@pytest.mark.django_db
def test_ten_thousand_people_are_taken_in_with_progress(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[float] = []
    stages: list[str] = []
    write = Batch.write

    def timed(batch: Batch) -> int:
        started = time.process_time()
        revision = write(batch)
        written.append(time.process_time() - started)
        return revision

    monkeypatch.setattr(Batch, "write", timed)
    for year in (2012, 2013):
        before = snapshot()
        started = time.process_time()
        report = lists.take_in(
            everybody(year), links(), progress=lambda stage, done, total: stages.append(stage)
        )
        spent = time.process_time() - started
        assert report.applied
        assert spent < 20, f"{spent:.1f} s of processor time"
        assert written[-1] < 3, f"{written[-1]:.2f} s within the transaction"
        assert delta(connection.connection, before) == snapshot()
    assert stages.count("reading people.csv") > 20
    assert {"comparing", "writing"} <= set(stages)
