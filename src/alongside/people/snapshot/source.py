"""The snapshot of a running gateway: followed in the background, read without waiting."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from alongside.policy.people import People

from .building import build
from .following import delta

T = TypeVar("T")
log = logging.getLogger(__name__)

POLL = 0.25
"""Seconds between two looks at the revision."""
FRESH = 2.0
"""Seconds for which a look counts as confirmation."""


class SnapshotSource:
    """Implements ``enforcement.protocols.SnapshotSource`` on an SQLite file.

    ``await start()`` builds the first snapshot (raising ``sqlite3.Error`` where it can't), then
    a task compares the revision every ``POLL`` seconds and applies what changed. All reading is
    done in one thread of its own. Trouble with the database keeps the last snapshot, which then
    stops being ``confirmed``; a file that was exchanged for another is opened anew.
    """

    def __init__(self, path: Path | str, *, domains: Mapping[str, str] | None = None) -> None:
        self._path = Path(path)
        self._domains = dict(domains or {})
        self._people = People()
        self._confirmed_at = float("-inf")
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._troubled = False
        self._task: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="snapshot")

    def current(self) -> People:
        """The newest snapshot. Never blocks."""
        return self._people

    @property
    def confirmed(self) -> bool:
        """Whether the revision was compared with the database in the last ``FRESH`` seconds."""
        return time.monotonic() - self._confirmed_at <= FRESH

    async def start(self) -> None:
        """Build the first snapshot and follow from there. Raises ``sqlite3.Error``, ``OSError``."""
        await self.refresh()
        self._task = asyncio.create_task(self._follow(), name="people snapshot")

    async def stop(self) -> None:
        """Stop following and close the database."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        await self._offload(self._close)
        self._thread.shutdown()

    async def refresh(self) -> People:
        """Look now rather than at the next poll. Raises ``sqlite3.Error``, ``OSError``."""
        looked_at = time.monotonic()
        self._people = await self._offload(self._look)
        self._confirmed_at = looked_at
        return self._people

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(POLL)
            try:
                await self.refresh()
                self._troubled = False
            except Exception as trouble:
                # Any surprise must leave the task alive and the snapshot unconfirmed; the text of
                # the trouble may quote a row, so only its kind is logged.
                if not self._troubled:
                    log.warning("the register can't be read: %s", type(trouble).__name__)
                self._troubled = True
                await self._offload(self._close)

    async def _offload(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _look(self) -> People:
        file = _identity(self._path)
        if self._connection is None or file != self._file:
            self._close()
            self._connection = sqlite3.connect(
                f"{self._path.absolute().as_uri()}?mode=rw",
                uri=True,
                timeout=1,
                isolation_level=None,
                check_same_thread=False,
            )
            self._connection.execute("PRAGMA query_only = ON")
            self._file = file
            people = build(self._connection, domains=self._domains)
            return replace(people, concerns=self._people.concerns)
        return delta(self._connection, self._people, domains=self._domains)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _identity(path: Path) -> tuple[int, int]:
    """Which file it is, whatever its name. Raises ``FileNotFoundError``."""
    status = os.stat(path)
    return status.st_dev, status.st_ino
