"""Who else of the safeguarding team could decide a hold."""

from __future__ import annotations

import sqlite3

from django.db import connection

from alongside.access.actor import SAFEGUARDING, Person
from alongside.people import api as people
from alongside.people.snapshot import build

from .holds import is_held


def eligible(person: str, reference: str) -> bool:
    """Whether this person may see the hold's cause and decide it now."""
    try:
        actor = people.actor(person)
    except people.Unknown:
        return False
    return actor.active and is_held(actor, reference)


def others(actor: Person, reference: str) -> list[tuple[str, str]]:
    """Who else may decide it, by name: (person, name). Nobody whom it concerns."""
    found = [p for p in _officers() if p != actor.id and eligible(p, reference)]
    return sorted(((p, people.name_of(p)) for p in found), key=lambda each: each[1].casefold())


def _officers() -> set[str]:
    connection.ensure_connection()
    raw: sqlite3.Connection = connection.connection
    register = build(raw)
    found = {p.id for p in register.persons.values() if p.roles & SAFEGUARDING}
    for o in register.organisations.values():
        found |= {*o.officers, *o.leads, *o.deputies}
    return found
