"""The holding pen at the desk: who sees what, and a person's word on a hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import transaction

from alongside.access.actor import Actor, Person, name_of
from alongside.access.checks import Item, NotAllowed, can_oversee, check_administer, check_oversee
from alongside.enforcement.values import Bundle, Dispatch, Entry, Json, Text

from .batch import Stale
from .concerned import NotFound, check_person, check_reason, concerns, items
from .desk import write
from .models import Hold
from .overdue import OVERDUE_AT_ONCE, Overdue, escalation
from .rows import Change
from .views import HoldView

KINDS = {"release": "released", "refuse": "refused", "hand_over": "handed_over"}


class Decided(Exception):
    """somebody decided on this hold before"""


def holds(
    actor: Actor, *, reference: str = "", open_only: bool = True, limit: int = 200
) -> list[HoldView]:
    """The holds this actor may know of, oldest first.

    An eligible officer sees all of each; anybody else of the organisation sees reference and time
    of the open ones, the same for every cause; whom one concerns doesn't see it.
    """
    asked = Hold.objects.select_related("entry").order_by("at", "entry_id")
    if reference:
        asked = asked.filter(reference=reference)
    if open_only:
        asked = asked.filter(state="held")
    views: list[HoldView] = []
    for start in range(0, asked.count(), limit):
        page = list(asked[start : start + limit])
        about = items(hold.entry for hold in page)
        views += [v for hold in page if (v := _view(actor, hold, about[hold.entry_id]))]
        if len(views) >= limit:
            break
    return views[:limit]


def release_hold(actor: Actor, reference: str, reason: str) -> None:
    """Let it go: a gateway judges it again and delivers it.

    Raises ``NotFound``, ``NotAllowed``, ``Decided``, and ``ValueError`` for an empty reason.
    """
    _decide(actor, reference, "release", reason)


Tell = Callable[[str, Json], Dispatch | None]
"""From a hold's reference and its message to the notice that its writer gets, if one is due."""


def refuse_hold(actor: Actor, reference: str, reason: str, *, tell: Tell | None = None) -> None:
    """End it undelivered, and tell the writer so in the same commit (pitfall 23).

    Raises as ``release_hold`` does.
    """
    _decide(actor, reference, "refuse", reason, tell=tell)


def hand_over_hold(actor: Actor, reference: str, to_person: str, reason: str) -> None:
    """Ask a named person to decide; it stays held. Raises as ``release_hold`` does, and
    ``NotAllowed`` when it concerns that person."""
    if not to_person:
        raise ValueError("name the person who is to decide")
    _decide(actor, reference, "hand_over", reason, to_person)


def overdue_holds(actor: Actor, now: datetime) -> list[str]:
    """Escalate the holds whose time has come; their references. ``SqliteLedger`` can do it too."""
    check_administer(actor)
    escalated = []
    waiting = Hold.objects.filter(state="held", due__lte=now).order_by("due")[:OVERDUE_AT_ONCE]
    for hold in waiting:
        persons = {*json.loads(hold.writers), *json.loads(hold.persons)}
        bundle, change = escalation(
            Overdue(
                hold=hold.entry_id,
                turn=hold.turn,
                reference=hold.reference,
                organisation=hold.organisation,
                guarded=hold.guarded,
                about=tuple(sorted(persons)),
                with_person=hold.with_person,
            ),
            now,
            by=name_of(actor),
        )
        try:
            write(actor, bundle, change)
        except Stale:
            continue  # decided, or escalated by another, since it was read
        escalated.append(hold.reference)
    return escalated


def _decide(
    actor: Actor,
    reference: str,
    verdict: str,
    reason: str,
    to_person: str = "",
    tell: Tell | None = None,
) -> None:
    person = check_person(actor)
    said = check_reason(reason)
    with transaction.atomic():
        hold, item = _decidable(person, reference)
        if to_person and to_person in item.about:
            raise NotAllowed("it concerns them: nobody reviews themselves")
        if to_person and item.sealed_for and to_person not in item.sealed_for:
            raise NotAllowed("it is sealed for named people")
        entry = Entry(
            kind=KINDS[verdict],
            at=datetime.now(UTC),
            reference=hold.reference,
            texts=(Text(name="reason", value=said, persons=tuple(sorted(item.about))),),
            persons=tuple((each, "about") for each in sorted(item.about)),
            organisation=hold.organisation,
            guarded=hold.guarded,
            sealed=bool(item.sealed_for),
        )
        change = Change(
            hold=hold.entry_id,
            turn=hold.turn + 1,
            verdict=verdict,
            reference=hold.reference,
            by=person.id,
            due=hold.due,
            to_person=to_person or hold.with_person,
        )
        notice = tell(hold.reference, json.loads(hold.message)) if tell and hold.message else None
        try:
            write(person, Bundle(entry=entry, dispatches=(notice,) if notice else ()), change)
        except Stale as error:
            raise Decided(f"the hold `{reference}` was decided a moment ago") from error


def _decidable(person: Person, reference: str) -> tuple[Hold, Item]:
    """The hold, if this person may decide it now. One that concerns them looks like none."""
    unknown = NotFound(f"there is no hold `{reference}`")
    newest = Hold.objects.select_related("entry").order_by("-at", "-entry_id")
    hold = newest.filter(reference=reference).first()
    if hold is None:
        raise unknown
    item = items([hold.entry])[hold.entry_id]
    if concerns(person, item):
        raise unknown
    check_oversee(person, item)
    if hold.state != "held":
        raise Decided(f"the hold `{reference}` is already {hold.state}")
    return hold, item


def _view(actor: Actor, hold: Hold, item: Item) -> HoldView | None:
    if concerns(actor, item):
        return None
    if not can_oversee(actor, item):
        known = hold.state == "held" and _may_know(actor, item)
        return HoldView(reference=hold.reference, at=hold.at) if known else None
    said = json.loads(hold.entry.body)
    return HoldView(
        reference=hold.reference,
        at=hold.at,
        state=hold.state,
        eligible=True,
        due=hold.due,
        organisation=item.organisation,
        channel=hold.channel,
        guarded=hold.guarded,
        clauses=tuple(said.get("clauses", ())),
        writers=tuple(json.loads(hold.writers)),
        persons=tuple(json.loads(hold.persons)),
        with_person=hold.with_person,
        cause=said.get("body", {}),
    )


def _may_know(actor: Actor, item: Item) -> bool:
    """Each organisation is a boundary: who acts in it may know that something is held."""
    if not isinstance(actor, Person) or not actor.active:
        return False
    return not item.organisation or item.organisation in actor.reach
