"""A demonstration organisation as CSV files: a charity, its four clubs and some 300 people.

The files are the same on every machine for the same day and seed; ages and dates are counted from
the day, so that Leo stays 16. Nothing here touches a database: import the files like any others.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from alongside.people.importing.columns import FORMS
from alongside.people.importing.values import GROUPS, LINKS, MAILBOXES, ORGANISATIONS, PEOPLE

from . import cast, crowd
from .lists import CHARITY, DOMAIN, Lists

SEED = 2026
_FILES = {
    PEOPLE: "people.csv",
    LINKS: "links.csv",
    GROUPS: "groups.csv",
    ORGANISATIONS: "organisations.csv",
    MAILBOXES: "mailboxes.csv",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """Where the files are, and whom one may write to."""

    people: Path
    links: Path
    groups: Path
    organisations: Path
    mailboxes: Path
    addresses: Mapping[str, str]
    """Of the cast by id (``mia``, ``priya``, ...), and of groups and mailboxes by name."""
    organisation: str = CHARITY
    domain: str = DOMAIN


def write_demo(folder: Path, *, today: date | None = None, seed: int = SEED) -> Demo:
    """Write the five files into the folder, which is made. Raises ``OSError``."""
    lists = Lists(today=today or datetime.now(UTC).date())
    cast.add(lists)
    crowd.add(lists, seed)
    folder.mkdir(parents=True, exist_ok=True)
    paths = {kind: folder / name for kind, name in _FILES.items()}
    for kind, path in paths.items():
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*FORMS[kind].columns], restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(lists.rows[kind])
    return Demo(
        people=paths[PEOPLE],
        links=paths[LINKS],
        groups=paths[GROUPS],
        organisations=paths[ORGANISATIONS],
        mailboxes=paths[MAILBOXES],
        addresses=dict(cast.ADDRESSES),
    )


__all__ = ["Demo", "write_demo"]
