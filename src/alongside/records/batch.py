"""One transaction's worth of bundles, on a raw connection."""

from __future__ import annotations

import sqlite3
from functools import cache

from . import sql
from .chain import GENESIS, Place
from .rows import Prepared, Row

_AT_ONCE = (16, 8, 4, 2, 1)
"""Rows of one statement."""


class HeadMoved(Exception):
    """the chain's head in the database is not the one remembered"""


class Stale(Exception):
    """somebody decided on this hold first"""


def read_head(connection: sqlite3.Connection, chain: str) -> tuple[int, Place]:
    """The chain's number and last place; a new chain gets its row.

    Raises ``HeadMoved`` when the row is missing although the chain has entries: somebody tampered,
    and going on would hide it.
    """
    row = connection.execute(sql.HEAD, (chain,)).fetchone()
    if row is not None:
        return row[0], Place(chain, row[1], row[2])
    if connection.execute(sql.CHAIN_HAS_ENTRIES, (chain,)).fetchone():
        raise HeadMoved(f"the head of chain `{chain}` is missing: run `alongside record verify`")
    number = connection.execute(sql.NEXT_NUMBER).fetchone()[0]
    connection.execute(sql.NEW_HEAD, (chain, number, GENESIS))
    return number, Place(chain, 0, GENESIS)


def _insert(connection: sqlite3.Connection, table: str, rows: list[Row]) -> None:
    """Write the rows in few statements, of few lengths, so that they stay prepared.

    Between two rows of ``executemany`` the writer thread lets go of the interpreter and has to
    wait for it again, behind a loop that is busy.
    """
    at = 0
    while at < len(rows):
        many = next(n for n in _AT_ONCE if n <= len(rows) - at)
        values = [value for row in rows[at : at + many] for value in row]
        connection.execute(_statement(table, many), values)
        at += many


@cache
def _statement(table: str, many: int) -> str:
    one = f"({','.join('?' * len(sql.COLUMNS[table]))})"
    head, _, tail = sql.INSERTS[table].partition(one)
    return head + ",".join([one] * many) + tail


class Batch:
    """Collects rows and writes them table by table. Use within one transaction, then throw away."""

    def __init__(
        self, connection: sqlite3.Connection, chain: str, head: tuple[int, Place] | None
    ) -> None:
        self._connection = connection
        self._chain = chain
        self.head = head
        """Number and last place, moved on by ``write``; None until an entry needs it."""
        self._start = head[1] if head else None
        self._clear()

    def _clear(self) -> None:
        self._rows: dict[str, list[Row]] = {}
        self._finished: list[tuple[int, str]] = []
        self._loose: list[tuple[str]] = []
        self._changes: list[Row] = []
        self._settled: list[tuple[str]] = []

    def add(self, prepared: Prepared) -> None:
        """Take one bundle; it gets the next place of the chain."""
        if prepared.otherwise is not None and self._on_record(prepared.finished):
            prepared = prepared.otherwise
        if prepared.copies:
            self._rows.setdefault("records_copy", []).extend(prepared.copies)
        if prepared.loose:
            self._rows.setdefault("records_dispatch", []).extend(prepared.loose)
        self._loose.extend((dispatch,) for dispatch in prepared.finished)
        entry = prepared.entry
        if entry is None:
            return
        if self.head is None:
            self.head = read_head(self._connection, self._chain)
            self._start = self.head[1]
        number, last = self.head
        key, place, row = prepared.place(number, last)
        self.head = number, place
        rows = self._rows
        rows.setdefault("records_entry", []).append(row)
        if entry.kind == "outcome":
            self._settle(entry.reference)
        for table, part in prepared.parts:
            rows.setdefault(table, []).append((key, *part))
        self._finished.extend((key, dispatch) for dispatch in prepared.finished)
        if change := prepared.change:
            self._changes.append(
                (
                    change.state, prepared.moment(change.due), change.to_person, change.turn,
                    change.hold, change.turn - 1,
                )
            )  # fmt: skip

    def _on_record(self, dispatches: tuple[str, ...]) -> bool:
        """Whether one of these stands under the chain, so that its end must as well."""
        find = self._connection.execute
        return any(find(sql.ON_RECORD, (dispatch,)).fetchone() for dispatch in dispatches)

    def _settle(self, reference: str) -> None:
        """An outcome ends the doubts before it, those of this batch among them."""
        self._settled.append((reference,))
        if doubts := self._rows.get("records_doubt"):
            self._rows["records_doubt"] = [row for row in doubts if row[1] != reference]

    def write(self) -> None:
        """Write what was taken. Raises ``HeadMoved`` and ``Stale`` beside sqlite3's own errors."""
        self._move_head()  # first: a moved head is said as such, not as a place taken twice
        run = self._connection
        for change in self._changes:
            if run.execute(sql.CHANGE_HOLD, change).rowcount != 1:
                raise Stale
        if self._settled:
            run.executemany(sql.FORGET_DOUBT, self._settled)
        for table in sql.INSERTS:
            if rows := self._rows.get(table):
                _insert(run, table, rows)
        if self._finished:
            run.executemany(sql.FINISH, self._finished)
        if self._loose:
            run.executemany(sql.FINISH_LOOSE, self._loose)
        self._clear()

    def _move_head(self) -> None:
        if self.head is None or self._start is None or self.head[1] == self._start:
            return
        place, start = self.head[1], self._start
        moved = self._connection.execute(
            sql.MOVE_HEAD, (place.seq, place.hash, self._chain, start.seq, start.hash)
        )
        if moved.rowcount != 1:
            raise HeadMoved(f"somebody else wrote to chain `{self._chain}`")
        self._start = place
