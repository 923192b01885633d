"""On a Dask cluster the same units give the same rows."""

from __future__ import annotations

import logging
import sys

import pytest

from alongside.archive import cluster, sources
from alongside.archive.hands import NoWorkers
from alongside.archive.run import audit
from alongside.archive.store import Store

from . import judging
from .making import make
from .test_run import LOOK, looked_through, rows
from .test_sources import mail


@pytest.fixture(scope="module")
def scheduler():
    """A cluster of two processes on this machine, and no page for watching it."""
    import dask
    from distributed import LocalCluster

    quick = {"distributed.scheduler.allowed-failures": 0, "distributed.admin.tick.limit": "60s"}
    with (
        dask.config.set(quick),
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as started,
    ):
        yield started.scheduler_address


def test_a_cluster_finds_what_one_machine_finds(scheduler, tmp_path):
    made = make(tmp_path / "made", 1_500)
    outcome = looked_through(made.archive, tmp_path / "far", scheduler=scheduler)
    assert outcome.totals.finished
    assert outcome.totals.found == made.messages
    looked_through(made.archive, tmp_path / "near", workers=1)
    assert rows(tmp_path / "far") == rows(tmp_path / "near")


def test_a_unit_that_the_cluster_dies_of_is_read_on_this_machine(scheduler, tmp_path, caplog):
    (tmp_path / "a").mkdir()
    for n in range(6):
        (tmp_path / "a" / f"{n}.eml").write_bytes(mail(n, "deadly\n" if n == 3 else "fine\n"))
    deadly = judging.Deadly(b"deadly")
    outcome = looked_through(tmp_path / "a", tmp_path / "r", deadly, scheduler=scheduler)
    assert outcome.totals.unreadable == {"not_a_message": 1}
    assert outcome.totals.judged == 5
    assert "the cluster gave up" in caplog.text


def test_an_archive_that_only_this_machine_has_is_read_here(scheduler, tmp_path, monkeypatch):
    (tmp_path / "a.eml").write_bytes(mail(1))
    found = list(sources.find([str(tmp_path / "a.eml")]))
    monkeypatch.setattr(cluster, "judge_unit", _elsewhere)
    with Store.open(tmp_path / "r", LOOK) as store:
        outcome = audit(found, judging.make, store, scheduler=scheduler)
    assert outcome.totals.judged == 1


def _elsewhere(unit, make):
    raise FileNotFoundError(unit.path)


def test_nobody_at_the_address_is_told(tmp_path, monkeypatch):
    import distributed

    def refuse(address, **_):
        raise OSError(f"timed out trying to connect to {address}")

    monkeypatch.setattr(distributed, "Client", refuse)
    with pytest.raises(NoWorkers, match="no scheduler answers at `tcp://"):
        cluster.Cluster("tcp://127.0.0.1:1", judging.make)


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoWorkers, match=r"pip install 'alongside\[cluster\]'"):
        cluster.Cluster("tcp://127.0.0.1:1", judging.make)
