"""One byte of the database is changed, wherever it may be: `record verify` says so."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from alongside.records.heads import append_heads
from alongside.records.verify import verify
from tests.gateway.rig import running
from tests.records.world import NOW
from tests.world import CARLA, CHLOE, FRANK, JUNIORS, MARY

CHANGED = {
    "an entry's body": "SELECT body FROM records_entry WHERE kind = 'decided'",
    "an outcome's body": "SELECT body FROM records_entry WHERE kind = 'outcome'",
    "an entry's hash": "SELECT hash FROM records_entry WHERE seq = 2",
    "an entry's reference": "SELECT reference FROM records_entry WHERE seq = 1",
    "a text": "SELECT value FROM records_text WHERE name = 'message'",
    "a text's salt": "SELECT salt FROM records_text WHERE name = 'message'",
    "a content": "SELECT raw FROM records_content",
    "a content's salt": "SELECT salt FROM records_content",
    "the head": "SELECT hash FROM records_head",
    "a hold's message": "SELECT message FROM records_hold",
    "whom a hold concerns": "SELECT persons FROM records_hold",
    "who is in an entry": "SELECT person FROM records_person",
    "a clause": "SELECT clause FROM records_clause",
    "a dispatch's plan": "SELECT plan FROM records_dispatch WHERE state = 'waiting'",
}


@pytest.fixture
async def filled(database: Path) -> tuple[Path, Path]:
    """A record in which everything occurs, and its heads file."""
    async with running(database) as rig:
        for to in ((CHLOE,), (CHLOE, FRANK), (MARY,)):
            assert (await rig.send(CARLA, *to))[0] == 250
        await rig.settled(3)
        rig.people.confirmed = False  # so that the next stays in the outbox
        rig.gateway.runner.stop()
    async with running(database) as rig:
        rig.gateway.runner.stop()
        assert (await rig.send(CARLA, JUNIORS))[0] == 250
    heads = database.with_name("heads.jsonl")
    append_heads(database, heads, NOW)
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    report = verify(database, heads)
    assert report.clean, [str(p) for p in report.problems]
    return database, heads


@pytest.mark.parametrize("what", CHANGED)
async def test_one_byte_changed_is_found(filled: tuple[Path, Path], what: str):
    database, heads = filled
    connection = sqlite3.connect(database)
    (value,) = connection.execute(CHANGED[what]).fetchone()
    connection.close()
    stored = value.encode() if isinstance(value, str) else bytes(value)
    whole = database.read_bytes()
    places = [at for at in range(len(whole)) if whole.startswith(stored, at)]
    assert places
    middle = len(stored) // 2
    for bit in (0x01, 0x20):
        changed = bytearray(whole)
        for at in places:
            changed[at + middle] ^= bit
        copy = database.with_name("changed.db")
        copy.write_bytes(changed)
        assert not verify(copy, heads).clean, (what, bit)


async def test_a_record_cut_short_is_found_by_the_heads_file_alone(filled: tuple[Path, Path]):
    """The last entry and all beside it taken out, and the head set back: only the file knows."""
    database, heads = filled
    copy = database.with_name("short.db")
    shutil.copy(database, copy)
    with sqlite3.connect(copy) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        last, chain = connection.execute(
            "SELECT id, chain FROM records_entry ORDER BY id DESC LIMIT 1"
        ).fetchone()
        tables = [
            t
            for (t,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'records_%'"
            )
            if "entry_id" in [r[1] for r in connection.execute(f"PRAGMA table_info({t})")]
        ]
        for table in tables:
            connection.execute(f"DELETE FROM {table} WHERE entry_id = ?", (last,))
        connection.execute("DELETE FROM records_entry WHERE id = ?", (last,))
        connection.execute(
            "UPDATE records_head SET (seq, hash) = (SELECT seq, hash FROM records_entry"
            " WHERE chain = ? ORDER BY seq DESC LIMIT 1) WHERE chain = ?",
            (chain, chain),
        )
    connection.close()
    report = verify(copy, heads)
    assert any("heads file" in str(p) for p in report.problems), [str(p) for p in report.problems]
