"""From a decision's obligations to a plan: what must be done for the message to go.

The type checker insists that every obligation has its case here; one that is met at run time
without a case refuses the message (law 11).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Never, NoReturn

from alongside.policy.decision import Decision, Route, ThirdParty
from alongside.policy.facts import Writer
from alongside.policy.obligations import (
    AlsoCopySupporters,
    CopyTo,
    DeliverAfter,
    Individualise,
    Inform,
    RecordReason,
    Review,
    Warn,
)
from alongside.policy.rule import OURS
from alongside.policy.vocabulary import Class, Mode, Seat, Verdict


class Unfulfillable(Exception):
    """an obligation that nobody here can fulfil"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One service user's third party: the candidates of the right kinds, best first."""

    service_user: str
    candidates: tuple[ThirdParty, ...]
    required: bool = True
    all_at_once: bool = False


@dataclass(slots=True, kw_only=True)
class Plan:
    """How a permitted message leaves."""

    routes: tuple[Route, ...]
    needs: list[Need] = field(default_factory=list)
    also: list[ThirdParty] = field(default_factory=list)
    """Supporters who get a copy besides; nothing waits for them."""
    individual: bool = False
    untouched: bool = False
    """Nothing of the header is ours to change: inbound mail, and all mail in shadow."""
    wait_until: int | None = None
    reviews: list[tuple[str, int]] = field(default_factory=list)
    """(why, within hours): incidents for the officer."""
    left_out: tuple[str, ...] = ()
    expands: bool = False
    warns: bool = False
    """Something was seen in it that the writer is told of, once it has gone."""
    apart: bool = False
    """Somebody whom the header names was dropped: no header of ours names them to anybody, so that
    no answer to all reaches them (law 6)."""

    @property
    def originates(self) -> bool:
        """Whether we, not the client, are the sender from here on: it goes by the outbox."""
        return (
            self.expands
            or self.individual
            or self.wait_until is not None
            or any(n.all_at_once for n in self.needs)
        )

    def covered(self, service_users: tuple[str, ...], served: set[str]) -> bool:
        """Whether every one of these has a copy accepted, or needs none."""
        return all(
            n.service_user in served or not n.required or n.all_at_once
            for n in self.needs
            if n.service_user in service_users
        )


def plan_of(decision: Decision) -> Plan:
    """The plan of a permitted decision.

    Raises ``Unfulfillable`` for an unknown obligation, and where nobody is left to go to: what is
    taken and delivered to nobody would be lost.
    """
    if decision.verdict is not Verdict.PERMIT:
        raise Unfulfillable("only what is permitted has a plan")
    watched = decision.mode is Mode.SHADOW or not decision.in_scope
    if not (watched or decision.routes or decision.left_out):
        raise Unfulfillable("nobody is left to deliver it to")
    facts = decision.facts
    writer = facts.writer if facts else Writer.OTHER
    plan = Plan(
        routes=decision.routes,
        untouched=writer not in OURS or decision.mode is Mode.SHADOW,
        left_out=decision.left_out,
        expands=decision.expands,
    )
    for obligation in decision.obligations:
        match obligation:
            case CopyTo():
                plan.needs.append(_need(decision, obligation))
            case AlsoCopySupporters():
                plan.also.extend(_supporters(decision, obligation))
            case Individualise():
                plan.individual = True
            case DeliverAfter():
                plan.wait_until = obligation.minute
            case Inform() | Review():
                plan.reviews.append((obligation.why, obligation.within_hours))
            case Warn():
                plan.warns = True
            case RecordReason():
                pass  # the reason is in the message's own texts, which every entry keeps
            case _:
                refuse_unknown(obligation)
    if plan.left_out and not plan.expands and not plan.untouched:
        plan.individual = plan.apart = True
    if plan.left_out and decision.klass is not Class.SEALED:
        plan.reviews.append(("left_out", 24))
    return plan


def refuse_unknown(obligation: Never) -> NoReturn:
    """Typed so that a forgotten case fails the type check, and met so that it never passes."""
    raise Unfulfillable(type(obligation).__name__)


def _need(decision: Decision, duty: CopyTo) -> Need:
    service_user = decision.service_users[duty.service_user]
    return Need(
        service_user=service_user,
        candidates=tuple(
            t
            for t in decision.third_parties
            if t.service_user == service_user and t.eligible and t.kind in duty.kinds
        ),
        required=duty.required,
        all_at_once=duty.all_at_once,
    )


def _supporters(decision: Decision, duty: AlsoCopySupporters) -> list[ThirdParty]:
    service_user = decision.service_users[duty.service_user]
    return [
        t
        for t in decision.third_parties
        if t.service_user == service_user and t.eligible and t.seat is Seat.SUPPORTER
    ]
