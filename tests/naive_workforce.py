"""What becomes of a message of the workforce, as the naive model reads it."""

from __future__ import annotations

from dataclasses import dataclass, field

from alongside.policy.address import key
from alongside.policy.vocabulary import Channel, Class, Mode, Standing, Verdict

from . import naive_who as who
from .naive_case import Case, expanded, held, in_case_channel, restricted_pairs, stopped, to_leads
from .naive_company import owners, readers
from .naive_copies import Needed, copies_for
from .naive_findings import (
    Findings,
    concern,
    gates,
    groups_not_expanded,
    own_mailbox,
    role_addresses,
    suspended,
)
from .naive_groups import Expanded
from .naive_words import NOT_COPIED, Copy, Outcome


@dataclass(slots=True, kw_only=True)
class Reach:
    """Whom the message reaches, after an emergency has dropped whom it must."""

    served: set[str]
    supporters: set[str]
    direct: set[str]
    groups: Expanded
    both: set[str]
    dropped: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)
    """Service users of a group beside somebody restricted for them."""


def workforce_wrote(case: Case, unreadable: bool) -> Outcome:
    message, ask = case.message, case.ask
    found = Findings()
    if unreadable:
        found.spoofed.append("several or unreadable From fields claim the workforce")
    elif in_case_channel(case):
        outcome = _case_channel(case)
        if outcome is not None:
            return outcome

    emergency = who.emergency(message, case.slots, case.today, ask)
    reach = _reach(case)
    if emergency:
        before = set(reach.served)
        _drop(case, reach)
        if any(s not in before for s, _ in restricted_pairs(case)):
            if ask.ask("restricted_header"):
                found.guarded.append("a header names somebody restricted (d)")
        if before and not reach.served:
            somebody = reach.direct or reach.groups.may
            if not somebody or ask.ask("emergency_empty"):
                return held(case, Class.GUARDED, "nobody remains (e)")
    else:
        _restricted(case, reach, found)
        gates(case, reach.served, reach.groups, found)
    own_mailbox(case, reach.served, reach.supporters, emergency, found)
    suspended(case, reach.served, reach.supporters, found)
    concern(case, reach.served, emergency, found)
    role_addresses(case, reach.served, reach.direct, emergency, found)
    groups_not_expanded(case, found)
    _nobody_there(case, reach, found)

    if message.channel is Channel.INSTANT_MESSAGE:
        if reach.served or (reach.supporters and ask.ask("im_not_to_served")):
            found.refusals.append("instant message (I1)")
    if message.encrypted and reach.served and not emergency:
        found.holds.append("encrypted")
    if reach.both and not emergency:
        if case.mode is not Mode.TEACH or ask.ask("both_softened"):
            found.holds.append("an address of both hats")

    surely = {s for s in reach.served if s not in reach.groups.served or s in reach.groups.must}
    surely |= reach.served & (set(case.to.served) | reach.both)
    needed = Needed(reached=frozenset(reach.served), must=frozenset(surely - reach.unsure))
    copies = copies_for(case, needed, emergency, found.refusals, found.soft_refusals)
    return _stopped(case, found, emergency) or _permitted(case, reach, emergency, needed, copies)


def _nobody_there(case: Case, reach: Reach, found: Findings) -> None:
    """T1: a group behind which nobody can be reached; nothing is lost silently."""
    if not case.expanding or case.redirected or reach.direct or case.to.confidential:
        return
    if reach.groups.must - reach.dropped:
        return
    if case.ask.ask("nobody_to_reach"):
        found.refusals.append("nobody can be reached (T1)")


def _reach(case: Case) -> Reach:
    both = set(case.to.both)
    if both and _from_mailbox(case) and not case.ask.ask("mailbox_to_both"):
        both = set()  # mail from a registered mailbox reaches a colleague
    served = set(case.to.served) | both
    groups = expanded(case, frozenset(served))
    return Reach(
        served=served | groups.served,
        supporters=case.to.supporters | groups.supporters,
        direct=set(case.to.direct),
        groups=groups,
        both=both,
    )


def _restricted(case: Case, reach: Reach, found: Findings) -> None:
    """Decision (d), where nobody is in danger."""
    people = case.people
    for s, _ in sorted(restricted_pairs(case)):
        if not (s in case.writers and case.minor(s)) or case.ask.ask("restricted_own"):
            found.guarded.append("a restricted person is named (d)")
    present = {p for k in reach.direct for p in readers(people, k)}
    only_by_group = reach.groups.served - set(case.to.served) - reach.both
    reach.unsure = {s for s in only_by_group if people.restricted_for(s) & present}
    if reach.unsure and case.ask.ask("restricted_and_group"):
        found.guarded.append("a restricted person beside a group")


def _permitted(
    case: Case, reach: Reach, emergency: bool, needed: Needed, copies: dict[str, Copy]
) -> Outcome:
    people, to, head = case.people, case.to, case.head
    in_scope = bool(reach.served or reach.supporters or reach.groups.intended)
    if not in_scope and (head.served or head.supporters or head.both or to.both):
        in_scope = case.ask.ask("header_only")
    may, heads = to_leads(case, frozenset())
    may |= reach.direct | to.confidential
    for p, keys in reach.groups.may.items():
        if p not in reach.dropped:
            may |= keys
    for s in reach.served:
        may |= copies[s].addresses | _supporters_as_well(case, s)
    beside = {r for s in reach.unsure for r in people.restricted_for(s)}
    must = {k for k in reach.direct if not readers(people, k) & beside}
    sees = {p for k in may for p in owners(people, k)}
    return Outcome(
        verdict=Verdict.PERMIT,
        classes=_classes(case, in_scope, emergency, bool(reach.served)),
        copies=copies,
        must_reach=needed.must,
        must_arrive=frozenset(must | to.confidential),
        must_receive=frozenset((reach.groups.must | heads) - reach.dropped - reach.unsure),
        may_arrive=frozenset(may),
        never=frozenset({r for s in reach.served for r in people.restricted_for(s)} - sees),
        individual=_visible_to_each_other(case, reach.served),
        untouched=not in_scope and not to.groups,
        why=("permitted",),
    )


def _classes(case: Case, in_scope: bool, emergency: bool, serves: bool) -> frozenset[Class]:
    if in_scope and emergency:
        return frozenset({Class.EMERGENCY} if serves else {Class.EMERGENCY, Class.OPEN})
    if in_scope:
        return frozenset({Class.OPEN})
    found = {Class.OUT_OF_SCOPE}
    if case.to.groups:
        found.add(Class.OPEN)
    if emergency:
        found.add(Class.EMERGENCY)
    return frozenset(found)


def _stopped(case: Case, found: Findings, emergency: bool) -> Outcome | None:
    """Law 11: refusal trumps hold trumps permit. Teach keeps copies, guarded holds, spoofs,
    gates, instant messages and what can't be copied, and tells the rest."""
    teach = case.mode is Mode.TEACH
    refusals = found.refusals + ([] if teach else found.soft_refusals)
    holds = found.spoofed + ([] if teach else found.holds)
    if refusals:
        classes = {Class.OPEN}
        if found.guarded:
            classes.add(Class.GUARDED)
        if emergency:
            classes.add(Class.EMERGENCY)
        return stopped(case, Verdict.REFUSE, frozenset(classes), *refusals)
    if found.guarded:
        return held(case, Class.GUARDED, *found.guarded)
    if holds:
        return held(case, Class.OPEN, *holds)
    return None


def _case_channel(case: Case) -> Outcome | None:
    """The case channel of an open concern: its people are each other's third party."""
    guarded = restricted_pairs(case) or any(
        case.people.persons[p].standing is not Standing.ACTIVE for p in case.writers
    )
    if guarded and case.ask.ask("sealed_guarded"):
        return None
    if (case.to.served or case.to.both) and not case.ask.ask("sealed_case_served"):
        return None
    everyone = frozenset(case.to.direct | case.to.confidential)
    return Outcome(
        verdict=Verdict.PERMIT,
        classes=frozenset({Class.SEALED}),
        copies=dict.fromkeys((*case.to.served, *case.to.both), NOT_COPIED),
        must_reach=frozenset(case.to.served),
        must_arrive=everyone,
        may_arrive=everyone,
        why=("case channel (h)",),
    )


def _drop(case: Case, reach: Reach) -> None:
    """Decision (e): an emergency goes to everybody but those restricted for whom it reaches."""
    people = case.people
    dropped = {r for s in reach.served for r in people.restricted_for(s)}
    dropped |= {s for s in reach.served if people.restricted_for(s) & case.writers}
    kept = set()
    for k in sorted(reach.direct):
        unsafe = any(k in case.to.served.get(s, ()) for s in reach.served - dropped)
        if not readers(people, k) & dropped or (unsafe and case.ask.ask("unsafe_emergency")):
            kept.add(k)
    still = {p for k in kept for p in readers(people, k)} | set(reach.groups.may)
    reach.served = (reach.served - dropped) & still
    reach.direct = kept
    reach.dropped = dropped


def _from_mailbox(case: Case) -> bool:
    authors = [s for s in case.slots if s.where == who.FROM]
    return bool(authors) and all(s.mailbox is not None for s in authors)


def _supporters_as_well(case: Case, s: str) -> set[str]:
    """Under-16s: the supporters with ``copied`` as well, where the organisation says so."""
    people = case.people
    person = people.persons[s]
    age = person.age(case.today)
    if age is None or age >= 16:
        return set()
    if not any(
        people.organisations[o].copy_supporters
        for o in person.organisations
        if o in people.organisations
    ):
        return set()
    barred = people.restricted_for(s) | case.concerned
    return {
        key(c.address)
        for link in people.links.get(s, ())
        if link.copied and link.supporter not in barred and link.supporter in people.persons
        for c in people.persons[link.supporter].contacts
        if c.active and not readers(people, c.address) & barred
    }


def _visible_to_each_other(case: Case, reached: set[str]) -> bool:
    """Law 7: several service users of different households who would see each other."""
    seen = {s for s in case.to.served if s in reached and case.to.served[s] & case.head.direct}
    seen |= set(case.head.served)
    if not seen & reached:
        return False
    homes = {case.people.persons[s].household for s in seen - case.writers}
    return len(homes - {""}) >= 2
