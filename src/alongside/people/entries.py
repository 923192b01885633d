"""What the record hears of a change to the register: ids and counts, personal texts apart."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from alongside.access.actor import Actor
from alongside.enforcement.values import Entry, Text
from alongside.records import api as records

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def enter(
    actor: Actor,
    what: str,
    *,
    body: Mapping[str, Any],
    persons: Iterable[tuple[str, str]] = (),
    texts: Iterable[Text] = (),
    organisation: str = "",
    guarded: bool = False,
) -> str:
    """Append one entry of kind ``people`` in the caller's transaction; give its reference."""
    reference = _reference()
    records.append(
        actor,
        Entry(
            kind="people",
            at=timezone.now(),
            reference=reference,
            body={"what": what, **body},
            texts=tuple(texts),
            persons=tuple(dict.fromkeys(persons)),
            organisation=organisation,
            guarded=guarded,
        ),
    )
    return reference


def _reference() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
