"""From a random policy message to a real one by e-mail, and what of it e-mail can say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random

from alongside.policy.address import URGENT_TAG
from alongside.policy.message import Message
from alongside.policy.people import People
from alongside.policy.vocabulary import Channel
from tests.worlds_mail import message

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
"""The gateway's clock stands: who is vetted does not change while thousands of messages pass."""
_BODIES = ("See you on Saturday at ten.", "Bring water.\r\n..two dots", ".", "caf\xe9 at six")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One message of the run."""

    number: int
    index: int
    """Its organisation."""
    meant: Message
    """What the gateway should read."""
    envelope: tuple[str, ...]
    """Recipients as given in RCPT, tags and all."""
    content: bytes

    @property
    def id(self) -> str:
        return self.meant.thread[0]


def write(seed: int, number: int, people: People, organisations: int) -> Written:
    """The ``number``-th message of a run, always the same for the same seed."""
    rng = Random(f"{seed}-{number}")
    index = rng.randrange(organisations)
    meant = _sayable(rng, number, message(rng, people, index, channel=Channel.EMAIL), people)
    envelope, by_header = _tagged(rng, meant)
    return Written(
        number=number,
        index=index,
        meant=meant,
        envelope=envelope,
        content=_content(rng, meant, by_header),
    )


def _sayable(rng: Random, number: int, m: Message, people: People) -> Message:
    """The same without what no e-mail says, and with an id of its own."""
    readable = m.authors_readable and bool(m.authors)
    if len(m.authors) > 1 and len(m.senders) != 1:
        readable = False  # RFC 5322 3.6.2: several authors need a Sender
    outside = any(not people.local(a) for a in m.recipients)
    return replace(
        m,
        at=NOW,
        authors_readable=readable,
        thread=(f"<m{number}@sent.test>", *m.thread[1:]),
        # A stranger may only write to local addresses: for all others the relay is shut.
        trusted=m.trusted or m.login is not None or outside,
        reason=m.reason,
        authors=tuple(dict.fromkeys(m.authors)),
        named=tuple(dict.fromkeys(m.named)),
    )


def _tagged(rng: Random, m: Message) -> tuple[tuple[str, ...], bool]:
    """Recipients, with the tag for an emergency on one of them; or the header says it."""
    if not m.urgent:
        return m.recipients, False
    plain = [a for a in m.recipients if '"' not in a and "+" not in a]
    if not plain or rng.random() < 0.4:
        return m.recipients, True
    local, _, domain = plain[0].rpartition("@")
    tagged = f"{local}+{URGENT_TAG}@{domain}"
    return tuple(tagged if a == plain[0] else a for a in m.recipients), False


def _content(rng: Random, m: Message, urgent: bool) -> bytes:
    lines = []
    if rng.random() < 0.2:
        lines.append("Received: from elsewhere.test by here.test; Sun, 22 Nov 2026 14:59:00 +0000")
    lines += _from(rng, m)
    lines += [f"Sender: {a}" for a in m.senders]
    if m.reply_to:
        lines.append(f"Reply-To: {', '.join(m.reply_to)}")
    at = rng.randint(0, len(m.named))
    for name, found in (("To", m.named[:at]), ("Cc", m.named[at:])):
        if found:
            lines.append(f"{name}: " + ",\r\n ".join(_boxed(rng, a) for a in found))
    lines.append(f"Subject: number {m.thread[0][2:-11]}")
    lines.append("Date: Sun, 22 Nov 2026 15:00:00 +0000")
    lines.append(f"Message-ID: {m.thread[0]}")
    if m.thread[1:]:
        lines.append(f"References: {' '.join(m.thread[1:])}")
    if urgent:
        lines.append("X-Alongside-Urgent: yes")
    if m.reason:
        lines.append(f"X-Alongside-Reason: {m.reason}")
    if m.encrypted:
        lines.append('Content-Type: multipart/encrypted; boundary="b";\r\n protocol="x/y"')
    if rng.random() < 0.1:
        lines.append("X-Mailer: Odd  Spacing\t here ")
    body = rng.choice(_BODIES) if not m.encrypted else "--b\r\n\r\nVersion: 1\r\n--b--"
    return ("\r\n".join(lines) + "\r\n\r\n" + body + "\r\n").encode("latin-1")


def _from(rng: Random, m: Message) -> list[str]:
    boxes = [_boxed(rng, a) for a in m.authors]
    if m.authors_readable:
        return [f"From: {', '.join(boxes)}"]
    if not boxes:
        return []
    if len(boxes) > 1 and len(m.senders) != 1:
        return [f"From: {', '.join(boxes)}"]
    return [f"From: {box}" for box in boxes] + [f"From: {boxes[0]}"]


def _boxed(rng: Random, address: str) -> str:
    return address if rng.random() < 0.5 else f"Somebody There <{address}>"
