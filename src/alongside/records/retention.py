"""What is kept for a time only, and what is packed when it is older."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
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
    waiting = Content.objects.filter(
        compressed=False, raw__isnull=False, size__gte=NOT_WORTH_IT, entry__at__lt=before
    )
    places = list(waiting.values_list("entry_id", "position"))
    return sum(
        _compress_some(actor, places[start : start + PACKED_AT_ONCE])
        for start in range(0, len(places), PACKED_AT_ONCE)
    )


def _compress_some(actor: Actor, places: Sequence[tuple[int, int]]) -> int:
    """How many of these were worth it. Packing takes its time before the transaction, not in it."""
    packed = {place: small for place in places if (small := _packed(place)) is not None}
    with transaction.atomic():
        number = sum(
            Content.objects.filter(
                entry_id=entry, position=position, compressed=False, raw__isnull=False
            ).update(raw=small, compressed=True)
            for (entry, position), small in packed.items()
        )
        if number:
            write(actor, Bundle(entry=_entry("compressed", {"contents": number})))
    return number


def _packed(place: tuple[int, int]) -> bytes | None:
    """The content in fewer bytes; None where that can't be had, or it was erased meanwhile."""
    content = Content.objects.get(entry_id=place[0], position=place[1])
    if content.raw is None:
        return None
    small = zlib.compress(bytes(content.raw), 6)
    return small if len(small) < content.size else None


def _entry(kind: str, body: dict[str, int]) -> NewEntry:
    return NewEntry(kind=kind, at=datetime.now(UTC), reference="", body=body)
