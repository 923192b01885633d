"""What a gateway may write into the register: that an address bounces. No Django.

The statements log the change and bump the revision as ``changes.bump`` does, so that every other
gateway hears of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from alongside.policy.address import key


def mark_bouncing(connection: sqlite3.Connection, address: str) -> frozenset[str]:
    """Mark the address as bouncing wherever it is registered; give the persons it belongs to.

    Nobody whose contact point bounces counts as a third party there (pitfall 18). Runs in the
    caller's transaction, or in one of its own where there is none. Gives the persons even if the
    mark stood already; raises ``sqlite3.Error`` with nothing written.
    """
    with _transaction(connection):
        found = connection.execute(
            "SELECT person_id, bouncing FROM people_contactpoint WHERE key = ?", (key(address),)
        ).fetchall()
        fresh = sorted({person for person, bouncing in found if not bouncing})
        if fresh:
            connection.execute(
                "UPDATE people_contactpoint SET bouncing = 1 WHERE key = ?", (key(address),)
            )
            _bump(connection, fresh)
        return frozenset(person for person, _ in found)


def _bump(connection: sqlite3.Connection, persons: list[str]) -> None:
    connection.execute(
        "INSERT INTO people_revision (id, revision, complete_since) VALUES (1, 1, 0)"
        " ON CONFLICT (id) DO UPDATE SET revision = revision + 1"
    )
    connection.executemany(
        "INSERT INTO people_change (revision, kind, key)"
        " SELECT revision, 'person', ? FROM people_revision WHERE id = 1",
        [(person,) for person in persons],
    )


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
