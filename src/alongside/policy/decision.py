"""What the decision point answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from .obligations import DeliverAfter, Obligation
from .vocabulary import Class, Exemption, Kind, Mode, Seat, Verdict

if TYPE_CHECKING:
    from .facts import Facts


class Nature(StrEnum):
    """What sort of finding it is: the mode softens some and not others."""

    COPY = "copy"
    GUARDED = "guarded"
    SPOOF = "spoof"
    GATE = "gate"
    NEVER = "never"
    """Instant messaging."""
    UNCOPYABLE = "uncopyable"
    CONTENT = "content"
    """What was seen in the words: an emergency passes it, teach acts one step softer."""
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rule's word on one message. ``reason`` and ``fix`` are codes; ``explain`` says them."""

    rule: str
    clause: str
    verdict: Verdict
    reason: str
    fix: str = ""
    nature: Nature = Nature.PLAIN
    obligations: tuple[Obligation, ...] = ()
    exemption: tuple[int, Exemption] | None = None
    """Which of the facts' contacts may be written to uncopied, and why."""
    told: Verdict | None = None
    """What it would have been in ``enforce``, without the emergency or before the release."""

    @property
    def advice(self) -> bool:
        return self.verdict is Verdict.PERMIT and not self.obligations


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdParty:
    """A candidate for the copy, eligible or not, and why."""

    person: str
    """Person id; empty for a mailbox that several people read."""
    address: str
    seat: Seat
    kind: Kind
    service_user: str
    """Whom it is for."""
    eligible: bool
    why: str
    """A code: ``eligible``, or what stands against it."""
    present: bool = False
    """Already a recipient of the envelope."""
    named: bool = False
    """Named in a visible header: the first choice of the copy leg."""
    shown: str = ""
    """The address that ``Cc`` and ``Reply-To`` name; empty: never shown (a supporter)."""


class Part(StrEnum):
    """What a recipient is in this message; also the order in which legs leave."""

    CONFIDENTIAL = "confidential"
    THIRD_PARTY = "third_party"
    SERVICE_USER = "service_user"
    SUPPORTER = "supporter"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One address that the message goes to when it may go."""

    address: str
    """As delivered to."""
    written: str
    """The envelope recipient that led here: the same, or a group's address."""
    part: Part
    persons: tuple[str, ...] = ()
    service_users: tuple[str, ...] = ()
    """Service users who read this address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A verdict, what made it, and what must be done before the message may go."""

    verdict: Verdict
    klass: Class
    mode: Mode
    findings: tuple[Finding, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    exemptions: tuple[tuple[str, Exemption], ...] = ()
    """Service user -> why they may be written to uncopied."""
    third_parties: tuple[ThirdParty, ...] = ()
    """The whole ranking, best first, for each service user in turn."""
    routes: tuple[Route, ...] = ()
    left_out: tuple[str, ...] = ()
    """Persons whom an expansion or an emergency silently left out; told to the officer only."""
    service_users: tuple[str, ...] = ()
    """Person ids, in the order of the facts' contacts."""
    writers: tuple[str, ...] = ()
    organisation: str = ""
    rulebook: str = ""
    version: str = ""
    expands: bool = False
    """A group was expanded: we originate what leaves (outbox)."""
    unknown: tuple[str, ...] = ()
    """Outside addresses that the register does not know, for triage."""
    facts: Facts | None = field(default=None, compare=False)
    would_be: Verdict | None = None
    """In shadow: what it would have been."""

    @property
    def in_scope(self) -> bool:
        return self.klass not in (Class.OUT_OF_SCOPE, Class.CONFIDENTIAL)

    @property
    def deliver_after(self) -> int | None:
        times = [o.minute for o in self.obligations if isinstance(o, DeliverAfter)]
        return times[0] if times else None
