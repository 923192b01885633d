"""Taking a report. Nothing here may delay or lose one."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from alongside.access.actor import Actor, Person, System
from alongside.access.checks import NotAllowed
from alongside.access.permissions import Permission, check_may

from . import entries, files
from .clocks import ALLOWED
from .kinds import ALLEGATIONS, Cause, Clock, Kind, NoteKind, What
from .models import Access, Concern, Excluded, Note
from .reading import readers
from .routing import Member, Routed, Said, Tier, route
from .team import team

log = logging.getLogger(__name__)
NAMELESS = System("report")
"""Who reports where the report names nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worry:
    """A report as it was written. Only ``what`` is needed."""

    what: str
    about: str = ""
    when: str = ""
    kind: Kind = Kind.OTHER
    excluded: frozenset[str] = frozenset()
    anonymous: bool = False
    """Then neither the room nor the record keeps who made it."""
    message: str = ""
    """The reference of the message it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What the reporter is told."""

    reference: str
    somebody: bool
    """Whether there is anybody who may read it."""
    refused: tuple[files.Wrong, ...] = ()
    """Why files were not kept; the report was, all the same."""


def may_be_excluded(actor: Person) -> tuple[Member, ...]:
    """The safeguarding team that a report of this person's could reach, by name."""
    check_may(actor, Permission.REPORT)
    known = team()
    return known.members(known.organisation(actor.id))


def report(actor: Actor, worry: Worry, uploads: Iterable[files.Upload] = ()) -> Reported:
    """Keep a report, and give it to those who may read it.

    A file that is refused or fails takes nothing else with it. Raises ``NotAllowed``, and
    ``ValueError`` where nothing is said.
    """
    check_may(actor, Permission.REPORT)
    if not worry.what.strip():
        raise ValueError("say what happened")
    organisation, tiers = _reach(actor)
    routed = _routed(worry, tiers)
    by = NAMELESS if worry.anonymous else actor
    with transaction.atomic():
        concern = _open(by, worry, organisation, routed)
    refused = []
    for number, upload in enumerate(uploads):
        try:
            if number >= files.MOST:
                raise files.Refused(files.Wrong.TOO_MANY)
            files.keep(by, concern, upload, nameless=worry.anonymous)
        except files.Refused as wrong:
            refused.append(wrong.wrong)
        except Exception as trouble:
            # Whatever it is, the report is there, and whoever made it must be told so.
            log.warning("a file was not kept: %s", type(trouble).__name__)
            refused.append(files.Wrong.TROUBLE)
    return Reported(
        reference=concern.reference, somebody=bool(routed.readers), refused=tuple(refused)
    )


def find_readers(actor: Actor) -> list[str]:
    """Give the concerns that nobody can read any more, or never could, to those who may now; their
    references. For the worker, whenever the team changes. Raises ``NotAllowed`` for a person."""
    if isinstance(actor, Person):
        raise NotAllowed("only the house itself does this")
    known, found = team(), []
    for concern in Concern.objects.all():
        tiers = known.tiers(concern.organisation)
        present = {m.id for tier in tiers for m in tier.everybody}
        if readers(concern) & present:
            continue
        with transaction.atomic():
            first = concern.notes.order_by("number").first()
            given = _again(concern, first, tiers) if first else frozenset()
            if given:
                note = entries.add(
                    actor,
                    concern,
                    NoteKind.ACCESS,
                    What.GIVEN,
                    body={"persons": sorted(given)},
                    parts=[(person, entries.READER) for person in given],
                    text="Nobody else could read it.",
                )
                let_in(concern, given, note)
                found.append(concern.reference)
    return found


def let_in(concern: Concern, persons: Iterable[str], note: Note) -> None:
    """Rows of access; the note is the entry's."""
    for person in sorted(persons):
        Access.objects.create(concern=concern, person=person, given=True, note=note)


def _reach(actor: Actor) -> tuple[str, tuple[Tier, ...]]:
    try:
        known = team()
        organisation = known.organisation(actor.id) if isinstance(actor, Person) else ""
        return organisation, known.tiers(organisation)
    except Exception as trouble:
        # A register that can't be read must not cost a report: ``find_readers`` makes up for it.
        log.warning("the register can't be read: %s", type(trouble).__name__)
        return "", ()


def _routed(worry: Worry, tiers: tuple[Tier, ...]) -> Routed:
    return route(
        Said(what=worry.what, about=worry.about, kind=worry.kind, excluded=worry.excluded), tiers
    )


def _again(concern: Concern, first: Note, tiers: tuple[Tier, ...]) -> frozenset[str]:
    said = Said(
        what=first.text,
        about=first.about,
        kind=Kind(concern.kind),
        excluded=frozenset(concern.excluded.values_list("person", flat=True)),
    )
    return route(said, tiers).readers


def _open(by: Actor, worry: Worry, organisation: str, routed: Routed) -> Concern:
    now = timezone.now()
    concern = Concern.objects.create(
        reference=entries.reference(), organisation=organisation, kind=worry.kind, opened=now
    )
    out = dict.fromkeys(worry.excluded, Cause.REPORTER)
    out |= dict.fromkeys(routed.named, Cause.NAMED)
    reporter = [(by.id, entries.REPORTER)] if isinstance(by, Person) else []
    note = entries.add(
        by,
        concern,
        NoteKind.WORRY,
        body={
            "kind": worry.kind.value,
            "readers": sorted(routed.readers),
            "excluded": {person: cause.value for person, cause in sorted(out.items())},
            "doubt": routed.doubt,
        },
        parts=[
            *((person, entries.READER) for person in routed.readers),
            *((person, entries.ABOUT) for person in routed.out | out.keys()),
            *reporter,
        ],
        at=now,
        about=worry.about.strip(),
        when=worry.when.strip(),
        message=worry.message.strip(),
        text=worry.what.strip(),
    )
    let_in(concern, routed.readers, note)
    for person, cause in sorted(out.items()):
        Excluded.objects.create(concern=concern, person=person, cause=cause)
    if worry.kind in ALLEGATIONS:
        entries.add(
            NAMELESS if worry.anonymous else System("clocks"),
            concern,
            NoteKind.ACTION,
            What.CLOCK,
            at=now,
            clock=Clock.LADO,
            due=now + ALLOWED[Clock.LADO],
        )
    return concern
