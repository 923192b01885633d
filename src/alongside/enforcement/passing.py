"""What passes without being judged further: out of scope, and confidential destinations."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from alongside.policy.decision import Decision, Part

from .house import House
from .parcels import as_it_came, dispatch, first_failure
from .protocols import Carrier, Unavailable
from .values import Answer, Bundle, Dispatch, Fate, Judged, Outcome, Stage

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Passing:
    """The ways round the line. None of them leaves an entry."""

    house: House
    wake: Callable[[], None]

    async def untouched(self, judged: Judged, carrier: Carrier) -> Answer:
        """What is none of our business passes as it came (law 8)."""
        parcel = judged.parcel
        leg = as_it_came(parcel, parcel.message.recipients, Stage.REST)
        outcomes = await carrier.carry(leg, parcel)
        answer = await self._told(judged, outcomes)
        if not judged.decision.in_scope:
            await self._count("untouched")
        await self.triage(judged.decision)
        return answer

    async def _told(self, judged: Judged, outcomes: dict[str, Outcome]) -> Answer:
        accepted = [o for o in outcomes.values() if o.accepted]
        if not accepted:
            worst = first_failure(outcomes)
            kind = "deferred" if worst.fate is Fate.TEMPORARY else "failed"
            return Answer(kind=kind, outcome=worst, judged=judged)
        left = {a: o for a, o in outcomes.items() if not o.accepted}
        if left:
            await self._rest_of_untouched(judged, left)
        return Answer(kind="relayed", outcome=accepted[0], judged=judged)

    async def _rest_of_untouched(self, judged: Judged, left: dict[str, Outcome]) -> None:
        """Some recipients had it, so the client hears 250: the others become ours to finish."""
        now = self.house.clock()
        waiting = [a for a, o in left.items() if o.fate is Fate.TEMPORARY]
        failed = {a: o for a, o in left.items() if o.fate is Fate.PERMANENT}
        made: list[Dispatch] = []
        if waiting:
            message = replace(judged.parcel.message, recipients=tuple(waiting))
            rest = replace(judged, parcel=replace(judged.parcel, message=message))
            made.append(dispatch(rest, now=now, due=now, deadline=now + self.house.deadline))
        if failed:
            notice = self.house.notices.undelivered(judged, failed, now)
            made += [notice] if notice else []
        if made:
            await self.house.ledger.append(Bundle(dispatches=tuple(made)))
            self.wake()

    async def confidential_only(self, judged: Judged, carrier: Carrier) -> Answer:
        """A report to a helpline or the police: at once, uncopied, no entry (pitfall 14)."""
        parcel = judged.parcel
        leg = as_it_came(parcel, parcel.message.recipients, Stage.CONFIDENTIAL)
        outcomes = await carrier.carry(leg, parcel)
        await self._count("confidential")
        try:
            return await self._told(judged, outcomes)
        except Unavailable:
            return Answer(kind="deferred", judged=judged)

    async def confidential_first(self, judged: Judged, carrier: Carrier) -> Judged:
        """Whatever becomes of the rest, the confidential leg leaves now.

        Answers what is left to be done of the message.
        """
        confidential = [r for r in judged.decision.routes if r.part is Part.CONFIDENTIAL]
        if not confidential:
            return judged
        parcel = judged.parcel
        leg = as_it_came(parcel, tuple(r.address for r in confidential), Stage.CONFIDENTIAL)
        outcomes = await carrier.carry(leg, parcel)
        await self._count("confidential")
        left = tuple(a for a, o in outcomes.items() if not o.accepted)
        if left:
            await self._again(judged, left)
        gone = {r.written for r in confidential}
        message = replace(
            parcel.message,
            recipients=tuple(a for a in parcel.message.recipients if a not in gone),
        )
        routes = tuple(r for r in judged.decision.routes if r not in confidential)
        return replace(
            judged,
            parcel=replace(parcel, message=message),
            decision=replace(judged.decision, routes=routes),
        )

    async def _again(self, judged: Judged, recipients: tuple[str, ...]) -> None:
        now = self.house.clock()
        message = replace(judged.parcel.message, recipients=recipients)
        rest = replace(judged, parcel=replace(judged.parcel, message=message))
        made = dispatch(rest, now=now, due=now, deadline=now + self.house.deadline)
        await self.house.ledger.append(Bundle(dispatches=(made,)))
        self.wake()

    async def triage(self, decision: Decision) -> None:
        """Outside addresses that nobody knows are counted, to be classified once (pitfall 11)."""
        for address in decision.unknown:
            await self._count("unknown", address)

    async def _count(self, what: str, address: str = "") -> None:
        try:
            await self.house.ledger.count(self.house.clock().date().isoformat(), what, address)
        except Unavailable:
            log.warning("a count was lost")
