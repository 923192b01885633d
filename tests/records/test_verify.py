"""``record verify`` finds every change, removal, reordering and truncation."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from datetime import timedelta

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.access.actor import Person
from alongside.enforcement.values import Bundle
from alongside.records import api
from alongside.records.chain import GENESIS, entry_hash
from alongside.records.heads import append_heads
from alongside.records.ledger import SqliteLedger
from alongside.records.verify import verify

from .test_ledger import rows
from .world import NOW, RAW, bounced, decided, dispatch, held, mark, outcome

OLIVE = Person(id="olive", roles=frozenset({"safeguarding_officer"}), reach=frozenset({"club"}))
LATER = NOW + timedelta(days=9)
CHAINED = (
    "entry",
    "person",
    "clause",
    "text",
    "text_person",
    "content",
    "hold",
    "release",
    "incident",
    "doubt",
    "head",
)
SURROGATE = {
    "records_incident": {"id"},  # numbers the rows for people; nothing refers to it
    "records_text": {"erased_at"},
    "records_content": {"erased_at"},
    "records_release": {"taken_at"},  # checked against the outbox
}
"""Columns that say nothing of their own."""


async def gateway(database):
    async with SqliteLedger(database, chain="gateway/host/1") as ledger:
        await ledger.append(Bundle(entry=decided("AAAA"), content=RAW, copies=(mark(),)))
        await ledger.append(Bundle(entry=outcome("AAAA")))
        await ledger.append(held("HHHH"))
        await ledger.append(held("GGGG", guarded=True))
        await ledger.append(bounced("AAAA"))
        await ledger.append(bounced("AAAA"))
        await ledger.append(Bundle(entry=decided("BBBB", kind="queued"), dispatches=(dispatch(),)))
        await ledger.append(Bundle(entry=decided("CCCC"), dispatches=(dispatch("d2"),)))
        await ledger.append(Bundle(finished=("d1",)))
        await ledger.append(Bundle(dispatches=(dispatch("loose", LATER),)))
        await ledger.append(Bundle(entry=decided("EEEE"), content=b"x" * 3000))
        assert await ledger.overdue_holds(LATER) == ["HHHH", "GGGG"]


async def take_releases(database):
    async with SqliteLedger(database, chain="gateway/host/1") as ledger:
        assert len(await ledger.lease("one", LATER, 9)) == 3


def fill(database):
    """Something of everything, through both doors."""
    asyncio.run(gateway(database))
    api.release_hold(OLIVE, "HHHH", "her mother agreed by telephone")
    api.hand_over_hold(OLIVE, "GGGG", "dora", "I am on leave")
    asyncio.run(take_releases(database))
    api.close_incident(OLIVE_AWAY, api.incidents(OLIVE_AWAY)[0].id, "address corrected")
    api.erase_person(OLIVE_AWAY, "tess", "she asked for it")
    api.compress(OLIVE_AWAY, LATER)


OLIVE_AWAY = Person(
    id="dora", roles=frozenset({"deputy_officer", "administrator"}), reach=frozenset({"club"})
)


@pytest.fixture(scope="module")
def once():
    """What the first test that asked for it filled."""
    return {}


@pytest.fixture
def filled(database, once):
    heads = database.with_name("heads.jsonl")
    if not once:
        fill(database)
        connections.close_all()
        append_heads(database, heads, NOW)
        once.update({path.name: path.read_bytes() for path in (database, heads)})
    connections.close_all()
    for path in (database, heads):
        path.write_bytes(once[path.name])
    return database, heads


def change(database, query, *values):
    connection = sqlite3.connect(database)
    try:
        count = connection.execute(query, values).rowcount
        connection.commit()
        return count
    finally:
        connection.close()


def test_an_empty_record_is_clean(database):
    report = verify(database, database.with_name("heads.jsonl"))
    assert report.clean and report.entries == 0


def test_a_record_of_everything_is_clean(filled):
    report = verify(*filled)
    assert report.problems == []
    assert report.chains == 2 and report.heads == 1 and report.heads_until == NOW
    assert report.erased and report.texts and report.contents


def test_the_first_bad_place_is_named(filled):
    database, heads = filled
    change(database, "UPDATE records_entry SET body=replace(body,'permit','refuse') WHERE seq=1")
    report = verify(database, heads)
    assert not report.clean
    assert str(report.first).startswith("gateway/host/1 #1: was changed")


@pytest.mark.parametrize("table", CHAINED)
def test_a_removed_row_is_found(filled, table):
    database, heads = filled
    for (rowid,) in rows(database, f"SELECT rowid FROM records_{table}"):
        copy = database.with_name("copy.db")
        copy.write_bytes(database.read_bytes())
        change(copy, f"DELETE FROM records_{table} WHERE rowid=?", rowid)
        assert not verify(copy, heads).clean, (table, rowid)


@pytest.mark.parametrize("table", CHAINED)
def test_any_changed_value_is_found(filled, table):
    """Each value of each row in turn, by one byte or by one."""
    database, heads = filled
    connection = sqlite3.connect(database)
    columns = [c[1] for c in connection.execute(f"PRAGMA table_info(records_{table})")]
    ids = [r[0] for r in connection.execute(f"SELECT rowid FROM records_{table}")]
    connection.close()
    chance = random.Random(table)
    for column in set(columns) - SURROGATE.get(f"records_{table}", set()):
        for rowid in ids:
            [(old,)] = rows(
                database, f'SELECT "{column}" FROM records_{table} WHERE rowid=?', rowid
            )
            new = other(old, chance)
            copy = database.with_name("copy.db")
            copy.write_bytes(database.read_bytes())
            try:
                change(copy, f'UPDATE records_{table} SET "{column}"=? WHERE rowid=?', new, rowid)
            except sqlite3.IntegrityError:
                continue
            assert not verify(copy, heads).clean, (table, column, rowid, old, new)


def other(old, chance):
    if old is None:
        return 1
    if isinstance(old, int):
        return old + chance.choice((-1, 1))
    if isinstance(old, bytes):
        at = chance.randrange(len(old)) if old else 0
        return old[:at] + bytes([old[at] ^ 1]) + old[at + 1 :] if old else b"x"
    at = chance.randrange(len(old)) if old else 0
    return old[:at] + chr(ord(old[at]) ^ 1) + old[at + 1 :] if old else "x"


def test_swapped_entries_are_found(filled):
    database, heads = filled
    change(database, "UPDATE records_entry SET seq=-seq WHERE seq IN (2,3) AND chain<>'desk'")
    change(database, "UPDATE records_entry SET seq=5+seq WHERE seq < 0")
    assert not verify(database, heads).clean


def test_swapped_texts_are_found(filled):
    database, heads = filled
    change(
        database,
        "UPDATE records_text SET value=CASE position WHEN 1 THEN (SELECT value FROM records_text t"
        " WHERE t.entry_id=records_text.entry_id AND t.position=2) ELSE value END",
    )
    assert not verify(database, heads).clean


def cut(database, chain, keep):
    """Remove the last entries and everything beside them, and make the head agree."""
    connection = sqlite3.connect(database)
    [(number,)] = connection.execute("SELECT number FROM records_head WHERE chain=?", (chain,))
    low, high = (number << 40) | keep, (number + 1) << 40
    for table in (*CHAINED[:-1], "dispatch"):
        key = "id" if table == "entry" else "entry_id"
        connection.execute(f"DELETE FROM records_{table} WHERE {key}>? AND {key}<?", (low, high))
    last = connection.execute("SELECT hash FROM records_entry WHERE id=?", (low,)).fetchone()
    connection.execute(
        "UPDATE records_head SET seq=?, hash=? WHERE chain=?",
        (keep, last[0] if last else GENESIS, chain),
    )
    if not keep:
        connection.execute("DELETE FROM records_head WHERE chain=?", (chain,))
    connection.commit()
    connection.close()


async def simple(database):
    async with SqliteLedger(database, chain="gateway/host/1") as ledger:
        for n in range(5):
            await ledger.append(Bundle(entry=decided(f"S{n}", in_doubt_until_outcome=False)))


@pytest.mark.parametrize("keep", [0, 1, 4])
def test_a_truncation_that_takes_the_head_along_is_found_by_the_heads_file(database, keep):
    asyncio.run(simple(database))
    heads = database.with_name("heads.jsonl")
    append_heads(database, heads, NOW)
    cut(database, "gateway/host/1", keep)
    assert verify(database).clean
    assert not verify(database, heads).clean


def test_a_chain_written_anew_is_found_by_the_heads_file(database):
    asyncio.run(simple(database))
    heads = database.with_name("heads.jsonl")
    append_heads(database, heads, NOW)
    connection = sqlite3.connect(database)
    previous = GENESIS
    for key, chain, seq, body in connection.execute(
        "SELECT id, chain, seq, body FROM records_entry ORDER BY seq"
    ).fetchall():
        body = body.replace("2026-03-02T09", "2026-03-02T08")
        new = entry_hash(previous, chain, seq, body)
        connection.execute(
            "UPDATE records_entry SET body=?, previous=?, hash=?, at='2026-03-02 08:30:00'"
            " WHERE id=?",
            (body, previous, new, key),
        )
        previous = new
    connection.execute("UPDATE records_head SET hash=?", (previous,))
    connection.commit()
    connection.close()
    assert verify(database).clean
    report = verify(database, heads)
    assert str(report.first) == "gateway/host/1 #5: line 1 of the heads file knew another"


def test_a_changed_or_lost_heads_file_is_found(database):
    asyncio.run(simple(database))
    heads = database.with_name("heads.jsonl")
    for n in range(3):
        append_heads(database, heads, NOW + timedelta(minutes=n))
    assert verify(database, heads).clean
    lines = heads.read_bytes().splitlines(keepends=True)
    heads.write_bytes(lines[0] + lines[2])
    assert not verify(database, heads).clean
    heads.write_bytes(lines[0].replace(b"09", b"08") + lines[1])
    assert not verify(database, heads).clean
    heads.write_bytes(b"nonsense\n")
    assert not verify(database, heads).clean
    heads.unlink()
    assert str(verify(database, heads).first) == "heads file: is missing"


def test_an_erasure_without_its_entry_is_found(database):
    asyncio.run(simple(database))
    change(database, "UPDATE records_text SET value=NULL, salt=NULL WHERE position=0")
    report = verify(database)
    assert report.count == 5 and "no entry says that it was erased" in str(report.first)


def test_a_release_that_nobody_decided_is_found(filled):
    database, heads = filled
    change(
        database,
        "UPDATE records_hold SET state='released', turn=turn+1 WHERE reference='GGGG'",
    )
    assert not verify(database, heads).clean


def test_a_changed_plan_or_lost_dispatch_is_found(filled):
    database, heads = filled
    for query in (
        "UPDATE records_dispatch SET plan='{}' WHERE id='d2'",
        "UPDATE records_dispatch SET state='done' WHERE id='d2'",
        "UPDATE records_dispatch SET state='waiting' WHERE id='d1'",
        "DELETE FROM records_dispatch WHERE id='d2'",
        "DELETE FROM records_dispatch WHERE kind='release'",
        "UPDATE records_dispatch SET id='release-1-1' WHERE id='d1'",
    ):
        copy = database.with_name("copy.db")
        copy.write_bytes(database.read_bytes())
        assert change(copy, query) == 1
        assert not verify(copy, heads).clean, query


def test_a_file_that_is_no_database_is_a_problem_and_no_crash(tmp_path):
    assert not verify(tmp_path / "none.db").clean
    (tmp_path / "odd.db").write_bytes(b"nonsense" * 999)
    assert not verify(tmp_path / "odd.db").clean


def test_a_flipped_byte_of_the_file_is_found_where_an_entry_stands(filled):
    database, heads = filled
    whole = database.read_bytes()
    chance = random.Random(7)
    marks = [b"online-safeguarding", b'"reference":"AAAA"', b'"incident"', b"x" * 8]
    for sought in marks:
        at = whole.find(sought)
        if at < 0:
            continue
        spot = at + chance.randrange(len(sought))
        copy = database.with_name("copy.db")
        copy.write_bytes(whole[:spot] + bytes([whole[spot] ^ 4]) + whole[spot + 1 :])
        assert not verify(copy, heads).clean, sought


STEPS = st.lists(
    st.sampled_from(["decide", "settle", "hold", "guard", "bounce", "queue", "desk", "release"]),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(STEPS, st.randoms(use_true_random=False))
def test_whatever_is_appended_through_both_doors_is_clean_until_somebody_touches_it(
    database, migrated, steps, chance
):
    connections.close_all()
    database.write_bytes(migrated.read_bytes())
    for name in ("-wal", "-shm"):
        database.with_name(database.name + name).unlink(missing_ok=True)
    for n, step in enumerate(steps):
        perform(database, step, f"R{n}", steps)
    connections.close_all()
    assert verify(database).problems == []
    table = chance.choice(["entry", "text", "content", "person", "clause"])
    ids = [r[0] for r in rows(database, f"SELECT rowid FROM records_{table}")]
    if ids:
        change(database, f"DELETE FROM records_{table} WHERE rowid=?", chance.choice(ids))
        assert not verify(database).clean


def perform(database, step, reference, steps):
    bundles = {
        "decide": Bundle(entry=decided(reference), content=RAW),
        "settle": Bundle(entry=outcome(reference)),
        "hold": held(reference),
        "guard": held(reference, guarded=True),
        "bounce": bounced(reference),
        "queue": Bundle(dispatches=(dispatch(reference),), copies=(mark(reference),)),
    }

    async def append():
        async with SqliteLedger(database, chain="gateway/host/1") as ledger:
            await ledger.append(bundles[step])

    if step in bundles:
        asyncio.run(append())
    elif step == "desk":
        api.append(OLIVE, decided(reference), RAW)
    else:
        for hold in api.holds(OLIVE)[:1]:
            api.release_hold(OLIVE, hold.reference, "seen")


def test_many_problems_are_counted_and_the_first_hundred_named(database):
    async def many():
        async with SqliteLedger(database, chain="gateway/host/1") as ledger:
            await asyncio.gather(
                *(ledger.append(Bundle(entry=decided(f"M{n}"))) for n in range(60))
            )

    asyncio.run(many())
    change(database, "UPDATE records_text SET value=x'00'")
    report = verify(database)
    assert (report.count, len(report.problems)) == (180, 100)


def test_a_chain_that_the_heads_file_forgot_is_found(database):
    asyncio.run(simple(database))
    heads = database.with_name("heads.jsonl")
    append_heads(database, heads, NOW)
    cut(database, "gateway/host/1", 0)
    append_heads(database, heads, NOW)
    assert verify(database, heads).count == 2


def test_an_index_that_disagrees_is_found(database):
    asyncio.run(simple(database))
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute("DELETE FROM sqlite_schema WHERE name='records_entry_at'")
    connection.commit()
    connection.close()
    report = verify(database)
    assert str(report.first).startswith("database: ")


def test_an_unknown_dispatch_with_a_release_s_name_is_found(filled):
    database, heads = filled
    for name in ("release-9-9", "release-x-y", "other"):
        copy = database.with_name("copy.db")
        copy.write_bytes(database.read_bytes())
        assert change(copy, "UPDATE records_dispatch SET id=? WHERE kind='release'", name) == 1
        assert not verify(copy, heads).clean
