"""The database, the room it has left, and the clock that its entries go by."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

from alongside.site.config import Config
from alongside.site.start import database_file

from .finding import Finding, ok, problem, warning

AREA = "database"
LEAST_FREE = 1_000_000_000
"""Bytes; below this a busy week of mail could fill the disk."""
BUILT = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right shows a time before this was written."""
TOLERANCE = timedelta(minutes=1)


def examine(config: Config) -> Iterator[Finding]:
    file = database_file(config)
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, timeout=5)) as db:
            mode = db.execute("PRAGMA journal_mode").fetchone()[0]
            db.execute("BEGIN IMMEDIATE")
            db.rollback()
            sound = db.execute("PRAGMA quick_check(1)").fetchone()[0]
            newest = db.execute("SELECT max(at) FROM records_entry").fetchone()[0]
    except sqlite3.Error as error:
        yield problem(AREA, f"{file}: {error}", "is the folder writable and the disk not full?")
        return
    if sound != "ok":
        yield problem(AREA, f"{file} is damaged: {sound}", "put the last backup back")
    elif mode != "wal":
        yield problem(AREA, f"journal mode is {mode}, not WAL", "a network disk can't hold it")
    else:
        yield ok(AREA, f"{file}: writable, WAL, sound")
    free = shutil.disk_usage(file.parent).free
    if free < LEAST_FREE:
        yield warning("disk", f"only {free // 1_000_000} MB are free", "make room: mail is stored")
    else:
        yield ok("disk", f"{free // 1_000_000_000} GB free")
    yield _clock(newest)


def _clock(newest: str | None) -> Finding:
    now = datetime.now(UTC)
    mend = "let the system keep time: `timedatectl set-ntp true`"
    if now < BUILT:
        return problem("clock", f"it shows {now:%Y-%m-%d}, which is past", mend)
    if newest is not None:
        last = datetime.fromisoformat(newest).replace(tzinfo=UTC)
        if last > now + TOLERANCE:
            return problem("clock", f"the record's newest entry is of {last:%Y-%m-%d %H:%M}", mend)
    if os.path.isdir("/run/systemd/timesync") and not os.path.exists(
        "/run/systemd/timesync/synchronized"
    ):
        return warning("clock", "the system does not keep it in step with others", mend)
    return ok("clock", f"{now:%Y-%m-%d %H:%M} UTC")
