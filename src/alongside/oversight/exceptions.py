"""What went wrong, or has to be looked at, until an officer closes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from alongside.access.actor import Person
from alongside.access.permissions import Permission, check_may
from alongside.access.waiting import Urgency
from alongside.enforcement.values import Json
from alongside.records import api as records

from .naming import Names

MOST = 1_000
EMERGENCY = "emergency"
"""Looked back at in a form of its own (``emergencies``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of exception in words."""

    title: str
    what: str
    do: str
    urgency: Urgency = Urgency.SOON


KINDS: dict[str, Kind] = {
    "not_copied": Kind(
        title="Sent without its copy",
        what="A message reached somebody, and nobody else has seen it.",
        do="Read the message. Ask the people in it whether all is well. Mend the address of "
        "whoever should have had the copy.",
        urgency=Urgency.TODAY,
    ),
    "hold_overdue": Kind(
        title="Held for too long",
        what="Nobody decided about a held message in time.",
        do="Open the hold and decide, or ask somebody else to. This closes by itself then.",
        urgency=Urgency.TODAY,
    ),
    "secrecy": Kind(
        title="Asks for a secret",
        what="A message asks somebody to keep a secret, or to leave out whoever gets the copy.",
        do="Read the message. Talk to the person it was for. Report a concern if you are worried.",
        urgency=Urgency.TODAY,
    ),
    "unsafe_address": Kind(
        title="An address that is not safe",
        what="Somebody who must not be in touch with a person reads the address of that person.",
        do="Find a safe address for them, and put it in the list of people.",
        urgency=Urgency.TODAY,
    ),
    "copy_bounced": Kind(
        title="A copy came back",
        what="The address of somebody who gets copies does not work.",
        do="Ask them for an address that works, and put it in the list of people.",
    ),
    "copy_refused": Kind(
        title="A copy was turned away",
        what="A mail server did not take a copy. Alongside went on to the next person.",
        do="Find out why, and mend the address in the list of people.",
    ),
    "in_doubt": Kind(
        title="Not sure whether it was sent",
        what="Alongside stopped while it was sending a message, so it may or may not have arrived.",
        do="Ask the writer or the reader whether it came. If not, ask the writer to send it again.",
    ),
    "judged_otherwise": Kind(
        title="Held after all",
        what="A message was allowed first, and then something changed before it left.",
        do="Open the hold and decide.",
    ),
    "uncertain_writer": Kind(
        title="Not sure who wrote it",
        what="A message says it is from somebody we serve, and we can’t tell for certain.",
        do="Read the message, and ask the person whether they wrote it.",
    ),
    "nobody_to_copy": Kind(
        title="A child wrote, and nobody could be copied",
        what="What a child writes always arrives. This time no officer could get the copy.",
        do="Read the message. See to it that the organisation has an officer with an address.",
        urgency=Urgency.TODAY,
    ),
    "rule_failed": Kind(
        title="Something went wrong while a message was checked",
        what="One of the checks did not work on this message.",
        do="Read the message. Tell whoever looks after Alongside the reference.",
    ),
    EMERGENCY: Kind(
        title="Sent as an emergency",
        what="A message went at once because its writer said that it could not wait.",
        do="Look back at it: was it right?",
        urgency=Urgency.TODAY,
    ),
}
"""The order is that of the desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exceptional:
    """One exception, in words."""

    number: int
    code: str
    kind: Kind
    reference: str
    at: datetime
    closed: bool
    about_ids: tuple[str, ...]
    detail: Json
    names: Names = field(repr=False, compare=False)

    @property
    def concerned(self) -> tuple[str, ...]:
        """All whom it is about, by name; looked up for what is shown only."""
        return self.names.all(self.about_ids)

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """(label, words)."""
        return tuple(_details(self.detail, self.names))


def kind_of(code: str) -> Kind:
    """In words; one that this version doesn't know still says what it is called."""
    if code in KINDS:
        return KINDS[code]
    return Kind(
        title=code.replace("_", " ").capitalize(),
        what="Alongside asks somebody of the safeguarding team to look at this.",
        do="Read the message, and say what you did.",
    )


def exceptions(actor: Person) -> list[Exceptional]:
    """The open ones but emergencies, the oldest first. Raises ``NotAllowed``."""
    check_may(actor, Permission.DECIDE)
    names = Names()
    found = records.incidents(actor, limit=MOST)
    return [_told(each, names) for each in found if each.kind != EMERGENCY]


def exception(actor: Person, number: int) -> Exceptional:
    """One of them, closed ones too. Raises ``NotFound``, also for one that concerns the actor or
    that they may not see; ``NotAllowed``."""
    check_may(actor, Permission.DECIDE)
    for open_only in (True, False):
        for each in records.incidents(actor, open_only=open_only, limit=10**9):
            if each.id == number:
                return _told(each, Names())
    raise records.NotFound(f"there is no exception `{number}`")


def close(actor: Person, number: int, reason: str) -> None:
    """It was seen to: ``reason`` says what was done. Raises as ``exception``, and ``ValueError``
    for an empty reason."""
    check_may(actor, Permission.DECIDE)
    records.close_incident(actor, number, reason)


def _told(each: records.IncidentView, names: Names) -> Exceptional:
    return Exceptional(
        number=each.id,
        code=each.kind,
        kind=kind_of(each.kind),
        reference=each.reference,
        at=each.at,
        closed=each.closed,
        about_ids=each.persons,
        detail=each.detail,
        names=names,
    )


def _details(said: Json, names: Names) -> Iterator[tuple[str, str]]:
    if said.get("person"):
        yield "Who should have had the copy", names(said["person"])
    served = said.get("serves") or said.get("service_users")
    if served:
        yield "Whom the message was for", ", ".join(names.all(served))
    if "next" in said:
        yield "Somebody else gets the copy", "Yes" if said["next"] else "No"
    if "within_hours" in said:
        yield "To be looked at within", f"{said['within_hours']} hours"
    if said.get("known") is False:
        yield "Which message", "Not known: its record was lost"
