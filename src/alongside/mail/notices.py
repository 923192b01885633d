"""The line's notices as rows of the outbox: to whom one goes, and to whom never.

Never to the null sender, never to a sender who may be made up, never in answer to a machine
(RFC 3834 2, pitfall 13). None of these depends on why a message was held (law 15).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import partial

from alongside.enforcement.chance import token
from alongside.enforcement.codec import to_json
from alongside.enforcement.values import Dispatch, Judged, Outcome
from alongside.policy import explain
from alongside.policy.address import domain_of
from alongside.policy.decision import Nature
from alongside.policy.message import Message
from alongside.policy.vocabulary import Channel

from . import dsn_out, letters
from .dkim_sign import signed
from .headers import Headers, split
from .identity import Identity, Signer
from .own import Letter, written
from .quoting import sentences

DEADLINE = timedelta(days=2)
_MACHINES = frozenset({b"bulk", b"junk", b"list"})


def _nobody(judged: Judged) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MailNotices:
    """Writes our notices; the line commits them with what they tell of."""

    identity: Identity
    signer: Signer | None = None
    for_holds: bool = True
    for_refusals: bool = False
    for_warnings: bool = True
    zone: tzinfo
    """In which the writer reads when they wrote."""
    alarmed: Callable[[Judged], Sequence[str]] = _nobody
    """Addresses of the lead for an emergency, without anybody it is about (law 13)."""

    def held(self, judged: Judged, now: datetime) -> Dispatch | None:
        """The notice of a hold: the same words for every cause."""
        if not self.for_holds or not _may_answer(judged):
            return None
        local = judged.parcel.message.at.astimezone(self.zone)
        letter = letters.held(
            to=judged.parcel.message.envelope_from,
            reference=judged.reference,
            at=now,
            answers=_message_id(judged),
            when=f" of {local.day} {local:%B %Y}, {local:%H:%M},",
        )
        return self.dispatch(letter, now)

    def released(self, judged: Judged, now: datetime) -> Dispatch | None:
        """The safeguarding team let a held message go, and it has left."""
        if not self.for_holds or not _may_answer(judged):
            return None
        letter = letters.released(
            to=judged.parcel.message.envelope_from,
            reference=judged.reference,
            at=now,
            answers=_message_id(judged),
        )
        return self.dispatch(letter, now)

    def hold_refused(self, reference: str, message: Message, now: datetime) -> Dispatch | None:
        """The safeguarding team did not let it go; the same words for every cause (law 15).

        To whom the notice of the hold went, and to nobody else.
        """
        if not self.for_holds or not message.envelope_from or not message.trusted:
            return None
        letter = letters.hold_refused(to=message.envelope_from, reference=reference, at=now)
        return self.dispatch(letter, now)

    def refused(self, judged: Judged, now: datetime) -> Dispatch | None:
        """The notice of an open refusal, where the settings ask for one."""
        said = explain.for_writer(judged.decision)
        if not self.for_refusals or not said or not _may_answer(judged):
            return None
        letter = letters.refused(
            said,
            to=judged.parcel.message.envelope_from,
            reference=judged.reference,
            at=now,
            answers=_message_id(judged),
            about=partial(sentences, judged),
        )
        return self.dispatch(letter, now)

    def warned(self, judged: Judged, now: datetime) -> Dispatch | None:
        """It is on its way, and something in it should be different another time."""
        said = explain.warnings(judged.decision)
        if not self.for_warnings or not said or not _may_answer(judged):
            return None
        letter = letters.warned(
            said,
            to=judged.parcel.message.envelope_from,
            reference=judged.reference,
            at=now,
            answers=_message_id(judged),
            about=partial(sentences, judged),
        )
        return self.dispatch(letter, now)

    def undelivered(
        self, judged: Judged, failed: Mapping[str, Outcome], now: datetime
    ) -> Dispatch | None:
        """A delivery status notification to the writer (RFC 3464), after the client heard 250."""
        content = dsn_out.failure(
            judged.parcel,
            failed,
            reference=judged.reference,
            identity=self.identity,
            at=now,
        )
        if content is None:
            return None
        to = judged.parcel.message.envelope_from
        return self._row((to,), content, "undelivered", judged.reference, now)

    def alarm(self, judged: Judged, now: datetime) -> Dispatch | None:
        """The desk's alarm to the lead: an emergency, without its content."""
        to = tuple(self.alarmed(judged))
        if not to:
            return None
        letter = letters.alarm(to=to[0], reference=judged.reference, at=now)
        return self.dispatch(letter, now, also=to[1:])

    def dispatch(self, letter: Letter, now: datetime, *, also: Sequence[str] = ()) -> Dispatch:
        """Any of ``letters`` as a row of the outbox; ``also`` are more envelope recipients."""
        content = written(letter, self.identity)
        return self._row((letter.to, *also), content, letter.kind, letter.reference, now)

    def _row(
        self, to: Sequence[str], content: bytes, what: str, reference: str, now: datetime
    ) -> Dispatch:
        author = self.identity.contact
        if self.signer is not None:
            content = signed(self.signer, domain_of(author) or self.identity.host, content)
        message = Message(
            channel=Channel.EMAIL,
            at=now,
            recipients=tuple(to),
            authors=(author,) if author else (),
        )
        wide = {} if content.isascii() and "".join(to).isascii() else {"SMTPUTF8": None}
        return Dispatch(
            id=token(12),
            reference=reference,
            channel=str(Channel.EMAIL),
            kind="notice",
            due=now,
            deadline=now + DEADLINE,
            plan={
                "what": what,
                "sender": "",
                "recipients": list(to),
                "message": to_json(message),
                "parameters": {"mail": wide},
            },
            content=content,
        )


def _may_answer(judged: Judged) -> bool:
    """Whether there is somebody to answer: who handed it over is known, and no machine wrote it."""
    message = judged.parcel.message
    spoofed = any(f.nature is Nature.SPOOF for f in judged.decision.findings)
    return bool(
        message.envelope_from
        and message.trusted
        and not spoofed
        and not _by_machine(split(judged.parcel.content))
    )


def _by_machine(headers: Headers) -> bool:
    submitted = headers.text(b"auto-submitted").lower()
    return bool(
        (submitted and not submitted.startswith(b"no"))
        or headers.text(b"precedence").lower() in _MACHINES
        or headers.all(b"list-id")
    )


def _message_id(judged: Judged) -> str:
    found = judged.parcel.message.thread
    return found[0] if found and split(judged.parcel.content).all(b"message-id") else ""
