"""What the audit found so far, in one file of the report's folder: ``audit.sqlite``.

A unit's rows count once the unit is done, and it is done in the same commit as its last row. So a
crash at any time loses the units in hand and nothing else, and nothing is ever there twice.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from . import schema
from .rows import Judgement, Unreadable
from .schema import OtherAudit
from .stored import COLUMNS, MessageRow, as_judgement
from .units import Unit, from_json

FILE = "audit.sqlite"
NOT_MAIL = "not_mail"
"""Why a file counts as no message at all: it is listed, and in no percentage."""
_CACHE_KB = 16 << 10
_TELL_EVERY = 500


class InUse(Exception):
    """another audit writes into this folder: wait for it, or give another folder for --report"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What became of every message that was found: ``found`` is the sum of ``unreadable``,
    ``duplicates``, ``out_of_scope`` and ``in_scope``."""

    found: int
    unreadable: Mapping[str, int] = field(default_factory=dict)
    """By ``Unreadable.why``."""
    duplicates: int
    """Further copies of a message that was counted."""
    out_of_scope: int
    in_scope: int
    judged: int
    """Of those in scope: a service user or supporter is involved."""
    not_mail: int
    """Files beside the mail; they are not among ``found``."""
    finished: bool
    """Every piece of the archive was gone through."""


@dataclass(frozen=True, slots=True)
class Planned:
    """How much there is, and how much of it was done before."""

    units: int
    octets: int
    done: int
    done_octets: int
    gone: int
    """Units of an earlier run that are not in the archive any more, or changed: their rows went."""


class Store:
    """The results of one audit. One at a time writes; rows are read as a stream."""

    def __init__(self, connection: sqlite3.Connection, lock: int) -> None:
        self._connection = connection
        self._lock = lock

    @classmethod
    def open(cls, folder: Path, look: Mapping[str, str], *, again: bool = False) -> Self:
        """Open the folder's audit, or begin one. ``look``: what makes it this audit, in words.

        ``again`` throws away what is there. Raises ``OtherAudit``, ``InUse``, ``OSError``.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(folder / ".audit.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise InUse(InUse.__doc__) from None
        file = folder / FILE
        if again:
            for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
                (folder / name).unlink(missing_ok=True)
        fresh = not file.exists()
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        connection = _connected(file)
        try:
            if fresh or not _has_tables(connection):
                schema.create(connection, look)
            else:
                schema.check(connection, look)
        except Exception:
            connection.close()
            os.close(lock)
            raise
        return cls(connection, lock)

    def plan(self, units: Iterable[Unit], tell: Callable[[int], None] = lambda n: None) -> Planned:
        """Take in what the archive holds now. What is done and unchanged stays done; what is gone
        or changed goes, with its rows."""
        run = int(self.about("run")) + 1
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        try:
            for n, unit in enumerate(units):
                execute(
                    "INSERT INTO units (id, made, octets, seen, turn) VALUES (?, ?, ?, ?, ?)"
                    " ON CONFLICT (id) DO UPDATE SET seen = excluded.seen, turn = excluded.turn,"
                    " made = excluded.made",
                    (unit.id, unit.as_json(), unit.octets, run, n),
                )
                if n % _TELL_EVERY == 0:
                    tell(n)
            (gone,) = execute("SELECT count(*) FROM units WHERE seen < ?", (run,)).fetchone()
            for table in ("messages", "unreadable"):
                execute(
                    f"DELETE FROM {table} WHERE unit IN"
                    " (SELECT number FROM units WHERE seen < ? OR NOT done)",
                    (run,),
                )
            execute("DELETE FROM units WHERE seen < ?", (run,))
            self._note("run", str(run))
            self._note("settled", "")
            execute("COMMIT")
        except BaseException:
            execute("ROLLBACK")
            raise
        units_, octets, done, done_octets = execute(
            "SELECT count(*), total(octets), total(done), total(octets * done) FROM units"
        ).fetchone()
        return Planned(units_, int(octets), int(done), int(done_octets), gone)

    def pending(self) -> Iterator[tuple[int, Unit]]:
        """What is left to do, in the order in which it was found."""
        after = -1
        while True:
            rows = self._connection.execute(
                "SELECT number, made, turn FROM units WHERE NOT done AND turn > ?"
                " ORDER BY turn LIMIT 50",
                (after,),
            ).fetchall()
            if not rows:
                return
            for number, text, _ in rows:
                yield number, from_json(text)
            after = rows[-1][2]

    def add(
        self, unit: int, messages: Sequence[MessageRow], unreadable: Sequence[Sequence[str]]
    ) -> None:
        """Rows of a unit in hand; they count once it is ``done``."""
        self._begin()
        self._connection.executemany(
            f"INSERT INTO messages (unit, {COLUMNS}) VALUES ({', '.join('?' * 15)})",
            ((unit, *row) for row in messages),
        )
        self._connection.executemany(
            "INSERT INTO unreadable VALUES (?, ?, ?, ?, ?)", ((unit, *row) for row in unreadable)
        )

    def forget(self, unit: int) -> None:
        """Take the rows of a unit in hand away: it is begun again, or left."""
        self._begin()
        for table in ("messages", "unreadable"):
            self._connection.execute(f"DELETE FROM {table} WHERE unit = ?", (unit,))

    def done(self, unit: int, found: int) -> None:
        """The unit is finished, with so many messages and files. Raises ``RuntimeError`` where the
        rows are not as many: nothing may be lost on the way."""
        self._begin()
        ((rows,),) = self._connection.execute(
            "SELECT (SELECT count(*) FROM messages WHERE unit = :unit)"
            " + (SELECT count(*) FROM unreadable WHERE unit = :unit)",
            {"unit": unit},
        )
        if rows != found:
            self._connection.execute("ROLLBACK")
            raise RuntimeError(f"unit {unit} had {found} messages, and {rows} came back")
        self._connection.execute(
            "UPDATE units SET done = 1, found = ? WHERE number = ?", (found, unit)
        )
        self._connection.execute("COMMIT")

    def settle(self) -> Totals:
        """Say which of several copies of a message counts, whichever came first; then count."""
        self._begin()
        self._connection.execute("UPDATE messages SET copy = 0 WHERE copy")
        self._connection.execute(schema.COPIES)
        self._note("settled", "yes")
        self._connection.execute("COMMIT")
        return self.totals()

    def totals(self) -> Totals:
        """Raises ``RuntimeError`` where the numbers don't add up."""
        one = self._connection.execute
        (found, open_) = one("SELECT total(found), count(*) - total(done) FROM units").fetchone()
        judged, in_scope, outside, copies = one(schema.COUNTS).fetchone()
        why = dict(one(schema.UNREADABLE))
        not_mail = why.pop(NOT_MAIL, 0)
        totals = Totals(
            found=int(found) - not_mail,
            unreadable=why,
            duplicates=copies,
            out_of_scope=outside,
            in_scope=in_scope,
            judged=judged,
            not_mail=not_mail,
            finished=not open_,
        )
        if totals.found != sum(why.values()) + copies + outside + in_scope:
            raise RuntimeError(f"the messages of the audit don't add up: {totals}")
        return totals

    def judgements(self) -> Iterator[Judgement]:
        """Each message in scope of which there is anything to say, once, in the order of time,
        file and place."""
        self._settled()
        rows = self._connection.execute(
            f"SELECT {COLUMNS} FROM messages JOIN units ON number = unit AND done"
            " WHERE in_scope AND NOT copy AND said IS NOT NULL ORDER BY moment, file, place"
        )
        return map(as_judgement, rows)

    def unreadable(self) -> Iterator[Unreadable]:
        """In the order of file and place; what is no mail at all last."""
        rows = self._connection.execute(
            "SELECT file, place, why, detail FROM unreadable JOIN units ON number = unit AND done"
            " ORDER BY why = ?, file, place",
            (NOT_MAIL,),
        )
        return (Unreadable(file=f, place=p, why=w, detail=d) for f, p, w, d in rows)

    def about(self, name: str) -> str:
        """Something written down beside the rows; empty where it was not."""
        row = self._connection.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def note(self, name: str, value: str) -> None:
        """Write something down beside the rows."""
        self._begin()
        self._note(name, value)
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """What is in hand is given up."""
        self._connection.close()
        os.close(self._lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _settled(self) -> None:
        if self.about("settled") != "yes":
            self.settle()

    def _note(self, name: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, value))

    def _begin(self) -> None:
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")


def _connected(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", f"cache_size = -{_CACHE_KB}"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def _has_tables(connection: sqlite3.Connection) -> Any:
    return connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


__all__ = ["FILE", "InUse", "OtherAudit", "Planned", "Store", "Totals"]
