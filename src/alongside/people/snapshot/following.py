"""From one revision to the newest, reading only what changed.

# INVARIANT: ``delta(connection, since) == build(connection)`` for every ``since`` that ``build`` or
# ``delta`` gave. Every writer of the register logs what it touched in the same transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from alongside.policy import indexing
from alongside.policy.address import key
from alongside.policy.people import Contact, Group, Link, Organisation, People, Person

from . import rows
from .building import build, one_view, revision_of, unclaimed

MOST = 5_000
"""More changes than this, and reading everything is quicker than following."""

At = tuple[tuple[str, Contact], ...]
T = TypeVar("T")


def delta(
    connection: sqlite3.Connection,
    since: People,
    *,
    domains: Mapping[str, str] | None = None,
) -> People:
    """The newest snapshot. Shares with ``since`` what did not change; ``since`` is untouched.

    Gives ``since`` itself where nothing changed. Where the log does not reach back that far, or
    the revision went backwards (a restored database), everything is read anew. Open concerns and
    what is configured are not the register's: they are taken over.
    """
    with one_view(connection):
        revision, complete_since = revision_of(connection)
        if revision == since.revision:
            return since
        touched = _touched(connection, since.revision)
        if not complete_since <= since.revision < revision or len(touched) > MOST:
            whole = build(connection, domains=domains)
            return replace(whole, concerns=since.concerns, configured=since.configured)
        return _apply(connection, since, revision, touched, domains or {})


def _touched(connection: sqlite3.Connection, since: int) -> frozenset[tuple[str, str]]:
    return frozenset(
        connection.execute(
            "SELECT DISTINCT kind, key FROM people_change WHERE revision > ? LIMIT ?",
            (since, MOST + 1),
        )
    )


def _apply(
    connection: sqlite3.Connection,
    since: People,
    revision: int,
    touched: frozenset[tuple[str, str]],
    domains: Mapping[str, str],
) -> People:
    named: dict[str, set[str]] = {}
    for kind, name in touched:
        named.setdefault(kind, set()).add(name)
    after = replace(since, revision=revision)
    was: dict[str, Person] = {}
    now: dict[str, Person] = {}
    if "person" in named:
        was = {i: since.persons[i] for i in named["person"] if i in since.persons}
        now = {p.id: p for p in rows.persons(connection, since.revision)}
        after = replace(
            after,
            persons=_exchanged(since.persons, named["person"], now),
            at=_at(since.at, was, now),
            colleagues=_colleagues(since.colleagues, was, now),
        )
    if "group" in named or any(_groups_of(was, i) != _groups_of(now, i) for i in was | now):
        fresh = {g.id: g for g in rows.groups(connection, since.revision)}
        groups = _groups(after, named.get("group", set()), fresh, was, now)
        after = replace(
            after,
            groups=groups,
            group_at={key(a): i for i in sorted(groups) for a in groups[i].addresses},
        )
    if "links" in named:
        links = rows.links(connection, since.revision)
        after = replace(
            after,
            links=_exchanged(since.links, named["links"], links),
            supported=_supported(since, named["links"], links),
        )
    if "organisation" in named or any(p.safeguarding for p in (*was.values(), *now.values())):
        after = _with_organisations(after, tuple(rows.organisations(connection)), domains)
    if "mailbox" in named:
        fresh_ones = People.of(mailboxes=rows.mailboxes(connection))
        after = replace(after, mailboxes=fresh_ones.mailboxes, shared=fresh_ones.shared)
    return after


def _exchanged(old: Mapping[str, T], ids: Iterable[str], fresh: Mapping[str, T]) -> dict[str, T]:
    """A copy in which ``ids`` are as in ``fresh``: gone, new or changed."""
    changed = dict(old)
    for i in ids:
        if i in fresh:
            changed[i] = fresh[i]
        else:
            changed.pop(i, None)
    return changed


def _at(
    old: Mapping[str, At], was: Mapping[str, Person], now: Mapping[str, Person]
) -> dict[str, At]:
    """Whose each address is. Owners stand in the order of their ids, as ``build`` gives them."""
    added: dict[str, list[tuple[str, Contact]]] = {}
    for p in now.values():
        for c in p.contacts:
            added.setdefault(key(c.address), []).append((p.id, c))
    gone = was.keys() | now.keys()
    affected = set(added).union(key(c.address) for p in was.values() for c in p.contacts)
    changed = dict(old)
    for k in affected:
        stay = [entry for entry in old.get(k, ()) if entry[0] not in gone]
        owners = tuple(sorted((*stay, *added.get(k, ())), key=lambda entry: entry[0]))
        if owners:
            changed[k] = owners
        else:
            changed.pop(k, None)
    return changed


def _colleagues(
    old: Mapping[str, tuple[str, ...]], was: Mapping[str, Person], now: Mapping[str, Person]
) -> dict[str, tuple[str, ...]]:
    """The workforce of each organisation, in the order of their ids."""
    added = indexing.colleagues(now.values())
    affected = added.keys() | indexing.colleagues(was.values()).keys()
    changed = dict(old)
    for o in affected:
        stay = [p for p in old.get(o, ()) if p not in was and p not in now]
        workforce = tuple(sorted((*stay, *added.get(o, ()))))
        if workforce:
            changed[o] = workforce
        else:
            changed.pop(o, None)
    return changed


def _groups_of(persons: Mapping[str, Person], i: str) -> frozenset[str]:
    return persons[i].groups if i in persons else frozenset()


def _groups(
    after: People,
    touched: set[str],
    fresh: Mapping[str, Group],
    was: Mapping[str, Person],
    now: Mapping[str, Person],
) -> dict[str, Group]:
    """Groups with their members: of a changed row, of a new group, of persons who came or went."""
    before = _members(was.values())
    since = _members(now.values())
    new = fresh.keys() - after.groups.keys()
    all_members = _members(after.persons.values()) if new else {}
    groups = _exchanged(after.groups, touched, fresh)
    for i in (before.keys() | since.keys() | fresh.keys()) & groups.keys():
        if i in new:
            members = all_members.get(i, set())
        else:
            members = set(after.groups[i].members) - before.get(i, set()) | since.get(i, set())
        groups[i] = replace(groups[i], members=tuple(sorted(members)))
    return groups


def _members(persons: Iterable[Person]) -> dict[str, set[str]]:
    members: dict[str, set[str]] = {}
    for p in persons:
        for group in p.groups:
            members.setdefault(group, set()).add(p.id)
    return members


def _supported(
    since: People, service_users: set[str], fresh: Mapping[str, tuple[Link, ...]]
) -> dict[str, frozenset[str]]:
    changed = dict(since.supported)
    for s in service_users:
        before = {link.supporter for link in since.links.get(s, ())}
        after = {link.supporter for link in fresh.get(s, ())}
        for supporter in before - after:
            changed[supporter] = changed[supporter] - {s}
            if not changed[supporter]:
                del changed[supporter]
        for supporter in after - before:
            changed[supporter] = changed.get(supporter, frozenset()) | {s}
    return changed


def _with_organisations(
    people: People, organisations: tuple[Organisation, ...], domains: Mapping[str, str]
) -> People:
    """With the organisations and what follows from them and from who holds an office in them."""
    holders = sorted((p for p in people.persons.values() if p.safeguarding), key=lambda p: p.id)
    fresh = People.of(
        persons=holders,
        organisations=organisations,
        domains=unclaimed(domains, organisations),
    )
    return replace(
        people,
        organisations=fresh.organisations,
        domains=fresh.domains,
        offices=fresh.offices,
    )
