"""The value types that pass along the line. Everything here is plain and can be written as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from alongside.policy.decision import Decision
from alongside.policy.message import Message
from alongside.scan.reading import Unread
from alongside.scan.sighting import Sighting

Json = Mapping[str, Any]


class Stage(IntEnum):
    """The order in which legs leave."""

    CONFIDENTIAL = 0
    COPY = 1
    SERVICE_USER = 2
    REST = 3


class Fate(StrEnum):
    """What became of one leg at the next hop."""

    ACCEPTED = "accepted"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The next hop's word on one recipient of one leg."""

    fate: Fate
    code: int = 250
    status: str = ""
    """Enhanced status code (RFC 3463), such as ``2.0.0``."""
    text: str = ""

    @property
    def accepted(self) -> bool:
        return self.fate is Fate.ACCEPTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One envelope to carry: to whom, from whom, in which words its header speaks."""

    id: str
    stage: Stage
    sender: str
    """Envelope sender; our own signed bounce address for a copy."""
    recipients: tuple[str, ...]
    written: tuple[str, ...] = ()
    """The original envelope recipients, in step with ``recipients`` (their DSN parameters)."""
    person: str = ""
    serves: tuple[str, ...] = ()
    """A copy: the service users whose third party its reader is."""
    individual: bool = False
    """Has a header of its own: nobody else's address stands in it."""
    to: str = ""
    """Individual: what ``To`` says, the group's address or the recipient's."""
    cc: tuple[tuple[str, str], ...] = ()
    """(display name, address) of the third parties that the header names."""
    announced: str = ""
    """Said in words in a header, where a parent is copied in an envelope of their own."""
    untouched: bool = False
    """Nothing but Received and trace is added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A message with its bytes, as a channel hands it to the line."""

    message: Message
    content: bytes
    """As received: for mail the whole message with strict CRLF."""
    fingerprint: str
    """Of (sender, sorted recipients, bytes received): a client's retry has the same."""
    parameters: Json = field(default_factory=dict)
    """The channel's own: DSN parameters, BODY, SMTPUTF8. Stored with a dispatch."""
    reading: object = field(default=None, repr=False, compare=False)
    """What the channel has read of it already; never stored, and read anew without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A personal text of an entry: kept apart with its own salt, so that it can be erased."""

    name: str
    value: str
    persons: tuple[str, ...] = ()
    """Whose text it is: erasing one of them erases it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One fact for the record. ``body`` holds ids, enums, numbers and times only."""

    kind: str
    """decided, outcome, held, released, bounced, exception, read, erased, people, audit."""
    at: datetime
    reference: str
    """What people are told (``A7K3-9QXM``): the same through all entries of one message."""
    body: Json = field(default_factory=dict)
    texts: tuple[Text, ...] = ()
    persons: tuple[tuple[str, str], ...] = ()
    """(person id, part: writer, service_user, third_party, supporter, recipient, about)."""
    clauses: tuple[str, ...] = ()
    verdict: str = ""
    organisation: str = ""
    guarded: bool = False
    sealed: bool = False
    in_doubt_until_outcome: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A message in the holding pen. What everybody may see is the same for every cause."""

    reference: str
    at: datetime
    expires: datetime
    """When it escalates; a hold never ends silently."""
    organisation: str = ""
    guarded: bool = False
    writers: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    """Everybody it concerns: none of them may see or decide it."""
    channel: str = "email"
    message: Json = field(default_factory=dict)
    """The policy message, as JSON, to judge again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An exception, in the field's word: a bounced copy, a row in doubt; for an officer's eyes."""

    kind: str
    reference: str
    at: datetime
    organisation: str = ""
    persons: tuple[str, ...] = ()
    detail: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMark:
    """A copy that was accepted: remembered for 7 days, and found again when it bounces."""

    leg: str
    fingerprint: str
    reference: str
    at: datetime
    person: str
    address: str
    serves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """A row of the outbox: something we originate, delivered in order of stage and resumable."""

    id: str
    reference: str
    channel: str
    kind: str
    """message (a plan to carry out), notice, release (to be judged again)."""
    due: datetime
    deadline: datetime
    plan: Json
    progress: Json = field(default_factory=dict)
    content: bytes | None = None
    """Given on the way in; on the way out the ledger fills it in from the content store."""
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A message as the record keeps it: the text ``message`` of its entry, and its bytes."""

    message: Json
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What is committed together or not at all."""

    entry: Entry | None = None
    content: bytes | None = None
    """The original bytes, kept by salted hash and named in the entry."""
    hold: Hold | None = None
    dispatches: tuple[Dispatch, ...] = ()
    incidents: tuple[Incident, ...] = ()
    copies: tuple[CopyMark, ...] = ()
    finished: tuple[str, ...] = ()
    """Dispatches that are done with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the reader made of a message."""

    sightings: tuple[Sighting, ...] = ()
    unread: tuple[Unread, ...] = ()
    signature: str = ""
    """Its key; empty where there is none."""
    signature_text: str = ""
    new_signature: bool = False
    """An officer is to be asked about it."""


UNREAD_WORDS = Words()
"""Nobody read it, or nobody could."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A parcel with its decision: what compose and relay work on."""

    parcel: Parcel
    decision: Decision
    reference: str
    words: Words = UNREAD_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the channel tells the writer, before it is put in the channel's words."""

    kind: str
    """relayed, queued, held, refused, deferred, failed."""
    reference: str = ""
    outcome: Outcome | None = None
    """The next hop's own words, where they are the answer."""
    judged: Judged | None = None
