"""The day's counts, kept in memory and written each second: what leaves no entry is counted."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import Counter

from . import sql

Key = tuple[str, str, str]
UNKNOWN = "unknown"
EVERY = 1.0
"""Seconds between writes; as much may be lost in a crash."""


class Counts:
    """Filled by the loop, emptied by the writer thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: Counter[Key] = Counter()
        self._written = time.monotonic()

    def add(self, day: str, what: str, key: str) -> None:
        with self._lock:
            self._waiting[day, what, key] += 1

    @property
    def due(self) -> bool:
        return bool(self._waiting) and time.monotonic() - self._written >= EVERY

    def take(self) -> Counter[Key]:
        """All that waits, once."""
        with self._lock:
            taken, self._waiting = self._waiting, Counter()
        self._written = time.monotonic()
        return taken

    def give_back(self, taken: Counter[Key]) -> None:
        """They could not be written: later."""
        with self._lock:
            self._waiting.update(taken)

    def write(self, connection: sqlite3.Connection, taken: Counter[Key]) -> None:
        """Within the caller's transaction. An unknown address is kept apart from its day's count,
        so that triage sees who it was and the count outlives the address."""
        for (day, what, key), number in taken.items():
            if what == UNKNOWN:
                connection.execute(sql.UNKNOWN, (key, number, day, day))
                key = ""
            connection.execute(sql.COUNT, (day, what, key, number))
