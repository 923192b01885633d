"""Messages and legs for the tests of the mail room: a small cast, always the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alongside.enforcement.values import Leg, Parcel, Stage
from alongside.mail.envelope import Envelope, Recipient
from alongside.mail.identity import Identity
from alongside.mail.parse import read
from tests.world import CARLA, CHLOE, NOW, WELFARE

RECEIVED = b"Received: by gate.club.example (Alongside) with ESMTP\r\n\tid A7K3-9QXM; now\r\n"
IDENTITY = Identity(
    host="gate.club.example",
    organisation="Example Sports Charity",
    contact=WELFARE,
    phone="01632 960123",
    website="https://club.example/safe",
    domains=frozenset({"club.example"}),
)
TEAM = ("Safeguarding team", WELFARE)

PLAIN = {
    "From": "Carla Coach <carla@club.example>",
    "To": "Chloe <chloe@family.example>",
    "Subject": "Training on Tuesday",
    "Date": "Sun, 22 Nov 2026 15:00:00 +0000",
    "Message-ID": "<one@club.example>",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
}


def message(
    changes: Mapping[str, str | None] | None = None, body: bytes = b"See you at six.\r\n"
) -> bytes:
    """A plain message of Carla's to Chloe; ``changes`` replaces or removes fields by name."""
    fields = {**PLAIN, **(changes or {})}
    head = b"".join(f"{n}: {v}\r\n".encode() for n, v in fields.items() if v is not None)
    return head + b"\r\n" + body


def parcel(
    content: bytes | None = None,
    *,
    sender: str = CARLA,
    to: tuple[str, ...] = (CHLOE,),
    parameters: dict[str, str | None] | None = None,
    each: dict[str, dict[str, str | None]] | None = None,
    **facts: Any,
) -> Parcel:
    """The content as if it had come in for these recipients."""
    return read(
        Envelope(
            sender=sender,
            recipients=tuple(Recipient(a, (each or {}).get(a, {})) for a in to),
            content=message() if content is None else content,
            parameters=parameters or {},
        ),
        **{"at": NOW, **facts},
    )


def leg(recipients: tuple[str, ...] = (CHLOE,), **changes: Any) -> Leg:
    """A service user's leg; ``changes`` are fields of ``Leg``."""
    fields: dict[str, Any] = {
        "id": "leg-1",
        "stage": Stage.SERVICE_USER,
        "sender": CARLA,
        "recipients": recipients,
        "written": recipients,
        "cc": (TEAM,),
    }
    return Leg(**{**fields, **changes})
