"""The gateway's door to the record: raw SQLite, group commit, no Django.

    async with SqliteLedger(path, chain="gateway/host/1") as ledger:
        await ledger.append(Bundle(entry=entry, content=raw))

Each gateway worker has a chain of its own. Nothing here blocks the loop: writing is the writer
thread's, reading is a second thread's with its own connection.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from alongside.enforcement.protocols import Unacceptable, Unavailable
from alongside.enforcement.values import Bundle, CopyMark, Dispatch, Json, Kept

from . import connect, outbox, sql
from .batch import Stale
from .chain import detached
from .connect import column, from_column
from .keeping import read_kept
from .overdue import OVERDUE_AT_ONCE, Overdue, escalation, read_overdue
from .rows import Prepared, blob, prepare
from .writer import Call, Job, Recall, Writer

T = TypeVar("T")
GATEWAY = "system:gateway"
"""As ``access.actor.name_of`` names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InDoubt:
    """A message that was decided and whose outcome nobody recorded: after a crash, for a person."""

    reference: str
    at: datetime
    chain: str
    organisation: str
    body: Json
    """What the entry's writer put into its body."""


class SqliteLedger:
    """``Ledger`` and ``Outbox`` of ``enforcement.protocols`` on one SQLite file."""

    def __init__(self, path: Path | str, *, chain: str, busy_timeout: float = 5.0) -> None:
        """``busy_timeout``: seconds to wait for somebody else's lock before ``Unavailable``."""
        if not chain or not chain.isprintable():
            raise ValueError(f"`{chain!r}` is no name for a chain")
        self._path = Path(path)
        self._busy_timeout = busy_timeout
        self.chain = chain
        self._writer = Writer(self._path, chain, busy_timeout)
        self._pool: ThreadPoolExecutor | None = None
        self._reading: sqlite3.Connection | None = None
        self._read_from: tuple[int, int] | None = None
        self._leases: dict[str, tuple[str, datetime, float]] = {}

    def open(self) -> None:
        """Start the threads. The database may still be away: then every call is ``Unavailable``."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, thread_name_prefix="ledger-reader")
            self._writer.start()

    async def close(self) -> None:
        """Write what waits, then end the threads."""
        pool, self._pool = self._pool, None
        await asyncio.to_thread(self._writer.stop)
        if pool is not None:
            await asyncio.get_running_loop().run_in_executor(pool, self._drop_reading)
            pool.shutdown(wait=False)

    async def __aenter__(self) -> SqliteLedger:
        self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    # The record

    async def append(self, bundle: Bundle) -> None:
        """Commit the bundle; raises ``Unavailable``, or ``Unacceptable`` for one that is itself bad
        (a float in its body, an id used before): the others that wait are not harmed."""
        await self._write(self._prepared(bundle))

    async def append_and_recall(
        self, bundle: Bundle, fingerprint: str, since: datetime
    ) -> Sequence[CopyMark]:
        """Raises as ``append``."""
        recall = Recall(fingerprint, column(since))
        rows = await self._write(self._prepared(bundle), recall)
        return [_mark(row) for row in rows]

    async def copy(self, leg: str) -> CopyMark | None:
        row = await self._read(lambda c: c.execute(sql.COPY, (leg,)).fetchone())
        return _mark(row) if row else None

    async def kept(self, reference: str) -> Kept | None:
        return await self._read(lambda c: read_kept(c, reference))

    async def count(self, day: str, what: str, key: str = "") -> None:
        self._writer.counts.add(day, what, blob(key).decode("utf-8", "backslashreplace"))

    async def in_doubt(self, *, all_chains: bool = False) -> Sequence[InDoubt]:
        """What a crash left without an outcome on this chain, oldest first. Ask before serving:
        later, what is merely under way looks the same. ``all_chains`` for the last worker left."""
        rows = await self._read(lambda c: c.execute(sql.IN_DOUBT).fetchall())
        return [
            InDoubt(
                reference=reference,
                at=from_column(at),
                chain=chain,
                organisation=organisation,
                body=json.loads(body).get("body", {}),
            )
            for reference, at, chain, organisation, body in rows
            if all_chains or chain == self.chain
        ]

    async def overdue_holds(self, now: datetime) -> Sequence[str]:
        """Escalate the holds whose time has come: an incident, and a day more. Their references."""
        found: list[Overdue] = await self._read(lambda c: read_overdue(c, now))
        escalated = []
        for hold in found[:OVERDUE_AT_ONCE]:
            bundle, change = escalation(hold, now, by=GATEWAY)
            try:
                await self._write(prepare(bundle, column, now, by=GATEWAY, change=change))
            except Stale:
                continue  # decided, or escalated by another, since it was read
            escalated.append(hold.reference)
        return escalated

    # The outbox

    async def lease(self, holder: str, now: datetime, limit: int) -> Sequence[Dispatch]:
        if not await self._read(lambda c: outbox.anything_due(c, now)):
            return []
        taken: Sequence[Dispatch] = await self._write(lambda c: outbox.lease(c, holder, now, limit))
        self._leases.update((d.id, (holder, now, time.monotonic())) for d in taken)
        self._forget_old_leases()
        return taken

    async def take_back(self, holder: str) -> int:
        """After a crash: what this holder was at goes on at once, not in five minutes.

        To be called before serving begins; a leg that was under way may be carried once more."""
        taken: int = await self._write(lambda c: outbox.take_back(c, holder))
        return taken

    async def checkpoint(self, dispatch: str, progress: Json) -> None:
        held = self._held(dispatch)
        written = detached(progress)
        await self._write(lambda c: outbox.checkpoint(c, dispatch, written, held))
        if held is not None:
            self._leases[dispatch] = (*held, time.monotonic())

    async def postpone(self, dispatch: str, due: datetime, progress: Json) -> None:
        held = self._held(dispatch)
        holder = held[0] if held else ""
        written = detached(progress)
        await self._write(lambda c: outbox.postpone(c, dispatch, due, written, holder))
        self._leases.pop(dispatch, None)

    def _held(self, dispatch: str) -> tuple[str, datetime] | None:
        """Our lease on it, with the time it is for the holder: as given at the lease, gone on."""
        lease = self._leases.get(dispatch)
        if lease is None:
            return None
        holder, then, at = lease
        return holder, then + timedelta(seconds=time.monotonic() - at)

    def _forget_old_leases(self) -> None:
        limit = time.monotonic() - 12 * outbox.LEASE.total_seconds()
        if len(self._leases) > 1000:
            self._leases = {key: kept for key, kept in self._leases.items() if kept[2] > limit}

    # The threads

    @staticmethod
    def _prepared(bundle: Bundle) -> Prepared:
        try:
            return prepare(bundle, column, datetime.now(UTC))
        except (ValueError, TypeError) as error:
            raise Unacceptable(str(error)) from error

    async def _write(self, work: Prepared | Call, recall: Recall | None = None) -> Any:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        self._writer.put(Job(work, loop, future, recall))
        return await future

    async def _read(self, ask: Callable[[sqlite3.Connection], T]) -> T:
        if self._pool is None:
            raise Unavailable("the record is not open")
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._asked, ask)

    def _asked(self, ask: Callable[[sqlite3.Connection], T]) -> T:
        try:
            stands = connect.identity(self._path)
            if self._reading is None or self._read_from != stands:
                self._drop_reading()
                self._reading = connect.open_database(self._path, self._busy_timeout)
                self._read_from = stands
            return ask(self._reading)
        except (sqlite3.Error, OSError) as error:
            self._drop_reading()
            what = type(error).__name__
            raise Unavailable(f"the record can't be read just now: {what}") from error

    def _drop_reading(self) -> None:
        if self._reading is not None:
            self._reading.close()
            self._reading = None


def _mark(row: tuple[Any, ...]) -> CopyMark:
    leg, fingerprint, reference, at, person, address, serves = row
    return CopyMark(
        leg=leg,
        fingerprint=fingerprint,
        reference=reference,
        at=from_column(at),
        person=person,
        address=address,
        serves=tuple(json.loads(serves)),
    )
