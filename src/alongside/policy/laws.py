"""The laws of the house over facts: what must hold of any rulebook's answer.

Each is named as in DESIGN.md and returns what is wrong, or nothing. They read the facts, the
findings and the floors; they know none of the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .decision import Finding
from .facts import ConcernTie, Facts, Identity, Restriction, Served, Writer
from .floors import FLOORS
from .obligations import CopyTo, DeliverAfter, Individualise
from .rule import OURS
from .rulebook import Rulebook
from .vocabulary import Channel, Exemption, Kind, Level, Mode, Verdict


@dataclass(frozen=True, slots=True)
class Answer:
    """What the rules said of one row of the table."""

    facts: Facts
    findings: tuple[Finding, ...]
    verdict: Verdict
    rulebook: Rulebook

    @property
    def copies(self) -> dict[int, CopyTo]:
        return {
            o.service_user: o for f in self.findings for o in f.obligations if isinstance(o, CopyTo)
        }

    @property
    def exemptions(self) -> dict[int, Exemption]:
        return dict(f.exemption for f in self.findings if f.exemption)

    @property
    def sealed(self) -> bool:
        return self.facts.sealed or self.facts.concern is ConcernTie.CASE


Law = Callable[[Answer], str | None]


def no_message_leaves_one_to_one(a: Answer) -> str | None:
    """Law 1, in enforce."""
    facts = a.facts
    if (
        facts.mode is not Mode.ENFORCE
        or facts.writer not in OURS
        or a.verdict is not Verdict.PERMIT
        or a.sealed
    ):
        return None
    copies, exemptions = a.copies, a.exemptions
    for at, served in enumerate(facts.served):
        exemption = exemptions.get(at)
        if exemption is not None:
            if not _true(exemption, served, facts):
                return f"service user {at + 1} is exempt as `{exemption}`, which is not so"
            continue
        copy = copies.get(at)
        if copy is None:
            return f"service user {at + 1} would be written to with nobody alongside"
        if facts.emergency and copy.all_at_once:
            continue
        there = served.present if _cannot_add(facts) else served.present | served.eligible
        if copy.kinds.isdisjoint(there):
            return f"the copy for service user {at + 1} is owed to nobody who could get it"
    return None


def _cannot_add(facts: Facts) -> bool:
    return facts.channel is Channel.INSTANT_MESSAGE or (
        facts.channel is Channel.SOCIAL and not facts.site_can_copy
    )


def _true(exemption: Exemption, served: Served, facts: Facts) -> bool:
    match exemption:
        case Exemption.OWN_CHILD:
            return served.own_child
        case Exemption.AUTOMATIC_MAILBOX:
            return facts.writer is Writer.AUTOMATIC
        case Exemption.OBJECTION:
            return served.objection and not served.child
        case Exemption.SHOULD_NOT_MET:
            return facts.reason and facts.channel is Channel.SOCIAL and not facts.site_can_copy
        case Exemption.CONFIDENTIAL_DESTINATION:
            return False


def a_third_party_is_of_an_allowed_kind(a: Answer) -> str | None:
    """Law 2, as far as facts tell: no kind that the floor of the clause leaves out."""
    facts = a.facts
    if facts.writer not in OURS or a.verdict is not Verdict.PERMIT:
        return None
    for at, copy in a.copies.items():
        served = facts.served[at]
        allowed = _allowed(facts, served)
        if not copy.kinds <= allowed:
            extra = ", ".join(sorted(copy.kinds - allowed))
            return f"`{extra}` would count as the third party of service user {at + 1}"
    return None


def _allowed(facts: Facts, served: Served) -> frozenset[Kind]:
    if facts.writer is Writer.UNKNOWN_WORKFORCE:
        return frozenset({Kind.OFFICER})
    match facts.channel:
        case Channel.EMAIL:
            kinds = FLOORS["E3"].third_parties
        case Channel.SOCIAL:
            kinds = FLOORS["G3"].third_parties
        case Channel.TEXT if facts.emergency or served.need_text:
            kinds = FLOORS["S4"].third_parties
        case Channel.TEXT:
            kinds = FLOORS["S3"].third_parties
        case Channel.INSTANT_MESSAGE:
            kinds = frozenset({Kind.OFFICER, Kind.COLLEAGUE})
    return kinds | {Kind.COLLEAGUE} if served.young_leader else kinds


def what_a_service_user_writes_arrives(a: Answer) -> str | None:
    """Law 3. A ``From`` that claims the workforce, and a group nobody is behind, are not theirs."""
    facts = a.facts
    if (
        facts.writer is not Writer.SERVICE_USER
        or facts.identity in (Identity.SPOOFED, Identity.UNREADABLE)
        or facts.nobody
    ):
        return None
    if a.verdict is not Verdict.PERMIT:
        return "what a service user writes would not arrive"
    if any(isinstance(o, DeliverAfter) for f in a.findings for o in f.obligations):
        return "what a service user writes would wait"
    if a.sealed:
        return "sealed mail would be copied" if a.copies else None
    if facts.mode is Mode.SHADOW or facts.channel not in (Channel.EMAIL, Channel.TEXT):
        return None
    for at, served in enumerate(facts.served):
        copy = a.copies.get(at)
        if served.child and (copy is None or copy.kinds != {Kind.OFFICER} or copy.required):
            return "a child's message would not be copied to an officer"
    return None


def no_instant_message_is_carried(a: Answer) -> str | None:
    """Law 4: none is permitted where the rulebook says never."""
    facts = a.facts
    never = a.rulebook.clauses["I1"].level is Level.NEVER
    if (
        never
        and facts.channel is Channel.INSTANT_MESSAGE
        and facts.writer in OURS
        and facts.served
        and facts.mode is not Mode.SHADOW
        and not a.sealed
        and a.verdict is not Verdict.REFUSE
    ):
        return "an instant message would be permitted"
    return None


def an_emergency_never_waits(a: Answer) -> str | None:
    """Law 5: gates, hours, content and ordinary holds let it pass; its copy goes to everybody."""
    facts = a.facts
    if (
        not facts.emergency
        or facts.mode is Mode.SHADOW
        or facts.channel not in (Channel.EMAIL, Channel.TEXT)
        or _stopped(facts)
        or a.sealed
    ):
        return None
    if a.verdict is not Verdict.PERMIT:
        return "an emergency would be stopped"
    if any(isinstance(o, DeliverAfter) for f in a.findings for o in f.obligations):
        return "an emergency would wait"
    for at in range(len(facts.served)):
        copy = a.copies.get(at)
        if at not in a.exemptions and (copy is None or not copy.all_at_once):
            return "an emergency's copy would wait for one person"
    return None


def _stopped(facts: Facts) -> bool:
    """What stops even an emergency, and whom nobody can be reached behind."""
    return (
        facts.identity in (Identity.SPOOFED, Identity.UNREADABLE)
        or facts.stopped
        or facts.restriction is not Restriction.NONE
        or facts.unsafe_role_address
        or facts.concern is ConcernTie.OUTSIDER
        or facts.nobody
    )


def nobody_restricted_is_written_to(a: Answer) -> str | None:
    """Law 6, as far as facts tell, in enforce and teach."""
    facts = a.facts
    if (
        (facts.restriction is not Restriction.NONE or facts.unsafe_role_address)
        and facts.mode is not Mode.SHADOW
        and facts.writer is not Writer.SERVICE_USER
        and not facts.released
        and not a.sealed
        and a.verdict is Verdict.PERMIT
    ):
        return "somebody restricted would be in the conversation"
    return None


def members_never_learn_each_other(a: Answer) -> str | None:
    """Law 7. A rulebook may allow mutual sight; nothing else may."""
    facts = a.facts
    if (
        facts.mutual
        and a.rulebook.mutual != "allow"
        and facts.writer in OURS
        and facts.mode is not Mode.SHADOW
        and facts.channel in (Channel.EMAIL, Channel.TEXT)
        and a.verdict is Verdict.PERMIT
        and not a.sealed
        and not any(isinstance(o, Individualise) for f in a.findings for o in f.obligations)
        and not (a.rulebook.mutual == "refuse" and (facts.emergency or facts.mode is Mode.TEACH))
    ):
        return "service users would see each other's addresses"
    return None


def refusal_trumps_hold_trumps_permit(a: Answer) -> str | None:
    """Law 11."""
    worst = max((f.verdict for f in a.findings), default=Verdict.PERMIT)
    return None if a.verdict is worst else "the verdict is not that of the worst finding"


def shadow_stops_nothing(a: Answer) -> str | None:
    """Modes: in shadow no copy is made, nothing is refused and nothing held."""
    if a.facts.mode is Mode.SHADOW and (a.verdict is not Verdict.PERMIT or a.copies):
        return "shadow mode would act"
    return None


def closed_gates_stop(a: Answer) -> str | None:
    """A1 and its sisters, from teach upward; never an emergency."""
    facts, rulebook = a.facts, a.rulebook
    if (
        facts.writer is not Writer.WORKFORCE
        or facts.emergency
        or facts.mode is Mode.SHADOW
        or not facts.served
        or a.sealed
        or a.verdict is Verdict.REFUSE
    ):
        return None
    for name, gate, days in (
        ("vetted", rulebook.vetted, facts.vetted),
        ("trained", rulebook.trained, facts.trained),
    ):
        if gate.required and (days is None or days > gate.grace_days):
            return f"a writer who is not {name} would write to a service user"
    if rulebook.agreed.required and (facts.agreed is None or facts.agreed < 0):
        return "a writer who never agreed would write to a service user"
    return None


LAWS: Mapping[str, Law] = {
    law.__name__: law
    for law in (
        no_message_leaves_one_to_one,
        a_third_party_is_of_an_allowed_kind,
        what_a_service_user_writes_arrives,
        no_instant_message_is_carried,
        an_emergency_never_waits,
        nobody_restricted_is_written_to,
        members_never_learn_each_other,
        refusal_trumps_hold_trumps_permit,
        shadow_stops_nothing,
        closed_gates_stop,
    )
}
