"""A row of one of the five files as plain values, whether read from a file or from the register.

Both sides of a comparison have the same shape: column name -> value. Several values are a tuple;
where their order means nothing they are sorted, so that equal sets are equal tuples.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Value = str | bool | date | None | tuple[str, ...]
Values = Mapping[str, Value]

PEOPLE = "person"
LINKS = "link"
GROUPS = "group"
ORGANISATIONS = "organisation"
MAILBOXES = "mailbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row of a file. ``values`` has the columns that the file has, and no others."""

    file: str
    line: int
    key: str
    """The row's id; for a link the two ids with a space, for a mailbox the address's key."""
    values: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One file, read."""

    kind: str
    file: str
    columns: frozenset[str]
    records: tuple[Record, ...]


def link_key(service_user: str, supporter: str) -> str:
    """Ids hold no spaces, so nothing else is spelt like this."""
    return f"{service_user} {supporter}"


def words(values: Values, column: str) -> tuple[str, ...]:
    value = values.get(column, ())
    return value if isinstance(value, tuple) else ()


def text(values: Values, column: str) -> str:
    value = values.get(column, "")
    return value if isinstance(value, str) else ""


def flag(values: Values, column: str) -> bool:
    return values.get(column) is True


def day(values: Values, column: str) -> date | None:
    value = values.get(column)
    return value if isinstance(value, date) else None


def shown(value: Value) -> str:
    """A value as a person reads it in a diff."""
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
