"""The log by which every gateway follows the register: bumped in the transaction of the change."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from .models import Change, Revision

KEPT = 200
"""Revisions that the log reaches back: a gateway looks several times a second."""

PERSON = "person"
LINKS = "links"
GROUP = "group"
ORGANISATION = "organisation"
MAILBOX = "mailbox"


def bump(touched: Iterable[tuple[str, str]]) -> int:
    """Log what this transaction touches, as (kind, id), and give the new revision.

    Must run inside the caller's transaction, so that nobody sees the one without the other; raises
    ``RuntimeError`` otherwise. ``LINKS`` is logged with the service user's id.
    """
    row = _locked()
    row.revision += 1
    Change.objects.bulk_create(
        [Change(revision=row.revision, kind=kind, key=key) for kind, key in sorted(set(touched))]
    )
    oldest = row.revision - KEPT
    if oldest > row.complete_since:
        Change.objects.filter(revision__lte=oldest).delete()
        row.complete_since = oldest
    row.save()
    return row.revision


def lock() -> int:
    """Keep every other writer of the register out until the caller's transaction ends.

    Gives the present revision; raises ``RuntimeError`` outside a transaction.
    """
    return _locked().revision


def revision() -> int:
    """The register's present revision; 0 before the first change."""
    row = Revision.objects.filter(id=1).first()
    return 0 if row is None else row.revision


def _locked() -> Revision:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a change of the register needs a transaction around it")
    row, _ = Revision.objects.select_for_update().get_or_create(id=1)
    return row
