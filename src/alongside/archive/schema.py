"""The audit's file: what it holds, and whether a folder's file is the one that is meant."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

VERSION = 1
"""Of the file. Another version is never guessed at."""

_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE units (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  made TEXT NOT NULL,      -- the unit, as JSON
  octets INTEGER NOT NULL,
  seen INTEGER NOT NULL,   -- the run that last found it in the archive
  turn INTEGER NOT NULL,   -- its place in that run
  done INTEGER NOT NULL DEFAULT 0,
  found INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX units_by_turn ON units (done, turn);
CREATE TABLE messages (
  unit INTEGER NOT NULL,
  file TEXT NOT NULL,
  place TEXT NOT NULL,
  digest BLOB NOT NULL,
  in_scope INTEGER NOT NULL,
  judged INTEGER NOT NULL,
  uncovered INTEGER NOT NULL,
  told INTEGER NOT NULL,
  unfamiliar INTEGER NOT NULL,
  message_id TEXT NOT NULL,
  at TEXT NOT NULL,
  moment REAL NOT NULL,
  writer TEXT NOT NULL,
  writer_address TEXT NOT NULL,
  said TEXT,               -- findings, contacts, unread, unknown, as JSON
  copy INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX messages_by_unit ON messages (unit);
CREATE TABLE unreadable (
  unit INTEGER NOT NULL,
  file TEXT NOT NULL,
  place TEXT NOT NULL,
  why TEXT NOT NULL,
  detail TEXT NOT NULL
);
CREATE INDEX unreadable_by_unit ON unreadable (unit);
"""

_DONE = "JOIN units ON number = unit AND done"
COPIES = f"""
UPDATE messages SET copy = 1 WHERE rowid IN (
  SELECT row FROM (
    SELECT messages.rowid AS row, row_number() OVER (
      PARTITION BY digest
      ORDER BY in_scope DESC, uncovered, told DESC, unfamiliar DESC, file, place
    ) AS nth FROM messages {_DONE}
  ) WHERE nth > 1
)
"""
"""Of messages with one digest, which is the one that counts (see ``report.wanted.fullest``)."""
COUNTS = f"""
SELECT
  count(*) FILTER (WHERE in_scope AND judged AND NOT copy),
  count(*) FILTER (WHERE in_scope AND NOT copy),
  count(*) FILTER (WHERE NOT in_scope AND NOT copy),
  count(*) FILTER (WHERE copy)
FROM messages {_DONE}
"""
UNREADABLE = f"SELECT why, count(*) FROM unreadable {_DONE} GROUP BY why ORDER BY why"


class OtherAudit(Exception):
    """the folder holds another audit: give another folder for --report, or --again"""


def create(connection: sqlite3.Connection, look: Mapping[str, str]) -> None:
    """Make the tables and write down whose audit it is, in one transaction."""
    statements = [s for s in _TABLES.split(";") if s.strip()]
    connection.execute("BEGIN IMMEDIATE")
    for statement in statements:
        connection.execute(statement)
    connection.executemany("INSERT INTO about VALUES (?, ?)", [*_rows(look)])
    connection.execute("COMMIT")


def check(connection: sqlite3.Connection, look: Mapping[str, str]) -> None:
    """Whether the file is of this version and of this audit. Raises ``OtherAudit``."""
    there = about(connection)
    if there.get("version") != str(VERSION):
        raise OtherAudit(
            f"this folder holds an audit written by another version ({there.get('version', '?')},"
            f" not {VERSION}): give another folder for --report, or --again to begin anew"
        )
    was = json.loads(there["look"])
    other = [name for name in look if was.get(name) != look[name]]
    if other:
        said = "; ".join(f"{name} `{was.get(name, '')}`, not `{look[name]}`" for name in other)
        raise OtherAudit(
            f"this folder holds another audit, with {said}: give another folder for --report, or"
            " --again to begin anew"
        )


def about(connection: sqlite3.Connection) -> dict[str, str]:
    """What the file says of itself; nothing where it is no audit's."""
    try:
        return dict(connection.execute("SELECT name, value FROM about"))
    except sqlite3.DatabaseError:
        return {}


def _rows(look: Mapping[str, str]) -> list[tuple[str, str]]:
    return [("version", str(VERSION)), ("look", json.dumps(dict(look))), ("run", "0")]
