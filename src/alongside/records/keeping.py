"""A message as its ``decided`` entry kept it: for the next copy after one that bounced."""

from __future__ import annotations

import json
import sqlite3
import zlib

from alongside.enforcement.values import Kept

_MESSAGE = (
    "SELECT t.value FROM records_text t JOIN records_entry e ON e.id = t.entry_id"
    " WHERE e.reference=? AND e.kind='decided' AND t.name='message' ORDER BY e.id LIMIT 1"
)
_CONTENT = (
    "SELECT c.raw, c.compressed FROM records_content c JOIN records_entry e ON e.id = c.entry_id"
    " WHERE e.reference=? AND e.kind='decided' ORDER BY e.id, c.position LIMIT 1"
)


def read_kept(connection: sqlite3.Connection, reference: str) -> Kept | None:
    """The message and its bytes; nothing where either was never kept or is erased."""
    message = connection.execute(_MESSAGE, (reference,)).fetchone()
    content = connection.execute(_CONTENT, (reference,)).fetchone()
    if not message or not content or message[0] is None or content[0] is None:
        return None
    raw = zlib.decompress(content[0]) if content[1] else bytes(content[0])
    value = message[0]
    text = value.decode("utf-8") if isinstance(value, bytes) else str(value)
    return Kept(message=json.loads(text), content=raw)
