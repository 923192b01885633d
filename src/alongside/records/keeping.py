"""A message as its ``decided`` entry kept it: for the next copy after one that bounced."""

from __future__ import annotations

import json
import sqlite3

from alongside.enforcement.values import Kept

from . import sql
from .outbox import unpacked
from .rows import text


def read_kept(connection: sqlite3.Connection, reference: str) -> Kept | None:
    """The message and its bytes; nothing where either was never kept or is erased."""
    row = connection.execute(sql.KEPT, (reference,)).fetchone()
    if row is None or row[0] is None or row[1] is None:
        return None
    said, raw, packed = row
    return Kept(message=json.loads(text(said)), content=unpacked(raw, packed))
