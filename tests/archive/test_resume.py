"""An audit that was ended, by somebody or by the power, goes on where it was."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .making import make
from .test_run import looked_through, rows

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from pathlib import Path
from alongside.archive import sources
from alongside.archive.run import audit
from alongside.archive.store import Store
from tests.archive import judging
from tests.archive.test_run import LOOK

if __name__ == "__main__":
    with Store.open(Path(sys.argv[2]), LOOK) as store:
        slow = judging.Slow(0.002, sys.argv[3])
        outcome = audit(sources.find([sys.argv[1]]), slow, store, workers=2)
        print("stopped" if outcome.stopped else "finished", outcome.sofar.units_done)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("made"), 2_000, seed=7)


@pytest.fixture(scope="module")
def straight(made, tmp_path_factory):
    """What an audit finds that nobody disturbs."""
    folder = tmp_path_factory.mktemp("straight")
    looked_through(made.archive, folder / "r")
    return rows(folder / "r")


def begun(made, tmp_path: Path, name: str = "r") -> subprocess.Popen[str]:
    """An audit in a process of its own, some units of which are done."""
    (tmp_path / "audit.py").write_text(PROGRAM)
    began = tmp_path / "began"
    began.unlink(missing_ok=True)
    audit = subprocess.Popen(
        [sys.executable, tmp_path / "audit.py", made.archive, tmp_path / name, began],
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    before = _done(tmp_path / name)
    until = time.monotonic() + 30
    while _done(tmp_path / name) <= before and audit.poll() is None:
        assert time.monotonic() < until, "no unit was done in 30 seconds"
        time.sleep(0.01)
    return audit


def _done(folder: Path) -> int:
    try:
        with sqlite3.connect(f"file:{folder / 'audit.sqlite'}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT total(done) FROM units").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def test_after_kill_9_nothing_is_lost_and_nothing_is_there_twice(made, straight, tmp_path):
    """Killed again and again, with its workers or without; the same findings, once each."""
    for n in range(3):
        audit = begun(made, tmp_path)
        if n == 1:
            audit.kill()  # its workers notice that nobody is there
        else:
            os.killpg(audit.pid, signal.SIGKILL)
        audit.communicate(timeout=10)
        if audit.returncode == 0:
            break
    outcome = looked_through(made.archive, tmp_path / "r")
    assert outcome.planned.done > 0
    assert outcome.totals.finished
    assert outcome.totals.found == made.messages
    assert rows(tmp_path / "r") == straight


def test_workers_end_when_whoever_started_them_is_gone(made, tmp_path):
    audit = begun(made, tmp_path)
    workers = _children(audit.pid)
    assert workers
    audit.kill()
    audit.communicate(timeout=10)
    until = time.monotonic() + 20
    while any(_alive(pid) for pid in workers):
        assert time.monotonic() < until, "a worker lives on"
        time.sleep(0.05)


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def _alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_after_the_units_in_hand_and_the_next_run_goes_on(
    made, straight, tmp_path, number
):
    audit = begun(made, tmp_path)
    # as a terminal does it: to everybody in the group
    os.killpg(audit.pid, number) if number == signal.SIGINT else audit.send_signal(number)
    said, _ = audit.communicate(timeout=30)
    assert audit.returncode == 0
    assert said.startswith("stopped")
    done = int(said.split()[1])
    assert _done(tmp_path / "r") == done
    outcome = looked_through(made.archive, tmp_path / "r")
    assert outcome.planned.done == done < outcome.planned.units
    assert rows(tmp_path / "r") == straight


def test_a_finished_audit_reads_nothing_again(made, straight, tmp_path):
    looked_through(made.archive, tmp_path / "r")
    outcome = looked_through(made.archive, tmp_path / "r", factory=_nobody)
    assert outcome.sofar.messages == 0
    assert outcome.totals.found == made.messages
    assert rows(tmp_path / "r") == straight


def _nobody():
    raise AssertionError("a judge was made and there was nothing to judge")
