"""Erasing one person's texts, and the contents of their messages; the chain stays valid.

Whose a text is, the text itself says. A message is the person's when they wrote it, or when they
are the only service user in it: one that several service users had a part in is their record too.
Left alone is what is still held or on its way: erasing it would lose a message. Accepted copies'
addresses go by themselves after seven days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q

from alongside.access.actor import Actor
from alongside.access.checks import Item, NotAllowed, check_oversee
from alongside.enforcement.values import Bundle
from alongside.enforcement.values import Entry as NewEntry
from alongside.enforcement.values import Text as NewText

from .chain import canonical
from .concerned import check_reason, items
from .desk import write
from .models import Content, Dispatch, Entry, Hold, Incident, Person, Text, TextPerson
from .views import Erased

AT_ONCE = 200
"""Parts to a transaction, so that no gateway waits for one."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing to erase: the table's word in the body, its entry, its position, its filter."""

    kind: str
    entry: int
    position: int


def erase_person(actor: Actor, person: str, reason: str) -> Erased:
    """Erase a person's texts and the contents of their messages, and record that it was done.

    Raises ``NotAllowed`` when the actor is that person, wrote one of the messages or does not
    oversee all of them (law 13: nobody removes the traces of their own), and ``ValueError`` for an
    empty reason. When it is broken off half-way, ask again: what is erased stays so.
    """
    said = check_reason(reason)
    check_oversee(actor, Item(organisation="", about=frozenset({person})))
    owned = Entry.objects.filter(
        Q(id__in=TextPerson.objects.filter(person=person).values("entry_id"))
        | Q(id__in=Person.objects.filter(person=person).values("entry_id"))
    )
    _check_all(actor, owned.iterator(chunk_size=AT_ONCE))
    kept = _still_needed(owned.exclude(reference="").values("reference"))
    parts = list(_texts(person, kept))
    parts += _contents(person, kept)
    parts += _incidents(person, kept)
    for start in range(0, max(1, len(parts)), AT_ONCE):
        _erase(actor, person, said, parts[start : start + AT_ONCE])
    return Erased(
        texts=sum(part.kind == "texts" for part in parts),
        contents=sum(part.kind == "contents" for part in parts),
        kept=tuple(sorted(kept)),
    )


def _check_all(actor: Actor, entries: Iterable[Entry]) -> None:
    rows = iter(entries)
    while page := list(islice(rows, AT_ONCE)):
        for item in items(page).values():
            try:
                check_oversee(actor, item)
            except NotAllowed as error:
                raise NotAllowed(
                    "somebody else must do it: you may not decide on every entry of theirs"
                ) from error


def _still_needed(references: Any) -> frozenset[str]:
    held = Hold.objects.filter(reference__in=references, state="held")
    going = Dispatch.objects.filter(reference__in=references, state="waiting")
    released = Hold.objects.filter(
        reference__in=references, releases__taken_at__isnull=True, releases__verdict="release"
    )
    found: set[str] = set()
    for rows in (held, going, released):
        found.update(rows.values_list("reference", flat=True))
    return frozenset(found)


def _texts(person: str, kept: frozenset[str]) -> Iterable[_Part]:
    owned = TextPerson.objects.filter(person=person).exclude(entry__reference__in=kept)
    places = owned.values_list("entry_id", "position").order_by("entry_id", "position")
    for entry, position in places:
        if Text.objects.filter(entry_id=entry, position=position, value__isnull=False).exists():
            yield _Part("texts", entry, position)


def _contents(person: str, kept: frozenset[str]) -> Iterable[_Part]:
    for reference in sorted(_their_messages(person) - kept):
        stored = Content.objects.filter(entry__reference=reference, raw__isnull=False)
        for entry, position in stored.values_list("entry_id", "position").order_by("entry_id"):
            yield _Part("contents", entry, position)
        held = Hold.objects.filter(reference=reference, message__isnull=False)
        for entry in held.values_list("entry_id", flat=True):
            yield _Part("holds", entry, 0)


def _their_messages(person: str) -> set[str]:
    """References of what they wrote, and of what they alone had a service user's part in."""
    parts = Person.objects.filter(person=person).exclude(entry__reference="")
    wrote = parts.filter(part="writer").values_list("entry__reference", flat=True)
    served = parts.filter(part="service_user").values_list("entry__reference", flat=True)
    others = Person.objects.filter(part="service_user", entry__reference__in=served)
    shared = others.exclude(person=person).values_list("entry__reference", flat=True)
    return set(wrote) | (set(served) - set(shared))


def _incidents(person: str, kept: frozenset[str]) -> Iterable[_Part]:
    """Closed ones that name the person: an open one still needs its detail."""
    closed = Incident.objects.filter(closed__isnull=False, detail__isnull=False)
    named = closed.filter(persons__contains=canonical(person)).exclude(reference__in=kept)
    for entry, position in named.values_list("entry_id", "position").order_by("id"):
        yield _Part("incidents", entry, position)


@transaction.atomic
def _erase(actor: Actor, person: str, reason: str, parts: Sequence[_Part]) -> None:
    kinds = ("texts", "contents", "holds", "incidents")
    listed = {
        kind: [[part.entry, part.position] for part in parts if part.kind == kind] for kind in kinds
    }
    now = datetime.now(UTC)
    entry = NewEntry(
        kind="erased",
        at=now,
        reference="",
        body={"person": person, **listed},
        texts=(NewText(name="reason", value=reason),),
        persons=((person, "about"),),
    )
    key, _ = write(actor, Bundle(entry=entry))
    for part in parts:
        _blank(part, key, now)


def _blank(part: _Part, by: int, now: datetime) -> None:
    if part.kind == "texts":
        Text.objects.filter(entry_id=part.entry, position=part.position).update(
            salt=None, value=None, erased_at=now, erased_by_id=by
        )
    elif part.kind == "contents":
        Content.objects.filter(entry_id=part.entry, position=part.position).update(
            salt=None, raw=None, compressed=False, erased_at=now, erased_by_id=by
        )
    elif part.kind == "holds":
        Hold.objects.filter(entry_id=part.entry).update(salt=None, message=None, erased_by_id=by)
    else:
        Incident.objects.filter(entry_id=part.entry, position=part.position).update(
            salt=None, detail=None, erased_by_id=by
        )
