"""Reading the record: entries without their texts for whoever oversees them; a message's content
only with a reason, which is itself recorded."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet

from alongside.access.actor import Actor
from alongside.access.checks import Item, can_oversee, check_oversee
from alongside.enforcement.values import Bundle
from alongside.enforcement.values import Entry as NewEntry
from alongside.enforcement.values import Text as NewText

from .concerned import NotFound, check_reason, concerns, items
from .desk import write
from .models import Clause, Content, Entry, Person, Text
from .rows import text
from .views import ContentView, EntryView

PAGE = 200


def find(
    actor: Actor,
    *,
    person: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    clause: str = "",
    verdict: str = "",
    kind: str = "",
    reference: str = "",
    limit: int = PAGE,
) -> list[EntryView]:
    """The entries that fit, newest first, without those this actor may not oversee.

    Raises ``NotAllowed`` for whoever holds no safeguarding role.
    """
    check_oversee(actor, Item(organisation=""))
    asked = Entry.objects.order_by("-at", "-id")
    if person:
        asked = asked.filter(id__in=Person.objects.filter(person=person).values("entry_id"))
    if clause:
        asked = asked.filter(id__in=Clause.objects.filter(clause=clause).values("entry_id"))
    if since:
        asked = asked.filter(at__gte=since)
    if until:
        asked = asked.filter(at__lt=until)
    if verdict:
        asked = asked.filter(verdict=verdict)
    if kind:
        asked = asked.filter(kind=kind)
    if reference:
        asked = asked.filter(reference=reference)
    return list(islice(_visible(actor, asked), limit))


def content(actor: Actor, reference: str, reason: str) -> ContentView:
    """The message as it came, and the texts of its entry; that it was read is recorded, and why.

    Raises ``NotFound`` (also when it concerns the actor), ``NotAllowed``, and ``ValueError`` for an
    empty reason.
    """
    said = check_reason(reason)
    with transaction.atomic():
        unknown = NotFound(f"there is no content under `{reference}`")
        stored = (
            Content.objects.filter(entry__reference=reference, position=0)
            .select_related("entry")
            .order_by("-entry__at", "-entry_id")
            .first()
        )
        if stored is None:
            raise unknown
        item = items([stored.entry])[stored.entry_id]
        if concerns(actor, item):
            raise unknown
        check_oversee(actor, item)
        about = tuple(sorted(item.about))
        entry = NewEntry(
            kind="read",
            at=datetime.now(UTC),
            reference=reference,
            body={"entry": stored.entry_id},
            texts=(NewText(name="reason", value=said, persons=about),),
            persons=tuple((each, "about") for each in about),
            organisation=item.organisation,
            guarded=stored.entry.guarded,
            sealed=bool(item.sealed_for),
        )
        write(actor, Bundle(entry=entry))
        texts = Text.objects.filter(entry_id=stored.entry_id).order_by("position")
        return ContentView(
            reference=reference,
            raw=_unpacked(stored),
            texts=tuple((t.name, None if t.value is None else text(t.value)) for t in texts),
        )


def _visible(actor: Actor, asked: QuerySet[Entry]) -> Iterator[EntryView]:
    rows = asked.iterator(chunk_size=PAGE)
    while page := list(islice(rows, PAGE)):
        about = items(page)
        for entry in page:
            if can_oversee(actor, about[entry.id]):
                yield _view(entry)


def _view(entry: Entry) -> EntryView:
    said = json.loads(entry.body)
    return EntryView(
        chain=entry.chain,
        seq=entry.seq,
        at=entry.at,
        kind=entry.kind,
        reference=entry.reference,
        verdict=entry.verdict,
        organisation=entry.organisation,
        guarded=entry.guarded,
        sealed=entry.sealed,
        by=said.get("by", ""),
        persons=tuple((person, part) for person, part in said.get("persons", ())),
        clauses=tuple(said.get("clauses", ())),
        body=said.get("body", {}),
    )


def _unpacked(stored: Content) -> bytes | None:
    if stored.raw is None:
        return None
    raw = bytes(stored.raw)
    return zlib.decompress(raw) if stored.compressed else raw
