"""Parcels as rows of the outbox, and as legs that nothing is changed in."""

from __future__ import annotations

from datetime import datetime, timedelta

from alongside.policy.address import key
from alongside.policy.decision import Part, Route
from alongside.policy.people import People
from alongside.policy.vocabulary import Class

from .chance import token
from .codec import to_json
from .fulfil import Plan
from .progress import Progress, Result
from .values import Dispatch, Fate, Hold, Judged, Leg, Outcome, Parcel, Stage


def kept(parcel: Parcel) -> dict[str, object]:
    """What a dispatch or a hold keeps of a parcel, besides its bytes."""
    return {
        "message": to_json(parcel.message),
        "parameters": dict(parcel.parameters),
        "fingerprint": parcel.fingerprint,
    }


def dispatch(
    judged: Judged,
    *,
    now: datetime,
    due: datetime,
    deadline: datetime,
    progress: Progress | None = None,
) -> Dispatch:
    """A row of the outbox: judged again when its turn comes (pitfall 24)."""
    return Dispatch(
        id=token(12),
        reference=judged.reference,
        channel=str(judged.parcel.message.channel),
        kind="message",
        due=due,
        deadline=deadline,
        plan=kept(judged.parcel),
        progress=progress.as_json() if progress else {},
        content=judged.parcel.content,
    )


def as_it_came(parcel: Parcel, recipients: tuple[str, ...], stage: Stage) -> Leg:
    return Leg(
        id=token(8),
        stage=stage,
        sender=parcel.message.envelope_from,
        recipients=recipients,
        written=recipients,
        untouched=True,
    )


def first_failure(outcomes: dict[str, Outcome]) -> Outcome:
    """What the client hears when nobody had it: a temporary word, if there is one."""
    failures = list(outcomes.values())
    return next((o for o in failures if o.fate is Fate.TEMPORARY), failures[0])


def as_written(judged: Judged, plan: Plan) -> Plan:
    plan.untouched = True
    plan.routes = tuple(
        Route(address=a, written=a, part=Part.OTHER) for a in judged.parcel.message.recipients
    )
    return plan


def failures(judged: Judged, plan: Plan, progress: Progress, result: Result) -> dict[str, Outcome]:
    """Envelope recipients, as the writer wrote them, whose legs will never be delivered."""
    failed: dict[str, Outcome] = {r.written: o for r, o in result.failed_now}
    word = result.first or Outcome(
        fate=Fate.TEMPORARY, code=451, status="4.4.7", text="delivery time expired"
    )
    for route in plan.routes:
        if key(route.address) not in progress.done and route.written not in failed:
            failed[route.written] = (
                word
                if not word.accepted
                else Outcome(
                    fate=Fate.PERMANENT,
                    code=550,
                    status="5.7.1",
                    text="no third party could be copied",
                )
            )
    return failed


def pen(judged: Judged, people: People, now: datetime, hold_for: timedelta) -> Hold:
    """The message in the holding pen; all whom it concerns are kept from deciding it (law 13)."""
    decision = judged.decision
    involved = {*decision.writers, *decision.service_users}
    named = {p for r in decision.routes for p in r.persons}
    restricted = {x for s in involved | named for x in people.restricted_for(s)}
    return Hold(
        reference=judged.reference,
        at=now,
        expires=now + hold_for,
        organisation=decision.organisation,
        guarded=decision.klass is Class.GUARDED,
        writers=decision.writers,
        persons=tuple(sorted(involved | (restricted & named) | set(decision.left_out))),
        channel=str(judged.parcel.message.channel),
        message=kept(judged.parcel),
    )
