"""Reading the bounces of our copies (RFC 3464), and what old servers send instead of one.

Hostile input never raises. Whatever can't be understood counts as a failed copy, marked unclear:
then somebody else is copied and an officer looks at it (pitfall 18).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from enum import StrEnum
from itertools import islice

from . import addresses
from .headers import split

MOST_READ = 262_144
"""Octets of a bounce that are looked at; the report stands before the returned message."""
MOST_RECIPIENTS = 100

_ID = re.compile(r"<[^<>\s]{1,900}>")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_BOUNCING = re.compile(
    r"undeliver|returned mail|delivery (?:status|fail|has failed|notification)|failure notice"
    r"|mail delivery (?:failed|system)|could not be delivered|rejected",
    re.IGNORECASE,
)
_WAITING = re.compile(r"\bdelay|still being retried|will (?:be|keep) (?:retr|try)", re.IGNORECASE)
_MACHINE = re.compile(r"^(?:mailer-daemon|postmaster|mail-daemon)@", re.IGNORECASE)


class Action(StrEnum):
    """What became of a copy (RFC 3464 2.3.3), and what servers leave open."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    """Delivered, relayed or expanded: nothing to do."""
    UNCLEAR = "unclear"
    """Counts as failed."""
    ANSWERED = "answered"
    """An automatic answer, such as a holiday notice: the copy is in the mailbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What the report says of one recipient."""

    action: Action
    address: str = ""
    status: str = ""
    """Enhanced status code (RFC 3463)."""
    diagnostic: str = ""
    """The remote server's words, cut to 300 characters. May hold addresses: never logged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came to our bounce address."""

    words: tuple[Word, ...]
    message_id: str = ""
    """Of the message that bounced, where it was returned."""

    @property
    def failed(self) -> bool:
        """Whether the copy must count as not received."""
        return any(w.action in (Action.FAILED, Action.UNCLEAR) for w in self.words)

    @property
    def unclear(self) -> bool:
        return any(w.action is Action.UNCLEAR for w in self.words)


def read(raw: bytes) -> Report:
    """What a message to our bounce address says. Never raises."""
    try:
        return _read(message_from_bytes(raw[:MOST_READ], policy=compat32))
    except Exception:
        # The standard library's parser may stumble in ways of its own over hostile input, deep
        # nesting and odd charsets included. A stumble is an answer: unclear, so a failed copy.
        return Report(words=(Word(action=Action.UNCLEAR),))


def _read(message: Message) -> Report:
    returned = _returned_id(message)
    words = tuple(_words(message))
    if words:
        return Report(words=words, message_id=returned)
    return Report(words=(_unreported(message),), message_id=returned)


def _words(message: Message) -> Iterator[Word]:
    for part in message.walk():
        if part.get_content_type() not in (
            "message/delivery-status",
            "message/global-delivery-status",
        ):
            continue
        for block in islice(part.walk(), 1, MOST_RECIPIENTS + 2):
            if block["final-recipient"] or block["action"]:
                yield _word(block)


def _word(block: Message) -> Word:
    status = _STATUS.search(_text(block["status"]))
    said = _text(block["action"]).strip().lower()
    action = {
        "failed": Action.FAILED,
        "delayed": Action.DELAYED,
        "delivered": Action.DELIVERED,
        "relayed": Action.DELIVERED,
        "expanded": Action.DELIVERED,
    }.get(said.partition(" ")[0], Action.UNCLEAR)
    if action is Action.DELIVERED and status is not None and status[1] == "5":
        action = Action.UNCLEAR
    recipient = _text(block["final-recipient"] or block["original-recipient"])
    return Word(
        action=action,
        address=_address(recipient.rpartition(";")[2]),
        status=status[0] if status else "",
        diagnostic=_text(block["diagnostic-code"])[:300],
    )


def _unreported(message: Message) -> Word:
    """No report in it: an automatic answer, an old server's bounce, or something unknown."""
    failed = _text(message["x-failed-recipients"])
    if failed:
        return Word(action=Action.FAILED, address=_address(failed.partition(",")[0]))
    subject = _text(message["subject"])
    text = _first_text(message)
    machine = _MACHINE.match(_address(_text(message["from"]))) is not None
    bounce = machine or bool(_BOUNCING.search(subject)) or "qmail-send program" in text
    automatic = _text(message["auto-submitted"]).strip().lower()
    if not bounce and automatic.startswith("auto-replied"):
        return Word(action=Action.ANSWERED)
    if not bounce:
        return Word(action=Action.UNCLEAR)
    status = _STATUS.search(text)
    if _WAITING.search(subject) and (status is None or status[1] == "4"):
        return Word(action=Action.DELAYED, status=status[0] if status else "")
    found = addresses.read(text[:2000].encode("utf-8", "replace")).addresses
    known = status is not None and status[1] == "5"
    return Word(
        action=Action.FAILED if known else Action.UNCLEAR,
        address=found[0] if len(found) == 1 else "",
        status=status[0] if status and known else "",
        diagnostic=" ".join(text[:300].split()),
    )


def _returned_id(message: Message) -> str:
    """The Message-ID of what was returned, whole or its header only."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind in ("message/rfc822", "message/global", "message/global-headers"):
            inner = list(islice(part.walk(), 1, 2))
            return _id(_text(inner[0]["message-id"])) if inner else ""
        if kind == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            block = split(
                re.sub(rb"\r?\n", b"\r\n", payload if isinstance(payload, bytes) else b"")
            )
            return _id(block.text(b"message-id").decode("utf-8", "replace"))
    return ""


def _first_text(message: Message) -> str:
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            payload = part.get_payload(decode=True)
            return payload[:8000].decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return ""


def _id(text: str) -> str:
    match = _ID.search(text)
    return match[0] if match else ""


def _address(text: str) -> str:
    found = addresses.read(text.strip().encode("utf-8", "replace")).addresses
    return found[0] if found else ""


def _text(value: object) -> str:
    return "" if value is None else str(value)
