"""Letters of ours that hold a secret: a link that signs somebody in.

That one was sent stands on the record. What it said goes with the row of the outbox: an officer who
reads the record must not find a way into somebody's account there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import transaction

from alongside.access.actor import Actor
from alongside.enforcement.values import Bundle, Dispatch, Entry

from .chain import Place
from .desk import append, insert, utc
from .rows import prepare


def post(actor: Actor, entry: Entry, letters: Sequence[Dispatch]) -> Place:
    """Record that letters are sent, and put them into the outbox, where no trace of them stays.

    In the caller's transaction, or in one of its own. Raises ``ValueError`` for what can't be
    written down.
    """
    loose = prepare(Bundle(dispatches=tuple(letters)), utc, datetime.now(UTC)).loose
    with transaction.atomic():
        place = append(actor, entry)
        insert("records_dispatch", loose)
    return place
