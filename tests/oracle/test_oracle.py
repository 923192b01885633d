"""One register of two thousand organisations, thousands of messages, and the laws.

``ALONGSIDE_ORACLE_MESSAGES`` makes it longer, ``ALONGSIDE_ORACLE_SEED`` another run.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from random import Random

import pytest

from alongside.policy.people import People
from tests.records.conftest import migrated  # noqa: F401  (the session's database)
from tests.worlds import world

from .laws import LAWS, Law
from .run import Case, run
from .sight import neutral
from .telling import told
from .writing import write

ORGANISATIONS = 2000
MESSAGES = int(os.environ.get("ALONGSIDE_ORACLE_MESSAGES", "1500"))
SEED = int(os.environ.get("ALONGSIDE_ORACLE_SEED", "20261122"))


@pytest.fixture(scope="module")
def people() -> People:
    return world(Random(SEED), ORGANISATIONS)


@pytest.fixture(scope="module")
def cases(people: People, migrated, tmp_path_factory) -> list[Case]:  # noqa: F811
    database = tmp_path_factory.mktemp("oracle") / "alongside.db"
    database.write_bytes(migrated.read_bytes())
    written = [write(SEED, n, people, ORGANISATIONS) for n in range(MESSAGES)]
    return asyncio.run(run(people, written, database))


def test_the_gateway_reads_of_each_message_what_was_meant(people: People, cases: list[Case]):
    wrong = [c for c in cases if c.parsed != c.written.meant]
    assert not wrong, told(people, wrong[0], f"read as {wrong[0].parsed}")


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_law_holds_for_every_message(people: People, cases: list[Case], law: Law):
    broken = [(c, said) for c in cases for said in law(people, c)]
    shown = "\n\n".join(told(people, c, said) for c, said in broken[:5])
    assert not broken, f"{len(broken)} times:\n{shown}"


@pytest.mark.law("guarded_causes_look_alike")
def test_every_hold_says_the_same_to_its_writer(cases: list[Case]):
    held = [c for c in cases if c.body and c.body["verdict"] == "hold"]
    found = [f for c in held if c.body for f in c.body["findings"]]
    causes = {f["rule"] for f in found if f["verdict"] == "hold"}
    assert len(causes) > 3
    assert {c.said.code for c in held} == {250}
    assert len({neutral(c.said.text) for c in held}) == 1
    # Besides, a confidential leg that the hop refused may have come back with a report.
    notices = Counter(
        neutral(n.content.decode())
        for c in held
        for n in c.notices
        if "report-type" not in n.header("Content-Type")
    )
    assert len(notices) == 1, notices


def test_the_run_was_worth_something(cases: list[Case]):
    seen = Counter((c.body["verdict"], c.body["class"]) if c.body else () for c in cases)
    for wanted in (
        ("permit", "open"),
        ("refuse", "open"),
        ("hold", "guarded"),
        ("hold", "open"),
        ("permit", "emergency"),
        ("permit", "sealed"),
        (),
    ):
        assert seen[wanted] > MESSAGES // 150, seen
