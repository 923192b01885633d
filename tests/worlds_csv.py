"""A plain world as the files of the import."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from alongside.policy.people import Contact, People, Person
from alongside.policy.vocabulary import ContactKind

_HEADS = {
    "people": "id,name,category,organisation,groups,roles,date_of_birth,email,personal_email,"
    "mobile,personal_mobile,household,needs,vetted_until,trained_until,agreed_on,status",
    "links": "person,supporter,relationship,copied,restricted,reason",
    "groups": "id,name,organisation,address,officers,leads,senders",
    "organisations": "id,name,parent,domains,role_address,officers,leads",
    "mailboxes": "address,kind,organisation,readers",
}


def as_csv(people: People, folder: Path) -> Mapping[str, Path]:
    """Write the world as ``people.csv`` and so on; give name -> file.

    Raises ``ValueError`` for what the files have no column for: a world made without ``plain``.
    """
    rows: dict[str, list[list[str]]] = {
        "people": [_person(p) for p in people.persons.values()],
        "links": [
            [s, k.supporter, k.relationship.value, _yes(k.copied), _yes(k.restricted), "on record"]
            for s, links in people.links.items()
            for k in links
        ],
        "groups": [
            [
                *(g.id, g.name, g.organisation, _list(g.addresses)),
                *(_list(g.officers), _list(g.leads), _list(g.senders)),
            ]
            for g in people.groups.values()
        ],
        "organisations": [
            [
                *(o.id, o.name, o.parent, _list(o.domains), o.role_address),
                *(_list(o.officers), _list(o.leads)),
            ]
            for o in people.organisations.values()
        ],
        "mailboxes": [
            [m.address, m.kind.value, m.organisation, _list(sorted(m.readers))]
            for m in people.mailboxes.values()
        ],
    }
    files = {}
    for name, lines in rows.items():
        files[name] = folder / f"{name}.csv"
        with files[name].open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(_HEADS[name].split(","))
            writer.writerows(lines)
    return files


def _person(p: Person) -> list[str]:
    if p.objection or p.at_risk or any(not c.reachable or c.readers for c in p.contacts):
        raise ValueError(f"`{p.id}` has what no column can say; make the world with plain=True")
    return [
        p.id,
        p.name,
        _list(sorted(p.categories)),
        _list(sorted(p.organisations)),
        _list(sorted(p.groups)),
        _list(sorted(p.roles)),
        _day(p.born),
        _at(p, ContactKind.EMAIL, personal=False),
        _at(p, ContactKind.EMAIL, personal=True),
        _at(p, ContactKind.PHONE, personal=False),
        _at(p, ContactKind.PHONE, personal=True),
        p.household,
        _list(sorted(p.needs)),
        _day(p.vetted_until),
        _day(p.trained_until),
        _day(p.agreed_on),
        p.standing.value,
    ]


def _at(p: Person, kind: ContactKind, *, personal: bool) -> str:
    """The workforce's own addresses stand in the personal columns, everybody else's in neither."""

    def theirs(c: Contact) -> bool:
        return p.workforce and not c.organisational

    return _list(c.address for c in p.contacts if c.kind is kind and theirs(c) is personal)


def _list(values: Iterable[str]) -> str:
    return ";".join(values)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
