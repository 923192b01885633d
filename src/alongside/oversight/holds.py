"""What is held: whose turn it is, why, and what an officer may do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from alongside.access.actor import Person
from alongside.access.permissions import Permission, check_may
from alongside.records import api as records

from .causes import Cause, besides, causes
from .naming import Names
from .states import HOLDS, may

SOON = timedelta(hours=1)
"""Before it escalates, a hold is urgent."""
MOST = 500
_PARTS = {
    "writer": "From",
    "service_user": "Written to",
    "supporter": "Written to as a parent, carer or other supporter",
    "recipient": "Also written to",
    "other": "Also written to",
    "third_party": "Gets the copy",
    "about": "Must not get it",
}
"""In this order; each person stands under the first that fits them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A hold, as far as this officer may know it."""

    reference: str
    at: datetime
    state: str
    eligible: bool
    """False: that it is there, and nothing else."""
    due: datetime | None = None
    escalated: bool = False
    """Nobody decided in time, once already."""
    urgent: bool = False
    writer_ids: tuple[str, ...] = ()
    other_ids: tuple[str, ...] = ()
    """All whom it is about but its writers."""
    with_person: str = ""
    channel: str = ""
    guarded: bool = False
    because: tuple[Cause, ...] = ()
    besides: tuple[Cause, ...] = ()
    organisation: str = ""
    names: Names = field(default_factory=Names, repr=False, compare=False)

    @property
    def writers(self) -> tuple[str, ...]:
        """By name; looked up for what is shown only."""
        return self.names.all(self.writer_ids)

    @property
    def concerned(self) -> tuple[str, ...]:
        """All whom it is about but its writers, by name."""
        return self.names.all(self.other_ids)

    @property
    def with_name(self) -> str:
        """Who is to decide; empty where nobody was named."""
        return self.names(self.with_person) if self.with_person else ""

    def may(self, deed: str) -> bool:
        """Whether this officer may do it now."""
        return self.eligible and may(HOLDS, self.state, deed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One thing on the record about a message."""

    at: datetime
    kind: str
    by: str
    verdict: str = ""
    answer: str = ""
    """Of an outcome."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """One hold with all that stands around it."""

    held: Held
    people: tuple[tuple[str, str], ...] = ()
    """(part in words, names in one line)."""
    happened: tuple[Happened, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A decision on a hold."""

    reference: str
    at: datetime
    kind: str
    """released, refused."""
    by_id: str
    about_ids: tuple[str, ...]
    names: Names = field(repr=False, compare=False)

    @property
    def by(self) -> str:
        """Who decided, by name."""
        return self.names.who_acted(self.by_id)

    @property
    def concerned(self) -> tuple[str, ...]:
        """All whom it is about, by name."""
        return self.names.all(self.about_ids)


def open_holds(actor: Person, now: datetime) -> list[Held]:
    """Most urgent first: what waited too long, then what escalates next; last, what others decide.

    Raises ``NotAllowed``.
    """
    check_may(actor, Permission.DECIDE)
    escalated = _escalated(actor)
    names = Names()
    found = [_held(v, now, escalated, names) for v in records.holds(actor, limit=MOST)]
    return sorted(found, key=lambda h: (not h.eligible, not h.escalated, h.due or h.at, h.at))


def decided_holds(actor: Person, limit: int = 100) -> list[Ended]:
    """What was decided about holds, the latest first. Raises ``NotAllowed``."""
    check_may(actor, Permission.DECIDE)
    names = Names()
    found = [
        Ended(
            reference=entry.reference,
            at=entry.at,
            kind=entry.kind,
            by_id=entry.by,
            about_ids=tuple(p for p, part in entry.persons if part == "about"),
            names=names,
        )
        for kind in ("released", "refused")
        for entry in records.find(actor, kind=kind, limit=limit)
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)[:limit]


def hold(actor: Person, reference: str, now: datetime) -> Whole:
    """One hold. Raises ``NotFound``, also for one that concerns the actor; ``NotAllowed``."""
    check_may(actor, Permission.DECIDE)
    found = records.holds(actor, reference=reference, open_only=False)
    if not found:
        raise records.NotFound(f"there is no hold `{reference}`")
    names = Names()
    held = _held(found[-1], now, _escalated(actor), names)
    if not held.eligible:
        return Whole(held=held)
    entries = records.find(actor, reference=reference)
    return Whole(held=held, people=_people(entries, names), happened=_happened(entries, names))


def is_held(actor: Person, reference: str) -> bool:
    """Whether a hold by this reference is open that the actor may decide."""
    return any(v.eligible for v in records.holds(actor, reference=reference))


def _held(view: records.HoldView, now: datetime, escalated: frozenset[str], names: Names) -> Held:
    if not view.eligible:
        return Held(reference=view.reference, at=view.at, state=view.state, eligible=False)
    waits = view.state == "held"
    late = view.reference in escalated
    return Held(
        reference=view.reference,
        at=view.at,
        state=view.state,
        eligible=True,
        due=view.due if waits else None,
        escalated=waits and late,
        urgent=waits and (late or (view.due is not None and view.due - now <= SOON)),
        writer_ids=view.writers,
        other_ids=tuple(p for p in view.persons if p not in view.writers),
        with_person=view.with_person,
        channel=view.channel,
        guarded=view.guarded,
        because=causes(view.cause),
        besides=besides(view.cause),
        organisation=view.organisation,
        names=names,
    )


def _escalated(actor: Person) -> frozenset[str]:
    late = records.incidents(actor, kind="hold_overdue", limit=MOST)
    return frozenset(each.reference for each in late)


def _people(entries: Iterable[records.EntryView], names: Names) -> tuple[tuple[str, str], ...]:
    """Everybody once, by the first part that they have in what was decided; and whom a copy
    reached."""
    parts: dict[str, set[str]] = {}
    for entry in entries:
        if entry.kind in ("decided", "outcome"):
            for person, part in entry.persons:
                parts.setdefault(person, set()).add(part)
    by_part: dict[str, list[str]] = {}
    for part, words in _PARTS.items():
        theirs = [person for person, has in parts.items() if part in has]
        for person in theirs:
            by_part.setdefault(words, []).append(person)
            del parts[person]
    return tuple((words, ", ".join(names.all(found))) for words, found in by_part.items())


def _happened(entries: Iterable[records.EntryView], names: Names) -> tuple[Happened, ...]:
    """In the order in which it happened."""
    found = [
        Happened(
            at=entry.at,
            kind=entry.kind,
            by=names.who_acted(entry.by),
            verdict=entry.verdict,
            answer=str(entry.body.get("answer", "")),
        )
        for entry in entries
    ]
    return tuple(reversed(found))
