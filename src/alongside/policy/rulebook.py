"""A rulebook: the clauses with their levels, and every number that the rules use.

A rulebook is a TOML file; another policy is another file and no code. ``rulebook_file.load`` reads
one; a value that makes no sense is an error naming its line and key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

from .address import domain_of, key
from .vocabulary import Action, Kind, Level, Mode, Seat, Sight

CLAUSES = (
    *("A1", "D10", "D5", "E1", "E2", "E3", "G1", "G2", "G3", "I1"),
    *("N1", "N2", "N3", "N4", "N5", "N7", "P5", "S1", "S2", "S3", "S4"),
)
"""The clauses that speak of messages: every rulebook has each of them."""

HOUSE_CLAUSES = ("T1", "T3")
"""Terms of the policy under which the laws of the house are cited; no rulebook softens them."""

COPYING = frozenset({"E3", "G2", "G3", "S2", "S3", "S4"})
"""Clauses that ask for a copy, and so name third parties. I1 does where it is not ``never``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    id: str
    level: Level
    third_parties: frozenset[Kind] = frozenset()
    floor: bool = False
    """No pack may lower this level, nor widen its third parties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A condition on the writer before writing to a service user (A1 and its sisters)."""

    required: bool
    grace_days: int = 0
    valid_days: int = 0
    """How long an agreement holds; 0: for ever. Vetting and training carry their own date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """Local minutes of the day between which a message waits."""

    start: int
    end: int

    def wait_until(self, minute: int) -> int | None:
        """The minute to deliver at, or nothing when the hour is not quiet."""
        if self.start <= self.end:
            quiet = self.start <= minute < self.end
        else:
            quiet = minute >= self.start or minute < self.end
        return self.end if quiet else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    name: str
    version: str
    document: str
    """Version of the policy document that it carries out (P1)."""
    clauses: Mapping[str, Clause]
    agreed: Gate
    vetted: Gate
    trained: Gate
    smallest_group: int
    """Distinct service users below which nothing counts as a group."""
    group_households: int
    direct_from_age: int
    """Under this age, only through the supporters; 0: any age."""
    supporters_too_under: int
    """Under this age the supporters get a copy as well, where the organisation says so."""
    quiet: QuietHours | None
    zone: tzinfo
    emergency_review_hours: int
    inform_hours: int
    mutual: str
    """Service users visible to each other: individualise, refuse or allow."""
    encrypted: str
    """Encrypted mail to a service user: hold or allow."""
    vetted_adults: int
    """How many must be in an instant-message group, where those are allowed at all."""
    order: tuple[Seat, ...]
    order_for_adults: tuple[Seat, ...]
    confidential: frozenset[str]
    """Address keys, and bare domains that stand for everything in and below them."""
    actions: Mapping[Sight, tuple[Action, ...]]
    """What follows from a sighting, by how sure it is: certain, likely, possible."""
    own_mailbox: Action
    """Where the workforce writes from a private address (N2)."""
    unread: Action
    """Where a part can't be read."""
    learning_days: int
    """How long somebody's first signature is asked about before what stands in it holds."""
    mode: Mode = Mode.ENFORCE
    """Of the installation; an organisation or a clause may have its own."""
    clause_modes: Mapping[str, Mode] = field(default_factory=dict)

    def with_modes(self, mode: Mode, clause_modes: Mapping[str, Mode] | None = None) -> Rulebook:
        return replace(self, mode=mode, clause_modes=dict(clause_modes or {}))

    def with_confidential(self, *addresses: str) -> Rulebook:
        """With more confidential destinations: addresses, or bare domains."""
        more = {key(a) if "@" in a else domain_of("@" + a) for a in addresses}
        return replace(self, confidential=self.confidential | more)

    def is_confidential(self, address_key: str) -> bool:
        """A helpline, the LADO, police, counsel: never copied, never slowed (pitfall 14)."""
        return _stands_in(self.confidential, address_key)

    def minute_of(self, at: datetime) -> int:
        """The local minute of the day, summer time minded (pitfall 32)."""
        local = at.astimezone(self.zone)
        return local.hour * 60 + local.minute

    def next_at(self, minute: int, after: datetime) -> datetime:
        """The next time, from then on, that it is this local minute of the day."""
        local = after.astimezone(self.zone)
        at = local.replace(hour=minute // 60, minute=minute % 60, second=0, microsecond=0)
        if at <= local:
            at += timedelta(days=1)
        return at.astimezone(UTC)

    def mode_of(self, clause: str, mode: Mode) -> Mode:
        """A clause's own mode only ever lowers the message's."""
        return min(mode, self.clause_modes.get(clause, mode))


@lru_cache(maxsize=16_384)
def _stands_in(destinations: frozenset[str], address_key: str) -> bool:
    """The address, its domain, or a domain above that."""
    if address_key in destinations:
        return True
    domain = domain_of(address_key)
    while domain:
        if domain in destinations:
            return True
        domain = domain.partition(".")[2]
    return False
