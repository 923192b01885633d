"""What is decided where a rule of ours erred (law 11): it holds, and never passes uncopied.

What may not wait arrives all the same, and somebody looks at it: what a service user writes
(law 3), and an emergency (law 5), unless it is not sure that it is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .decision import Finding, Nature
from .facts import ConcernTie, Facts, Identity, Restriction, Writer
from .obligations import CopyTo, Individualise, Review
from .rule import OURS, Rule
from .rulebook import Rulebook
from .vocabulary import Channel, Kind, Verdict

REASON = "rule_failed"


def when_failed(rule: Rule, facts: Facts) -> Finding:
    """The word of a rule that raised. No mode and no emergency softens it; an officer may."""
    passes = _theirs(facts) or _urgent(facts)
    return Finding(
        rule=rule.name,
        clause="T1",
        verdict=Verdict.PERMIT if passes else Verdict.HOLD,
        reason=REASON,
        fix="" if passes else "ask_the_officer",
        nature=Nature.UNCOPYABLE,
    )


def instead(found: Iterable[Finding], facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    """What nobody owes yet, copies above all: the rule that failed may have been the one to ask.

    A released message for which nobody could be copied is refused.
    """
    if facts.sealed or facts.concern is ConcernTie.CASE:
        return
    owed = {o.service_user for f in found for o in f.obligations if isinstance(o, CopyTo)}
    owed |= {f.exemption[0] for f in found if f.exemption}
    copies = tuple(_copy(at, facts) for at in range(len(facts.served)) if at not in owed)
    yield Finding(
        rule="failing",
        clause="T1",
        verdict=Verdict.PERMIT,
        reason=REASON,
        nature=Nature.COPY,
        obligations=(
            *(c for c in copies if c is not None),
            *_apart(facts, rulebook),
            Review(rulebook.inform_hours, REASON),
        ),
    )
    if facts.released and any(c is not None and _to_nobody(c, facts) for c in copies):
        yield Finding(
            rule="failing",
            clause="G2",
            verdict=Verdict.REFUSE,
            reason="no_third_party",
            fix="add_third_party",
            nature=Nature.UNCOPYABLE,
        )


def _copy(at: int, facts: Facts) -> CopyTo | None:
    """An officer's, or in an emergency everybody's; a child's own message leaves without too."""
    officer = frozenset({Kind.OFFICER})
    if facts.writer in OURS:
        urgent = facts.emergency and facts.channel is not Channel.INSTANT_MESSAGE
        anybody = urgent and facts.channel is not Channel.SOCIAL
        return CopyTo(frozenset(Kind) if anybody else officer, at, all_at_once=urgent)
    if _theirs(facts) and facts.served[at].child:
        return CopyTo(officer, at, required=False)
    return None


def _to_nobody(copy: CopyTo, facts: Facts) -> bool:
    served = facts.served[copy.service_user]
    adds = facts.channel is not Channel.INSTANT_MESSAGE and facts.site_can_copy
    there = served.present | served.eligible if adds else served.present
    return copy.required and not copy.all_at_once and copy.kinds.isdisjoint(there)


def _apart(facts: Facts, rulebook: Rulebook) -> tuple[Individualise, ...]:
    mutual = facts.mutual and rulebook.mutual != "allow" and facts.writer in OURS
    return (Individualise(),) if mutual else ()


def _theirs(facts: Facts) -> bool:
    """A service user's own, beyond doubt, with somebody there to read it."""
    return facts.writer is Writer.SERVICE_USER and not _doubtful(facts) and not facts.nobody


def _urgent(facts: Facts) -> bool:
    """An emergency that nothing but our own error would stop."""
    return (
        facts.emergency
        and facts.channel is not Channel.INSTANT_MESSAGE
        and not _doubtful(facts)
        and not facts.nobody
        and not facts.stopped
        and not facts.unsafe_role_address
        and facts.restriction is Restriction.NONE
        and facts.concern is not ConcernTie.OUTSIDER
    )


def _doubtful(facts: Facts) -> bool:
    return facts.identity in (Identity.SPOOFED, Identity.UNREADABLE)
