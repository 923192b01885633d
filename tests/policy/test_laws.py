"""The laws at the decision point, over random organisations and messages.

Each is derived anew from the register and what was decided; none asks the rules how.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from alongside.enforcement.fulfil import Plan, Unfulfillable, plan_of
from alongside.policy import decide as decision_point
from alongside.policy.address import key
from alongside.policy.decide import combine, decide, judge
from alongside.policy.decision import Decision, Finding, Nature, Part, ThirdParty
from alongside.policy.facts import ConcernTie, Facts, Identity, Writer
from alongside.policy.message import Message
from alongside.policy.people import Contact, People, Person
from alongside.policy.rule import OURS
from alongside.policy.rules import RULES
from alongside.policy.vocabulary import (
    Channel,
    Class,
    Exemption,
    Kind,
    Mode,
    Standing,
    Verdict,
)
from tests.clauses.told import SECTOR, SHIPPED
from tests.world import CARLA, CHLOE, PEOPLE, TODAY, mail
from tests.worlds import world
from tests.worlds_mail import message

MANY = 40
RULEBOOKS = st.sampled_from([SHIPPED, SECTOR])
MODES = st.sampled_from(list(Mode))
ACTING = (Mode.ENFORCE, Mode.TEACH)


@lru_cache
def register() -> People:
    return world(Random(2026), MANY)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    seed = draw(st.integers(0, 10**9))
    return message(Random(seed), register(), seed % MANY)


def facts_of(d: Decision) -> Facts:
    assert d.facts is not None
    return d.facts


def ours(d: Decision) -> bool:
    return d.in_scope and d.klass is not Class.SEALED and facts_of(d).writer in OURS


def leaving(d: Decision) -> Plan | None:
    """The plan, where the message leaves and we do anything about it."""
    acts = d.mode is not Mode.SHADOW and d.in_scope
    return plan_of(d) if d.verdict is Verdict.PERMIT and acts else None


def person(p: str) -> Person:
    return register().persons[p]


def seen_by(address: str) -> set[str]:
    """Everybody who reads what arrives there."""
    people, k = register(), key(address)
    found = {p for p, _ in people.at.get(k, ())}
    found |= {r for _, c in people.at.get(k, ()) for r in c.readers}
    return found | (set(people.mailboxes[k].readers) if k in people.mailboxes else set())


# 1


@pytest.mark.law("no_message_leaves_one_to_one")
@given(messages(), RULEBOOKS)
def test_no_message_leaves_one_to_one(m, rulebook):
    d = decide(m, register(), rulebook)
    plan = leaving(d)
    if plan is None or not ours(d):
        return
    exempt, needs = dict(d.exemptions), {n.service_user: n for n in plan.needs}
    reached = {s for r in d.routes for s in r.service_users if r.part is Part.SERVICE_USER}
    for s in reached:
        if s in exempt:
            assert so(exempt[s], s, d, m)
            continue
        need = needs[s]
        assert need.required or need.all_at_once
        if not need.all_at_once:
            assert need.candidates


def so(exemption: Exemption, s: str, d: Decision, m: Message) -> bool:
    """Whether an exemption is what it says."""
    people = register()
    match exemption:
        case Exemption.OWN_CHILD:
            links = {k.supporter: k for k in people.links.get(s, ())}
            return person(s).minor(TODAY) and all(
                w in links and not links[w].restricted and links[w].relationship == "parent"
                for w in d.writers
            )
        case Exemption.AUTOMATIC_MAILBOX:
            boxes = [people.mailboxes.get(key(a)) for a in m.authors]
            return bool(boxes) and all(b is not None and b.kind == "automatic" for b in boxes)
        case Exemption.SHOULD_NOT_MET:
            return m.channel is Channel.SOCIAL and bool(m.reason.strip()) and not m.site_can_copy
        case Exemption.OBJECTION:
            return person(s).objection and not person(s).minor(TODAY)
        case Exemption.CONFIDENTIAL_DESTINATION:
            return False


# 2


@pytest.mark.law("a_third_party_is_someone_else")
@given(messages(), RULEBOOKS)
def test_a_third_party_is_someone_else(m, rulebook):
    d = decide(m, register(), rulebook)
    for t in d.third_parties:
        if t.eligible:
            assert against(t, d, m) == []


def against(t: ThirdParty, d: Decision, m: Message) -> list[str]:
    """Whatever law 2 says of an eligible one that is not so."""
    people = register()
    served = person(t.service_user)
    restricted = people.restricted_for(t.service_user)
    writers = set(d.writers)
    wrong = [
        name
        for name, is_so in {
            "read by somebody restricted": seen_by(t.address) & restricted,
            "read by the service user": t.service_user in seen_by(t.address),
            "an address of the service user": key(t.address) in keys_of(served),
        }.items()
        if is_so
    ]
    if not t.person:
        others = [person(p) for p in seen_by(t.address) if p in people.persons]
        fit = [p for p in others if p.id not in writers and fits(p)]
        return wrong + ([] if fit else ["nobody fit reads it"])
    who = person(t.person)
    homes = {person(w).household for w in writers if w in people.persons}
    homes |= {person(r).household for r in restricted if r in people.persons}
    written_from = {key(a) for a in (*m.authors, *m.senders, m.envelope_from, m.login or "") if a}
    checks = {
        "the writer": who.id in writers,
        "at an address that it was written from": key(t.address) in written_from,
        "restricted": who.id in restricted,
        "of a writer's or a restricted one's home": bool(who.household) and who.household in homes,
        "unfit": not fits(who),
        "not reachable": not contact_at(who, t.address).reachable,
        "at a private address": who.workforce and not contact_at(who, t.address).organisational,
        "of another organisation": t.kind is not Kind.PARENT and not belongs(who, served),
    }
    return wrong + [name for name, is_so in checks.items() if is_so]


def fits(p: Person) -> bool:
    vetted = p.vetted_until is not None and p.vetted_until >= TODAY
    return (
        not p.minor(TODAY)
        and not p.service_user
        and p.standing is Standing.ACTIVE
        and (vetted or not p.workforce)
    )


def keys_of(p: Person) -> set[str]:
    return {key(c.address) for c in p.contacts}


def contact_at(p: Person, address: str) -> Contact:
    return next(c for c in p.contacts if key(c.address) == key(address))


def belongs(p: Person, served: Person) -> bool:
    people = register()
    above = {a for o in served.organisations for a in people.lineage(o)}
    named = {
        x for a in above for o in (people.organisations[a],) for x in (*o.officers, *o.leads)
    } | {x for a in above for x in people.organisations[a].deputies}
    return bool(above & p.organisations) or p.id in named


# 3


@pytest.mark.law("what_a_service_user_writes_arrives")
@given(messages(), RULEBOOKS, MODES)
def test_what_a_service_user_writes_arrives(m, rulebook, mode):
    d = decide(m, register(), rulebook.with_modes(mode))
    if d.facts is None or d.facts.writer is not Writer.SERVICE_USER:
        return
    facts = d.facts
    if facts.identity in (Identity.SPOOFED, Identity.UNREADABLE) or facts.nobody:
        return
    assert d.verdict is Verdict.PERMIT and d.deliver_after is None
    written = {key(a) for a in m.recipients}
    groups = {k for k in written if k in register().group_at}
    assert {key(r.address) for r in d.routes} >= written - groups
    for r in d.routes:
        if key(r.written) in groups and key(r.address) not in written:
            assert not r.service_users
    plan = leaving(d)
    if plan is None or m.channel not in (Channel.EMAIL, Channel.TEXT):
        return
    asked = {n.service_user for n in plan.needs}
    if d.klass is Class.SEALED:
        assert not asked
        return
    assert {w for w in d.service_users if person(w).minor(TODAY)} <= asked
    assert all(t.kind is Kind.OFFICER for n in plan.needs for t in n.candidates)
    assert not any(n.required for n in plan.needs) and not plan.also


# 4


@pytest.mark.law("no_instant_message_is_carried")
@given(messages(), MODES)
def test_no_instant_message_is_carried(m, mode):
    assume(mode is not Mode.SHADOW)
    chat = replace(m, channel=Channel.INSTANT_MESSAGE)
    d = decide(chat, register(), SHIPPED.with_modes(mode))
    if ours(d) and facts_of(d).served:
        assert d.verdict is Verdict.REFUSE


# 5


@pytest.mark.law("an_emergency_never_waits")
@given(messages(), RULEBOOKS, st.sampled_from(ACTING))
def test_an_emergency_never_waits(m, rulebook, mode):
    d = decide(replace(m, urgent=True), register(), rulebook.with_modes(mode))
    if d.facts is None or not d.facts.emergency:
        return
    facts = d.facts
    if m.channel not in (Channel.EMAIL, Channel.TEXT):
        return
    if d.klass in (Class.GUARDED, Class.SEALED) or facts.nobody:
        return
    if facts.identity in (Identity.SPOOFED, Identity.UNREADABLE):
        return
    assert d.verdict is Verdict.PERMIT and d.deliver_after is None
    exempt = dict(d.exemptions)
    plan = plan_of(d)
    at_once = {n.service_user for n in plan.needs if n.all_at_once}
    assert set(d.service_users) - exempt.keys() <= at_once


# 6


@pytest.mark.law("no_copy_of_ours_reaches_a_restricted_person")
@given(messages(), RULEBOOKS, st.sampled_from(ACTING), st.booleans())
def test_nobody_restricted_gets_what_we_send_or_copy(m, rulebook, mode, urgent):
    d = decide(replace(m, urgent=urgent), register(), rulebook.with_modes(mode))
    plan = leaving(d)
    if plan is None or facts_of(d).writer is Writer.SERVICE_USER or d.klass is Class.SEALED:
        return
    restricted = {x for s in d.service_users for x in register().restricted_for(s)}
    ways = [t.address for n in plan.needs for t in n.candidates] + [t.address for t in plan.also]
    for address in ways:
        assert not seen_by(address) & restricted
    groups = {key(a) for a in m.recipients if key(a) in register().group_at}
    for r in d.routes:
        if key(r.written) in groups:
            # Each gets it alone: nobody learns of those outside the group.
            there = {s for x in d.routes if x.written == r.written for s in x.service_users}
            restricted = {x for s in there for x in register().restricted_for(s)}
        assert not seen_by(r.address) & restricted, r


# 7


@pytest.mark.law("members_of_a_group_never_learn_each_other")
@given(messages(), RULEBOOKS)
def test_service_users_of_different_homes_are_written_to_one_by_one(m, rulebook):
    d = decide(m, register(), rulebook)
    plan = leaving(d)
    if plan is None or not ours(d) or m.channel not in (Channel.EMAIL, Channel.TEXT):
        return
    reached = {s for r in d.routes for s in r.service_users}
    homes = {person(s).household or s for s in reached}
    if len(homes) > 1 and not all(related(a, b) for a in reached for b in reached if a < b):
        assert plan.individual or plan.expands


def related(a: str, b: str) -> bool:
    people = register()
    home = person(a).household
    return (bool(home) and home == person(b).household) or any(
        k.supporter == y for x, y in ((a, b), (b, a)) for k in people.links.get(x, ())
    )


# 8


@pytest.mark.law("what_involves_no_service_user_or_supporter_passes_untouched")
@given(messages(), RULEBOOKS, MODES)
def test_what_involves_nobody_protected_passes_untouched(m, rulebook, mode):
    people = register()
    d = decide(m, people, rulebook.with_modes(mode))
    everywhere = (*m.recipients, *m.named, *m.authors, *m.senders, m.envelope_from, m.login or "")
    known = {p for a in everywhere if a for p in seen_by(a)}
    protected = {p for p in known if (x := person(p)).service_user or x.supporter or x.minor(TODAY)}
    if not protected and not any(key(a) in people.group_at for a in m.recipients):
        if not people.concerns.keys() & set(m.thread):
            assert d.klass in (Class.OUT_OF_SCOPE, Class.CONFIDENTIAL)
    if not d.in_scope:
        assert (d.verdict, d.findings, d.obligations, d.routes) == (Verdict.PERMIT, (), (), ())


# 11


@pytest.mark.law("refusal_trumps_hold_trumps_permit")
@given(messages(), RULEBOOKS, MODES)
def test_refusal_trumps_hold_trumps_permit(m, rulebook, mode):
    d = decide(m, register(), rulebook.with_modes(mode))
    assert d.verdict is combine(d.findings)
    assert d.verdict is max((f.verdict for f in d.findings), default=Verdict.PERMIT)


def test_nothing_said_is_a_permit():
    assert combine(()) is Verdict.PERMIT


@pytest.mark.law("an_unknown_obligation_refuses")
def test_an_unknown_obligation_refuses():
    d = decide(mail(CARLA, CHLOE), PEOPLE, SHIPPED)
    with pytest.raises(Unfulfillable, match="str"):
        plan_of(replace(d, obligations=(*d.obligations, "sing a song")))  # type: ignore[arg-type]
    with pytest.raises(Unfulfillable):
        plan_of(replace(d, verdict=Verdict.HOLD))


# 12


def gist(d: Decision) -> tuple[object, ...]:
    """A decision without the order in which things were named."""
    plan = leaving(d)
    copies = {n.service_user: {t.address for t in n.candidates} for n in plan.needs} if plan else {}
    return (
        d.verdict,
        d.klass,
        {(f.rule, f.clause, f.verdict, f.reason) for f in d.findings},
        set(d.exemptions),
        {(key(r.address), r.part) for r in d.routes},
        set(d.left_out),
        copies,
    )


@pytest.mark.law("deciding_again_after_composing_changes_nothing")
@given(messages(), RULEBOOKS, MODES, st.randoms(use_true_random=False))
def test_the_order_of_recipients_does_not_matter(m, rulebook, mode, rng):
    turned = {}
    for name in ("recipients", "named", "authors", "senders"):
        values = list(getattr(m, name))
        rng.shuffle(values)
        turned[name] = tuple(values)
    rulebook = rulebook.with_modes(mode)
    one = decide(m, register(), rulebook)
    other = decide(replace(m, **turned), register(), rulebook)
    assert gist(one) == gist(other)


@pytest.mark.law("deciding_again_after_composing_changes_nothing")
@given(messages(), RULEBOOKS, MODES, st.permutations(RULES))
def test_the_order_of_rules_does_not_matter(m, rulebook, mode, rules):
    d = decide(m, register(), rulebook.with_modes(mode))
    assume(d.facts is not None)
    findings = judge(facts_of(d), rulebook.with_modes(mode), rules)
    assert combine(findings) is d.verdict
    assert set(findings) == set(d.findings)


@pytest.mark.law("deciding_again_after_composing_changes_nothing")
@given(messages(), RULEBOOKS)
def test_deciding_again_after_composing_changes_nothing(m, rulebook):
    """The header then names the third party who was copied, and replies keep them in."""
    d = decide(m, register(), rulebook)
    plan = leaving(d)
    if plan is None or not ours(d) or m.channel is not Channel.EMAIL:
        return
    firsts = [n.candidates[0] for n in plan.needs if n.candidates]
    if any(person(p).service_user for t in firsts for p in seen_by(t.address)):
        # A participant who also works reads the role address: who may not meet them is held.
        return
    shown = tuple(t.shown for t in firsts if t.shown)
    composed = replace(m, named=(*m.named, *shown), reply_to=m.reply_to and (*m.reply_to, *shown))
    again = decide(composed, register(), rulebook)
    assert (again.verdict, again.klass, again.exemptions) == (d.verdict, d.klass, d.exemptions)
    assert {r.address for r in again.routes} == {r.address for r in d.routes}
    chosen = {n.service_user: n.candidates[0] for n in plan_of(again).needs if n.candidates}
    for n in plan.needs:
        if n.candidates and n.candidates[0].shown:
            known = {t.address for x in plan.needs for t in x.candidates[:1]}
            assert chosen[n.service_user].address in known


@given(messages(), RULEBOOKS)
def test_what_was_decided_before_does_not_change_a_decision(m, rulebook):
    """The memo of a snapshot is for speed alone."""
    fresh = replace(register())
    assert decide(m, fresh, rulebook) == decide(m, register(), rulebook)


@given(messages(), RULEBOOKS, MODES)
def test_a_kept_decision_is_made_again_from_its_facts(m, rulebook, mode):
    d = decide(m, register(), rulebook.with_modes(mode))
    assume(d.facts is not None)
    kept = Facts.from_json(facts_of(d).as_json())
    verdict, findings = decision_point.decide_again(kept, rulebook.with_modes(mode))
    assert (verdict, findings) == (d.verdict, d.findings)


@given(messages(), RULEBOOKS)
def test_teach_is_never_stricter_and_shadow_stops_nothing(m, rulebook):
    enforce, teach, shadow = (
        decide(m, register(), rulebook.with_modes(mode))
        for mode in (Mode.ENFORCE, Mode.TEACH, Mode.SHADOW)
    )
    assert shadow.verdict is Verdict.PERMIT <= teach.verdict <= enforce.verdict
    assert not shadow.obligations and not shadow.left_out and not shadow.expands
    if shadow.in_scope and facts_of(shadow).mode is Mode.SHADOW:
        assert shadow.would_be is enforce.would_be


# What a decision is made of.


@given(messages(), RULEBOOKS, MODES)
def test_guarded_findings_hold_and_never_refuse(m, rulebook, mode):
    d = decide(m, register(), rulebook.with_modes(mode))
    for f in d.findings:
        assert f.nature is not Nature.GUARDED or f.verdict <= Verdict.HOLD
        assert not f.advice or not f.obligations
    in_case = d.facts is not None and facts_of(d).concern is ConcernTie.CASE
    assert not in_case or d.klass is Class.SEALED


def test_a_finding_is_advice_where_nothing_hangs_on_it():
    assert Finding(rule="x", clause="E2", verdict=Verdict.PERMIT, reason="prefer_email").advice
