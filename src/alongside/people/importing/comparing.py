"""The difference between two states of the register, as a person reads it before agreeing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .present import Rows
from .values import LINKS, Value, Values, flag, shown, text

HIDDEN = "(not shown)"
_KEPT_BACK = frozenset({"reason"})
"""Columns whose texts are for the safeguarding team's eyes only."""

ADDED = "added"
CHANGED = "changed"
REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of one row, before and after, in words."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One row that an import adds, changes or removes."""

    kind: str
    """person, link, group, organisation, mailbox."""
    key: str
    what: str
    fields: tuple[Field, ...] = ()
    """Added: what it has. Changed: what differs. Removed: nothing."""
    about: tuple[str, ...] = ()
    """A link: the service user and the other person."""
    restriction: bool = False
    """A link that is restricted, before or after."""
    newly_restricted: bool = False


def compare(before: Rows, after: Rows) -> tuple[Edit, ...]:
    """Every row that differs, kind by kind in the order of their keys."""
    return tuple(
        edit for kind in after for edit in _of_kind(kind, before.get(kind, {}), after[kind])
    )


def _of_kind(
    kind: str, before: Mapping[str, Values], after: Mapping[str, Values]
) -> Iterator[Edit]:
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old is new or old == new:
            continue
        either = new if new is not None else old
        link = kind == LINKS and either is not None
        yield Edit(
            kind=kind,
            key=key,
            what=ADDED if old is None else REMOVED if new is None else CHANGED,
            fields=tuple(_fields(old or {}, new)) if new is not None else (),
            about=(text(either, "person"), text(either, "supporter")) if link and either else (),
            restriction=_restricted(old) or _restricted(new),
            newly_restricted=_restricted(new) and not _restricted(old),
        )


def _fields(old: Values, new: Values) -> Iterator[Field]:
    for column, value in new.items():
        was = old.get(column, "")
        if value == was or (not old and not value):
            continue
        if column in _KEPT_BACK:
            yield Field(column, _covered(was), _covered(value))
        else:
            yield Field(column, shown(was), shown(value))


def _covered(value: Value) -> str:
    return HIDDEN if value else ""


def _restricted(values: Values | None) -> bool:
    return values is not None and flag(values, "restricted")
