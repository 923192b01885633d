"""The bench runs and prints every row; how fast it was is no test's business."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from bench.clubs import PEOPLE_OF_A_CLUB, register
from bench.reading import CLEAN, ORDINARY
from bench.relaying import CELLS, GOALS, Row, accepted, median
from bench.report import as_json, markdown, missed

from tests.world import TODAY

from .figures import VERSIONS, all_well, audit, line, rate, read, results, timing

ROOT = Path(__file__).parents[2]


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bench", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


@pytest.mark.peer
def test_a_quick_run_measures_every_row_of_both(tmp_path):
    file = tmp_path / "figures.json"
    parts = ("--part", "relaying", "--part", "deciding", "--part", "reading")
    ran = bench("--quick", *parts, "--json", str(file))
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
    assert [r["what"] for r in figures["reading"]["rows"]] == [CLEAN, ORDINARY]
    assert figures["auditing"] == {}
    printed = [line for line in ran.stdout.splitlines() if line.startswith(("out of", "in scope"))]
    assert len(printed) == len(CELLS) + 1
    assert file.with_suffix(".md").read_text().count("\n| ") >= len(CELLS)


def test_the_documents_get_all_tables_or_none():
    refused = bench("--docs", "--part", "deciding")
    assert refused.returncode == 2
    assert "leave --part out" in refused.stderr


def test_a_goal_that_was_not_reached_is_said():
    well = all_well()
    assert missed(well) == []
    assert missed(replace(well, relaying=results(1000, 1000), deciding=[timing(151, 150)])) == [
        "out of scope, 2 kB, 10 sessions: 1.00 times Postfix, the goal is 2",
        "deciding five service users: 151 µs, the goal is 150",
    ]
    slow = replace(well, relaying=results(700, 1000), deciding=[timing(999, None)])
    assert len(missed(slow)) == 2
    assert missed(replace(well, reading=read(99.5, 2))) == [
        f"reading, {CLEAN}: 99.5 MB/s, the goal is 100",
        f"reading, {CLEAN}: 49.8 times `re`, the goal is 50",
    ]
    assert missed(replace(well, auditing=audit(1499, 2998, 1000))) == [
        "audit, 1 worker: 1,499 messages a second a core, the goal is 1,500",
        "audit, 2 workers: 1,499 messages a second a core, the goal is 1,500",
        "audit, 2 workers: 3.00 times mu, the goal is 3",
    ]


def test_what_was_not_measured_has_no_goal_and_no_table():
    only = replace(all_well(), relaying=None, deciding=(), auditing=None)
    assert missed(only) == []
    assert "Postfix" not in markdown(only)
    assert markdown(only).count("\n| --- |") == 1
    assert as_json(only)["relaying"] == []
    assert as_json(only)["auditing"] == {}


def test_the_documents_have_a_table_for_each_part():
    text = markdown(all_well())
    assert text.count("\n| --- |") == 4
    assert (
        f"| {CLEAN} | 100 MB/s | 1.00 MB/s | 2.00 MB/s | 50.0 | 2.00 MB/s | 100 MB/s, 50 |" in text
    )
    assert (
        "300 µs. Of the corpus's ordinary messages without a sighting, the gate opens for 25%"
        in text
    )
    assert "| audit, 1 worker | 1,500 | 1,500 | 667 | 1.50 | 1,500 a core |" in text
    assert "| audit, 2 workers | 3,000 | 1,500 | 333 | 3.00 | 1,500 a core, 3 times mu |" in text
    assert "| mu init, mu index | 1,000 |  | 1,000 |  |  |" in text
    assert "| notmuch new | 500 |  | 2,000 | 0.50 |  |" in text
    assert f"and Postfix {VERSIONS['postfix']}:" in text
    assert f"mu {VERSIONS['mu']}, notmuch {VERSIONS['notmuch']}" in text
    json.dumps(as_json(all_well()))


def test_the_ratio_is_of_rounds_that_ran_side_by_side():
    slow_then_fast = [rate(100), rate(1000), rate(1000)]
    row = Row(GOALS[0], gateway=slow_then_fast, postfix=[rate(50), rate(500), rate(100)])
    assert row.ratio == 2.0
    assert median(row.gateway, accepted) == 1000
    ours, mu = line("audit", [100, 1000, 1000], 1), line("mu", [50, 500, 100])
    assert ours.times(mu) == 2.0
    reading = read(1, 1).rows[0]
    reading.ours, reading.alternation = [100, 1000, 1000], [50, 500, 100]
    assert reading.ratio == 2.0


def test_the_register_has_as_many_people_as_were_asked_for():
    assert len(register(3 * PEOPLE_OF_A_CLUB, TODAY).persons) == 3 * PEOPLE_OF_A_CLUB
