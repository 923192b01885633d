"""Carrying out a plan: copies first, then service users, then the rest; resumable at every step.

INVARIANT: no leg with a service user in it is carried before each of them who needs a third party
has one whose copy was accepted (law 1), except in an emergency, where the copies are on disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from alongside.policy.address import key
from alongside.policy.decision import Part, Route, ThirdParty

from .chance import token
from .fulfil import Need, Plan
from .progress import Copied, Progress, Result
from .protocols import Carrier
from .values import Fate, Leg, Outcome, Parcel, Stage

COPIES_WITHIN = 60.0
"""Seconds after which a failing copy is not tried with the next person: a next hop that takes its
time would have the client waiting, and may be keeping each copy without saying so."""

Step = Callable[[Progress], Awaitable[None]]


async def nothing(progress: Progress) -> None:
    """The step of mail that goes on as it came: the client still has it."""


@dataclass(slots=True, kw_only=True)
class Delivery:
    """One run over one plan."""

    plan: Plan
    parcel: Parcel
    carrier: Carrier
    progress: Progress
    reference: str
    bounce: Callable[[str], str]
    """From a leg's id to our signed bounce address."""
    step: Step = nothing
    _first: Outcome | None = None
    _waiting: bool = False
    _delivered: bool = False
    _failed: list[tuple[Route, Outcome]] = field(default_factory=list)
    _refused: list[ThirdParty] = field(default_factory=list)

    async def run(self) -> Result:
        """Go on from where ``progress`` stands. Never raises for trouble at the next hop."""
        plan = self.plan
        by_part = {part: [r for r in plan.routes if r.part is part] for part in Part}
        await self._legs(by_part[Part.CONFIDENTIAL], Stage.CONFIDENTIAL)
        self._first = None
        trouble = await self._copy_all([n for n in plan.needs if not n.all_at_once])
        served = self.progress.served
        barred = [
            r for r in by_part[Part.SERVICE_USER] if not plan.covered(r.service_users, served)
        ]
        ready = [r for r in by_part[Part.SERVICE_USER] if r not in barred]
        if barred and (not plan.originates or not ready):
            return self._result(barred, trouble)
        await self._legs(ready, Stage.SERVICE_USER)
        await self._copy_all_at_once([n for n in plan.needs if n.all_at_once])
        if self._may_go_on():
            rest = [*by_part[Part.THIRD_PARTY], *by_part[Part.SUPPORTER], *by_part[Part.OTHER]]
            await self._legs(rest, Stage.REST)
        if self._may_go_on():
            await self._copy_besides()
        return self._result(barred, trouble)

    def _may_go_on(self) -> bool:
        """While nobody but copies was reached, the first failure is the client's answer."""
        failed = self._first is not None and not self._first.accepted
        return self.plan.originates or self._delivered or not failed

    def _result(self, barred: list[Route], trouble: Outcome | None) -> Result:
        optional = tuple(
            n.service_user
            for n in self.plan.needs
            if not n.required and n.service_user not in self.progress.served
        )
        again = _again(trouble) and (bool(barred) or bool(optional))
        return Result(
            first=self._first or trouble,
            uncovered=tuple(s for r in barred for s in r.service_users),
            uncopied=optional,
            waiting=self._waiting or again,
            delivered=self._delivered,
            failed_now=tuple(self._failed),
            copies_refused=tuple(self._refused),
        )

    async def _copy_all(self, needs: list[Need]) -> Outcome | None:
        """Go down each ranking until one copy is accepted; the word of the last that failed.

        A temporary failure outweighs a refusal: then it is worth trying again.
        """
        trouble: Outcome | None = None
        tried: set[str] = set(self.progress.failed)
        clock = asyncio.get_running_loop().time
        until = clock() + COPIES_WITHIN
        while trouble is None or clock() < until:
            open_needs = [n for n in needs if n.service_user not in self.progress.served]
            choice = next(
                (t for n in open_needs for t in n.candidates if key(t.address) not in tried), None
            )
            if choice is None:
                return trouble
            tried.add(key(choice.address))
            outcome = await self._copy(choice, self._serves(choice, open_needs))
            if outcome.accepted:
                continue
            self._refused.append(choice)
            if outcome.fate is Fate.PERMANENT:
                self.progress.failed[key(choice.address)] = outcome.text
            if trouble is None or not _again(trouble):
                trouble = outcome
        return replace(trouble, fate=Fate.TEMPORARY, code=451, status="4.4.1")

    async def _copy_all_at_once(self, needs: list[Need]) -> None:
        """An emergency: everybody of the ranking, whoever accepts."""
        sent = {key(c.address) for c in self.progress.copies} | set(self.progress.failed)
        for need in needs:
            for t in need.candidates:
                if key(t.address) in sent:
                    continue
                sent.add(key(t.address))
                outcome = await self._copy(t, self._serves(t, needs))
                if outcome.fate is Fate.TEMPORARY:
                    self._waiting = True
                elif not outcome.accepted:
                    self._refused.append(t)
                    self.progress.failed[key(t.address)] = outcome.text

    async def _copy_besides(self) -> None:
        sent = {key(c.address) for c in self.progress.copies} | set(self.progress.failed)
        for t in self.plan.also:
            if key(t.address) in sent or t.present:
                continue
            sent.add(key(t.address))
            outcome = await self._copy(t, (t.service_user,))
            if outcome.fate is Fate.TEMPORARY:
                self._waiting = True
            elif not outcome.accepted:
                self.progress.failed[key(t.address)] = outcome.text

    @staticmethod
    def _serves(choice: ThirdParty, needs: list[Need]) -> tuple[str, ...]:
        return tuple(
            n.service_user
            for n in needs
            if any(t.address == choice.address and t.person == choice.person for t in n.candidates)
        )

    async def _copy(self, t: ThirdParty, serves: tuple[str, ...]) -> Outcome:
        leg_id = token(8)
        alone = not t.shown or self.plan.apart
        present = next((r for r in self.plan.routes if key(r.address) == key(t.address)), None)
        leg = Leg(
            id=leg_id,
            stage=Stage.COPY,
            sender=self.bounce(leg_id),
            recipients=(t.address,),
            written=(present.written,) if present else (),
            person=t.person,
            serves=serves,
            individual=alone and not self.plan.untouched,
            to=self._seen_by_supporter(serves) if alone else "",
            cc=self._shown(serves, t),
            untouched=self.plan.untouched,
        )
        outcome = (await self.carrier.carry(leg, self.parcel))[t.address]
        if outcome.accepted:
            self.progress.copies.append(
                Copied(
                    leg=leg_id,
                    person=t.person,
                    address=t.address,
                    serves=serves,
                    shown=t.shown,
                    seat=str(t.seat),
                )
            )
            if present is not None:
                self.progress.done.add(key(t.address))
            await self.step(self.progress)
        return outcome

    async def _legs(self, routes: list[Route], stage: Stage) -> None:
        todo = [
            r
            for r in routes
            if key(r.address) not in self.progress.done
            and key(r.address) not in self.progress.failed
        ]
        if not todo:
            return
        if self.plan.individual or self.plan.expands:
            for route in todo:
                await self._leg([route], stage, individual=True)
        else:
            await self._leg(todo, stage, individual=False)

    async def _leg(self, routes: list[Route], stage: Stage, *, individual: bool) -> None:
        serves = tuple(s for r in routes for s in r.service_users)
        leg = Leg(
            id=token(8),
            stage=stage,
            sender=self.parcel.message.envelope_from,
            recipients=tuple(r.address for r in routes),
            written=tuple(r.written for r in routes),
            serves=serves,
            individual=individual and not self.plan.untouched,
            to=routes[0].written if individual else "",
            cc=self._shown(serves, None),
            announced=self._announced(serves),
            untouched=self.plan.untouched or stage is Stage.CONFIDENTIAL,
        )
        outcomes = await self.carrier.carry(leg, self.parcel)
        for route in routes:
            outcome = outcomes[route.address]
            if self._first is None or (outcome.accepted and not self._first.accepted):
                self._first = outcome
            if outcome.accepted:
                self.progress.done.add(key(route.address))
                self._delivered = self._delivered or stage is not Stage.CONFIDENTIAL
            elif outcome.fate is Fate.PERMANENT:
                self.progress.failed[key(route.address)] = outcome.text
                self._failed.append((route, outcome))
            else:
                self._waiting = True
        await self.step(self.progress)

    def _seen_by_supporter(self, serves: tuple[str, ...]) -> str:
        """What ``To`` says to a supporter: the group, or the one they support (law 7)."""
        for route in self.plan.routes:
            if not set(serves).isdisjoint(route.service_users):
                return route.written
        return ""

    def _shown(
        self, serves: tuple[str, ...], coming: ThirdParty | None
    ) -> tuple[tuple[str, str], ...]:
        """Who stands in Cc: organisational addresses of the copies that serve these people."""
        found: dict[str, tuple[str, str]] = {}
        for c in self.progress.copies:
            if c.shown and (not serves or not set(serves).isdisjoint(c.serves)):
                found.setdefault(key(c.shown), (c.seat, c.shown))
        if coming is not None and coming.shown:
            found.setdefault(key(coming.shown), (str(coming.seat), coming.shown))
        if coming is None:
            for need in self.plan.needs:
                if need.all_at_once and need.service_user in serves and need.candidates:
                    first = next((t for t in need.candidates if t.shown), None)
                    if first is not None:
                        found.setdefault(key(first.shown), (str(first.seat), first.shown))
        return tuple(found.values())

    def _announced(self, serves: tuple[str, ...]) -> str:
        """A copy that no header names is said in words."""
        hidden = any(
            not c.shown and not set(serves).isdisjoint(c.serves) for c in self.progress.copies
        )
        return "supporter" if hidden else ""


def _again(outcome: Outcome | None) -> bool:
    return outcome is not None and outcome.fate is Fate.TEMPORARY
