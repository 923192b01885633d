"""Law 11: a rule that fails holds; what may not wait arrives, copied (laws 3 and 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from alongside.policy.decide import combine, decide_again, judge
from alongside.policy.facts import ConcernTie, Facts, Identity, Restriction, Served, Writer
from alongside.policy.laws import LAWS, Answer
from alongside.policy.obligations import CopyTo, Review
from alongside.policy.rule import Rule
from alongside.policy.rules import RULES
from alongside.policy.vocabulary import Channel, Exemption, Kind, Mode, Verdict
from tests.clauses.told import SECTOR, SHIPPED

from .planting import sample

CHILD = Served(child=True, age=14, eligible=frozenset(Kind))
ORDINARY = Facts(served=(CHILD,))
STEP = 307
"""Every so many rows of the table are tried with each rule broken."""
ARRIVING = ("what_a_service_user_writes_arrives", "an_emergency_never_waits")
SPEAKING_OF_THEM = [r for r in RULES if Writer.SERVICE_USER in r.writers]
STOPPING = ("closed_gates_stop", "no_instant_message_is_carried")
"""Laws that ask for a refusal: held instead, where the rule that refuses is the one that fails."""


def broken(facts, rulebook):
    raise ZeroDivisionError("a mistake of ours")


def with_broken(*names: str) -> tuple[Rule, ...]:
    return tuple(replace(r, check=broken) if r.name in names else r for r in RULES)


def heard(facts: Facts) -> Iterator[Rule]:
    return (r for r in RULES if facts.channel in r.channels and facts.writer in r.writers)


@pytest.mark.law("a_failing_rule_holds")
@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
@pytest.mark.parametrize("mode", [Mode.ENFORCE, Mode.TEACH])
def test_a_failing_rule_holds(rule, mode):
    for channel in rule.channels:
        for writer in rule.writers - {Writer.SERVICE_USER}:
            facts = replace(ORDINARY, channel=channel, writer=writer, mode=mode)
            findings = judge(facts, SHIPPED, with_broken(rule.name))
            assert combine(findings) >= Verdict.HOLD
            assert (rule.name, "rule_failed") in {(f.rule, f.reason) for f in findings}


@pytest.mark.law("a_failing_rule_holds")
def test_a_rule_that_fails_half_way_says_nothing_of_what_it_had_said():
    def half(facts, rulebook):
        yield from RULES[0].check(replace(facts, identity=Identity.SPOOFED), rulebook)
        raise ZeroDivisionError

    found, besides = judge(ORDINARY, SHIPPED, (replace(RULES[0], check=half),))
    assert (found.verdict, found.reason) == (Verdict.HOLD, "rule_failed")
    assert (besides.verdict, besides.reason) == (Verdict.PERMIT, "rule_failed")


@pytest.mark.law("what_a_service_user_writes_arrives")
@pytest.mark.parametrize(
    "rule", [r for r in RULES if Writer.SERVICE_USER in r.writers], ids=lambda r: r.name
)
def test_what_a_child_writes_arrives_though_a_rule_fails_and_an_officer_is_copied(rule):
    facts = replace(ORDINARY, writer=Writer.SERVICE_USER)
    findings = judge(facts, SHIPPED, with_broken(rule.name))
    assert combine(findings) is Verdict.PERMIT
    obligations = [o for f in findings for o in f.obligations]
    copies = [o for o in obligations if isinstance(o, CopyTo)]
    assert copies == [CopyTo(frozenset({Kind.OFFICER}), 0, required=False)]
    assert Review(24, "rule_failed") in obligations


def test_sealed_mail_is_not_copied_because_a_rule_fails():
    facts = replace(ORDINARY, writer=Writer.SERVICE_USER, sealed=True)
    findings = judge(facts, SHIPPED, with_broken("spoofed_writer"))
    assert combine(findings) is Verdict.PERMIT
    assert not [o for f in findings for o in f.obligations]


@pytest.mark.parametrize(
    "doubt",
    [{"identity": Identity.SPOOFED}, {"identity": Identity.UNREADABLE}, {"nobody": True}],
    ids=str,
)
def test_what_is_not_surely_a_childs_or_reaches_nobody_is_held(doubt):
    facts = replace(ORDINARY, writer=Writer.SERVICE_USER, **doubt)
    everything = with_broken(*(r.name for r in RULES))
    assert combine(judge(facts, SHIPPED, everything)) is Verdict.HOLD


@pytest.mark.law("an_emergency_never_waits")
@pytest.mark.parametrize("rule", list(heard(ORDINARY)), ids=lambda r: r.name)
def test_an_emergency_leaves_though_a_rule_fails_and_is_copied_to_everybody(rule):
    facts = replace(ORDINARY, emergency=True)
    findings = judge(facts, SHIPPED, with_broken(rule.name))
    assert combine(findings) is Verdict.PERMIT
    copies = [o for f in findings for o in f.obligations if isinstance(o, CopyTo)]
    assert [(c.service_user, c.all_at_once) for c in copies] == [(0, True)]


@pytest.mark.parametrize(
    "stop",
    [
        {"identity": Identity.SPOOFED},
        {"stopped": True},
        {"restriction": Restriction.TOGETHER},
        {"unsafe_role_address": True},
        {"concern": ConcernTie.OUTSIDER},
        {"nobody": True},
        {"channel": Channel.INSTANT_MESSAGE},
    ],
    ids=str,
)
def test_what_stops_an_emergency_holds_it_when_its_rule_fails(stop):
    facts = replace(ORDINARY, emergency=True, **stop)
    everything = with_broken(*(r.name for r in RULES))
    assert combine(judge(facts, SHIPPED, everything)) is Verdict.HOLD


@pytest.mark.law("no_message_leaves_one_to_one")
def test_what_an_officer_releases_is_copied_though_the_rule_that_asks_for_it_fails():
    facts = replace(ORDINARY, released=True)
    findings = judge(facts, SHIPPED, with_broken("copy_email"))
    assert combine(findings) is Verdict.PERMIT
    copies = [o for f in findings for o in f.obligations if isinstance(o, CopyTo)]
    assert copies == [CopyTo(frozenset({Kind.OFFICER}), 0)]


def test_who_needs_no_copy_gets_none_because_another_rule_fails():
    own = replace(ORDINARY, released=True, served=(replace(CHILD, own_child=True),))
    findings = judge(own, SHIPPED, with_broken("gates"))
    assert [f.exemption for f in findings if f.exemption] == [(0, Exemption.OWN_CHILD)]
    assert not [o for f in findings for o in f.obligations if isinstance(o, CopyTo)]


def test_in_shadow_a_failing_rule_stops_nothing():
    facts = replace(ORDINARY, mode=Mode.SHADOW)
    findings = judge(facts, SHIPPED, with_broken("copy_email"))
    assert combine(findings) is Verdict.PERMIT
    assert not [o for f in findings for o in f.obligations]
    assert "rule_failed" in {f.reason for f in findings if f.told is Verdict.HOLD}


@pytest.mark.law("a_failing_rule_holds")
@pytest.mark.parametrize("rulebook", [SHIPPED, SECTOR], ids=lambda r: r.name)
def test_every_law_holds_whichever_rule_fails(rulebook):
    for facts in sample(rulebook, STEP):
        for rule in heard(facts):
            findings = judge(facts, rulebook, with_broken(rule.name))
            answer = Answer(facts, findings, combine(findings), rulebook)
            for name, law in LAWS.items():
                if answer.verdict is Verdict.PERMIT or name in ARRIVING:
                    said = law(answer)
                    if name not in STOPPING or not facts.released:
                        assert said is None, (rule.name, name, said, facts)


def test_a_kept_decision_can_be_made_again_under_another_rulebook():
    verdict, findings = decide_again(replace(ORDINARY, agreed=400), SECTOR)
    assert verdict is Verdict.REFUSE
    assert [f.reason for f in findings if f.verdict is Verdict.REFUSE] == ["not_agreed"]
    assert decide_again(replace(ORDINARY, agreed=400), SHIPPED)[0] is Verdict.PERMIT
