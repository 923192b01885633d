"""kill -9 in the middle of writing: what was acknowledged is there, and the chain is whole."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from alongside.records.heads import append_heads
from alongside.records.ledger import SqliteLedger
from alongside.records.verify import verify

from .test_ledger import rows
from .world import NOW

ROOT = Path(__file__).parents[2]


def killed(database: Path, run: str, seconds: float) -> set[str]:
    """The references that the killed process had acknowledged."""
    command = [sys.executable, "-m", "tests.records.crash", str(database), run]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(seconds)
        child.kill()
        said = first + child.stdout.read()
    return {line.decode() for line in said.split(b"\n")[:-1]}


@pytest.mark.law("nothing_in_scope_is_answered_250_before_it_is_on_the_record")
async def test_what_was_acknowledged_survives_kill_9(database):
    heads = database.with_name("heads.jsonl")
    append_heads(database, heads, NOW)
    acknowledged: set[str] = set()
    for n, seconds in enumerate((0.05, 0.2, 0.11)):
        acknowledged |= killed(database, f"run{n}", seconds)
        report = verify(database, heads)
        assert report.problems == []
        append_heads(database, heads, NOW)
    kept = {row[0] for row in rows(database, "SELECT reference FROM records_entry")}
    assert len(acknowledged) >= 3 and acknowledged <= kept
    async with SqliteLedger(database, chain="gateway/host/1") as ledger:
        assert {doubt.reference for doubt in await ledger.in_doubt()} == kept
        assert len(await ledger.lease("one", NOW, len(kept) + 1)) == len(kept)
