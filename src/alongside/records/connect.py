"""How the gateway's door opens SQLite, and how it writes times into columns."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path


def open_database(path: Path, busy_timeout: float) -> sqlite3.Connection:
    """A connection that waits ``busy_timeout`` seconds for others and commits to the disk.

    WAL, so that readers never wait; FULL, so that a commit survives a power cut. Never creates the
    file: an empty database instead of a lost one would look like a working record.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=busy_timeout, isolation_level=None
    )
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def identity(path: Path) -> tuple[int, int]:
    """Which file stands under the path now. A connection goes on writing into a file that was
    deleted or replaced (a restore), where nobody will ever find it. Raises ``OSError``."""
    found = path.stat()
    return found.st_dev, found.st_ino


def open_for_reading(path: Path, busy_timeout: float = 20.0) -> sqlite3.Connection:
    """A connection that can't write."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=busy_timeout, isolation_level=None
    )


def column(at: datetime) -> str:
    """A time as Django writes it into SQLite, so that both doors compare alike.

    Raises ``ValueError`` for a time without a zone.
    """
    if at.tzinfo is None:
        raise ValueError(f"the time `{at.isoformat()}` has no zone")
    return str(at.astimezone(UTC).replace(tzinfo=None))


def from_column(stored: str) -> datetime:
    """The time that ``column`` or Django wrote."""
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)
