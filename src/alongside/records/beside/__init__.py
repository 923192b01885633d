"""What stands beside the entries, checked in step with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from . import parts, pen
from .ask import Ask, Finds, Row, Said

Check = Callable[[Ask, str, int, Said, list[Row]], None]
OUTBOX = "records_dispatch"
"""Rows of mail that leaves no entry are in it only until they are finished."""
CHECKS: tuple[tuple[str, str, Check], ...] = (
    ("records_person", "entry_id,person,part", parts.persons),
    ("records_clause", "entry_id,clause", parts.clauses),
    ("records_text", "entry_id,position,name,salt,value,erased_by_id", parts.texts),
    ("records_text_person", "entry_id,position,person", parts.owners),
    (
        "records_content",
        "entry_id,position,size,salt,raw,erased_by_id,compressed",
        parts.contents,
    ),
    ("records_doubt", "entry_id,reference", parts.doubt),
    (
        "records_hold",
        (
            "entry_id,reference,at,expires,organisation,guarded,channel,writers,persons,salt,"
            "message,erased_by_id,state,due,with_person,turn"
        ),
        pen.hold,
    ),
    (
        "records_release",
        "entry_id,hold_id,turn,verdict,to_person,due,reference,by,at,taken_at",
        pen.change,
    ),
    (
        OUTBOX,
        "entry_id,id,kind,channel,position,salt,plan,state,finished_id",
        pen.dispatches,
    ),
    (
        "records_incident",
        (
            "entry_id,position,kind,reference,at,organisation,persons,salt,detail,erased_by_id,"
            "closed_id"
        ),
        pen.incidents,
    ),
)
"""Table, columns, and what its rows must be, given what the body says."""


class Follower:
    """One table's rows in the order of their entries."""

    def __init__(
        self, connection: sqlite3.Connection, table: str, columns: str, finds: Finds
    ) -> None:
        # INVARIANT: table and columns are literals of this module.
        key, second, *_ = columns.split(",")
        loose = " WHERE entry_id IS NOT NULL" if table == OUTBOX else ""
        self._rows = connection.execute(
            f"SELECT {columns} FROM {table}{loose} ORDER BY {key}, {second}"
        )
        self._table = table
        self._finds = finds
        self._next: Row | None = next(self._rows, None)

    def of(self, entry: int | None) -> list[Row]:
        """The rows of this entry; rows of no entry, passed on the way, are problems."""
        found = []
        while (row := self._next) is not None:
            if entry is None or not isinstance(row[0], int) or row[0] < entry:
                self._finds.add(self._table, f"a row that no entry speaks of (entry {row[0]})")
            elif row[0] > entry:
                break
            else:
                found.append(row)
            self._next = next(self._rows, None)
        return found


class Beside:
    """All tables at once, in step with the walk."""

    def __init__(self, connection: sqlite3.Connection, finds: Finds) -> None:
        self._ask = Ask(connection, finds)
        self._checks = [
            (Follower(connection, table, columns, finds), check) for table, columns, check in CHECKS
        ]

    def entry(self, where: str, key: int, said: Said) -> None:
        """Check all that one entry speaks of."""
        beside = [(follower.of(key), check) for follower, check in self._checks]
        for rows, check in beside:
            check(self._ask, where, key, said, rows)
        if said["kind"] == "erased":
            pen.stays_erased(self._ask, where, said)
        if "finished" in said:
            pen.stays_finished(self._ask, where, said["finished"])
        if said["kind"] == "closed":
            pen.stays_closed(self._ask, where, key, said)

    def end(self) -> None:
        """What is left belongs to no entry."""
        for follower, _ in self._checks:
            follower.of(None)
