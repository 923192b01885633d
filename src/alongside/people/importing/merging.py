"""What the register will be: the files laid over what stands, under the rules of an import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from difflib import get_close_matches

from alongside.policy.vocabulary import Standing

from . import contacts
from .columns import FORMS
from .present import Register
from .problems import Notice
from .values import (
    GROUPS,
    LINKS,
    MAILBOXES,
    ORGANISATIONS,
    PEOPLE,
    Record,
    Sheet,
    Value,
    Values,
    flag,
    text,
    words,
)


@dataclass(slots=True)
class Merged:
    """The rows as they will be, kind by kind, and where each one's row stands in the files."""

    rows: dict[str, dict[str, Values]] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    records: dict[tuple[str, str], Record] = field(default_factory=dict)


def merge(register: Register, sheets: Iterable[Sheet], *, complete: bool) -> Merged:
    """Upsert by id; absent columns stay, empty cells clear; what is only named is made.

    With ``complete`` whoever is not in the people file has left, and rows of the other files that
    are given and no longer hold them go - but a restriction, which no import ever lifts.
    """
    merged = Merged(rows={kind: dict(rows) for kind, rows in register.rows.items()})
    given = {sheet.kind: sheet for sheet in sheets}
    for sheet in given.values():
        for record in sheet.records:
            merged.records[sheet.kind, record.key] = record
            _lay(merged, register, sheet.kind, record)
    if complete:
        _complete(merged, register, given)
    _make_what_is_named(merged)
    return merged


def _lay(merged: Merged, register: Register, kind: str, record: Record) -> None:
    before = merged.rows[kind].get(record.key)
    form = FORMS[kind]
    blank = {name: column.empty for name, column in form.columns.items() if name != "id"}
    values: dict[str, Value] = {**(blank if before is None else before)}
    values |= {name: value for name, value in record.values.items() if name != "id"}
    if kind == PEOPLE:
        _keep_standing(merged, register, record, before, values)
        tidy, left_out = contacts.without_repeats(values)
        merged.rows[kind][record.key] = tidy
        if left_out:
            merged.notices.append(
                Notice(
                    kind="same_address",
                    what=f"`{record.key}` has {', '.join(left_out)} twice; the first column counts",
                    about=(record.key,),
                    file=record.file,
                    line=record.line,
                )
            )
        return
    if kind == LINKS:
        _keep_restriction(merged, record, before, values)
    merged.rows[kind][record.key] = values


def _keep_standing(
    merged: Merged,
    register: Register,
    record: Record,
    before: Values | None,
    values: dict[str, Value],
) -> None:
    """What the desk decided about somebody's standing, only the desk undoes."""
    if before is None or record.key not in register.standing_kept:
        return
    if values["status"] != before["status"]:
        values["status"] = before["status"]
        merged.notices.append(
            Notice(
                kind="kept_standing",
                what=f"the status of `{record.key}` was set by the safeguarding team and stays",
                about=(record.key,),
                file=record.file,
                line=record.line,
            )
        )


def _keep_restriction(
    merged: Merged, record: Record, before: Values | None, values: dict[str, Value]
) -> None:
    """Once restricted, always restricted, until two people lift it; and never copied."""
    if before is not None and flag(before, "restricted") and not flag(values, "restricted"):
        values["restricted"] = True
        values["reason"] = before["reason"]
        if "restricted" in record.values:
            merged.notices.append(_kept(text(values, "person"), text(values, "supporter"), record))
    if flag(values, "restricted"):
        values["copied"] = False


def _kept(service_user: str, other: str, record: Record | None = None) -> Notice:
    return Notice(
        kind="kept_restriction",
        what=f"`{other}` stays restricted for `{service_user}`: no import lifts a restriction",
        about=(service_user, other),
        file=record.file if record else "",
        line=record.line if record else 0,
    )


def _complete(merged: Merged, register: Register, given: Mapping[str, Sheet]) -> None:
    for kind in (PEOPLE, LINKS, MAILBOXES, GROUPS, ORGANISATIONS):
        if kind in given:
            absent = register.rows[kind].keys() - {r.key for r in given[kind].records}
            _take_out(merged, register, kind, absent)


def _take_out(merged: Merged, register: Register, kind: str, absent: Set[str]) -> None:
    rows = merged.rows[kind]
    for key in sorted(absent):
        values = rows[key]
        if kind == PEOPLE:
            if key not in register.standing_kept:
                rows[key] = {**values, "status": Standing.LEFT.value}
        elif kind == LINKS and flag(values, "restricted"):
            merged.notices.append(_kept(text(values, "person"), text(values, "supporter")))
        elif kind in (LINKS, MAILBOXES):
            del rows[key]
    if kind not in (GROUPS, ORGANISATIONS):
        return
    waiting = set(absent)
    while gone := waiting - _named(merged)[kind].keys():
        for key in gone:
            del rows[key]
        waiting -= gone
    merged.notices += [
        Notice(kind="kept", what=f"the {kind} `{key}` stays: others name it", about=(key,))
        for key in sorted(waiting)
    ]


def _named(merged: Merged) -> dict[str, dict[str, set[tuple[str, ...]]]]:
    """Groups and organisations that some row names; of a group, its members' organisations."""
    groups: dict[str, set[tuple[str, ...]]] = {}
    organisations: dict[str, set[tuple[str, ...]]] = {}
    for person in merged.rows[PEOPLE].values():
        home = words(person, "organisation")
        for group in words(person, "groups"):
            groups.setdefault(group, set()).add(home)
        for organisation in home:
            organisations.setdefault(organisation, set())
    for kind, column in ((GROUPS, "organisation"), (MAILBOXES, "organisation")):
        for row in merged.rows[kind].values():
            organisations.setdefault(text(row, column), set())
    for row in merged.rows[ORGANISATIONS].values():
        organisations.setdefault(text(row, "parent"), set())
    organisations.pop("", None)
    return {GROUPS: groups, ORGANISATIONS: organisations}


def _make_what_is_named(merged: Merged) -> None:
    """Groups and organisations that a row names and no row describes."""
    named = _named(merged)
    for group in sorted(named[GROUPS].keys() - merged.rows[GROUPS].keys()):
        homes = {organisation for home in named[GROUPS][group] for organisation in home}
        _make(merged, GROUPS, group, {"organisation": homes.pop() if len(homes) == 1 else ""})
    for organisation in sorted(named[ORGANISATIONS].keys() - merged.rows[ORGANISATIONS].keys()):
        _make(merged, ORGANISATIONS, organisation, {})


def _make(merged: Merged, kind: str, key: str, values: Values) -> None:
    rows = merged.rows[kind]
    close = get_close_matches(key, rows, n=1, cutoff=0.8)
    hint = f"; did you mean `{close[0]}`?" if close else ""
    columns = FORMS[kind].columns.items()
    blank = {name: column.empty for name, column in columns if name != "id"}
    rows[key] = {**blank, "name": key, **values}
    merged.notices.append(
        Notice(
            kind="made", what=f"the {kind} `{key}` is only named and is made{hint}", about=(key,)
        )
    )
