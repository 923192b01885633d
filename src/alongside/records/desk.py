"""The desk's door to the chain: an entry in the business transaction, on the chain ``desk``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Max

from alongside.access.actor import Actor, name_of
from alongside.enforcement.values import Bundle, Dispatch, Entry, Incident

from .batch import HeadMoved, Stale
from .chain import DESK, GENESIS, Place
from .models import Dispatch as DispatchRow
from .models import Doubt, Head, Hold
from .models import Entry as EntryRow
from .rows import Change, Prepared, Row, prepare
from .sql import COLUMNS


def append(
    actor: Actor,
    entry: Entry,
    content: bytes | None = None,
    *,
    dispatches: Sequence[Dispatch] = (),
    incidents: Sequence[Incident] = (),
) -> Place:
    """Record a fact in the caller's transaction, or in one of its own.

    Call it inside the ``transaction.atomic()`` that makes the change: both are there or neither.
    The entry names the actor. Raises ``ValueError`` for what can't be written down.
    """
    bundle = Bundle(
        entry=entry, content=content, dispatches=tuple(dispatches), incidents=tuple(incidents)
    )
    return write(actor, bundle)[1]


def write(actor: Actor, bundle: Bundle, change: Change | None = None) -> tuple[int, Place]:
    """The entry's key and place. Raises ``Stale`` when somebody decided on the hold first."""
    prepared = prepare(bundle, utc, datetime.now(UTC), by=name_of(actor), change=change)
    with transaction.atomic():
        return _write(prepared)


def _write(prepared: Prepared) -> tuple[int, Place]:
    number, last = _locked_head()
    if prepared.change is not None:
        _change_hold(prepared.change)
    key, place, row = prepared.place(number, last)
    if prepared.entry is not None and prepared.entry.kind == "outcome":
        Doubt.objects.filter(reference=prepared.entry.reference).delete()
    rows: dict[str, list[Row]] = defaultdict(list)
    rows["records_entry"].append(row)
    for table, part in prepared.parts:
        rows[table].append((key, *part))
    for table in (table for table in COLUMNS if rows[table]):
        insert(table, rows[table])
    finished = DispatchRow.objects.filter(id__in=prepared.finished, state="waiting")
    finished.filter(entry__isnull=True).delete()
    finished.update(
        state="done", plan="", progress="", lease_by="", lease_until=None, finished_id=key
    )
    Head.objects.filter(chain=DESK).update(seq=place.seq, hash=place.hash)
    return key, place


def _locked_head() -> tuple[int, Place]:
    """The desk's head row, which nobody else can move until this transaction ends."""
    head = Head.objects.select_for_update().filter(chain=DESK).first()
    if head is None:
        if EntryRow.objects.filter(chain=DESK).exists():
            raise HeadMoved(f"the head of chain `{DESK}` is missing: run `alongside record verify`")
        highest = Head.objects.aggregate(highest=Max("number"))["highest"] or 0
        head = Head.objects.create(chain=DESK, number=highest + 1, seq=0, hash=GENESIS)
    return head.number, Place(DESK, head.seq, head.hash)


def insert(table: str, rows: Sequence[Row]) -> None:
    """Whole rows, as ``rows`` prepares them."""
    model = _MODELS[table]
    names = COLUMNS[table]
    model._default_manager.bulk_create(model(**dict(zip(names, row, strict=True))) for row in rows)


def _change_hold(change: Change) -> None:
    changed = Hold.objects.filter(entry_id=change.hold, turn=change.turn - 1, state="held").update(
        state=change.state, due=change.due, with_person=change.to_person, turn=change.turn
    )
    if changed != 1:
        raise Stale


def utc(at: datetime) -> Any:
    """Django writes a time itself, and only with a zone."""
    if at.tzinfo is None:
        raise ValueError(f"the time `{at.isoformat()}` has no zone")
    return at


_MODELS: dict[str, type[models.Model]] = {
    model._meta.db_table: model for model in apps.get_app_config("records").get_models()
}
