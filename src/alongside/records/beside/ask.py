"""What every check needs: the connection, the report, and the two questions asked of any part."""

from __future__ import annotations

import json
import sqlite3
from functools import lru_cache
from typing import Any, Protocol

from alongside.records.chain import commitment

Row = tuple[Any, ...]
Said = dict[str, Any]


class Finds(Protocol):
    """The part of the report that the checks fill in."""

    texts: int
    contents: int
    erased: int

    def add(self, where: str, what: str) -> None: ...


class Ask:
    """Passed to each check."""

    def __init__(self, connection: sqlite3.Connection, finds: Finds) -> None:
        self.connection = connection
        self.finds = finds
        self.body = lru_cache(maxsize=8)(self._read_body)

    def expect(self, where: str, what: str, right: bool) -> None:
        """Unless it is right, it is a problem."""
        if not right:
            self.finds.add(where, what)

    def promise(
        self,
        where: str,
        what: str,
        place: tuple[str, int, int],
        promised: str,
        salt: bytes | None,
        value: bytes | None,
        erased_by: int | None,
    ) -> None:
        """A detachable part is as it was, or an entry says that it was erased."""
        if value is not None and salt is not None:
            whole = commitment(salt, value) == promised and erased_by is None
            self.expect(where, f"{what} was changed", whole)
            return
        self.finds.erased += 1
        kind, key, position = place
        erased: Said = self.body(erased_by) if erased_by is not None else {"kind": ""}
        listed = erased["kind"] == "erased" and [key, position] in erased["body"].get(kind, [])
        gone = value is None and salt is None
        self.expect(where, f"{what} is gone and no entry says that it was erased", listed and gone)

    def dispatch_state(self, name: str) -> str | None:
        row = self.connection.execute(
            "SELECT state FROM records_dispatch WHERE id=?", (name,)
        ).fetchone()
        return row[0] if row else None

    def _read_body(self, key: int) -> Said:
        row = self.connection.execute(
            "SELECT body FROM records_entry WHERE id=?", (key,)
        ).fetchone()
        said: Said = json.loads(row[0]) if row else {"kind": ""}
        return said
