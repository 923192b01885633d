"""Holds whose time has come: they escalate, and never end silently. Same words in both doors."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.enforcement.values import Bundle, Entry, Incident

from . import sql
from .connect import column
from .rows import Change

ONE_MORE = timedelta(days=1)
OVERDUE_AT_ONCE = 100
INCIDENT = "hold_overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """A hold that nobody decided in time."""

    hold: int
    turn: int
    reference: str
    organisation: str
    guarded: bool
    about: tuple[str, ...]
    with_person: str


def read_overdue(connection: sqlite3.Connection, now: datetime) -> list[Overdue]:
    """The longest overdue first, at most a hundred."""
    rows = connection.execute(sql.OVERDUE, (column(now), OVERDUE_AT_ONCE)).fetchall()
    return [
        Overdue(
            hold=key,
            turn=turn,
            reference=reference,
            organisation=organisation,
            guarded=bool(guarded),
            about=tuple(sorted({*json.loads(writers), *json.loads(persons)})),
            with_person=with_person,
        )
        for key, turn, reference, organisation, guarded, writers, persons, with_person in rows
    ]


def escalation(hold: Overdue, now: datetime, by: str) -> tuple[Bundle, Change]:
    """What is recorded: the entry, an incident for the officers, and a day more."""
    entry = Entry(
        kind="escalated",
        at=now,
        reference=hold.reference,
        persons=tuple((person, "about") for person in hold.about),
        organisation=hold.organisation,
        guarded=hold.guarded,
    )
    incident = Incident(
        kind=INCIDENT,
        reference=hold.reference,
        at=now,
        organisation=hold.organisation,
        persons=hold.about,
    )
    change = Change(
        hold=hold.hold,
        turn=hold.turn + 1,
        verdict="escalate",
        reference=hold.reference,
        by=by,
        due=now + ONE_MORE,
        to_person=hold.with_person,
    )
    return Bundle(entry=entry, incidents=(incident,)), change
