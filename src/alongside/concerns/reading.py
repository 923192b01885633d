"""Which concerns somebody may see, and one concern as its page shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from alongside.access.actor import Actor, Person
from alongside.access.checks import Item, NotAllowed, can_oversee, check_oversee
from alongside.access.permissions import Permission, can_may
from alongside.access.waiting import Urgency
from alongside.enforcement.values import Entry
from alongside.people import api as people
from alongside.records import api as records

from . import clocks
from .kinds import SEEN_AS, Body, Clock, Kind, NoteKind, Outcome, State, What
from .models import Access, Concern, Evidence, Excluded, Note
from .routing import Member
from .team import team

A_YEAR = timedelta(days=366)
REPEATED = 2
"""Low-level concerns about one adult in twelve months that are to be looked at as one."""


class NotFound(LookupError):
    """there is no such concern, or it must look so to you"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One concern in the list."""

    reference: str
    kind: str
    state: str
    opened: datetime
    urgency: Urgency
    clocks: tuple[clocks.Running, ...]
    low_level: bool
    urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One concern with everything about it."""

    line: Line
    notes: tuple[Row, ...]
    readers: tuple[tuple[str, str], ...]
    """(id, name) of everybody with access."""
    excluded: tuple[str, ...]
    """Names of whoever may never have it."""
    subject: str
    """The adult's name; empty where nobody is marked."""
    times: int
    """Low-level concerns about this adult in twelve months, this one among them."""
    may_sign: bool
    """It waits for a second person, and the actor is one."""

    @property
    def open(self) -> bool:
        return self.line.state in {State.NEW.label, State.OPEN.label}

    @property
    def closed(self) -> bool:
        return self.line.state == State.CLOSED.label

    @property
    def repeated(self) -> bool:
        return self.times >= REPEATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the chronology, in words."""

    number: int
    kind: str
    what: str
    choice: str
    person: str
    at: datetime
    by: str
    about: str
    when: str
    message: str
    text: str
    due: datetime | None
    evidence: Evidence | None


def readable(actor: Actor) -> list[Concern]:
    """The concerns that this actor has access to now, the oldest first."""
    if not isinstance(actor, Person) or not can_may(actor, Permission.CONCERNS):
        return []
    mine = Access.objects.filter(person=actor.id)
    last = dict(mine.order_by("id").values_list("concern_id", "given"))
    out = set(Excluded.objects.filter(person=actor.id).values_list("concern_id", flat=True))
    allowed = {concern for concern, given in last.items() if given} - out
    found = Concern.objects.filter(id__in=allowed).order_by("opened", "id")
    return [concern for concern in found if _can_read(actor, concern, frozenset({actor.id}))]


def known(actor: Actor, reference: str, *, lock: bool = False) -> Concern:
    """The concern, if this actor may see it. Raises ``NotFound`` for every other cause alike."""
    asked = Concern.objects.select_for_update() if lock else Concern.objects.all()
    concern = asked.filter(reference=reference).first()
    if concern is None or not isinstance(actor, Person) or not _may_read(actor, concern):
        raise NotFound(f"there is no concern `{reference}`")
    return concern


def listed(actor: Actor, *, closed: bool = False, now: datetime | None = None) -> list[Line]:
    """What the actor may see, the most urgent first, then the oldest."""
    moment = now or timezone.now()
    found = [c for c in readable(actor) if (c.state == State.CLOSED) is closed]
    running = running_of(found)
    lines = [_line(concern, running[concern.id], moment) for concern in found]
    return sorted(lines, key=lambda line: (line.urgency, line.opened))


def shown(actor: Actor, reference: str) -> Shown:
    """One concern. Raises ``NotFound``."""
    concern = known(actor, reference)
    notes = list(concern.notes.select_related("evidence").order_by("number"))
    return Shown(
        line=_line(concern, clocks.running(notes), timezone.now()),
        notes=tuple(_row(note) for note in notes),
        readers=tuple((p, people.name_of(p)) for p in sorted(readers(concern))),
        excluded=tuple(people.name_of(p) for p in sorted(_excluded(concern))),
        subject=people.name_of(concern.subject) if concern.subject else "",
        times=low_level_times(actor, concern.subject) if concern.low_level else 0,
        may_sign=concern.state == State.CLOSING and concluded_by(concern) != _id(actor),
    )


def adults(actor: Actor, reference: str, asked: str) -> tuple[Member, ...]:
    """Adults of the workforce in reach, by name, to choose whom a concern is about.

    Raises ``NotFound``.
    """
    known(actor, reference)
    reach = actor.reach if isinstance(actor, Person) else frozenset[str]()
    return team().adults(asked, reach)


def evidence(actor: Actor, reference: str, number: int) -> tuple[Evidence, bytes]:
    """A file with its bytes; who took it, and when, is recorded. Raises ``NotFound``."""
    with transaction.atomic():
        concern = known(actor, reference, lock=True)
        kept = Evidence.objects.filter(note__concern=concern, note__number=number).first()
        if kept is None:
            raise NotFound(f"there is no evidence `{number}`")
        entry = Entry(
            kind="concern",
            at=timezone.now(),
            reference=concern.reference,
            body={"what": "evidence_read", "number": number},
            organisation=concern.organisation,
            sealed=True,
        )
        records.append(actor, entry)
        return kept, bytes(kept.content.raw)


def readers(concern: Concern) -> frozenset[str]:
    """Who has access now: a person's last row counts, and no exclusion stands against it."""
    last = dict(concern.access.order_by("id").values_list("person", "given"))
    return frozenset(person for person, given in last.items() if given) - _excluded(concern)


def concluded_by(concern: Concern) -> str:
    """Who wrote the outcome that waits for a second person."""
    last = concern.notes.filter(kind=NoteKind.OUTCOME).order_by("-number").first()
    return last.by if last else ""


def low_level_times(actor: Actor, subject: str) -> int:
    """Low-level concerns about one adult in twelve months. Those that are kept from the actor
    by name don't count for them: a number must not tell what its items may not."""
    since = timezone.now() - A_YEAR
    found = Concern.objects.filter(subject=subject, low_level=True, opened__gte=since)
    return found.exclude(excluded__person=_id(actor)).count()


def running(concern: Concern) -> tuple[clocks.Running, ...]:
    """The clocks of one concern."""
    return clocks.running(concern.notes.order_by("number"))


def running_of(found: Iterable[Concern]) -> dict[int, tuple[clocks.Running, ...]]:
    """The clocks of many concerns, by the concern's key."""
    rows: dict[int, list[Note]] = defaultdict(list)
    asked = Note.objects.filter(concern__in=list(found)).exclude(clock="")
    for note in asked.order_by("concern_id", "number"):
        rows[note.concern_id].append(note)
    return defaultdict(tuple, {key: clocks.running(notes) for key, notes in rows.items()})


def _may_read(actor: Person, concern: Concern) -> bool:
    if not can_may(actor, Permission.CONCERNS):
        return False
    return _can_read(actor, concern, readers(concern))


def _can_read(actor: Person, concern: Concern, given: frozenset[str]) -> bool:
    about = frozenset({concern.subject} - {""})
    item = Item(organisation=concern.organisation, about=about, sealed_for=given or frozenset({""}))
    return can_oversee(actor, item)


def check_eligible(person: str, concern: Concern) -> None:
    """Whether somebody could be given access. Raises ``NotAllowed``."""
    try:
        actor = people.actor(person)
    except people.Unknown as error:
        raise NotAllowed("nobody in the safeguarding team has that name") from error
    about = frozenset({concern.subject} - {""}) | _excluded(concern)
    check_oversee(actor, Item(organisation=concern.organisation, about=about))


def _excluded(concern: Concern) -> frozenset[str]:
    return frozenset(concern.excluded.values_list("person", flat=True))


def _line(concern: Concern, found: tuple[clocks.Running, ...], now: datetime) -> Line:
    urgency = clocks.urgency(concern.state, found, now)
    return Line(
        reference=concern.reference,
        kind=SEEN_AS[Kind(concern.kind)],
        state=State(concern.state).label,
        opened=concern.opened,
        urgency=urgency,
        urgent=urgency is Urgency.NOW,
        clocks=found,
        low_level=concern.low_level,
    )


def _row(note: Note) -> Row:
    return Row(
        number=note.number,
        kind=NoteKind(note.kind).label,
        what=What(note.what).label if note.what else "",
        choice=_choice(note),
        person=people.name_of(note.person) if note.person else "",
        at=note.at,
        by=_by(note),
        about=note.about,
        when=note.when,
        message=note.message,
        text=note.text,
        due=note.due,
        evidence=getattr(note, "evidence", None),
    )


def _choice(note: Note) -> str:
    if note.kind == NoteKind.OUTCOME:
        return Outcome(note.choice).label
    if note.kind == NoteKind.REFERRAL:
        return Body(note.choice).label
    if note.clock:
        return Clock(note.clock).label
    return ""


def _by(note: Note) -> str:
    if note.by.startswith("system:"):
        return "Alongside"
    return people.name_of(note.by) if note.by else "Somebody who gave no name"


def _id(actor: Actor) -> str:
    return actor.id if isinstance(actor, Person) else ""
