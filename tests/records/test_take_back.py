"""What a dead gateway was at goes on when it is back, and not five minutes later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from alongside.enforcement.values import Bundle, Dispatch
from alongside.records.ledger import SqliteLedger

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


@pytest.mark.asyncio
async def test_the_leases_of_a_holder_that_died_are_taken_back_and_nobody_elses(database):
    rows = tuple(
        Dispatch(
            id=f"d{n}",
            reference=f"AAAA-{n}",
            channel="email",
            kind="notice",
            due=NOW,
            deadline=NOW + timedelta(days=2),
            plan={"n": n},
            content=b"x",
        )
        for n in range(2)
    )
    async with SqliteLedger(database, chain="gateway/test/1") as ledger:
        await ledger.append(Bundle(dispatches=rows))
        assert [d.id for d in await ledger.lease("dead", NOW, 1)] == ["d0"]
        assert [d.id for d in await ledger.lease("alive", NOW, 1)] == ["d1"]
        assert await ledger.lease("dead", NOW, 5) == []
        assert await ledger.take_back("dead") == 1
        assert [d.id for d in await ledger.lease("dead", NOW, 5)] == ["d0"]
