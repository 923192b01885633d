"""What those with access do: actions, decisions, referrals, clocks, evidence, outcome, sign-off.

Each is a row of the chronology and an entry of the record, in one transaction. All of them raise
``NotFound`` for whoever has no access, and ``Impossible`` for what the concern does not allow.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from alongside.access.actor import Actor, System
from alongside.access.checks import NotAllowed

from . import clocks, entries, files, reading
from .kinds import Body, Cause, Clock, NoteKind, Outcome, State, What
from .models import Concern, Excluded
from .moves import Impossible, check_move
from .team import team


def add_action(actor: Actor, reference: str, text: str) -> None:
    """Write down what was done, heard or seen."""
    with _open(actor, reference, text) as concern:
        entries.add(actor, concern, NoteKind.ACTION, text=text.strip())


def decide(actor: Actor, reference: str, rationale: str, *, not_to: Clock | None = None) -> None:
    """Write down a decision and why; ``not_to``: the outside body that is not told, which stops
    its clock."""
    with _open(actor, reference, rationale) as concern:
        what = What.NOT_REFERRED if not_to else What.DECIDED
        entries.add(
            actor, concern, NoteKind.DECISION, what, clock=not_to or "", text=rationale.strip()
        )


def refer(actor: Actor, reference: str, body: Body, text: str) -> None:
    """Write down that an outside body was told: whom, how, what they said."""
    with _open(actor, reference, text) as concern:
        stops = clocks.STOPS.get(body, "")
        entries.add(actor, concern, NoteKind.REFERRAL, choice=body, clock=stops, text=text.strip())


def start_clock(
    actor: Actor, reference: str, clock: Clock, text: str, known_since: datetime | None = None
) -> None:
    """An outside body has to be told in time: since when the organisation knows, else now."""
    with _open(actor, reference, text) as concern:
        since = known_since or timezone.now()
        if since > timezone.now():
            raise Impossible("the organisation can't know it since a time to come")
        _start(actor, concern, clock, since, text.strip())


def add_evidence(actor: Actor, reference: str, upload: files.Upload, text: str = "") -> None:
    """Keep a file. Raises ``files.Refused`` too."""
    with _open(actor, reference, "a file") as concern:
        files.keep(actor, concern, upload, text=text.strip())


def mark_adult(
    actor: Actor, reference: str, person: str, reason: str, *, low_level: bool = True
) -> None:
    """Say which adult it is about. They, and whoever lives with them, never see it from now on.

    A repeated low-level concern about one adult may be an allegation: the LADO's clock starts.
    Raises ``NotAllowed`` where the actor is the adult or lives with them, so that somebody who can
    read it is always left.
    """
    with _open(actor, reference, reason) as concern:
        register, me = team(), _person(actor)
        if not register.is_adult(person):
            raise Impossible("choose somebody who works or volunteers here")
        near = register.at_home(person)
        if me in near:
            raise NotAllowed("it concerns you: ask somebody else with access to do this")
        concern.subject, concern.low_level = person, low_level
        Concern.objects.filter(id=concern.id).update(subject=person, low_level=low_level)
        already = set(concern.excluded.values_list("person", flat=True))
        for each in sorted(near - already):
            Excluded.objects.create(concern=concern, person=each, cause=Cause.SUBJECT)
        entries.add(
            actor,
            concern,
            NoteKind.DECISION,
            What.LOW_LEVEL if low_level else What.ABOUT,
            body={"excluded": sorted(near)},
            parts=[(each, entries.ABOUT) for each in sorted(near)],
            person=person,
            text=reason.strip(),
        )
        runs = {each.clock for each in reading.running(concern)}
        repeated = low_level and reading.low_level_times(actor, person) >= reading.REPEATED
        if repeated and Clock.LADO not in runs:
            why = "Low-level concerns about this adult repeat."
            _start(System("clocks"), concern, Clock.LADO, timezone.now(), why)


def conclude(actor: Actor, reference: str, outcome: Outcome, text: str) -> None:
    """Say how it ended. It is closed when a second person with access signs it off."""
    with _open(actor, reference, text) as concern:
        if reading.running(concern):
            raise Impossible("a clock runs: tell that body, or write down why not, first")
        _move(concern, State.CLOSING)
        entries.add(actor, concern, NoteKind.OUTCOME, choice=outcome, text=text.strip())


def sign_off(actor: Actor, reference: str, text: str, *, agreed: bool = True) -> None:
    """The second person closes it, or sends it back and says why.

    Raises ``NotAllowed`` for whoever wrote the outcome.
    """
    with _known(actor, reference, text) as concern:
        if concern.state != State.CLOSING:
            raise Impossible("it does not wait for a sign-off")
        if reading.concluded_by(concern) == _person(actor):
            raise NotAllowed("somebody else with access has to sign it off")
        _move(concern, State.CLOSED if agreed else State.OPEN)
        what = What.SIGNED if agreed else What.SENT_BACK
        entries.add(actor, concern, NoteKind.SIGN_OFF, what, text=text.strip())


def reopen(actor: Actor, reference: str, reason: str) -> None:
    """Open a closed concern again: there is something new."""
    with _known(actor, reference, reason) as concern:
        if concern.state != State.CLOSED:
            raise Impossible("it is not closed")
        _move(concern, State.OPEN)
        entries.add(actor, concern, NoteKind.ACTION, What.REOPENED, text=reason.strip())


def _start(actor: Actor, concern: Concern, clock: Clock, since: datetime, text: str) -> None:
    fields: dict[str, Any] = {"clock": clock, "due": since + clocks.ALLOWED[clock], "text": text}
    entries.add(actor, concern, NoteKind.ACTION, What.CLOCK, **fields)


@contextmanager
def _known(actor: Actor, reference: str, said: str) -> Iterator[Concern]:
    with transaction.atomic():
        concern = reading.known(actor, reference, lock=True)
        if not said.strip():
            raise Impossible("write something: it is kept for whoever reads it in ten years")
        yield concern


@contextmanager
def _open(actor: Actor, reference: str, said: str) -> Iterator[Concern]:
    """A concern that is worked on; the first thing done makes a new one open."""
    with _known(actor, reference, said) as concern:
        if concern.state in {State.CLOSING, State.CLOSED}:
            raise Impossible("it is closed, or waits for its sign-off: open it again first")
        if concern.state == State.NEW:
            _move(concern, State.OPEN)
        yield concern


def _move(concern: Concern, after: State) -> None:
    check_move(State(concern.state), after)
    concern.state = after
    Concern.objects.filter(id=concern.id).update(state=after)


def _person(actor: Actor) -> str:
    return "" if isinstance(actor, System) else actor.id
