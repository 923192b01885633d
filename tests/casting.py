"""How the people of a test are made: short names for what most of them have in common."""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside.policy.people import Contact, Person
from alongside.policy.vocabulary import Category, ContactKind, Hat


def work(address: str, **changes: Any) -> Contact:
    return Contact(address=address, organisational=True, hat=Hat.WORKFORCE, **changes)


def own(address: str, **changes: Any) -> Contact:
    return Contact(address=address, **changes)


def phone(number: str, *, organisational: bool = False, **changes: Any) -> Contact:
    hat = Hat.WORKFORCE if organisational else Hat.PARTICIPANT
    return Contact(
        address=number, kind=ContactKind.PHONE, organisational=organisational, hat=hat, **changes
    )


def workforce(id_: str, organisation: str, *contacts: Contact, **changes: Any) -> Person:
    known: dict[str, Any] = {
        "id": id_,
        "name": id_.capitalize(),
        "categories": frozenset({Category.VOLUNTEER}),
        "organisations": frozenset({organisation}),
        "born": date(1980, 5, 17),
        "household": f"of {id_}",
        "vetted_until": date(2028, 1, 1),
        "trained_until": date(2028, 1, 1),
        "agreed_on": date(2026, 1, 10),
        "contacts": contacts,
    }
    return Person(**(known | changes))


def served(id_: str, category: Category, *contacts: Contact, **changes: Any) -> Person:
    known: dict[str, Any] = {
        "id": id_,
        "name": id_.capitalize(),
        "categories": frozenset({category}),
        "organisations": frozenset({"club"}),
        "household": f"of {id_}",
        "contacts": contacts,
    }
    return Person(**(known | changes))


def supporter(id_: str, category: Category, *contacts: Contact, **changes: Any) -> Person:
    return served(id_, category, *contacts, **({"born": date(1979, 3, 4)} | changes))
