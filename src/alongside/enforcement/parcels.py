"""Parcels as rows of the outbox, and as legs that nothing is changed in."""

from __future__ import annotations

import secrets
from datetime import datetime

from .codec import to_json
from .delivery import Progress
from .values import Dispatch, Fate, Judged, Leg, Outcome, Parcel, Stage


def kept(parcel: Parcel) -> dict[str, object]:
    """What a dispatch or a hold keeps of a parcel, besides its bytes."""
    return {
        "message": to_json(parcel.message),
        "parameters": dict(parcel.parameters),
        "fingerprint": parcel.fingerprint,
    }


def dispatch(
    judged: Judged,
    *,
    now: datetime,
    due: datetime,
    deadline: datetime,
    progress: Progress | None = None,
) -> Dispatch:
    """A row of the outbox: judged again when its turn comes (pitfall 24)."""
    return Dispatch(
        id=secrets.token_hex(12),
        reference=judged.reference,
        channel=str(judged.parcel.message.channel),
        kind="message",
        due=due,
        deadline=deadline,
        plan=kept(judged.parcel),
        progress=progress.as_json() if progress else {},
        content=judged.parcel.content,
    )


def as_it_came(parcel: Parcel, recipients: tuple[str, ...], stage: Stage) -> Leg:
    return Leg(
        id=secrets.token_hex(8),
        stage=stage,
        sender=parcel.message.envelope_from,
        recipients=recipients,
        written=recipients,
        untouched=True,
    )


def first_failure(outcomes: dict[str, Outcome]) -> Outcome:
    """What the client hears when nobody had it: a temporary word, if there is one."""
    failures = list(outcomes.values())
    return next((o for o in failures if o.fate is Fate.TEMPORARY), failures[0])
