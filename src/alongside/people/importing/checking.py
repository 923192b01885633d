"""What must hold before anything is taken in: nobody named who isn't there, no loops, no doubt."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.policy.address import key
from alongside.policy.vocabulary import SERVICE_USERS, Category

from .merging import Merged
from .present import CONTACT_COLUMNS, Register
from .problems import Notice, Problem
from .values import (
    GROUPS,
    LINKS,
    MAILBOXES,
    ORGANISATIONS,
    PEOPLE,
    Record,
    text,
    words,
)

_NAMED_PERSONS = {
    GROUPS: ("officers", "leads", "senders"),
    ORGANISATIONS: ("officers", "leads"),
    MAILBOXES: ("readers",),
}
_HAVE_LINKS = SERVICE_USERS | {Category.YOUNG_LEADER}


def problems(register: Register, merged: Merged) -> Iterator[Problem]:
    """Everything that stops the import, in no particular order."""
    for (kind, name), record in merged.records.items():
        values = merged.rows[kind][name]
        if kind == PEOPLE and not words(values, "category"):
            yield _problem(record, "category", "there is no category", "say what they are to you")
        if kind == MAILBOXES and not text(values, "kind"):
            yield _problem(record, "kind", "there is no kind", "write shared, automatic or role")
        if kind == LINKS:
            yield from _link_problems(register, merged, record)
        for column in _NAMED_PERSONS.get(kind, ()):
            for person in words(record.values, column):
                if person not in merged.rows[PEOPLE]:
                    yield _nobody(record, column, person)
    yield from _loops(merged)
    yield from _claimed_twice(merged)


def notices(merged: Merged) -> Iterator[Notice]:
    """What somebody should look at: addresses of several people, and people nobody can back."""
    touched = {name for kind, name in merged.records if kind == PEOPLE}
    owners: dict[str, dict[str, str]] = {}
    for person, values in merged.rows[PEOPLE].items():
        for column in CONTACT_COLUMNS:
            for address in words(values, column):
                owners.setdefault(key(address), {})[person] = address
    elsewhere = {key(a) for g in merged.rows[GROUPS].values() for a in words(g, "address")}
    elsewhere |= merged.rows[MAILBOXES].keys()
    for found, holders in sorted(owners.items()):
        about = tuple(sorted(holders))
        if touched.isdisjoint(holders):
            continue
        if len(holders) > 1:
            named = ", ".join(f"`{person}`" for person in about)
            yield Notice(
                kind="collision",
                what=f"{holders[about[0]]} belongs to {named}: whoever opens it reads it",
                about=about,
            )
        if found in elsewhere:
            yield Notice(
                kind="collision",
                what=f"{holders[about[0]]} of `{about[0]}` is also a group's or mailbox's address",
                about=about,
            )
    for person in sorted(touched):
        values = merged.rows[PEOPLE][person]
        if not words(values, "organisation") and not SERVICE_USERS.isdisjoint(
            words(values, "category")
        ):
            record = merged.records[PEOPLE, person]
            yield Notice(
                kind="incomplete",
                what=f"`{person}` is in no organisation: nobody can be copied for them",
                about=(person,),
                file=record.file,
                line=record.line,
            )


def _link_problems(register: Register, merged: Merged, record: Record) -> Iterator[Problem]:
    persons = merged.rows[PEOPLE]
    values = merged.rows[LINKS][record.key]
    service_user, other = text(values, "person"), text(values, "supporter")
    for column, person in (("person", service_user), ("supporter", other)):
        if person not in persons:
            yield _nobody(record, column, person)
    if service_user == other:
        yield _problem(
            record, "supporter", f"`{other}` is linked to themselves", "name the other person"
        )
    elif record.key not in register.rows[LINKS] and service_user in persons:
        if _HAVE_LINKS.isdisjoint(words(persons[service_user], "category")):
            yield _problem(
                record,
                "person",
                f"`{service_user}` is no service user",
                "`person` is the child or participant, `supporter` the other person",
            )


def _loops(merged: Merged) -> Iterator[Problem]:
    organisations = merged.rows[ORGANISATIONS]
    for (kind, name), record in merged.records.items():
        if kind != ORGANISATIONS:
            continue
        seen: set[str] = set()
        above = text(organisations[name], "parent")
        while above and above not in seen:
            if above == name:
                yield _problem(
                    record, "parent", f"`{name}` is above itself", "leave the topmost one's empty"
                )
                break
            seen.add(above)
            above = text(organisations.get(above, {}), "parent")


def _claimed_twice(merged: Merged) -> Iterator[Problem]:
    domains = _claims(merged, ORGANISATIONS, "domains")
    yield from _twice(merged, ORGANISATIONS, "domains", domains, {})
    mailboxes = dict.fromkeys(merged.rows[MAILBOXES], MAILBOXES)
    addresses = _claims(merged, GROUPS, "address")
    yield from _twice(merged, GROUPS, "address", addresses, mailboxes)


def _claims(merged: Merged, kind: str, column: str) -> dict[str, list[str]]:
    claims: dict[str, list[str]] = {}
    for name, values in merged.rows[kind].items():
        for found in {key(value) for value in words(values, column)}:
            claims.setdefault(found, []).append(name)
    return claims


def _twice(
    merged: Merged,
    kind: str,
    column: str,
    claims: dict[str, list[str]],
    others: dict[str, str],
) -> Iterator[Problem]:
    for found, names in sorted(claims.items()):
        if len(names) < 2 and found not in others:
            continue
        whose = " and ".join(f"`{name}`" for name in sorted(names))
        if found in others:
            whose += f" and to a {others[found]}"
        yield _where(
            merged,
            kind,
            names,
            column,
            what=f"`{found}` belongs to {whose}",
            mend="it can belong to one only",
        )


def _where(
    merged: Merged, kind: str, names: list[str], column: str, *, what: str, mend: str
) -> Problem:
    for name in reversed(names):
        if (kind, name) in merged.records:
            return _problem(merged.records[kind, name], column, what, mend)
    return Problem(file="the register", column=column, what=what, mend=mend)


def _nobody(record: Record, column: str, person: str) -> Problem:
    return _problem(
        record, column, f"there is nobody with the id `{person}`", "add them to people.csv first"
    )


def _problem(record: Record, column: str, what: str, mend: str) -> Problem:
    return Problem(file=record.file, line=record.line, column=column, what=what, mend=mend)
