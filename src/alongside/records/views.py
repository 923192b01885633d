"""What the desk's door answers: frozen values, made for one actor's eyes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from alongside.enforcement.values import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldView:
    """A hold. Whoever may not decide it sees the reference and the time, whatever the cause: all
    else stays empty (law 15)."""

    reference: str
    at: datetime
    state: str = "held"
    """held, released, refused."""
    eligible: bool = False
    """Whether this actor may see the cause and decide."""
    due: datetime | None = None
    """When it escalates."""
    organisation: str = ""
    channel: str = ""
    guarded: bool = False
    clauses: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    with_person: str = ""
    """To whom it was handed over."""
    cause: Json = field(default_factory=dict)
    """The body of the entry that held it: findings and facts as codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """An exception in the field's word, for an officer's eyes."""

    id: int
    kind: str
    reference: str
    at: datetime
    organisation: str
    persons: tuple[str, ...]
    detail: Json
    closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One fact without its personal texts."""

    chain: str
    seq: int
    at: datetime
    kind: str
    reference: str
    verdict: str
    organisation: str
    guarded: bool
    sealed: bool
    by: str
    """Who acted; empty on a gateway's chain."""
    persons: tuple[tuple[str, str], ...]
    clauses: tuple[str, ...]
    body: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentView:
    """A message as it came, with the personal texts of its entry. What was erased is None."""

    reference: str
    raw: bytes | None
    texts: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What an erasure did."""

    texts: int
    contents: int
    kept: tuple[str, ...]
    """References left alone: still held, or still on their way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many were judged, and what would have become of them."""

    judged: int
    verdicts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How many would become different, of how many, and in what way."""

    judged: int
    what: Mapping[str, int]
    """``permit to hold`` and so on; ``later``, ``at once`` by quiet hours; ``otherwise``: the same
    verdict with other findings."""

    @property
    def changed(self) -> int:
        return sum(self.what.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One message that another rulebook would judge otherwise."""

    at: datetime
    reference: str
    what: str
    why: tuple[tuple[str, str], ...]
    """(clause, reason) of the findings that make the difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayReport:
    """What another rulebook would have changed."""

    rulebook: str
    version: str
    undecided: int
    """Messages whose facts an older version recorded in a way that can't be decided again."""
    total: Changes
    clauses: Mapping[str, Changes]
    """By clause that makes the difference; of the messages whose findings name it, old or new."""
    persons: Mapping[str, Changes]
    """By writer."""
    weeks: Mapping[str, Changes]
    changed: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowReport:
    """What would have happened, had every message been dealt with as decided."""

    total: Tally
    clauses: Mapping[str, Tally]
    """How many of the messages that named the clause; the denominator for all is ``total``."""
    persons: Mapping[str, Tally]
    """By writer."""
    weeks: Mapping[str, Tally]
    """By ISO week, ``2026-W10``."""
    untouched: int
    """Messages that involved nobody in scope, as far as they were counted."""
