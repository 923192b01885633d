"""The whole register as one snapshot."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from alongside.policy.address import domain_of
from alongside.policy.people import Organisation, People

from . import rows


def build(connection: sqlite3.Connection, *, domains: Mapping[str, str] | None = None) -> People:
    """The register at its present revision, read in one view.

    ``domains`` adds local domains of the configuration (domain -> organisation id); where an
    organisation of the register claims the same domain, the register wins.
    """
    with one_view(connection):
        revision, _ = revision_of(connection)
        organisations = tuple(rows.organisations(connection))
        return People.of(
            persons=rows.persons(connection),
            links=rows.links(connection),
            groups=rows.groups(connection),
            organisations=organisations,
            mailboxes=rows.mailboxes(connection),
            domains=unclaimed(domains or {}, organisations),
            revision=revision,
        )


def revision_of(connection: sqlite3.Connection) -> tuple[int, int]:
    """The register's revision, and the revision since which the log of changes is complete."""
    row = connection.execute(
        "SELECT revision, complete_since FROM people_revision WHERE id = 1"
    ).fetchone()
    return (0, 0) if row is None else (row[0], row[1])


@contextmanager
def one_view(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything read within is of the same moment; nothing may be written."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


def unclaimed(domains: Mapping[str, str], organisations: Iterable[Organisation]) -> dict[str, str]:
    """The configuration's domains that no organisation of the register claims."""
    claimed = {domain_of("@" + d) for o in organisations for d in o.domains}
    return {d: o for d, o in domains.items() if domain_of("@" + d) not in claimed}
