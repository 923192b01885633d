"""The writer thread: what waits at the same time shares one commit.

Callers hand over jobs and are woken through their loop, once for each group. Trouble with the
database fails the whole group as ``Unavailable`` and throws the connection away; the next group
opens a new one, reads the head again, and so the record heals by itself.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from alongside.enforcement.protocols import Unacceptable, Unavailable

from . import connect, sql
from .batch import Batch, HeadMoved, Stale
from .chain import Place
from .counts import Counts
from .rows import Prepared

log = logging.getLogger("alongside.records")

Call = Callable[[sqlite3.Connection], Any]
_ITS_OWN_FAULT = (
    sqlite3.IntegrityError,
    sqlite3.DataError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
    Stale,
    Unavailable,  # a lease that another has: that caller's trouble alone
    ValueError,
    TypeError,
    OverflowError,
)
"""What one bad job may raise, so that the others of its group are tried without it."""


class Replaced(Exception):
    """the database file was replaced while it was written to"""


class Recall(NamedTuple):
    """Which copies a caller asks for, in the commit that writes for it."""

    fingerprint: str
    since: str


@dataclass(slots=True)
class Job:
    """One caller's wish: a bundle, or a function of the connection. ``settle`` wakes the caller."""

    work: Prepared | Call
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    recall: Recall | None = None
    result: Any = None
    error: Exception | None = None

    def settle(self) -> None:
        """In the caller's loop."""
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


@dataclass(slots=True)
class Writer:
    """Owns the writing connection and the head of one chain."""

    path: Path
    chain: str
    busy_timeout: float = 5.0
    group: int = 256
    counts: Counts = field(default_factory=Counts)
    _queue: SimpleQueue[Job | None] = field(default_factory=SimpleQueue)
    _thread: threading.Thread | None = None
    _connection: sqlite3.Connection | None = None
    _identity: tuple[int, int] | None = None
    _head: tuple[int, Place] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="ledger-writer", daemon=True)
        self._thread.start()

    def put(self, job: Job) -> None:
        """Hand over a job. Raises ``Unavailable`` when the writer is not running."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                raise Unavailable("the record is not open")
            self._queue.put(job)

    def stop(self) -> None:
        """Write what waits, then end. Blocks."""
        with self._lock:
            thread, self._thread = self._thread, None
            if thread is not None:
                self._queue.put(None)
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        going = True
        while going:
            jobs, going = self._take()
            if jobs:
                self._commit(jobs)
                _wake(jobs)
            if self.counts.due or not going:
                self._flush_counts()
        self._drop()

    def _take(self) -> tuple[list[Job], bool]:
        """What waits, at most a group; False at the end."""
        jobs: list[Job] = []
        try:
            job = self._queue.get(timeout=1.0)
            while job is not None:
                jobs.append(job)
                if len(jobs) >= self.group:
                    return jobs, True
                job = self._queue.get_nowait()
        except Empty:
            return jobs, True
        return jobs, False

    def _commit(self, jobs: Sequence[Job]) -> None:
        try:
            self._transaction(jobs)
        except _ITS_OWN_FAULT as error:
            self._drop()
            if len(jobs) > 1:
                for job in jobs:
                    self._commit([job])
            else:
                known = isinstance(error, Stale | Unavailable)
                jobs[0].error = error if known else _unacceptable(error)
        except Exception as error:
            # Whatever it is: nothing was committed, the caller must hear it, the thread must live.
            self._drop()
            log.error("the record is unavailable: %s", _named(error))
            for job in jobs:
                job.error = Unavailable(f"the record can't be written just now: {_named(error)}")
                job.error.__cause__ = error

    def _transaction(self, jobs: Sequence[Job]) -> None:
        connection = self._connected()
        connection.execute("BEGIN IMMEDIATE")
        batch = Batch(connection, self.chain, self._head)
        for job in jobs:
            if isinstance(job.work, Prepared):
                batch.add(job.work)
            else:
                batch.write()
                job.result = job.work(connection)
        batch.write()
        _recall(connection, [job for job in jobs if job.recall is not None])
        connection.execute("COMMIT")
        self._head = batch.head
        if self._identity != connect.identity(self.path):
            raise Replaced  # after the commit as well: it may have gone into the lost file

    def _flush_counts(self) -> None:
        taken = self.counts.take()
        if not taken:
            return
        try:
            connection = self._connected()
            connection.execute("BEGIN IMMEDIATE")
            self.counts.write(connection, taken)
            connection.execute("COMMIT")
        except Exception as error:
            # As above: the thread must live, whatever it is.
            self._drop()
            self.counts.give_back(taken)
            log.warning("the day's counts wait: %s", _named(error))

    def _connected(self) -> sqlite3.Connection:
        if self._connection is not None and self._identity != connect.identity(self.path):
            self._drop()
        if self._connection is None:
            self._identity = connect.identity(self.path)
            self._connection = connect.open_database(self.path, self.busy_timeout)
        return self._connection

    def _drop(self) -> None:
        """Roll back by closing, and forget the head: it is read again."""
        self._head = None
        if self._connection is not None:
            try:
                self._connection.close()
            except sqlite3.Error as error:
                log.warning("closing the record failed: %s", _named(error))
            self._connection = None


def _recall(connection: sqlite3.Connection, jobs: Sequence[Job]) -> None:
    """Answer all who ask with one question; the copies of this very group are among the answers."""
    asked = [job.recall for job in jobs if job.recall is not None]
    if not asked:
        return
    prints = {r.fingerprint for r in asked}
    values = (*prints, min(r.since for r in asked))
    rows = connection.execute(sql.copies(len(prints)), values).fetchall()
    for job, recall in zip(jobs, asked, strict=True):
        job.result = [
            row for row in rows if row[1] == recall.fingerprint and row[3] >= recall.since
        ]


def _wake(jobs: Sequence[Job]) -> None:
    loops: dict[asyncio.AbstractEventLoop, list[Job]] = {}
    for job in jobs:
        loops.setdefault(job.loop, []).append(job)
    for loop, settled in loops.items():
        try:
            loop.call_soon_threadsafe(_settle, settled)
        except RuntimeError:
            log.info("a loop closed before its %d jobs were settled", len(settled))


def _settle(jobs: Sequence[Job]) -> None:
    for job in jobs:
        job.settle()


def _unacceptable(error: Exception) -> Unacceptable:
    bad = Unacceptable(f"this bundle can't be recorded: {_named(error)}")
    bad.__cause__ = error
    return bad


def _named(error: Exception) -> str:
    """An error for a log: sqlite's and our own words hold no personal text, others' may."""
    said = isinstance(error, sqlite3.Error | HeadMoved)
    return f"{type(error).__name__}: {error}" if said else type(error).__name__
