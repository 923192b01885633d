"""What the audit says of each message: plain values that pass between programs and are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """One message as it lies in the archive."""

    file: str
    """Path of the file, below the path that was audited; of a member, ``file.zip/member``."""
    place: str
    """Where in it: an octet offset (mbox), a UID (IMAP), empty for a file of its own."""
    octets: bytes
    missing: int = 0
    """How many octets at its end were left out, because the message is longer than is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A message, or a whole file, that could not be read: counted and listed, never skipped."""

    file: str
    place: str
    why: str
    """A code: ``not_a_message``, ``too_large``, ``broken_archive``, ``encrypted``,
    ``needs_program``, ``no_permission``, ``io``, ``no_date``, ``no_writer``; of a file beside the
    mail ``not_mail`` (an index, a picture), ``link`` (points elsewhere, not followed)."""
    detail: str = ""


Seen = tuple[str, str, str, str]
"""Of one sighting: type, clause, confidence, excerpt."""


class What(StrEnum):
    """What a finding of the audit is. The types of sightings keep their own names."""

    ONE_TO_ONE = "one_to_one"
    """A writer of the workforce, one service user, and nobody else who could see it."""
    NOT_COPIED = "not_copied"
    """Several service users, and no eligible third party for one of them."""
    PERSONAL_MAILBOX = "personal_mailbox"
    """Work from a private address (N2)."""
    MUTUAL_SIGHT = "mutual_sight"
    """Service users or families could read each other's addresses."""
    RESTRICTED = "restricted"
    """A service user and somebody restricted for them in one message."""
    LATE = "late"
    """To a service user at an hour that the rulebook calls quiet, or between 22:00 and 07:00."""
    SIGHTING = "sighting"
    """Something in what was written; ``type`` says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing wrong with one message."""

    what: What
    clause: str
    writer: str
    """Person id; empty where nobody of the register is behind the address."""
    writer_address: str
    service_user: str = ""
    address: str = ""
    """The service user's or supporter's, as written to."""
    type: str = ""
    """Of a sighting: the value of its ``scan.sighting.Type``."""
    confidence: str = ""
    excerpt: str = ""
    """Of a sighting: as it stood there. Shown with ``--names`` only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A writer of the workforce and a service user in one message: who with whom, how often, when.

    ``covered``: an eligible third party was in it too."""

    writer: str
    service_user: str
    covered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the audit says of one message that it could read."""

    file: str
    place: str
    message_id: str
    digest: str
    """SHA-256 of the Message-ID and the decoded body: two alike are one message, counted once."""
    at: datetime
    """Aware, as its ``Date`` says (else as its newest ``Received`` says)."""
    in_scope: bool
    """Of the people and dates that the authorisation names."""
    judged: bool
    """A service user or supporter is involved: the decision point had something to say."""
    findings: tuple[Finding, ...] = ()
    contacts: tuple[Contact, ...] = ()
    unread: tuple[str, ...] = ()
    """``part: why`` of what could not be read in it."""
    unknown: tuple[str, ...] = ()
    """Addresses that the register does not know."""
    writer: str = ""
    writer_address: str = ""


Result = Judgement | Unreadable
