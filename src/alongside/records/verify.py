"""``record verify``: nothing was changed, removed, reordered or cut off. Streams; needs no Django.

It walks all entries in the order of their keys, which is chain by chain, with every table beside
them in step, recomputes each hash and commitment, and compares whatever restates a body. Not under
the chain, because they are of the day only: accepted copies, counts, unknown addresses, and how far
a dispatch came.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from .beside import Beside
from .chain import GENESIS, entry_hash, entry_id, instant
from .connect import column, open_for_reading
from .heads import Torn, read_heads

SHOWN = 100
ENTRIES = (
    "SELECT id, chain, seq, at, kind, reference, verdict, organisation, guarded, sealed, body,"
    " previous, hash FROM records_entry ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was written."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(slots=True)
class Report:
    """What was walked and what was found; the first problems are kept, all are counted."""

    entries: int = 0
    chains: int = 0
    texts: int = 0
    contents: int = 0
    erased: int = 0
    heads: int = 0
    """Lines of the heads file."""
    heads_until: datetime | None = None
    """Its last line: what came later, only the database vouches for."""
    count: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not self.count

    @property
    def first(self) -> Problem | None:
        return self.problems[0] if self.problems else None

    def add(self, where: str, what: str) -> None:
        self.count += 1
        if len(self.problems) < SHOWN:
            self.problems.append(Problem(where, what))


def verify(database: Path, heads: Path | None = None) -> Report:
    """Check the whole record of an SQLite file, at one moment, while others go on writing.

    ``heads`` is the heads file; without one, the end of a chain can't be vouched for. Never raises
    for what it finds: a file that can't be read is a problem like any other.
    """
    report = Report()
    end = heads.stat().st_size if heads is not None and heads.exists() else 0
    try:
        connection = open_for_reading(database)
    except sqlite3.Error as error:
        report.add("database", f"can't be opened: {error}")
        return report
    try:
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        connection.execute("BEGIN")
        _Walk(connection, report).run()
        if heads is not None:
            _check_heads(connection, heads, end, report)
        _check_pages(connection, report)
    except sqlite3.Error as error:
        report.add("database", f"can't be read: {error}")
    finally:
        connection.close()
    return report


class _Walk:
    """One pass over the entries."""

    def __init__(self, connection: sqlite3.Connection, report: Report) -> None:
        self._connection = connection
        self._report = report
        self._beside = Beside(connection, report)
        rows = connection.execute("SELECT chain, number, seq, hash FROM records_head")
        self._heads = {row[0]: row[1:] for row in rows}
        self._seen: set[str] = set()
        self._chain = ""
        self._seq = 0
        self._hash = GENESIS

    def run(self) -> None:
        for row in self._connection.execute(ENTRIES):
            try:
                self._entry(row)
            except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
                where = f"{row[1]} #{row[2]}"
                self._report.add(where, f"the entry can't be read ({type(error).__name__})")
        self._end_chain()
        self._beside.end()
        for chain, (_, seq, head) in self._heads.items():
            if chain not in self._seen and (seq, head) != (0, GENESIS):
                self._report.add(chain, f"all {seq} entries of the chain are missing")

    def _entry(self, row: tuple[Any, ...]) -> None:
        key, chain, seq, *_ = row
        body, previous, stored = row[10:]
        where = f"{chain} #{seq}"
        self._report.entries += 1
        if chain != self._chain:
            self._begin_chain(chain)
        if seq != self._seq + 1:
            self._report.add(where, f"the entry after #{self._seq} should be #{self._seq + 1}")
        elif previous != self._hash:
            self._report.add(where, "doesn't follow from the entry before it")
        self._seq, self._hash = seq, stored
        if chain in self._heads and key != entry_id(self._heads[chain][0], seq):
            self._report.add(where, "stands under another key")
        if entry_hash(previous, chain, seq, body) != stored:
            self._report.add(where, "was changed: its hash doesn't fit")
        said = json.loads(body)
        self._columns(where, row, said)
        self._beside.entry(where, key, said)

    def _columns(self, where: str, row: tuple[Any, ...], said: dict[str, Any]) -> None:
        if row[3] != column(instant(said["at"])):
            self._report.add(where, "the column `at` doesn't say what the body says")
        names = ("kind", "reference", "verdict", "organisation", "guarded", "sealed")
        for name, value in zip(names, row[4:10], strict=True):
            if value != said.get(name, False if name in ("guarded", "sealed") else ""):
                self._report.add(where, f"the column `{name}` doesn't say what the body says")

    def _begin_chain(self, chain: str) -> None:
        self._end_chain()
        if chain in self._seen:
            self._report.add(chain, "its entries stand in two places")
        self._seen.add(chain)
        self._report.chains += 1
        self._chain, self._seq, self._hash = chain, 0, GENESIS

    def _end_chain(self) -> None:
        if not self._chain:
            return
        head = self._heads.get(self._chain)
        if head is None:
            self._report.add(self._chain, "the chain has no head")
        elif head[1:] != (self._seq, self._hash):
            self._report.add(
                f"{self._chain} #{self._seq}", f"is the last entry; the head says #{head[1]}"
            )


def _check_heads(connection: sqlite3.Connection, file: Path, end: int, report: Report) -> None:
    """Each line must follow from the one before, and each head it names must still stand."""
    if not file.exists():
        gateway = "SELECT 1 FROM records_head WHERE chain LIKE 'gateway/%' AND seq > 0"
        if connection.execute(gateway).fetchone():
            report.add("heads file", "is missing")
        return
    known: dict[str, tuple[int, str]] = {}
    try:
        for heads in read_heads(file, end):
            report.heads += 1
            report.heads_until = heads.at
            for gone in known.keys() - heads.chains.keys():
                report.add("heads file", f"line {report.heads} no longer names chain `{gone}`")
            for chain, place in heads.chains.items():
                if known.get(chain) != place:
                    _check_head(connection, report, chain, place)
            known = dict(heads.chains)
    except Torn as error:
        report.add("heads file", str(error))


def _check_head(
    connection: sqlite3.Connection, report: Report, chain: str, place: tuple[int, str]
) -> None:
    seq, head = place
    row = connection.execute(
        "SELECT hash FROM records_entry WHERE chain=? AND seq=?", (chain, seq)
    ).fetchone()
    stands = row[0] if row else (GENESIS if seq == 0 else None)
    if stands is None:
        report.add(f"{chain} #{seq}", f"line {report.heads} of the heads file knew it; it is gone")
    elif stands != head:
        report.add(f"{chain} #{seq}", f"line {report.heads} of the heads file knew another")


def _check_pages(connection: sqlite3.Connection, report: Report) -> None:
    """SQLite's own check: indexes agree with tables, pages are whole."""
    for (found,) in connection.execute("PRAGMA integrity_check(10)"):
        if found != "ok":
            report.add("database", str(found))
