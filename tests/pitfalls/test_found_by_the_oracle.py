"""What the oracle beside the running gateway found, kept shut at the decision point."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alongside.policy.decide import decide
from alongside.policy.decision import Part
from alongside.policy.people import Concern, Contact, Link
from alongside.policy.vocabulary import Hat, Relationship, Verdict
from tests import world
from tests.gateway.rig import shipped
from tests.world import (
    ADA,
    CARL,
    CARLA,
    CARLA_PRIVATE,
    CHLOE,
    DINA,
    FRANK,
    JUNIORS,
    PAIR,
    YARA,
    mail,
    people,
)

RULEBOOK = shipped()


def juniors(**changed):
    return tuple(replace(g, **changed) if g.id == "juniors" else g for g in world.GROUPS)


@pytest.mark.law("no_message_leaves_one_to_one")
def test_a_lead_who_is_sixteen_gets_nothing_uncopied_through_the_group_address():
    register = people(groups=juniors(officers=(), leads=("yara",), senders=()))
    decision = decide(mail(CARLA_PRIVATE, JUNIORS, login=None), register, RULEBOOK)
    assert not [r for r in decision.routes if "yara" in r.persons]


@pytest.mark.law("no_copy_of_ours_reaches_a_restricted_person")
def test_somebody_restricted_does_not_reach_a_young_lead_by_the_group():
    links = {**world.LINKS, "yara": (Link(supporter="frank", restricted=True),)}
    register = people(groups=juniors(officers=(), leads=("yara",), senders=()), links=links)
    decision = decide(mail(FRANK, JUNIORS, login=None), register, RULEBOOK)
    assert not [r for r in decision.routes if "yara" in r.persons]


@pytest.mark.law("no_copy_of_ours_reaches_a_restricted_person")
def test_a_lead_restricted_for_somebody_written_to_beside_the_group_does_not_get_it():
    barred = Link(supporter="carla", relationship=Relationship.OTHER, restricted=True)
    links = {**world.LINKS, "ada": (*world.LINKS["ada"], barred)}
    decision = decide(mail(CHLOE, ADA, JUNIORS, login=None), people(links=links), RULEBOOK)
    assert not [r for r in decision.routes if "carla" in r.persons]


@pytest.mark.law("no_message_leaves_one_to_one")
def test_a_young_leader_who_reaches_a_child_by_a_shared_inbox_writes_as_the_workforce():
    inbox = Contact(
        address=CARL, organisational=True, hat=Hat.WORKFORCE, readers=frozenset({"chloe"})
    )
    decision = decide(mail(YARA, CARL), people(carl={"contacts": (inbox,)}), RULEBOOK)
    assert any(r.part is Part.SERVICE_USER for r in decision.routes)
    assert any(getattr(o, "required", False) for o in decision.obligations)


@pytest.mark.law("members_of_a_group_never_learn_each_other")
def test_the_parent_of_a_child_who_also_reads_an_inbox_does_not_learn_whose_it_is():
    inbox = Contact(address=DINA, readers=frozenset({"chloe"}))
    decision = decide(mail(CARLA, DINA), people(dina={"contacts": (inbox,)}), RULEBOOK)
    assert not [t for t in decision.third_parties if t.eligible and t.person == "mary"]


@pytest.mark.law("refusal_trumps_hold_trumps_permit")
def test_an_emergency_in_a_case_that_leaves_nobody_to_write_to_is_held_and_not_lost():
    """The child's only address is also somebody's who is restricted for them."""
    register = people(
        frank={"contacts": (Contact(address=CHLOE, hat=Hat.PARTICIPANT),)},
    )
    message = mail(CARLA, CHLOE, urgent=True, thread=("<case@club.example>",))
    case = Concern(id="case", people=frozenset({"carla", "chloe", "frank"}))
    decision = decide(message, replace(register, concerns={"<case@club.example>": case}), RULEBOOK)
    assert decision.routes or decision.verdict is Verdict.HOLD
    assert decision.verdict is not Verdict.PERMIT


def test_a_group_in_which_only_the_writer_can_be_reached_takes_no_mail():
    alone = tuple(replace(g, leads=("yara",), senders=("yara",)) for g in world.GROUPS)
    register = people(
        groups=alone, yara={"groups": frozenset({"pair"})}, chloe={"groups": frozenset()}
    )
    decision = decide(mail(YARA, PAIR), register, RULEBOOK)
    assert not decision.routes
    assert [f.reason for f in decision.findings if f.verdict is Verdict.REFUSE] == ["nobody_there"]
