"""The copy duty that several clauses share, clause by clause with its own level and kinds."""

from __future__ import annotations

from functools import lru_cache

from .decision import Finding, Nature
from .facts import Facts, Served, Writer
from .obligations import CopyTo, Inform, RecordReason
from .rulebook import Rulebook
from .vocabulary import Channel, Exemption, Kind, Level, Verdict


def copy(
    rule: str, clause: str, at: int, facts: Facts, rulebook: Rulebook, *, can_add: bool = True
) -> Finding:
    """What this clause asks for the service user at ``at``: a copy, an exemption, or a refusal.

    ``can_add``: whether the channel lets us copy somebody; otherwise only those present count.
    """
    served = facts.served[at]
    exemption = exempt(served, facts)
    if exemption is not None:
        return Finding(
            rule=rule,
            clause=clause,
            verdict=Verdict.PERMIT,
            reason=str(exemption),
            nature=Nature.COPY,
            exemption=(at, exemption),
        )
    bound = rulebook.clauses[clause]
    kinds = acceptable(bound.third_parties, served, facts)
    if facts.emergency and facts.channel is not Channel.INSTANT_MESSAGE:
        return Finding(
            rule=rule,
            clause=clause,
            verdict=Verdict.PERMIT,
            reason="copied_at_once",
            nature=Nature.COPY,
            obligations=(CopyTo(kinds, at, all_at_once=True),),
        )
    if not kinds.isdisjoint(served.present | served.eligible if can_add else served.present):
        return _copied(rule, clause, kinds, at)
    return _unmet(rule, clause, at, facts, rulebook, can_add=can_add)


@lru_cache(maxsize=4096)
def _copied(rule: str, clause: str, kinds: frozenset[Kind], at: int) -> Finding:
    return Finding(
        rule=rule,
        clause=clause,
        verdict=Verdict.PERMIT,
        reason="copied",
        nature=Nature.COPY,
        obligations=(CopyTo(kinds, at),),
    )


def exempt(served: Served, facts: Facts) -> Exemption | None:
    """The exemptions of law 1 that lie in the people, not in the channel."""
    if facts.writer is Writer.AUTOMATIC:
        return Exemption.AUTOMATIC_MAILBOX
    if served.own_child:
        return Exemption.OWN_CHILD
    if served.objection:
        return Exemption.OBJECTION
    return None


def acceptable(kinds: frozenset[Kind], served: Served, facts: Facts) -> frozenset[Kind]:
    """The kinds of the clause, narrowed where nobody knows who writes, widened for young leaders.

    A local address with no person: only an officer will do. In a message to a young leader a
    second vetted adult of the workforce satisfies the copy, whatever the clause says.
    """
    if served.young_leader and facts.channel in (Channel.EMAIL, Channel.TEXT):
        kinds = kinds | {Kind.COLLEAGUE}
    if facts.writer is Writer.UNKNOWN_WORKFORCE:
        kinds = kinds & {Kind.OFFICER}
    return kinds


def _unmet(
    rule: str, clause: str, at: int, facts: Facts, rulebook: Rulebook, *, can_add: bool
) -> Finding:
    level = rulebook.clauses[clause].level
    if level is Level.SHOULD and facts.reason and not can_add:
        return Finding(
            rule=rule,
            clause=clause,
            verdict=Verdict.PERMIT,
            reason="should_not_met",
            nature=Nature.COPY,
            obligations=(RecordReason(), Inform(rulebook.inform_hours, "should_not_met")),
            exemption=(at, Exemption.SHOULD_NOT_MET),
        )
    if level in (Level.PREFER, Level.OFF):
        return Finding(rule=rule, clause=clause, verdict=Verdict.PERMIT, reason="copy_preferred")
    return Finding(
        rule=rule,
        clause=clause,
        verdict=Verdict.REFUSE,
        reason="no_third_party",
        fix="give_reason" if level is Level.SHOULD and not can_add else "add_third_party",
        nature=Nature.UNCOPYABLE,
    )
