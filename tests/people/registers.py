"""A register in a raw SQLite file, with the schema of the migrations and a scribe that logs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import connection

from alongside.policy.address import key

EMPTY = json.dumps([])


def schema() -> list[str]:
    """The statements that make this room's tables, as the migrations left them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name LIKE 'people\\_%' ESCAPE '\\'"
            " AND sql IS NOT NULL"
        )
        return [row[0] for row in cursor.fetchall()]


def open_register(statements: Iterable[str], path: Path | str = ":memory:") -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA foreign_keys=ON")
    for statement in statements:
        raw.execute(statement)
    return raw


class Scribe:
    """Writes rows as the room does: every change with its line in the log, in one transaction."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw
        self.log: list[tuple[str, str]] = []

    def __enter__(self) -> Scribe:
        self.raw.execute("BEGIN IMMEDIATE")
        self.log = []
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            self.raw.execute("ROLLBACK")
            return
        self.raw.execute(
            "INSERT INTO people_revision (id, revision, complete_since) VALUES (1, 1, 0)"
            " ON CONFLICT (id) DO UPDATE SET revision = revision + 1"
        )
        self.raw.executemany(
            "INSERT INTO people_change (revision, kind, key)"
            " SELECT revision, ?, ? FROM people_revision",
            self.log,
        )
        self.raw.execute("COMMIT")

    def put(self, table: str, **values: Any) -> None:
        names = ", ".join(f'"{n}"' for n in values)
        marks = ", ".join("?" for _ in values)
        self.raw.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", [*values.values()])

    def person(
        self,
        id: str,
        *,
        categories: Iterable[str] = ("volunteer",),
        organisations: Iterable[str] = (),
        groups: Iterable[str] = (),
        roles: Iterable[str] = (),
        born: str | None = None,
        standing: str = "active",
        contacts: Iterable[str] = (),
    ) -> None:
        self.log.append(("person", id))
        self.raw.execute("DELETE FROM people_contactpoint WHERE person_id = ?", (id,))
        self.raw.execute(
            "INSERT INTO people_person (id, name, categories, roles, organisations, groups, born,"
            " standing, standing_kept, household, needs, objection, at_risk)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, '', '[]', 0, 0) ON CONFLICT (id) DO UPDATE SET"
            " categories = excluded.categories, roles = excluded.roles,"
            " organisations = excluded.organisations, groups = excluded.groups,"
            " born = excluded.born, standing = excluded.standing",
            (
                id,
                id.title(),
                json.dumps(sorted(categories)),
                json.dumps(sorted(roles)),
                json.dumps(sorted(organisations)),
                json.dumps(sorted(groups)),
                born,
                standing,
            ),
        )
        for position, address in enumerate(contacts):
            self.put(
                "people_contactpoint",
                person_id=id,
                column="email",
                position=position,
                kind="email",
                address=address,
                key=key(address),
                organisational=0,
                hat="participant",
                readers=EMPTY,
                active=1,
                bouncing=0,
                opted_out=0,
            )

    def signature(self, person: str, key: str, standing: str = "asked") -> None:
        self.log.append(("person", person))
        self.raw.execute(
            "INSERT INTO people_signature (person_id, key, text, standing, since, reference)"
            " VALUES (?, ?, '', ?, '2026-11-01', '') ON CONFLICT (person_id, key) DO UPDATE SET"
            " standing = excluded.standing",
            (person, key, standing),
        )

    def link(self, service_user: str, supporter: str, *, restricted: bool = False) -> None:
        self.log.append(("links", service_user))
        self.raw.execute(
            "INSERT INTO people_link (service_user_id, supporter_id, relationship, copied,"
            " restricted, reason) VALUES (?, ?, 'parent', ?, ?, '') ON CONFLICT DO UPDATE SET"
            " copied = excluded.copied, restricted = excluded.restricted",
            (service_user, supporter, not restricted, restricted),
        )

    def unlink(self, service_user: str) -> None:
        self.log.append(("links", service_user))
        self.raw.execute("DELETE FROM people_link WHERE service_user_id = ?", (service_user,))

    def group(self, id: str, *addresses: str, officers: Iterable[str] = ()) -> None:
        self.log.append(("group", id))
        self.raw.execute("DELETE FROM people_group WHERE id = ?", (id,))
        self.put(
            "people_group",
            id=id,
            name=id,
            organisation="",
            addresses=json.dumps(addresses),
            officers=json.dumps([*officers]),
            leads=EMPTY,
            senders=EMPTY,
        )

    def organisation(
        self,
        id: str,
        *domains: str,
        parent: str = "",
        mode: str = "",
        phones: Iterable[str] = (),
        profiles: Iterable[str] = (),
        websites: Iterable[str] = (),
    ) -> None:
        self.log.append(("organisation", id))
        self.raw.execute("DELETE FROM people_organisation WHERE id = ?", (id,))
        self.put(
            "people_organisation",
            id=id,
            name=id,
            parent=parent,
            domains=json.dumps(domains),
            role_address="",
            officers=EMPTY,
            leads=EMPTY,
            mode=mode,
            copy_supporters=0,
            phones=json.dumps([*phones]),
            profiles=json.dumps([*profiles]),
            websites=json.dumps([*websites]),
        )

    def mailbox(self, address: str, readers: Iterable[str] = ()) -> None:
        self.log.append(("mailbox", key(address)))
        self.raw.execute("DELETE FROM people_mailbox WHERE key = ?", (key(address),))
        self.put(
            "people_mailbox",
            key=key(address),
            address=address,
            kind="shared",
            organisation="",
            readers=json.dumps([*readers]),
        )

    def remove(self, table: str, kind: str, id: str) -> None:
        column = "key" if kind == "mailbox" else "id"
        self.log.append((kind, id))
        self.raw.execute(f"DELETE FROM people_{table} WHERE {column} = ?", (id,))
