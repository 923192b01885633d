"""The gateway's door: what is acknowledged is there, trouble is temporary and heals."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from alongside.enforcement.protocols import Ledger, Outbox, Unacceptable, Unavailable
from alongside.enforcement.values import Bundle
from alongside.records import connect
from alongside.records.chain import GENESIS, Place
from alongside.records.ledger import SqliteLedger
from alongside.records.rows import prepare

from .world import NOW, RAW, bounced, decided, dispatch, held, mark, outcome

CHAIN = "gateway/host/1"


@pytest.fixture
async def ledger(database):
    async with SqliteLedger(database, chain=CHAIN, busy_timeout=0.2) as opened:
        yield opened


def rows(database, query, *values):
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def test_it_keeps_both_contracts_of_the_line(database):
    ledger = SqliteLedger(database, chain=CHAIN)
    both: tuple[Ledger, Outbox] = (ledger, ledger)
    assert both


@pytest.mark.law("nothing_in_scope_is_answered_250_before_it_is_on_the_record")
async def test_what_was_appended_is_on_disk_when_the_call_returns(ledger, database):
    await ledger.append(Bundle(entry=decided(), content=RAW, copies=(mark(),)))
    assert rows(database, "SELECT chain, seq, kind, verdict FROM records_entry") == [
        (CHAIN, 1, "decided", "permit")
    ]
    assert rows(database, "SELECT raw, size FROM records_content") == [(RAW, len(RAW))]
    assert rows(database, "SELECT seq FROM records_head WHERE chain=?", CHAIN) == [(1,)]
    assert len(rows(database, "SELECT * FROM records_text")) == 3
    assert [r[0] for r in rows(database, "SELECT clause FROM records_clause")] == ["E3", "G1"]


async def test_no_personal_text_stands_in_the_body(ledger, database):
    await ledger.append(Bundle(entry=decided(), content=RAW, copies=(mark(),)))
    [(body,)] = rows(database, "SELECT body FROM records_entry")
    assert "tess@home" not in body and "Training" not in body


async def test_hundreds_at_once_make_one_unbroken_chain(ledger, database):
    references = [f"R{n:03}" for n in range(600)]
    await asyncio.gather(*(ledger.append(Bundle(entry=decided(r))) for r in references))
    links = rows(database, "SELECT seq, previous, hash FROM records_entry ORDER BY seq")
    assert [link[0] for link in links] == list(range(1, 601))
    assert all(a[2] == b[1] for a, b in itertools.pairwise(links))


async def test_a_chain_goes_on_after_a_restart_and_two_chains_share_the_file(database):
    for chain in (CHAIN, "gateway/host/2", CHAIN):
        async with SqliteLedger(database, chain=chain) as ledger:
            await ledger.append(Bundle(entry=decided()))
    assert rows(database, "SELECT chain, seq FROM records_head ORDER BY number") == [
        (CHAIN, 2),
        ("gateway/host/2", 1),
    ]


async def test_a_bad_bundle_fails_alone(ledger, database):
    await ledger.append(Bundle(entry=decided(), dispatches=(dispatch("used"),)))
    answers = await asyncio.gather(
        ledger.append(Bundle(entry=decided("GOOD1"))),
        ledger.append(Bundle(entry=decided("TWICE"), dispatches=(dispatch("used"),))),
        ledger.append(Bundle(entry=decided("FLOAT", body={"share": 0.1}))),
        ledger.append(Bundle(entry=decided("GOOD2"))),
        return_exceptions=True,
    )
    assert [type(a) for a in answers] == [type(None), Unacceptable, Unacceptable, type(None)]
    kept = [r[0] for r in rows(database, "SELECT reference FROM records_entry ORDER BY seq")]
    assert kept == ["A7K3-9QXM", "GOOD1", "GOOD2"]


async def test_a_hold_or_content_without_an_entry_is_refused(ledger):
    for bundle in (Bundle(content=RAW), Bundle(hold=held().hold, incidents=bounced().incidents)):
        with pytest.raises(Unacceptable):
            await ledger.append(bundle)


async def test_an_incident_without_an_entry_is_given_one(ledger, database):
    await ledger.append(bounced())
    await ledger.append(Bundle(copies=(mark(),)))
    kinds = [r[0] for r in rows(database, "SELECT kind FROM records_entry ORDER BY seq")]
    assert kinds == ["exception"]


async def test_a_subject_of_raw_bytes_is_recorded(ledger, database):
    entry = decided()
    texts = (replace(entry.texts[0], value="caf\udce9 \ud800"),)
    await ledger.append(Bundle(entry=replace(entry, texts=texts)))
    assert len(rows(database, "SELECT * FROM records_text WHERE value IS NOT NULL")) == 1


@pytest.mark.law("any_surprise_is_temporary")
async def test_a_locked_database_is_temporary_and_heals(ledger, database):
    await ledger.append(Bundle(entry=decided("BEFORE")))
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answers = await asyncio.gather(
        *(ledger.append(Bundle(entry=decided(f"L{n}"))) for n in range(20)), return_exceptions=True
    )
    assert {type(a) for a in answers} == {Unavailable}
    other.execute("ROLLBACK")
    other.close()
    await ledger.append(Bundle(entry=decided("AFTER")))
    kept = rows(database, "SELECT seq, reference FROM records_entry ORDER BY seq")
    assert kept == [(1, "BEFORE"), (2, "AFTER")]


@pytest.mark.law("any_surprise_is_temporary")
async def test_a_full_disk_is_temporary_and_heals(ledger, database, monkeypatch):
    await ledger.append(Bundle(entry=decided("BEFORE")))
    really = connect.open_database

    def full(path, timeout):
        connection = really(path, timeout)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")
        return connection

    monkeypatch.setattr(connect, "open_database", full)
    ledger._writer._drop()
    big = bytes(200_000)
    with pytest.raises(Unavailable):
        await ledger.append(Bundle(entry=decided("FULL"), content=big))
    monkeypatch.setattr(connect, "open_database", really)
    await ledger.append(Bundle(entry=decided("AFTER"), content=big))
    kept = rows(database, "SELECT seq, reference FROM records_entry ORDER BY seq")
    assert kept == [(1, "BEFORE"), (2, "AFTER")]


@pytest.mark.law("any_surprise_is_temporary")
async def test_a_lost_database_is_temporary_and_never_made_anew(tmp_path, database):
    away = tmp_path / "away.db"
    async with SqliteLedger(away, chain=CHAIN, busy_timeout=0.1) as ledger:
        with pytest.raises(Unavailable):
            await ledger.append(Bundle(entry=decided()))
        with pytest.raises(Unavailable):
            await ledger.copy("leg-1")
        assert not away.exists()
        database.rename(away)
        await ledger.append(Bundle(entry=decided()))


async def test_a_closed_ledger_is_unavailable(database):
    ledger = SqliteLedger(database, chain=CHAIN)
    with pytest.raises(Unavailable):
        await ledger.append(Bundle(entry=decided()))
    with pytest.raises(Unavailable):
        await ledger.append_and_recall(Bundle(entry=decided()), "f1", NOW)


async def test_a_head_that_somebody_moved_is_noticed_and_read_again(ledger, database):
    await ledger.append(Bundle(entry=decided("ONE")))
    async with SqliteLedger(database, chain=CHAIN) as second:
        await second.append(Bundle(entry=decided("TWO")))
    with pytest.raises(Unavailable):
        await ledger.append(Bundle(entry=decided("LATE")))
    await ledger.append(Bundle(entry=decided("THREE")))
    kept = rows(database, "SELECT seq, reference FROM records_entry ORDER BY seq")
    assert kept == [(1, "ONE"), (2, "TWO"), (3, "THREE")]


async def test_a_chain_whose_head_was_removed_takes_nothing_more(ledger, database):
    await ledger.append(Bundle(entry=decided()))
    connection = sqlite3.connect(database)
    connection.execute("DELETE FROM records_head")
    connection.commit()
    connection.close()
    for _ in range(2):
        with pytest.raises(Unavailable):
            await ledger.append(Bundle(entry=decided()))


async def test_a_caller_who_gave_up_harms_nobody(ledger, database):
    task = asyncio.create_task(ledger.append(Bundle(entry=decided("GONE"))))
    await asyncio.sleep(0)
    task.cancel()
    await ledger.append(Bundle(entry=decided("HERE")))
    assert (await asyncio.gather(task, return_exceptions=True))[0].__class__ in (
        asyncio.CancelledError,
    )


async def test_each_of_a_group_hears_of_its_own_copies_and_of_those_just_written(ledger):
    week = NOW - timedelta(days=7)
    _, first, other, all_time = await asyncio.gather(
        ledger.append(Bundle(copies=(mark("leg-0", at=NOW - timedelta(days=8)), mark()))),
        ledger.append_and_recall(Bundle(entry=decided("ONE")), "f1", week),
        ledger.append_and_recall(Bundle(entry=decided("TWO")), "f2", week),
        ledger.append_and_recall(Bundle(entry=decided("THREE")), "f1", NOW - timedelta(days=30)),
    )
    assert [[m.leg for m in found] for found in (first, other, all_time)] == [
        ["leg-1"],
        [],
        ["leg-0", "leg-1"],
    ]


async def test_accepted_copies_are_found_by_fingerprint_and_by_leg(ledger):
    older = mark("leg-0", at=NOW - timedelta(days=8))
    await ledger.append(Bundle(copies=(older, mark())))
    week = NOW - timedelta(days=7)
    assert await ledger.append_and_recall(Bundle(entry=decided("ONE")), "f1", week) == [mark()]
    assert await ledger.append_and_recall(Bundle(entry=decided("TWO")), "f2", week) == []
    assert await ledger.copy("leg-0") == older
    assert await ledger.copy("leg-9") is None


async def test_counts_are_written_and_unknown_addresses_kept_for_triage(ledger, database):
    for _ in range(3):
        await ledger.count("2026-03-02", "confidential")
    await ledger.count("2026-03-01", "unknown", "aunt@home.example")
    await ledger.count("2026-03-02", "unknown", "aunt@home.example")
    await ledger.close()
    assert rows(database, "SELECT day, what, key, count FROM records_count ORDER BY 1, 2") == [
        ("2026-03-01", "unknown", "", 1),
        ("2026-03-02", "confidential", "", 3),
        ("2026-03-02", "unknown", "", 1),
    ]
    assert rows(database, "SELECT * FROM records_unknown") == [
        ("aunt@home.example", 2, "2026-03-01", "2026-03-02")
    ]


async def test_counts_that_could_not_be_written_wait(ledger, database):
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await ledger.count("2026-03-02", "untouched")
    await asyncio.to_thread(ledger._writer._flush_counts)
    other.execute("ROLLBACK")
    other.close()
    await ledger.close()
    assert rows(database, "SELECT what, count FROM records_count") == [("untouched", 1)]


async def test_a_decision_is_in_doubt_until_its_outcome(database):
    async with SqliteLedger(database, chain=CHAIN) as ledger:
        await ledger.append(Bundle(entry=decided("DONE")))
        await ledger.append(Bundle(entry=outcome("DONE")))
        await ledger.append(Bundle(entry=decided("LOST")))
        await asyncio.gather(
            ledger.append(Bundle(entry=decided("BOTH"))),
            ledger.append(Bundle(entry=outcome("BOTH"))),
        )
    async with SqliteLedger(database, chain=CHAIN) as ledger:
        [doubt] = await ledger.in_doubt()
        assert (doubt.reference, doubt.at, doubt.chain) == ("LOST", NOW, CHAIN)
        assert doubt.body["message_id"] == "<1@club.example>"
    async with SqliteLedger(database, chain="gateway/host/2") as other:
        assert await other.in_doubt() == []
        assert len(await other.in_doubt(all_chains=True)) == 1


@pytest.mark.parametrize("chain", ["", "two\nlines"])
def test_a_chain_needs_a_printable_name(database, chain):
    with pytest.raises(ValueError):
        SqliteLedger(database, chain=chain)


def test_a_time_without_a_zone_has_no_column():
    with pytest.raises(ValueError):
        connect.column(datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.law("any_surprise_is_temporary")
async def test_a_replaced_file_is_noticed_and_nothing_goes_into_the_lost_one(
    ledger, database, migrated
):
    await ledger.append(Bundle(entry=decided("LOST")))
    assert await ledger.copy("leg-1") is None
    restored = database.with_name("restored.db")
    shutil.copy(migrated, restored)
    for name in ("-wal", "-shm"):
        database.with_name(database.name + name).unlink(missing_ok=True)
    restored.replace(database)
    await ledger.append(Bundle(entry=decided("KEPT"), copies=(mark(),)))
    assert rows(database, "SELECT seq, reference FROM records_entry") == [(1, "KEPT")]
    assert await ledger.copy("leg-1") == mark()


async def test_a_file_replaced_during_a_commit_is_not_acknowledged(
    ledger, database, migrated, monkeypatch
):
    await ledger.append(Bundle(entry=decided("ONE")))
    stands = connect.identity(database)
    answers = iter([stands, (0, 0), stands, stands])
    monkeypatch.setattr(connect, "identity", lambda path: next(answers, stands))
    with pytest.raises(Unavailable):
        await ledger.append(Bundle(entry=decided("TWO")))
    await ledger.append(Bundle(entry=decided("THREE")))


async def test_more_than_a_group_is_written_group_by_group(database):
    async with SqliteLedger(database, chain=CHAIN) as ledger:
        ledger.open()
        ledger._writer.group = 2
        await asyncio.gather(*(ledger.append(Bundle(entry=decided(f"G{n}"))) for n in range(9)))
    assert rows(database, "SELECT COUNT(*) FROM records_entry") == [(9,)]


def test_a_loop_that_closed_harms_nobody(database):
    ledger = SqliteLedger(database, chain=CHAIN, busy_timeout=2)
    ledger.open()
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    loop = asyncio.new_event_loop()
    task = loop.create_task(ledger.append(Bundle(entry=decided("GONE"))))
    loop.run_until_complete(asyncio.sleep(0.05))
    task.cancel()
    loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
    loop.close()
    other.execute("ROLLBACK")
    other.close()
    asyncio.run(ledger.append(Bundle(entry=decided("HERE"))))
    asyncio.run(ledger.close())
    asyncio.run(ledger.close())
    assert rows(database, "SELECT COUNT(*) FROM records_entry") == [(2,)]


async def test_a_hold_decided_meanwhile_is_not_escalated(ledger, database, monkeypatch):
    await ledger.append(held("H1"))
    late = NOW + timedelta(days=9)
    once, again = await asyncio.gather(ledger.overdue_holds(late), ledger.overdue_holds(late))
    assert sorted([once, again]) == [[], ["H1"]]
    assert rows(database, "SELECT turn, state FROM records_hold") == [(1, "held")]


def test_only_an_entry_has_a_place():
    with pytest.raises(ValueError):
        prepare(Bundle(copies=(mark(),)), connect.column, NOW).place(1, Place(CHAIN, 0, GENESIS))


async def test_a_file_that_is_no_database_is_unavailable(tmp_path):
    path = tmp_path / "odd.db"
    path.write_bytes(b"nonsense" * 999)
    async with SqliteLedger(path, chain=CHAIN) as ledger:
        with pytest.raises(Unavailable):
            await ledger.append(Bundle(entry=decided()))
