"""Django's own mail (a forgotten password, a new passkey) on its way through the outbox.

The web carries no mail. It commits a row with its entry, and a gateway delivers it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from alongside.access.actor import System
from alongside.enforcement.values import Entry
from alongside.mail.notices import MailNotices
from alongside.mail.own import Letter
from alongside.records import api as records

from .config import Config
from .frame import configuration
from .gateway_parts import identity, signer
from .wiring import rulebook, snapshot

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class Outbox(BaseEmailBackend):
    """One letter for each recipient, with the contact block at its foot."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        config = configuration()
        if config is None:
            raise RuntimeError("no mail can be posted without a configuration")
        for message in email_messages:
            for to in message.to:
                post(config, to, str(message.subject), str(message.body))
        return len(email_messages)


def post(config: Config, to: str, subject: str, body: str) -> None:
    """A letter of ours about somebody's account. Blank lines part its paragraphs."""
    letters = _notices(config)
    now = datetime.now(UTC)
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(8))
    reference = f"{drawn[:4]}-{drawn[4:]}"
    letter = Letter(
        to=to,
        subject=" ".join(subject.split()),
        paragraphs=tuple(p.strip() for p in body.split("\n\n") if p.strip()),
        reference=reference,
        kind="account",
        at=now,
        replied=False,
    )
    entry = Entry(kind="account", at=now, reference=reference, body={"what": "letter"})
    records.post(System("web"), entry, (letters.dispatch(letter, now),))


def _notices(config: Config) -> MailNotices:
    people = snapshot(config)
    return MailNotices(
        identity=identity(config, people),
        signer=signer(config),
        zone=rulebook(config).zone,
    )
