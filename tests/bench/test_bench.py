"""The bench runs and prints every row; how fast it was is no test's business."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bench.clubs import PEOPLE_OF_A_CLUB, register
from bench.deciding import Timing
from bench.relaying import CELLS, GOALS, Rate, Results, Row, accepted, median
from bench.report import missed

from tests.world import TODAY

ROOT = Path(__file__).parents[2]


@pytest.mark.peer
def test_a_quick_run_measures_every_row_of_both(tmp_path):
    file = tmp_path / "figures.json"
    ran = subprocess.run(
        [sys.executable, "-m", "bench", "--quick", "--json", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    figures = json.loads(file.read_text())
    rows = [(r["scope"], r["size"], r["sessions"]) for r in figures["relaying"]]
    assert rows == [(c.scope, c.size, c.sessions) for c in CELLS]
    for row in figures["relaying"]:
        assert all(rate["accepted"] > 0 for rate in (*row["gateway"], *row["postfix"]))
    assert [d["what"] for d in figures["deciding"]] == [
        "out of scope",
        "one service user",
        "five service users",
    ]
    printed = [line for line in ran.stdout.splitlines() if line.startswith(("out of", "in scope"))]
    assert len(printed) == len(CELLS) + 1
    assert file.with_suffix(".md").read_text().count("\n| ") >= len(CELLS)


def rate(accepted: float) -> Rate:
    return Rate(accepted=accepted, drained=accepted, took=(1.0, 2.0))


def results(gateway: float, postfix: float) -> Results:
    rows = tuple(Row(c, [rate(gateway)] * 3, [rate(postfix)] * 3) for c in GOALS)
    return Results(rows=rows, ceiling=(rate(1.0),))


def timing(best: float, goal: float | None) -> Timing:
    return Timing(what="five service users", best=best, median=2 * best, first=1.0, goal=goal)


def test_a_goal_that_was_not_reached_is_said():
    assert missed(results(2000, 1000), [timing(149, 150)]) == []
    assert missed(results(1000, 1000), [timing(151, 150)]) == [
        "out of scope, 2 kB, 10 sessions: 1.00 times Postfix, the goal is 2",
        "deciding five service users: 151 µs, the goal is 150",
    ]
    assert len(missed(results(700, 1000), [timing(999, None)])) == 2


def test_the_ratio_is_of_rounds_that_ran_side_by_side():
    slow_then_fast = [rate(100), rate(1000), rate(1000)]
    row = Row(GOALS[0], gateway=slow_then_fast, postfix=[rate(50), rate(500), rate(100)])
    assert row.ratio == 2.0
    assert median(row.gateway, accepted) == 1000


def test_the_register_has_as_many_people_as_were_asked_for():
    assert len(register(3 * PEOPLE_OF_A_CLUB, TODAY).persons) == 3 * PEOPLE_OF_A_CLUB
