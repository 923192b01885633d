"""The outbox: one gateway at a time, and each goes on where the last one stopped."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from alongside.enforcement.protocols import Unavailable
from alongside.enforcement.values import Bundle
from alongside.records.ledger import SqliteLedger
from alongside.records.verify import verify

from .test_ledger import rows
from .world import NOW, RAW, decided, dispatch, mark

SECOND = timedelta(seconds=1)


@pytest.fixture
async def ledger(database):
    async with SqliteLedger(database, chain="gateway/host/1") as opened:
        yield opened


@pytest.fixture
async def other(database):
    async with SqliteLedger(database, chain="gateway/host/2") as opened:
        yield opened


async def test_a_due_dispatch_comes_with_its_plan_and_content(ledger):
    sent = dispatch()
    await ledger.append(Bundle(entry=decided(), dispatches=(sent,)))
    assert await ledger.lease("one", NOW - SECOND, 10) == []
    assert await ledger.lease("one", NOW, 10) == [sent]


async def test_the_same_bytes_are_stored_once(ledger, database):
    bundle = Bundle(
        entry=decided(),
        content=RAW,
        dispatches=(dispatch(), dispatch("d2", content=None), dispatch("d3", content=b"notice")),
    )
    await ledger.append(bundle)
    assert rows(database, "SELECT position, raw FROM records_content") == [(0, RAW), (1, b"notice")]
    leased = await ledger.lease("one", NOW, 10)
    assert {d.id: d.content for d in leased} == {"d1": RAW, "d2": RAW, "d3": b"notice"}


async def test_a_lease_keeps_others_away_until_it_ends(ledger, other):
    await ledger.append(Bundle(entry=decided(), dispatches=(dispatch(), dispatch("d2"))))
    first, second = await asyncio.gather(ledger.lease("one", NOW, 1), other.lease("two", NOW, 9))
    assert sorted(d.id for d in (*first, *second)) == ["d1", "d2"]
    assert await other.lease("two", NOW + 299 * SECOND, 9) == []
    assert len(await other.lease("two", NOW + 300 * SECOND, 9)) == 2


async def test_the_next_goes_on_from_the_checkpoint(ledger, other):
    await ledger.append(Bundle(entry=decided(), dispatches=(dispatch(),)))
    await ledger.lease("one", NOW, 1)
    await ledger.checkpoint("d1", {"done": ["copy"]})
    [again] = await other.lease("two", NOW + 301 * SECOND, 1)
    assert again.progress == {"done": ["copy"]}


async def test_whoever_lost_the_lease_is_stopped(ledger, other, database):
    await ledger.append(Bundle(entry=decided(), dispatches=(dispatch(),)))
    await ledger.lease("one", NOW, 1)
    await other.lease("two", NOW + 301 * SECOND, 1)
    answers = await asyncio.gather(
        ledger.checkpoint("d1", {"done": ["copy"]}),
        ledger.append(Bundle(entry=decided("MEANWHILE"))),
        return_exceptions=True,
    )
    assert isinstance(answers[0], Unavailable) and answers[1] is None
    with pytest.raises(Unavailable):
        await ledger.postpone("d1", NOW, {})
    assert rows(database, "SELECT lease_by, progress FROM records_dispatch") == [("two", "{}")]


async def test_a_postponed_dispatch_comes_again_when_due(ledger):
    await ledger.append(Bundle(entry=decided(), dispatches=(dispatch(),)))
    await ledger.lease("one", NOW, 1)
    await ledger.postpone("d1", NOW + 60 * SECOND, {"done": []})
    assert await ledger.lease("one", NOW + 59 * SECOND, 1) == []
    [again] = await ledger.lease("one", NOW + 60 * SECOND, 1)
    assert (again.attempts, again.progress) == (1, {"done": []})


async def test_a_finished_dispatch_never_comes_again(ledger, database):
    await ledger.append(Bundle(entry=decided(), dispatches=(dispatch(),)))
    await ledger.lease("one", NOW, 1)
    await ledger.append(Bundle(entry=decided("DONE"), finished=("d1",)))
    assert await ledger.lease("one", NOW + 900 * SECOND, 1) == []
    assert rows(database, "SELECT state, plan FROM records_dispatch") == [("done", "")]


async def test_a_checkpoint_without_a_lease_of_ours_is_kept_as_well(ledger, other):
    await ledger.append(Bundle(entry=decided(), dispatches=(dispatch(),)))
    await ledger.checkpoint("d1", {"done": ["copy"]})
    [taken] = await other.lease("two", NOW, 1)
    assert taken.progress == {"done": ["copy"]}


async def test_leases_that_ended_long_ago_are_forgotten(ledger):
    ledger._leases.update({f"old{n}": ("one", NOW, -1e9) for n in range(1001)})
    await ledger.append(Bundle(entry=decided(), dispatches=(dispatch(),)))
    await ledger.lease("one", NOW, 1)
    assert list(ledger._leases) == ["d1"]


@pytest.mark.law("what_involves_no_service_user_or_supporter_passes_untouched")
async def test_what_leaves_no_entry_is_sent_and_leaves_nothing(ledger, other, database):
    sent = dispatch()
    await ledger.append(Bundle(dispatches=(sent, dispatch("d2", content=None))))
    assert verify(database).problems == []
    taken = await other.lease("one", NOW, 9)
    assert [d.content for d in taken] == [RAW, None] and taken[0] == sent
    await other.append(Bundle(finished=("d1",), dispatches=(dispatch("d3", content=b"notice"),)))
    await other.append(Bundle(finished=("d2", "d3", "never was")))
    for table in ("entry", "content", "dispatch"):
        assert rows(database, f"SELECT * FROM records_{table}") == []


async def test_a_dispatch_under_the_chain_ends_under_the_chain(ledger, database):
    await ledger.append(Bundle(entry=decided(), dispatches=(dispatch(),)))
    await ledger.append(Bundle(finished=("d1",), dispatches=(dispatch("d2"),), copies=(mark(),)))
    await ledger.append(Bundle(dispatches=(dispatch("d3"),)))
    await ledger.append(Bundle(entry=decided("END"), finished=("d2", "d3")))
    kinds = [r[0] for r in rows(database, "SELECT kind FROM records_entry ORDER BY seq")]
    assert kinds == ["decided", "finished", "decided"]
    assert rows(database, "SELECT id, state FROM records_dispatch ORDER BY id") == [
        ("d1", "done"),
        ("d2", "done"),
    ]
    assert verify(database).problems == []
