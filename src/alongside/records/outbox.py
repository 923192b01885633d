"""The outbox on SQLite: dispatches with leases, written within the caller's transaction."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from alongside.enforcement.protocols import Unavailable
from alongside.enforcement.values import Dispatch, Json

from . import sql
from .chain import salt
from .connect import column, from_column
from .rows import text

LEASE = timedelta(minutes=5)
RELEASE_DEADLINE = timedelta(days=2)
"""How long a released message is tried before its writer hears that it failed."""


def anything_due(connection: sqlite3.Connection, now: datetime) -> bool:
    """Whether a lease would find something: asked on the reading side, which locks nobody."""
    at = column(now)
    return connection.execute(sql.ANYTHING_DUE, (at, at)).fetchone() is not None


def lease(
    connection: sqlite3.Connection, holder: str, now: datetime, limit: int
) -> Sequence[Dispatch]:
    """Take what is due for five minutes, releases among it."""
    _take_releases(connection, now, limit)
    at = column(now)
    rows = connection.execute(sql.DUE, (at, at, limit)).fetchall()
    until = column(now + LEASE)
    connection.executemany(sql.LEASE, [(holder, until, row[0]) for row in rows])
    return [_dispatch(connection, row) for row in rows]


def take_back(connection: sqlite3.Connection, holder: str) -> int:
    """End the leases that a holder left when it died. How many there were."""
    return connection.execute(sql.TAKE_BACK, (holder,)).rowcount


def checkpoint(
    connection: sqlite3.Connection, dispatch: str, progress: str, held: tuple[str, datetime] | None
) -> None:
    """Write the progress; a lease of our own (``holder``, now) goes on from now.

    Raises ``Unavailable`` when the lease ran out and went to another: going on would send twice.
    """
    if held is None:
        connection.execute(sql.CHECKPOINT, (progress, dispatch))
        return
    holder, now = held
    until = column(now + LEASE)
    done = connection.execute(sql.CHECKPOINT_HELD, (progress, until, dispatch, holder))
    if done.rowcount != 1:
        raise Unavailable("the lease of this dispatch has ended: somebody else has it")


def postpone(
    connection: sqlite3.Connection, dispatch: str, due: datetime, progress: str, holder: str
) -> None:
    """Try again at ``due``; unless the lease went to another, who now says when."""
    done = connection.execute(sql.POSTPONE, (column(due), progress, dispatch, holder, holder))
    if done.rowcount != 1:
        raise Unavailable("the lease of this dispatch has ended: somebody else has it")


def _take_releases(connection: sqlite3.Connection, now: datetime, limit: int) -> None:
    """Turn what the desk released into dispatches. The plan is read from the hold at each lease:
    one copy of it, and that one is under the chain."""
    rows = connection.execute(sql.RELEASED, (limit,)).fetchall()
    for key, hold, turn, reference, channel, at, _ in rows:
        connection.execute(sql.TAKE_RELEASE, (column(now), key))
        deadline = column(max(from_column(at), now) + RELEASE_DEADLINE)
        connection.execute(
            sql.INSERTS["records_dispatch"],
            (
                hold, f"release-{hold}-{turn}", 0, reference, channel, "release", column(now),
                deadline, salt(), "{}", "{}", 0, "waiting", "", None,
            ),
        )  # fmt: skip


def _dispatch(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Dispatch:
    key, reference, channel, kind, due, deadline, plan, progress, attempts, entry, raw, packed = row
    return Dispatch(
        id=key,
        reference=reference,
        channel=channel,
        kind=kind,
        due=from_column(due),
        deadline=from_column(deadline),
        plan=_release(connection, entry) if kind == "release" else json.loads(plan),
        progress=json.loads(progress),
        content=None if raw is None else unpacked(raw, packed),
        attempts=attempts,
    )


def unpacked(raw: bytes, packed: object) -> bytes:
    """A stored content as it came."""
    return zlib.decompress(raw) if packed else raw


def _release(connection: sqlite3.Connection, hold: int) -> Json:
    reference, message, by, reason = connection.execute(sql.RELEASE_OF, (hold,)).fetchone()
    return {
        "hold": reference,
        "message": json.loads(message) if message is not None else {},
        "by": by,
        "reason": text(reason) if reason is not None else "",
    }
