"""Whom an entry concerns, so that law 13 can be asked: nobody sees or decides about themselves.

One message has several entries under one reference, and not every one of them repeats who had a
part in it; so the answer is for the reference as a whole.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from alongside.access.actor import Actor, Person
from alongside.access.checks import Item, NotAllowed

from .models import Entry, Hold, Incident
from .models import Person as PersonRow

CONCERNED = frozenset({"writer", "about", "service_user", "supporter"})
"""Not the third party, and not a mere recipient: an officer who stood in the envelope may decide.
A recipient who is restricted has the part ``about`` as well."""
READERS = frozenset({"recipient", "third_party", "other"})
"""Of sealed mail: to whom it was written."""
NOBODY = frozenset({""})


class NotFound(LookupError):
    """there is no such thing, or it must look so to you"""


def items(entries: Iterable[Entry]) -> dict[int, Item]:
    """For each entry's key, what ``access.checks`` needs to know."""
    asked = list(entries)
    references = {entry.reference for entry in asked if entry.reference}
    family: dict[int, str] = {entry.id: entry.reference for entry in asked}
    organisations: dict[str, str] = {}
    sealed: set[str] = set()
    for key, reference, organisation, closed in Entry.objects.filter(
        reference__in=references
    ).values_list("id", "reference", "organisation", "sealed"):
        family[key] = reference
        if organisation:
            organisations.setdefault(reference, organisation)
        if closed:
            sealed.add(reference)
    parts = _parts(family)
    for reference, about in _beside(references):
        parts[reference].update((person, "about") for person in about)
    return {
        entry.id: _item(
            entry.organisation or organisations.get(entry.reference, ""),
            parts[_key(entry.id, entry.reference)],
            entry.sealed or entry.reference in sealed,
        )
        for entry in asked
    }


def concerns(actor: Actor, item: Item) -> bool:
    """Whether it must look to the actor as if it did not exist."""
    return isinstance(actor, Person) and actor.id in item.about


def check_reason(reason: str) -> str:
    """A reason without the space around it. Raises ``ValueError`` for an empty one."""
    if not reason.strip():
        raise ValueError("give a reason: it is kept on the record")
    return reason.strip()


def check_person(actor: Actor) -> Person:
    """The actor as a person. Raises ``NotAllowed`` for a part of the system."""
    if not isinstance(actor, Person):
        raise NotAllowed("only a person may decide this")
    return actor


def _parts(family: dict[int, str]) -> dict[str, set[tuple[str, str]]]:
    parts: dict[str, set[tuple[str, str]]] = defaultdict(set)
    rows = PersonRow.objects.filter(entry_id__in=family).values_list("entry_id", "person", "part")
    for key, person, part in rows:
        parts[_key(key, family[key])].add((person, part))
    return parts


def _beside(references: set[str]) -> Iterable[tuple[str, list[str]]]:
    """Holds name everybody they concern. An incident's persons are about that incident only."""
    for reference, writers, persons in Hold.objects.filter(reference__in=references).values_list(
        "reference", "writers", "persons"
    ):
        yield reference, [*json.loads(writers), *json.loads(persons)]


def _key(key: int, reference: str) -> str:
    """Entries without a reference stand for themselves."""
    return reference or f"#{key}"


def _item(organisation: str, parts: set[tuple[str, str]], sealed: bool) -> Item:
    about = frozenset(person for person, part in parts if part in CONCERNED)
    if not sealed:
        return Item(organisation=organisation, about=about)
    readers = frozenset(person for person, part in parts if part in READERS)
    return Item(organisation=organisation, about=about, sealed_for=(readers - about) or NOBODY)


def incident_item(incident: Incident, of_entry: Item) -> Item:
    """An incident concerns its own persons beside those of its message."""
    return Item(
        organisation=incident.organisation or of_entry.organisation,
        about=of_entry.about | frozenset(json.loads(incident.persons)),
        sealed_for=of_entry.sealed_for,
    )
