"""Rows of the register's tables into the policy's values.

The statements name their columns, so that a table may gain one while an older gateway runs beside.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from alongside.policy.people import Contact, Group, Link, Mailbox, Organisation, Person
from alongside.policy.register import Signature, SignatureStanding
from alongside.policy.vocabulary import (
    Category,
    ContactKind,
    Hat,
    MailboxKind,
    Mode,
    Relationship,
    Role,
    Standing,
)

_KINDS = {k.value: k for k in ContactKind}
_HATS = {h.value: h for h in Hat}
_STANDINGS = {s.value: s for s in Standing}
_RELATIONSHIPS = {r.value: r for r in Relationship}
_MODES = {m.word: m for m in Mode}
_NOBODY: frozenset[str] = frozenset()


def changed(kind: str, column: str, since: int | None) -> str:
    """The condition that keeps a statement to what the log names after ``since``; none: all."""
    if since is None:
        return ""
    return (
        f" WHERE {column} IN (SELECT key FROM people_change"
        f" WHERE kind = '{kind}' AND revision > {int(since)})"
    )


def contacts(
    connection: sqlite3.Connection, since: int | None = None
) -> dict[str, tuple[Contact, ...]]:
    """Person id -> contact points, in the order in which the register holds them."""
    found: dict[str, list[Contact]] = {}
    for (
        owner,
        kind,
        address,
        organisational,
        hat,
        readers,
        active,
        bouncing,
        opted_out,
    ) in connection.execute(
        "SELECT person_id, kind, address, organisational, hat, readers, active, bouncing,"
        " opted_out FROM people_contactpoint"
        + changed("person", "person_id", since)
        + " ORDER BY person_id, position, id"
    ):
        found.setdefault(owner, []).append(
            Contact(
                address=address,
                kind=_KINDS[kind],
                organisational=bool(organisational),
                hat=_HATS[hat],
                readers=_ids(readers),
                active=bool(active),
                bouncing=bool(bouncing),
                opted_out=bool(opted_out),
            )
        )
    return {owner: tuple(points) for owner, points in found.items()}


def signatures(
    connection: sqlite3.Connection, since: int | None = None
) -> dict[str, tuple[Signature, ...]]:
    """Person id -> what is known of their signatures, the oldest first."""
    found: dict[str, list[Signature]] = {}
    for owner, key, standing, day in connection.execute(
        "SELECT person_id, key, standing, since FROM people_signature"
        + changed("person", "person_id", since)
        + " ORDER BY person_id, since, id"
    ):
        seen = day if isinstance(day, date) else _day(day)
        kept = Signature(key=key, standing=SignatureStanding(standing), since=seen)
        found.setdefault(owner, []).append(kept)
    return {owner: tuple(kept) for owner, kept in found.items()}


def persons(connection: sqlite3.Connection, since: int | None = None) -> Iterator[Person]:
    """Persons in the order of their ids."""
    points = contacts(connection, since)
    signed = signatures(connection, since)
    for row in connection.execute(
        "SELECT id, name, categories, organisations, groups, roles, born, standing, household,"
        " needs, vetted_until, trained_until, agreed_on, objection, at_risk FROM people_person"
        + changed("person", "id", since)
        + " ORDER BY id"
    ):
        yield Person(
            id=row[0],
            name=row[1],
            categories=_categories(row[2]),
            organisations=_ids(row[3]),
            groups=_ids(row[4]),
            roles=_roles(row[5]),
            born=_date(row[6]),
            standing=_STANDINGS[row[7]],
            household=row[8],
            needs=_ids(row[9]),
            vetted_until=_date(row[10]),
            trained_until=_date(row[11]),
            agreed_on=_date(row[12]),
            objection=bool(row[13]),
            at_risk=bool(row[14]),
            contacts=points.get(row[0], ()),
            signatures=signed.get(row[0], ()),
        )


def links(connection: sqlite3.Connection, since: int | None = None) -> dict[str, tuple[Link, ...]]:
    """Service user -> links, in the order of the supporters' ids."""
    found: dict[str, list[Link]] = {}
    for service_user, supporter, relationship, copied, restricted in connection.execute(
        "SELECT service_user_id, supporter_id, relationship, copied, restricted FROM people_link"
        + changed("links", "service_user_id", since)
        + " ORDER BY service_user_id, supporter_id"
    ):
        found.setdefault(service_user, []).append(
            Link(
                supporter=supporter,
                relationship=_RELATIONSHIPS[relationship],
                copied=bool(copied) and not restricted,
                restricted=bool(restricted),
            )
        )
    return {service_user: tuple(ls) for service_user, ls in found.items()}


def groups(connection: sqlite3.Connection, since: int | None = None) -> Iterator[Group]:
    """Groups without their members, which ``People.of`` and ``delta`` add."""
    for row in connection.execute(
        "SELECT id, name, organisation, addresses, officers, leads, senders FROM people_group"
        + changed("group", "id", since)
        + " ORDER BY id"
    ):
        yield Group(
            id=row[0],
            name=row[1],
            organisation=row[2],
            addresses=_words(row[3]),
            officers=_words(row[4]),
            leads=_words(row[5]),
            senders=_words(row[6]),
        )


def organisations(connection: sqlite3.Connection) -> Iterator[Organisation]:
    """Organisations with the officers and leads they name themselves."""
    for row in connection.execute(
        "SELECT id, name, parent, domains, role_address, officers, leads, mode, copy_supporters,"
        " phones, profiles, websites FROM people_organisation ORDER BY id"
    ):
        yield Organisation(
            id=row[0],
            name=row[1],
            parent=row[2],
            domains=_words(row[3]),
            role_address=row[4],
            officers=_words(row[5]),
            leads=_words(row[6]),
            mode=_MODES[row[7]] if row[7] else None,
            copy_supporters=bool(row[8]),
            phones=_words(row[9]),
            profiles=_words(row[10]),
            websites=_words(row[11]),
        )


def mailboxes(connection: sqlite3.Connection) -> Iterator[Mailbox]:
    for address, kind, organisation, readers in connection.execute(
        "SELECT address, kind, organisation, readers FROM people_mailbox ORDER BY key"
    ):
        yield Mailbox(
            address=address,
            kind=MailboxKind(kind),
            organisation=organisation,
            readers=_ids(readers),
        )


def _words(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


@lru_cache(maxsize=4096)
def _set(text: str) -> frozenset[str]:
    return frozenset(json.loads(text))


def _ids(text: str) -> frozenset[str]:
    return _NOBODY if text == "[]" else _set(text)


@lru_cache(maxsize=1024)
def _categories(text: str) -> frozenset[Category]:
    return frozenset(Category(word) for word in json.loads(text))


@lru_cache(maxsize=1024)
def _roles(text: str) -> frozenset[Role]:
    return frozenset(Role(word) for word in json.loads(text))


@lru_cache(maxsize=16_384)
def _day(text: str) -> date:
    return date.fromisoformat(text)


def _date(stored: str | date | None) -> date | None:
    """SQLite keeps days as text; a connection that was told to converts them itself."""
    return _day(stored) if isinstance(stored, str) else stored
