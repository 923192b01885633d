"""The straight line: judge, record, copy, relay, record, answer.

What is judged to go on as it came stays with the client until the next hop has it: we keep no
queue, so we lose nothing. What we originate is on disk before the client hears 250.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime
from typing import Any

from alongside.policy.decide import decide
from alongside.policy.decision import Nature, Part
from alongside.policy.people import People
from alongside.policy.vocabulary import Class, Mode, Verdict

from . import entries
from .delivery import Delivery
from .fulfil import Plan, Unfulfillable, plan_of
from .house import House
from .parcels import dispatch, pen
from .passing import Passing
from .progress import Progress, Result
from .protocols import Carrier, Unavailable
from .reading import read
from .remembered import Remembered
from .values import (
    Answer,
    Bundle,
    Dispatch,
    Fate,
    Judged,
    Parcel,
)

log = logging.getLogger(__name__)


class Line:
    """``enforce`` one parcel after another; safe to call from many sessions at once."""

    def __init__(self, house: House, wake: Callable[[], None] = lambda: None) -> None:
        self.house = house
        self.wake = wake
        """Called when something was put in the outbox."""
        self.passing = Passing(house, lambda: self.wake())
        self.remembered = Remembered(house)
        self._later: set[asyncio.Task[None]] = set()

    async def enforce(self, parcel: Parcel) -> Answer:
        """Judge one parcel and do what follows. Never raises for trouble of the record."""
        house = self.house
        carrier = house.carriers[parcel.message.channel]
        people = house.people.current()
        decision = decide(parcel.message, people, house.rulebook)
        judged = Judged(parcel=parcel, decision=decision, reference=entries.new_reference())
        if decision.klass is Class.CONFIDENTIAL:
            return await self.passing.confidential_only(judged, carrier)
        if not house.people.confirmed:
            return Answer(kind="deferred", judged=judged)
        try:
            if decision.klass is Class.OUT_OF_SCOPE:
                return await self.passing.untouched(judged, carrier)
            return await self._in_scope(judged, carrier, people)
        except Unavailable:
            log.warning("the record is unavailable", extra={"reference": judged.reference})
            return Answer(kind="deferred", judged=judged)

    async def _in_scope(self, judged: Judged, carrier: Carrier, people: People) -> Answer:
        now = self.house.clock()
        if judged.decision.mode is Mode.SHADOW:
            return await self._watch(await self._read(judged, people), carrier, now)
        judged = await self.passing.confidential_first(judged, carrier)
        judged = await self._read(judged, people)
        if judged.decision.verdict is Verdict.REFUSE:
            answer = await self._refuse(judged, now)
        elif judged.decision.verdict is Verdict.HOLD:
            answer = await self._hold(judged, people, now)
        else:
            answer = await self._permit(judged, carrier, now)
        self.house.on_decided(judged.decision, judged.reference)
        await self.passing.triage(judged.decision)
        return answer

    async def _read(self, judged: Judged, people: People) -> Judged:
        """Judged with what stands in it, where that bears on it."""
        house = self.house
        judged = await read(judged, people, house.rulebook, house.opener)
        words = judged.words
        if words.new_signature:
            (writer,) = judged.decision.writers
            seen = writer, words.signature, words.signature_text, judged.reference
            self._afterwards(asyncio.to_thread(house.note_signature, *seen))
        return judged

    async def _watch(self, judged: Judged, carrier: Carrier, now: datetime) -> Answer:
        """Shadow: on the record with what it would have been, and on as it came."""
        await self.house.ledger.append(Bundle(entry=entries.decided(judged, now)))
        answer = replace(await self.passing.untouched(judged, carrier), reference=judged.reference)
        progress = Progress()
        self._afterwards(
            self.house.ledger.append(
                Bundle(
                    entry=entries.outcome(judged.decision, judged.reference, now, progress, answer)
                )
            )
        )
        self.house.on_decided(judged.decision, judged.reference)
        return answer

    async def _refuse(self, judged: Judged, now: datetime) -> Answer:
        spoofed = any(f.nature is Nature.SPOOF for f in judged.decision.findings)
        notice = None if spoofed else self.house.notices.refused(judged, now)
        await self.house.ledger.append(
            Bundle(
                entry=entries.decided(judged, now),
                content=judged.parcel.content,
                dispatches=(notice,) if notice else (),
                incidents=entries.incidents(
                    judged.decision, judged.reference, now, entries.always_looked_at(judged), None
                ),
            )
        )
        if notice:
            self.wake()
        return Answer(kind="refused", reference=judged.reference, judged=judged)

    async def _hold(self, judged: Judged, people: People, now: datetime) -> Answer:
        decision = judged.decision
        notice = self.house.notices.held(judged, now)
        reviews = entries.always_looked_at(judged)
        await self.house.ledger.append(
            Bundle(
                entry=entries.decided(judged, now),
                content=judged.parcel.content,
                hold=pen(judged, people, now, self.house.hold_for),
                dispatches=(notice,) if notice else (),
                incidents=entries.incidents(decision, judged.reference, now, reviews, None),
            )
        )
        self.wake()
        return Answer(kind="held", reference=judged.reference, judged=judged)

    async def _permit(self, judged: Judged, carrier: Carrier, now: datetime) -> Answer:
        decision = judged.decision
        try:
            plan = plan_of(decision)
        except Unfulfillable:
            log.error("an obligation has no fulfilment", extra={"reference": judged.reference})
            return Answer(kind="deferred", reference=judged.reference, judged=judged)
        entry = entries.decided(judged, now)
        content = judged.parcel.content if entries.keeps_content(decision) else None
        if plan.originates:
            # The outbox knows how far it is: nothing about it can be in doubt.
            entry = replace(entry, in_doubt_until_outcome=False)
            await self._originate(judged, plan, now, Bundle(entry=entry, content=content))
            return Answer(kind="queued", reference=judged.reference, judged=judged)
        return await self._relay(judged, plan, carrier, Bundle(entry=entry, content=content))

    async def _originate(self, judged: Judged, plan: Plan, now: datetime, bundle: Bundle) -> None:
        emergency = judged.decision.klass is Class.EMERGENCY
        alarm = self.house.notices.alarm(judged, now) if emergency else None
        due = now if plan.wait_until is None else self._due(plan.wait_until, now)
        mine = dispatch(judged, now=now, due=due, deadline=due + self.house.deadline)
        warning = self.house.notices.warned(judged, now) if plan.warns else None
        await self.house.ledger.append(
            replace(
                bundle,
                dispatches=(mine, *(d for d in (alarm, warning) if d)),
                incidents=entries.incidents(
                    judged.decision, judged.reference, now, plan.reviews, None
                ),
            )
        )
        self.wake()

    def _due(self, minute: int, now: datetime) -> datetime:
        """The next time that it is this local minute of the day."""
        return self.house.rulebook.next_at(minute, now)

    async def _relay(self, judged: Judged, plan: Plan, carrier: Carrier, bundle: Bundle) -> Answer:
        """Mail that goes on as it came: the client hears what the next hop said."""
        async with self.remembered.in_turn(judged):
            try:
                progress = await self.remembered.begin(judged, bundle)
                return await self._carry(judged, plan, carrier, progress)
            except asyncio.CancelledError:
                # A stop that could not wait: who was copied must still be on the record.
                self._afterwards(self._remember(judged))
                raise

    async def _carry(
        self, judged: Judged, plan: Plan, carrier: Carrier, progress: Progress
    ) -> Answer:
        delivery = Delivery(
            plan=plan,
            parcel=judged.parcel,
            carrier=carrier,
            progress=progress,
            reference=judged.reference,
            bounce=self.house.bounce,
            step=self.remembered.step(judged),
        )
        result = await delivery.run()
        if not result.delivered and not self._own_word_goes_on(judged, result):
            answer = self._not_delivered(judged, result)
            await self._finish(judged, plan, progress, result, answer)
            return answer
        answer = Answer(
            kind="relayed", reference=judged.reference, outcome=result.first, judged=judged
        )
        if result.waiting or result.failed_now:
            await self._finish(judged, plan, progress, result, answer)
        else:
            self._afterwards(self._finish(judged, plan, progress, result, answer))
        return answer

    def _own_word_goes_on(self, judged: Judged, result: Result) -> bool:
        """Everything this message had to reach was a copy leg that is also its recipient."""
        remaining = [r for r in judged.decision.routes if r.part is not Part.THIRD_PARTY]
        return not remaining and not result.uncovered and result.first is None

    def _not_delivered(self, judged: Judged, result: Result) -> Answer:
        first = result.first
        temporary = first is not None and first.fate is Fate.TEMPORARY
        if result.uncovered:
            kind = "deferred" if temporary else "uncopied"
        else:
            kind = "deferred" if temporary or first is None else "failed"
        return Answer(kind=kind, reference=judged.reference, outcome=first, judged=judged)

    async def _finish(
        self, judged: Judged, plan: Plan, progress: Progress, result: Result, answer: Answer
    ) -> None:
        """The outcome, the copies to remember, and what is left to do, in one commit."""
        now = self.house.clock()
        decision, parcel = judged.decision, judged.parcel
        left: list[Dispatch] = []
        if answer.kind == "relayed":
            if result.waiting:
                left.append(
                    dispatch(
                        judged,
                        now=now,
                        due=now,
                        deadline=now + self.house.deadline,
                        progress=progress,
                    )
                )
            if result.failed_now:
                failed = {r.written: o for r, o in result.failed_now}
                notice = self.house.notices.undelivered(judged, failed, now)
                left += [notice] if notice else []
            warning = self.house.notices.warned(judged, now) if plan.warns else None
            left += [warning] if warning else []
        reviews = plan.reviews if answer.kind == "relayed" else []
        bundle = Bundle(
            entry=entries.outcome(decision, judged.reference, now, progress, answer),
            copies=entries.marks(progress, parcel, judged.reference, now),
            dispatches=tuple(left),
            incidents=entries.incidents(decision, judged.reference, now, reviews, result),
        )
        await self.house.ledger.append(bundle)
        self.remembered.forget(judged)
        if left:
            self.wake()

    async def _remember(self, judged: Judged) -> None:
        marks = self.remembered.unwritten(judged)
        if marks:
            await self.house.ledger.append(Bundle(copies=marks))
            self.remembered.forget(judged)

    def _afterwards(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._logged(work))
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    @staticmethod
    async def _logged(work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Unavailable:
            # The message is where it belongs; its row stays in doubt until somebody looks.
            log.warning("an outcome was not recorded")

    async def settle(self) -> None:
        """Wait for the outcomes that are still being written: the end of a graceful stop."""
        while self._later:
            await asyncio.gather(*self._later, return_exceptions=True)
