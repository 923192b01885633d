"""What the line has at hand: the record, the register, the rulebook, the clock, the post room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from alongside.policy.decision import Decision
from alongside.policy.rulebook import Rulebook
from alongside.policy.vocabulary import Channel

from .opens import Opens, OpensNothing
from .protocols import Carrier, Ledger, Outbox, SnapshotSource
from .values import Dispatch, Judged, Outcome


class Notices(Protocol):
    """Writes the messages of our own that tell people what became of theirs."""

    def held(self, judged: Judged, now: datetime) -> Dispatch | None:
        """The notice of a hold: the same words for every cause; nothing where none is sent."""

    def released(self, judged: Judged, now: datetime) -> Dispatch | None:
        """What was held has been let go and has left."""

    def refused(self, judged: Judged, now: datetime) -> Dispatch | None:
        """The notice of an open refusal, where the settings ask for one."""

    def warned(self, judged: Judged, now: datetime) -> Dispatch | None:
        """It went, and something in it should be different another time; to the writer."""

    def undelivered(
        self, judged: Judged, failed: Mapping[str, Outcome], now: datetime
    ) -> Dispatch | None:
        """A delivery status notification to the writer (RFC 3464), after the client heard 250."""

    def alarm(self, judged: Judged, now: datetime) -> Dispatch | None:
        """The desk's alarm to the lead: an emergency, without its content."""


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything that the line is handed; nothing of it is global."""

    ledger: Ledger
    outbox: Outbox
    people: SnapshotSource
    rulebook: Rulebook
    carriers: Mapping[Channel, Carrier]
    notices: Notices
    bounce: Callable[[str], str]
    """From a leg's id to our signed bounce address."""
    holder: str = "gateway"
    clock: Callable[[], datetime] = utc_now
    hold_for: timedelta = timedelta(days=3)
    """After which a hold that nobody decided goes to the deputy and the lead."""
    deadline: timedelta = timedelta(days=2)
    """How long the outbox tries before it gives up and tells the writer."""
    remember_copies: timedelta = timedelta(days=7)
    opener: Opens = field(default_factory=OpensNothing)
    """Opens files in a child."""
    note_signature: Callable[[str, str, str, str], None] = lambda *signature: None
    """Person, key, text, reference: somebody's new signature, for an officer to look at. Called in
    a thread of its own."""
    on_decided: Callable[[Decision, str], None] = lambda decision, reference: None
    """Told of each decision in scope: the live view of the demonstration, metrics."""
