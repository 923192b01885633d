"""The outbox in the gateway's own loop: what we originate, delivered with retries and a deadline.

Every dispatch is judged again when its turn comes: people change while a message waits.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from alongside.policy.decide import decide
from alongside.policy.vocabulary import Channel, Mode, Verdict

from . import entries
from .codec import from_json
from .delivery import Delivery
from .fulfil import Plan, Unfulfillable, plan_of
from .house import House
from .parcels import as_it_came, as_written, failures, kept
from .progress import Progress, Result
from .protocols import Unavailable
from .remembered import still_counting
from .values import (
    Answer,
    Bundle,
    Dispatch,
    Entry,
    Fate,
    Hold,
    Incident,
    Judged,
    Parcel,
    Stage,
)

log = logging.getLogger(__name__)

_PAUSES = tuple(timedelta(seconds=s) for s in (2, 10, 30, 60, 120, 300, 600, 900))
_AT_ONCE = 20


class Runner:
    """Takes due dispatches by lease and carries them out, until it is stopped."""

    def __init__(self, house: House, poll: float = 0.5) -> None:
        self.house = house
        self.poll = poll
        """Seconds between looks; ``wake`` makes it look at once."""
        self._woken = asyncio.Event()
        self._stopped = False

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        """No further lease; what is under way is finished."""
        self._stopped = True
        self._woken.set()

    async def run(self) -> None:
        """Until ``stop``. Trouble of the record is waited out, never raised."""
        while not self._stopped:
            self._woken.clear()
            try:
                busy = await self.run_once()
            except Unavailable:
                busy = False
                log.warning("the outbox can't be read just now")
            if busy or self._stopped:
                continue
            try:
                await asyncio.wait_for(self._woken.wait(), self.poll)
            except TimeoutError:
                continue

    async def run_once(self) -> bool:
        """One round; whether there was anything to do."""
        house = self.house
        if not house.people.confirmed:
            return False
        due = await house.outbox.lease(house.holder, house.clock(), _AT_ONCE)
        done = await asyncio.gather(*(self._one(d) for d in due), return_exceptions=True)
        for d, trouble in zip(due, done, strict=True):
            if isinstance(trouble, BaseException) and not isinstance(trouble, Unavailable):
                log.error(
                    "a dispatch failed: %s",
                    type(trouble).__name__,
                    extra={"reference": d.reference},
                )
                await self._put_off(d, d.progress)
        return bool(due)

    async def _one(self, d: Dispatch) -> None:
        if d.kind == "notice":
            await self._notice(d)
            return
        judged = self._judge(d)
        decision = judged.decision
        if decision.in_scope and decision.verdict is not Verdict.PERMIT:
            await self._changed_its_mind(d, judged)
            return
        try:
            plan = plan_of(decision)
        except Unfulfillable:
            await self._changed_its_mind(d, judged)
            return
        if not decision.in_scope or decision.mode is Mode.SHADOW:
            plan = as_written(judged, plan)
        await self._deliver(d, judged, plan)

    def _judge(self, d: Dispatch) -> Judged:
        held = d.plan["message"] if d.kind == "release" else d.plan
        message = from_json(held["message"])
        released = str(d.plan["by"]) if d.kind == "release" else message.released_by
        message = replace(message, at=self.house.clock(), released_by=released)
        parcel = Parcel(
            message=message,
            content=d.content or b"",
            fingerprint=str(held.get("fingerprint", "")),
            parameters=dict(held.get("parameters", {})),
        )
        decision = decide(message, self.house.people.current(), self.house.rulebook)
        return Judged(parcel=parcel, decision=decision, reference=d.reference)

    async def _deliver(self, d: Dispatch, judged: Judged, plan: Plan) -> None:
        house = self.house
        now = house.clock()
        progress = still_counting(Progress.from_json(d.progress), judged.decision)
        if plan.wait_until is not None and not progress.done:
            due = house.rulebook.next_at(plan.wait_until, now)
            await house.outbox.postpone(d.id, due, progress.as_json())
            return

        async def step(p: Progress) -> None:
            await self._record_copies(judged, p, house.clock())
            await house.outbox.checkpoint(d.id, p.as_json())

        plan.expands = plan.expands or plan.individual
        delivery = Delivery(
            plan=plan,
            parcel=judged.parcel,
            carrier=house.carriers[Channel(d.channel)],
            progress=progress,
            reference=d.reference,
            bounce=house.bounce,
            step=step,
        )
        result = await delivery.run()
        now = house.clock()
        late = now >= d.deadline
        if result.waiting and not late:
            await self._put_off(d, progress.as_json())
            return
        await self._end(d, judged, plan, progress, result, now)

    async def _end(
        self,
        d: Dispatch,
        judged: Judged,
        plan: Plan,
        progress: Progress,
        result: Result,
        now: datetime,
    ) -> None:
        """Everything that could be done was; the writer hears of what could not."""
        house, decision = self.house, judged.decision
        failed = failures(judged, plan, progress, result)
        notices = [house.notices.undelivered(judged, failed, now)] if failed else []
        if d.kind == "release" and progress.done:
            notices.append(house.notices.released(judged, now))
        kind = "failed" if failed and not progress.done else "delivered"
        answer = Answer(kind=kind, reference=d.reference, outcome=result.first, judged=judged)
        found = entries.incidents(decision, d.reference, now, [], result)
        if result.uncovered:
            found += (
                Incident(
                    kind="not_copied",
                    reference=d.reference,
                    at=now,
                    organisation=decision.organisation,
                    persons=decision.writers,
                    detail={"service_users": list(result.uncovered)},
                ),
            )
        in_scope = decision.in_scope
        await house.ledger.append(
            Bundle(
                entry=entries.outcome(decision, d.reference, now, progress, answer)
                if in_scope
                else None,
                copies=entries.marks(progress, judged.parcel, d.reference, now) if in_scope else (),
                dispatches=tuple(n for n in notices if n is not None),
                incidents=found if in_scope else (),
                finished=(d.id,),
            )
        )

    async def _record_copies(self, judged: Judged, progress: Progress, now: datetime) -> None:
        marks = entries.marks(progress, judged.parcel, judged.reference, now)
        if marks:
            await self.house.ledger.append(Bundle(copies=marks))
            progress.copies = [replace(c, new=False) for c in progress.copies]

    async def _put_off(self, d: Dispatch, progress: object) -> None:
        pause = _PAUSES[min(d.attempts, len(_PAUSES) - 1)]
        kept_progress = progress if isinstance(progress, dict) else dict(d.progress)
        try:
            await self.house.outbox.postpone(d.id, self.house.clock() + pause, kept_progress)
        except Unavailable:
            log.warning("a dispatch waits for its lease to end", extra={"reference": d.reference})

    async def _changed_its_mind(self, d: Dispatch, judged: Judged) -> None:
        """What was permitted when it came is not any more: it goes to the officer, not out."""
        now, decision = self.house.clock(), judged.decision
        persons = tuple(sorted({*decision.writers, *decision.service_users}))
        hold = Hold(
            reference=d.reference,
            at=now,
            expires=now + self.house.hold_for,
            organisation=decision.organisation,
            guarded=True,
            writers=decision.writers,
            persons=persons,
            channel=d.channel,
            message=kept(judged.parcel),
        )
        entry = replace(
            entries.decided(judged, now),
            in_doubt_until_outcome=False,
        )
        await self.house.ledger.append(
            Bundle(
                entry=entry,
                content=judged.parcel.content,
                hold=hold,
                incidents=(
                    Incident(
                        kind="judged_otherwise",
                        reference=d.reference,
                        at=now,
                        organisation=decision.organisation,
                        persons=persons,
                    ),
                ),
                finished=(d.id,),
            )
        )

    async def _notice(self, d: Dispatch) -> None:
        """A message of our own: nobody to copy, nothing to judge."""
        recipients: Sequence[str] = tuple(d.plan["recipients"])
        parcel = Parcel(
            message=from_json(d.plan["message"]),
            content=d.content or b"",
            fingerprint="",
            parameters=dict(d.plan.get("parameters", {})),
        )
        leg = replace(
            as_it_came(parcel, tuple(recipients), Stage.REST), sender=str(d.plan.get("sender", ""))
        )
        outcomes = await self.house.carriers[Channel(d.channel)].carry(leg, parcel)
        again = any(o.fate is Fate.TEMPORARY for o in outcomes.values())
        now = self.house.clock()
        if again and now < d.deadline:
            await self._put_off(d, dict(d.progress))
            return
        sent = any(o.accepted for o in outcomes.values())
        entry = Entry(
            kind="notice",
            at=now,
            reference=d.reference,
            body={"what": str(d.plan.get("what", "notice")), "sent": sent},
        )
        await self.house.ledger.append(Bundle(entry=entry, finished=(d.id,)))
