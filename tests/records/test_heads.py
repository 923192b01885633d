"""The heads file: a line a minute, each following from the last."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from alongside.enforcement.values import Bundle
from alongside.records.heads import Torn, append_heads, keep_heads, read_heads
from alongside.records.ledger import SqliteLedger
from alongside.records.verify import verify

from .world import NOW, decided


@pytest.fixture
def file(database):
    return database.with_name("heads.jsonl")


def lines(file):
    return list(read_heads(file, file.stat().st_size))


async def test_each_line_names_all_chains_and_follows_from_the_last(database, file):
    append_heads(database, file, NOW)
    for chain in ("gateway/host/1", "gateway/host/2"):
        async with SqliteLedger(database, chain=chain) as ledger:
            await ledger.append(Bundle(entry=decided()))
    append_heads(database, file, NOW + timedelta(minutes=1))
    first, second = lines(file)
    assert first.chains == {} and second.at == NOW + timedelta(minutes=1)
    assert {chain: seq for chain, (seq, _) in second.chains.items()} == {
        "gateway/host/1": 1,
        "gateway/host/2": 1,
    }


def test_a_line_that_a_crash_left_unfinished_is_taken_away(database, file):
    append_heads(database, file, NOW)
    whole = file.read_bytes()
    file.write_bytes(whole + b'{"at": "20')
    assert len(lines(file)) == 1
    append_heads(database, file, NOW)
    assert len(lines(file)) == 2 and file.read_bytes().startswith(whole)


def test_long_lines_are_read_whole(database, file):
    append_heads(database, file, NOW)
    line = json.loads(file.read_bytes())
    line["chains"] = {f"gateway/host/{n}": [0, "0" * 64] for n in range(200)}
    file.write_bytes(json.dumps(line).encode() + b"\n")
    for _ in range(2):
        append_heads(database, file, NOW)
    assert len(lines(file)) == 3


def test_a_changed_line_breaks_those_after_it(database, file):
    append_heads(database, file, NOW)
    append_heads(database, file, NOW)
    file.write_bytes(file.read_bytes().replace(b"T09:30", b"T09:31", 1))
    with pytest.raises(Torn):
        lines(file)


async def test_the_loop_writes_at_once_each_time_and_when_it_is_stopped(database, file):
    task = asyncio.create_task(keep_heads(database, file, every=0.05, clock=lambda: NOW))
    while not file.exists() or len(lines(file)) < 2:
        await asyncio.sleep(0.01)
    before = len(lines(file))
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert len(lines(file)) > before


async def test_trouble_is_logged_and_tried_again(database, file, tmp_path, caplog):
    away = tmp_path / "away.db"
    task = asyncio.create_task(keep_heads(away, file, every=0.02, clock=lambda: NOW))
    while "heads file" not in caplog.text:
        await asyncio.sleep(0.01)
    database.rename(away)
    while not file.exists():
        await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_verify_is_quiet_while_others_write(database, file):
    append_heads(database, file, NOW)
    async with SqliteLedger(database, chain="gateway/host/1") as ledger:

        async def write():
            for n in range(150):
                await ledger.append(Bundle(entry=decided(f"W{n}", in_doubt_until_outcome=False)))
                if n % 10 == 0:
                    await asyncio.to_thread(append_heads, database, file, NOW)

        task = asyncio.create_task(write())
        while not task.done():
            report = await asyncio.to_thread(verify, database, file)
            assert report.problems == []
        await task
