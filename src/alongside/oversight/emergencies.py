"""Emergencies, looked back at: each within a day, by somebody of the safeguarding team."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from django.db import transaction

from alongside.access.actor import Person
from alongside.access.permissions import Permission, check_may
from alongside.enforcement.values import Entry, Text
from alongside.policy.vocabulary import Class, Mode, Verdict
from alongside.records import api as records

from .exceptions import EMERGENCY
from .naming import Names

WITHIN = timedelta(days=1)
AT_A_GLANCE = timedelta(days=30)
"""What is older waits as long as its exception is open, so that no page reads through years."""
MOST = 10_000
_CLAUSE = "S4"
_ONLY_READ_IT = frozenset({"third_party", "recipient", "other"})
"""Parts that make nobody somebody whom the message is about."""


class Reviewed(Exception):
    """somebody looked back at this emergency before"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """A message that went at once."""

    reference: str
    at: datetime
    due: datetime
    late: bool
    writer_ids: tuple[str, ...]
    served_ids: tuple[str, ...]
    copied_ids: tuple[str, ...] = ()
    """Who got the copy, as far as one emergency is looked at; a list leaves it out."""
    reviewed: bool = False
    names: Names = field(repr=False, compare=False)

    @property
    def writers(self) -> tuple[str, ...]:
        """By name; looked up for what is shown only."""
        return self.names.all(self.writer_ids)

    @property
    def served(self) -> tuple[str, ...]:
        """The people it was for, by name."""
        return self.names.all(self.served_ids)

    @property
    def copied(self) -> tuple[str, ...]:
        """Who got the copy, by name."""
        return self.names.all(self.copied_ids)


def emergencies(actor: Person, now: datetime) -> list[Emergency]:
    """Those in the actor's reach that nobody looked back at yet, the oldest first.

    What was only watched (shadow mode) went as it came, and is not among them. Raises
    ``NotAllowed``.
    """
    check_may(actor, Permission.DECIDE)
    since = now - AT_A_GLANCE
    seen = {e.reference for e in records.find(actor, kind="reviewed", since=since, limit=MOST)}
    found = {e.reference: e for e in _decided(actor, since=since) if e.reference not in seen}
    for left in records.incidents(actor, kind=EMERGENCY, limit=MOST):
        if left.at < since and left.reference not in found:
            found |= {e.reference: e for e in _decided(actor, left.reference)}
    names = Names()
    return [_told(e, now, names) for e in sorted(found.values(), key=lambda e: e.at)]


def emergency(actor: Person, reference: str, now: datetime) -> Emergency:
    """One of them, reviewed or not. Raises ``NotFound``, also for one that concerns the actor or
    is out of their reach; ``NotAllowed``."""
    check_may(actor, Permission.DECIDE)
    names = Names()
    told = _told(_one(actor, reference), now, names)
    seen = bool(records.find(actor, kind="reviewed", reference=reference, limit=1))
    outcomes = records.find(actor, kind="outcome", reference=reference)
    copied = {p for e in outcomes for p, part in e.persons if part == "third_party"}
    late = told.late and not seen
    return replace(told, reviewed=seen, late=late, copied_ids=tuple(sorted(copied)))


def review(actor: Person, reference: str, right: bool, note: str) -> None:
    """Say whether it was right to send it at once, or whether it should have waited.

    Raises ``NotFound``, ``NotAllowed``, ``Reviewed``, and ``ValueError`` where it should have
    waited and nothing says why.
    """
    check_may(actor, Permission.DECIDE)
    said = note.strip()
    if not right and not said:
        raise ValueError("say why it should have waited")
    with transaction.atomic():
        of = _one(actor, reference)
        if records.find(actor, kind="reviewed", reference=reference, limit=1):
            raise Reviewed(f"the emergency `{reference}` was reviewed a moment ago")
        about = tuple(sorted({p for p, part in of.persons if part not in _ONLY_READ_IT}))
        entry = Entry(
            kind="reviewed",
            at=datetime.now(UTC),
            reference=reference,
            body={"what": EMERGENCY, "right": right},
            texts=(Text(name="note", value=said, persons=about),) if said else (),
            persons=tuple((person, "about") for person in about),
            organisation=of.organisation,
            guarded=of.guarded,
            sealed=of.sealed,
        )
        records.append(actor, entry)
        answer = "reviewed: it was right" if right else "reviewed: it should have waited"
        for each in records.incidents(actor, kind=EMERGENCY, limit=MOST):
            if each.reference == reference:
                records.close_incident(actor, each.id, answer)


def _one(actor: Person, reference: str) -> records.EntryView:
    for entry in _decided(actor, reference):
        return entry
    raise records.NotFound(f"there is no emergency `{reference}`")


def _decided(
    actor: Person, reference: str = "", since: datetime | None = None
) -> list[records.EntryView]:
    """The latest first."""
    found = records.find(
        actor,
        kind="decided",
        clause=_CLAUSE,
        verdict=Verdict.PERMIT.word,
        reference=reference,
        since=since,
        limit=MOST,
    )
    return [e for e in found if e.body.get("class") == Class.EMERGENCY and not _watched(e)]


def _watched(entry: records.EntryView) -> bool:
    return bool(entry.body.get("mode") == Mode.SHADOW.word)


def _told(entry: records.EntryView, now: datetime, names: Names) -> Emergency:
    def part(name: str) -> tuple[str, ...]:
        return tuple(person for person, theirs in entry.persons if theirs == name)

    return Emergency(
        reference=entry.reference,
        at=entry.at,
        due=entry.at + WITHIN,
        late=now > entry.at + WITHIN,
        writer_ids=part("writer"),
        served_ids=part("service_user"),
        names=names,
    )
