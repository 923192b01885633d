"""Entries and bundles as the line would hand them over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from alongside.enforcement.values import (
    Bundle,
    CopyMark,
    Dispatch,
    Entry,
    Hold,
    Incident,
    Text,
)

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
RAW = b"From: carl@club.example\r\nTo: tess@home.example\r\n\r\nTraining is at six.\r\n"


def decided(reference: str = "A7K3-9QXM", at: datetime = NOW, **changes: Any) -> Entry:
    facts: dict[str, Any] = {
        "kind": "decided",
        "at": at,
        "reference": reference,
        "body": {"rulebook": "online-safeguarding", "message_id": "<1@club.example>"},
        "texts": (
            Text(name="subject", value="Training", persons=("carl", "tess")),
            Text(name="from", value="carl@club.example", persons=("carl",)),
            Text(name="to", value="tess@home.example", persons=("tess",)),
        ),
        "persons": (("carl", "writer"), ("tess", "service_user"), ("olive", "third_party")),
        "clauses": ("E3", "G1"),
        "verdict": "permit",
        "organisation": "club",
        "in_doubt_until_outcome": True,
    }
    return Entry(**(facts | changes))


def outcome(reference: str = "A7K3-9QXM", at: datetime = NOW) -> Entry:
    return Entry(
        kind="outcome", at=at + timedelta(seconds=1), reference=reference, body={"legs": 2}
    )


def mark(leg: str = "leg-1", at: datetime = NOW, **changes: Any) -> CopyMark:
    facts: dict[str, Any] = {
        "leg": leg,
        "fingerprint": "f1",
        "reference": "A7K3-9QXM",
        "at": at,
        "person": "olive",
        "address": "olive@club.example",
        "serves": ("tess",),
    }
    return CopyMark(**(facts | changes))


def dispatch(key: str = "d1", due: datetime = NOW, **changes: Any) -> Dispatch:
    facts: dict[str, Any] = {
        "id": key,
        "reference": "A7K3-9QXM",
        "channel": "email",
        "kind": "message",
        "due": due,
        "deadline": due + timedelta(days=2),
        "plan": {"legs": ["copy", "rest"], "share": 0.5},
        "content": RAW,
    }
    return Dispatch(**(facts | changes))


def held(reference: str = "H2M4-7RTV", *, guarded: bool = False, at: datetime = NOW) -> Bundle:
    entry = decided(
        reference,
        at,
        kind="held",
        verdict="hold",
        guarded=guarded,
        in_doubt_until_outcome=False,
        persons=(
            ("carl", "writer"),
            ("tess", "service_user"),
            *((("frank", "about"),) if guarded else ()),
        ),
        clauses=("G2",) if guarded else ("E3",),
    )
    hold = Hold(
        reference=reference,
        at=at,
        expires=at + timedelta(days=3),
        organisation="club",
        guarded=guarded,
        writers=("carl",),
        persons=("tess", "frank") if guarded else ("tess",),
        message={"channel": "email", "recipients": ["tess@home.example"]},
    )
    return Bundle(entry=entry, content=RAW, hold=hold)


def bounced(reference: str = "A7K3-9QXM", at: datetime = NOW) -> Bundle:
    incident = Incident(
        kind="copy_bounced",
        reference=reference,
        at=at,
        organisation="club",
        persons=("olive",),
        detail={"address": "olive@club.example", "code": 550},
    )
    return Bundle(incidents=(incident,))
