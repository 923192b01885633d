"""What is kept for a time only, and what is packed when it is older."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta

from django.db import transaction

from alongside.access.actor import Actor
from alongside.access.checks import check_administer
from alongside.enforcement.values import Bundle
from alongside.enforcement.values import Entry as NewEntry

from .desk import write
from .models import Content, Copy, Unknown

COPIES_KEPT = timedelta(days=7)
UNKNOWN_KEPT = timedelta(days=60)
PACKED_AFTER = timedelta(days=30)
PACKED_AT_ONCE = 25
"""Blobs to a transaction."""
NOT_WORTH_IT = 512
"""Bytes: what is shorter stays as it is."""


@transaction.atomic
def purge(actor: Actor, now: datetime) -> dict[str, int]:
    """Forget accepted copies after 7 days and unknown outside addresses after 60; how many.

    Raises ``NotAllowed``.
    """
    check_administer(actor)
    copies, _ = Copy.objects.filter(at__lt=now - COPIES_KEPT).delete()
    unknown, _ = Unknown.objects.filter(last__lt=(now - UNKNOWN_KEPT).date()).delete()
    gone = {"copies": copies, "unknown": unknown}
    if any(gone.values()):
        write(actor, Bundle(entry=_entry("purged", gone)))
    return gone


def compress(actor: Actor, before: datetime) -> int:
    """Pack the contents older than that; how many. The commitments are of the bytes as they came,
    so the chain doesn't notice. Raises ``NotAllowed``."""
    check_administer(actor)
    packed = 0
    last: tuple[int, int] | None = (-1, 0)
    while last is not None:
        number, last = _compress_some(actor, before, last)
        packed += number
    return packed


@transaction.atomic
def _compress_some(
    actor: Actor, before: datetime, after: tuple[int, int]
) -> tuple[int, tuple[int, int] | None]:
    """How many of the next page were worth it, and where the page ended; None at the end."""
    waiting = Content.objects.filter(
        compressed=False, raw__isnull=False, size__gte=NOT_WORTH_IT, entry__at__lt=before
    )
    waiting = waiting.filter(entry_id__gt=after[0]) | waiting.filter(
        entry_id=after[0], position__gt=after[1]
    )
    page = list(waiting.order_by("entry_id", "position")[:PACKED_AT_ONCE])
    number = 0
    for content in page:
        small = zlib.compress(bytes(content.raw or b""), 6)
        if len(small) < content.size:
            here = Content.objects.filter(entry_id=content.entry_id, position=content.position)
            here.update(raw=small, compressed=True)
            number += 1
    if number:
        write(actor, Bundle(entry=_entry("compressed", {"contents": number})))
    return number, (page[-1].entry_id, page[-1].position) if page else None


def _entry(kind: str, body: dict[str, int]) -> NewEntry:
    return NewEntry(kind=kind, at=datetime.now(UTC), reference="", body=body)
