"""The audit over workers: everything counted once, whatever dies; and how much it takes."""

from __future__ import annotations

import io
import json
import random
import resource
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from alongside.archive import crew, progress, sources, work
from alongside.archive.hands import NoWorkers
from alongside.archive.rows import Judgement, Raw, Unreadable
from alongside.archive.run import Outcome, Sofar, audit
from alongside.archive.store import InUse, OtherAudit, Store, Totals
from alongside.archive.stored import as_judgement, message_row
from alongside.archive.units import Kind, Unit

from . import judging
from .making import as_mbox, make
from .test_sources import mail

LOOK = {"paths": "archive", "register": "revision 3"}


def looked_through(archive: Path, folder: Path, factory=judging.make, **how) -> Outcome:
    with Store.open(folder, LOOK) as store:
        return audit(sources.find([str(archive)]), factory, store, **how)


def rows(folder: Path) -> tuple[list[Judgement], list[Unreadable]]:
    with Store.open(folder, LOOK) as store:
        return list(store.judgements()), list(store.unreadable())


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("made"), 1_500)


def test_every_message_is_counted_once(made, tmp_path):
    seen: list[Sofar] = []
    outcome = looked_through(made.archive, tmp_path / "r", workers=2, on_progress=seen.append)
    totals = outcome.totals
    assert totals.finished
    assert not outcome.stopped
    assert totals.found == made.messages
    assert totals.duplicates == made.duplicates > 0
    assert totals.unreadable == {"no_writer": made.broken["no_writer"]}
    assert (
        totals.in_scope
        == totals.judged
        == made.messages - made.duplicates - sum(totals.unreadable.values())
    )
    assert totals.not_mail == 1
    assert seen[-1].messages == made.messages + 1
    assert seen[-1].units_done == seen[-1].units
    judged, unreadable = rows(tmp_path / "r")
    assert len({j.message_id for j in judged}) == len(judged) == totals.judged
    assert len(unreadable) == made.broken["no_writer"] + 1


def test_the_number_of_workers_changes_nothing(made, tmp_path):
    looked_through(made.archive, tmp_path / "one", workers=1)
    looked_through(made.archive, tmp_path / "three", workers=3)
    assert rows(tmp_path / "one") == rows(tmp_path / "three")


@pytest.mark.parametrize("order", range(3))
def test_which_copy_counts_does_not_hang_on_the_order_of_the_units(made, tmp_path, order):
    found = list(sources.find([str(made.archive)]))
    random.Random(order).shuffle(found)
    with Store.open(tmp_path / "shuffled", LOOK) as store:
        for number, unit in _numbered(store, found):
            for batch in work.rows_of(unit, judging.plain):
                store.add(number, batch.messages, batch.unreadable)
            store.done(number, _found(unit))
        store.settle()
        one = list(store.judgements()), list(store.unreadable())
    looked_through(made.archive, tmp_path / "straight")
    assert one == rows(tmp_path / "straight")


def _numbered(store, units):
    store.plan(units)
    return list(store.pending())


def _found(unit):
    return sum(1 for _ in sources.messages(unit))


@pytest.mark.parametrize("how", ["kill", "hang"])
def test_a_message_that_kills_its_reader_is_unreadable_and_the_rest_is_read(
    tmp_path, how, monkeypatch
):
    monkeypatch.setattr(crew, "HUNG", 1.0)
    monkeypatch.setattr(crew.Crew.__init__, "__kwdefaults__", {"hung": 1.0})
    (tmp_path / "a").mkdir()
    for n in range(30):
        text = "deadly\n" if n in (7, 20) else "fine\n"
        (tmp_path / "a" / f"{n:02}.eml").write_bytes(mail(n, text))
    deadly = judging.Deadly(b"deadly", how)
    outcome = looked_through(tmp_path / "a", tmp_path / "r", deadly, workers=1)
    assert outcome.totals.finished
    assert outcome.totals.unreadable == {"not_a_message": 2}
    judged, unreadable = rows(tmp_path / "r")
    assert len(judged) == 28
    assert [u.file for u in unreadable] == ["07.eml", "20.eml"]
    assert all("twice" in u.detail for u in unreadable)


def test_a_worker_that_dies_once_costs_nothing(tmp_path):
    (tmp_path / "a").mkdir()
    for n in range(10):
        (tmp_path / "a" / f"{n}.eml").write_bytes(mail(n, "deadly\n" if n == 7 else "fine\n"))
    deadly = judging.Deadly(b"deadly", once=str(tmp_path / "died"))
    outcome = looked_through(tmp_path / "a", tmp_path / "r", deadly, workers=1)
    assert (tmp_path / "died").exists()
    assert (outcome.totals.judged, outcome.totals.unreadable) == (10, {})


def test_a_judge_that_raises_makes_the_message_unreadable(tmp_path):
    (tmp_path / "a.eml").write_bytes(mail(1, "deadly\n"))
    looked_through(tmp_path / "a.eml", tmp_path / "r", judging.Deadly(b"deadly", "raise"))
    _, (one,) = rows(tmp_path / "r")
    assert (one.file, one.why) == ("a.eml", "not_a_message")
    assert "RuntimeError" in one.detail


def test_a_judge_that_can_t_be_made_is_told(tmp_path):
    (tmp_path / "a.eml").write_bytes(mail(1))
    with pytest.raises(NoWorkers, match="the register is not there"):
        looked_through(tmp_path / "a.eml", tmp_path / "r", judging.broken)


def test_an_archive_that_changes_meanwhile_is_left_for_the_next_run(tmp_path):
    (tmp_path / "a").mkdir()
    for n in range(3):
        (tmp_path / "a" / f"{n}.mbox").write_bytes(as_mbox(mail(n)))
    found = list(sources.find([str(tmp_path / "a")]))
    (tmp_path / "a" / "1.mbox").write_bytes(as_mbox(mail(1)) + as_mbox(mail(9)))
    with Store.open(tmp_path / "r", LOOK) as store:
        outcome = audit(found, judging.make, store)
    assert [left.why for left in outcome.left] == ["it changed while it was read"]
    assert not outcome.totals.finished
    assert looked_through(tmp_path / "a", tmp_path / "r").totals.judged == 4


def test_what_changed_is_judged_anew_and_what_went_is_taken_out(tmp_path):
    for n in range(3):
        (tmp_path / f"{n}").mkdir()
        (tmp_path / f"{n}" / "a.eml").write_bytes(mail(n))
    made = [tmp_path / f"{n}" for n in range(3)]
    with Store.open(tmp_path / "r", LOOK) as store:
        audit(sources.find([str(p) for p in made]), judging.make, store)
        (tmp_path / "0" / "a.eml").write_bytes(mail(100))
        outcome = audit(sources.find([str(p) for p in made[:2]]), judging.make, store)
        assert outcome.planned.gone == 2
        assert [j.message_id for j in store.judgements()] == [
            "<100@charity.example>",
            "<1@charity.example>",
        ]


def test_messages_that_get_lost_on_the_way_are_noticed(tmp_path):
    with Store.open(tmp_path / "r", LOOK) as store:
        unit = Unit(kind=Kind.SKIPPED, path="/a", file="a")
        ((number, _),) = _numbered(store, [unit])
        store.add(number, [], [("a", "", "io", "")])
        with pytest.raises(RuntimeError, match="had 2 messages, and 1 came back"):
            store.done(number, 2)
        assert len(list(store.pending())) == 1


def test_a_folder_of_another_audit_is_refused_unless_again(tmp_path):
    with Store.open(tmp_path / "r", LOOK) as store:
        store.note("leave", "yes")
    with pytest.raises(OtherAudit, match="register `revision 3`, not `revision 4`"):
        Store.open(tmp_path / "r", {**LOOK, "register": "revision 4"})
    with Store.open(tmp_path / "r", {**LOOK, "register": "revision 4"}, again=True) as store:
        assert store.about("leave") == ""


def test_a_folder_of_another_version_is_refused(tmp_path):
    with Store.open(tmp_path / "r", LOOK) as store:
        store.note("version", "99")
    with pytest.raises(OtherAudit, match="another version \\(99, not 1\\)"):
        Store.open(tmp_path / "r", LOOK)


def test_two_audits_never_write_into_one_folder(tmp_path):
    with Store.open(tmp_path / "r", LOOK), pytest.raises(InUse):
        Store.open(tmp_path / "r", LOOK)


def test_what_is_found_is_nobody_else_s_to_read(tmp_path):
    Store.open(tmp_path / "r", LOOK).close()
    assert (tmp_path / "r").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "r" / "audit.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_judgement_comes_back_as_it_was(tmp_path):
    judged = judging.plain(
        Raw(file="caf\udce9", place="7", octets=b"From: p@a.test\nMessage-ID: <\xe9>\nX: y\n\n")
    )
    assert isinstance(judged, Judgement)
    back = as_judgement(message_row(judged))
    assert back.file == "caf\\udce9"
    assert (back.findings, back.contacts, back.at) == (judged.findings, judged.contacts, judged.at)
    assert back.digest == judged.digest


def test_nothing_of_what_is_out_of_scope_is_kept():
    judged = judging.plain(Raw(file="f", place="", octets=mail(1)))
    assert isinstance(judged, Judgement)
    from dataclasses import replace

    row = message_row(replace(judged, in_scope=False))
    assert not any(
        word in repr(row) for word in ("charity", "priya", judged.message_id, judged.writer)
    )


def test_a_message_that_was_cut_says_so():
    raw = Raw(file="f", place="", octets=mail(1), missing=12)
    result = work.judged(raw, judging.plain)
    assert isinstance(result, Judgement)
    assert "12 octets" in result.unread[0]


def test_very_large_messages_are_one_at_a_time(monkeypatch):
    monkeypatch.setattr(work, "_HEAVY", 10)
    inside, most = [], []

    def slow(raw):
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.02)
        inside.pop()
        return judging.plain(raw)

    raw = Raw(file="f", place="", octets=mail(1))
    threads = [threading.Thread(target=work.judged, args=(raw, slow)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1, 1, 1]


def test_progress_tells_rate_and_time_in_lines_where_nobody_watches():
    out, now = io.StringIO(), [0.0]
    lines = progress.Lines(out, lambda: now[0])
    sofar = Sofar(units=9, units_done=2, octets=1_000, octets_done=250, octets_now=250)
    lines.show(sofar)
    assert out.getvalue() == ""
    now[0] = 10.0
    lines.show(Sofar(**{**_as_dict(sofar), "messages": 5_000, "judged": 40}))
    assert out.getvalue() == "25 %: 5,000 messages, 500 a second, 40 judged, about 30 s left\n"


def _as_dict(sofar):
    return {name: getattr(sofar, name) for name in sofar.__slots__}


def test_progress_has_a_bar_where_somebody_watches():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    out = Terminal()
    with progress.progress(out) as bar:
        assert isinstance(bar, progress.Bar)
        bar.found(3)
        bar.show(Sofar(units=1, units_done=0, octets=10, octets_done=5, octets_now=5, messages=7))
    assert "7 messages" in out.getvalue()


MEASURED = """
import json, os, sys, threading, time
from pathlib import Path
from alongside.archive import sources
from alongside.archive.run import audit
from alongside.archive.store import Store
from tests.archive import judging

def tree(pid):
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += tree(int(child))
    return found

def resident(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0

if __name__ == "__main__":
    most, over = 0.0, threading.Event()
    def watch():
        global most
        while not over.wait(0.05):
            try:
                most = max(most, sum(map(resident, tree(os.getpid()))))
            except OSError:
                pass
    threading.Thread(target=watch, daemon=True).start()
    began = time.perf_counter()
    with Store.open(Path(sys.argv[2]), {}) as store:
        outcome = audit(sources.find([sys.argv[1]]), judging.make, store, workers=2)
        kept = sum(1 for _ in store.judgements())
    over.set()
    seconds = time.perf_counter() - began
    print(json.dumps([outcome.totals.found, kept, most, seconds]))
"""


def test_memory_stays_small_whatever_the_archive_s_size(tmp_path):
    """200 MB in one mbox, with a message of 70 MB in it, and never 512 MB in all processes."""
    with (tmp_path / "big.mbox").open("wb") as file:
        for n in range(60_000):
            file.write(as_mbox(mail(n, "Training is on Tuesday at six.\n" * 70)))
            if n == 30_000:
                file.write(as_mbox(mail(99_999, "y" * 75 + "\n") + b"z" * 76_000_000))
    (tmp_path / "measure.py").write_text(MEASURED)
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, tmp_path / "measure.py", tmp_path / "big.mbox", tmp_path / "r"],
        env={"PYTHONPATH": f"{root / 'src'}:{root}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    found, kept, megabytes, seconds = json.loads(done.stdout)
    assert found == kept == 60_001
    assert megabytes < 512
    assert seconds < 120


def test_a_zip_of_many_files_takes_no_more_memory_than_a_small_one(tmp_path):
    """The directory is read a stretch at a time: 80,000 entries, and no list of them."""
    import zipfile

    with zipfile.ZipFile(tmp_path / "many.zip", "w") as file:
        for n in range(80_000):
            file.writestr(zipfile.ZipInfo(f"mail/{n:06}.eml"), mail(n, "x" * 100))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    units = list(sources.find([str(tmp_path / "many.zip")]))
    assert Counter(u.kind for u in units) == {Kind.ZIP: len(units)}
    found = sum(1 for u in units for _ in sources.messages(u))
    assert found == 80_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 << 10


def test_totals_that_don_t_add_up_are_an_error(tmp_path):
    (tmp_path / "a.eml").write_bytes(mail(1))
    looked_through(tmp_path / "a.eml", tmp_path / "r")
    with Store.open(tmp_path / "r", LOOK) as store:
        assert isinstance(store.totals(), Totals)
        store._connection.execute("DELETE FROM messages")
        with pytest.raises(RuntimeError, match="don't add up"):
            store.totals()
