"""A row of the chronology and its entry in the record: both or neither.

The record's entry holds ids and closed lists; what people wrote stands apart as its texts. Those
are nobody's in particular: a concern is not erased with a person. It is sealed for whoever has
access, and never shown to whom it is about.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from alongside.access.actor import Actor, Person, System
from alongside.enforcement.values import Entry, Text
from alongside.records import api as records

from .kinds import NoteKind, What
from .models import Concern, Note

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
READER, ABOUT, REPORTER = "recipient", "about", "reporter"
"""Parts in the record: ``recipient`` may read what is sealed, ``about`` never sees it."""
TEXTS = ("about", "when", "text")


def reference() -> str:
    """A new one, as messages have."""
    while True:
        drawn = "".join(secrets.choice(_LETTERS) for _ in range(8))
        found = f"{drawn[:4]}-{drawn[4:]}"
        if not Concern.objects.filter(reference=found).exists():
            return found


def add(
    actor: Actor,
    concern: Concern,
    kind: NoteKind,
    what: What = What.NONE,
    *,
    body: Mapping[str, Any] | None = None,
    texts: Iterable[Text] = (),
    parts: Iterable[tuple[str, str]] = (),
    at: datetime | None = None,
    **fields: Any,
) -> Note:
    """Add a row with its entry. ``fields`` are the row's own; ``body`` says more to the record."""
    now = at or timezone.now()
    with transaction.atomic():
        last = concern.notes.aggregate(last=Max("number"))["last"] or 0
        note = Note.objects.create(
            concern=concern,
            number=last + 1,
            kind=kind,
            what=what,
            at=now,
            by=actor.id if isinstance(actor, Person) else _system(actor),
            **fields,
        )
        said = {
            "what": kind.value,
            "number": note.number,
            "state": concern.state,
            "detail": what.value,
            "person": note.person,
            "choice": note.choice,
            "clock": note.clock,
            "message": note.message,
            **({"due": note.due} if note.due else {}),
            **(body or {}),
        }
        records.append(
            actor,
            Entry(
                kind="concern",
                at=now,
                reference=concern.reference,
                body={key: _plain(value) for key, value in said.items() if value != ""},
                texts=(
                    *(Text(name=n, value=getattr(note, n)) for n in TEXTS if getattr(note, n)),
                    *texts,
                ),
                persons=tuple(dict.fromkeys(parts)),
                organisation=concern.organisation,
                sealed=True,
            ),
        )
    return note


def _system(actor: System) -> str:
    """A report without a name has none; what the house did by itself says so."""
    return "" if actor.name == "report" else f"system:{actor.name}"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
