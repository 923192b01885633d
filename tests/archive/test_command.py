"""``alongside audit`` as somebody runs it: every planted thing found, and nothing else."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest

from alongside.archive.rows import What
from alongside.archive.store import FILE, Store
from tests.site.conftest import CONFIGURATION, Alongside, alongside, configuration

from .making import Made, make

__all__ = ["alongside", "configuration"]

MESSAGES = 900
BY_ADDRESSES = frozenset(What) - {What.SIGHTING}


@pytest.fixture
def made(tmp_path: Path, configuration: Path, alongside: Alongside) -> Made:
    made = make(tmp_path / "made", MESSAGES, seed=11)
    lists = made.lists
    taken = alongside(
        "people",
        "import",
        *(str(lists.people), str(lists.links)),
        *("--groups", str(lists.groups), "--organisations", str(lists.organisations)),
        *("--mailboxes", str(lists.mailboxes)),
    )
    assert taken.returncode == 0, taken.stderr
    return made


def run(alongside: Alongside, made: Made, *more: str, who: str = "ruth"):
    return alongside(
        *("audit", str(made.archive), "--report", "report", "--reason", "A look back"),
        *("--as", who, *more),
    )


def test_everything_that_was_planted_is_found_and_nothing_else(made, alongside, tmp_path):
    done = run(alongside, made, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["found"] == made.messages
    assert said["duplicates"] == made.duplicates
    assert said["unreadable"] == {k: v for k, v in sorted(made.broken.items()) if k}
    assert said["finished"]
    found: dict[str, set[str]] = defaultdict(set)
    for judgement in _judgements(tmp_path / "report"):
        found[judgement.message_id] |= {
            str(f.what) for f in judgement.findings if f.what in BY_ADDRESSES
        }
    planted = {
        row["id"]: {w for w in row["what"] if What(w) in BY_ADDRESSES} for row in _truth(made)
    }
    assert {k: v for k, v in found.items() if v} == {k: v for k, v in planted.items() if v}
    for name in ("report.html", "findings.csv", "findings.jsonl", "unreadable.csv"):
        assert (tmp_path / "report" / name).stat().st_size > 0
    with (tmp_path / "report" / "unreadable.csv").open(newline="") as file:
        assert len(list(csv.reader(file))) > sum(made.broken.values()) - made.broken[""]


def _judgements(folder: Path):
    look = json.loads(_about(folder)["look"])
    with Store.open(folder, look) as store:
        yield from store.judgements()


def _about(folder: Path) -> dict[str, str]:
    import sqlite3

    connection = sqlite3.connect(folder / FILE)
    try:
        return dict(connection.execute("SELECT name, value FROM about"))
    finally:
        connection.close()


def _truth(made: Made):
    return [json.loads(line) for line in made.truth.read_text().splitlines()]


def test_who_looks_and_why_is_on_the_record_before_and_after(made, alongside):
    assert run(alongside, made).returncode == 0
    found = alongside("record", "find", "--as", "sam", "--json")
    kinds = [e["kind"] for e in json.loads(found.stdout)]
    assert kinds.count("audit") == 2
    assert alongside("record", "verify").returncode == 0


@pytest.mark.parametrize("who", ["priya", "ada", "mia"])
def test_who_may_not_look_is_refused_and_nothing_is_written(made, alongside, tmp_path, who):
    done = run(alongside, made, who=who)
    assert done.returncode == 2
    assert "not allowed" in done.stderr
    assert not (tmp_path / "report").exists()


def test_another_scope_in_the_same_folder_is_refused(made, alongside):
    assert run(alongside, made, "--whose", "priya").returncode == 0
    other = run(alongside, made, "--whose", "grace")
    assert other.returncode == 2
    assert "another audit" in other.stderr
    assert run(alongside, made, "--whose", "grace", "--again").returncode == 0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--whose", "nobody-of-that-name"], "`nobody-of-that-name` is no person"),
        (["--from", "2026-05-02", "--to", "2026-05-01"], "swap them"),
    ],
)
def test_a_scope_that_makes_no_sense_is_told(made, alongside, more, said):
    done = run(alongside, made, *more)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_path_that_is_not_there_is_told(configuration, made, alongside):
    done = alongside(
        *("audit", "nowhere", "--report", "report", "--reason", "A look back", "--as", "ruth")
    )
    assert done.returncode == 2
    assert "there is no file or folder" in done.stderr
    assert "charity.example" in CONFIGURATION
