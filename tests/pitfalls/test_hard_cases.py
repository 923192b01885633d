"""DESIGN.md, "Hard cases, decided": a section for each paragraph, at the decision point."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from alongside.enforcement.fulfil import plan_of
from alongside.policy.decide import decide
from alongside.policy.decision import Nature, Part
from alongside.policy.facts import Identity, Writer
from alongside.policy.obligations import DeliverAfter, Individualise, Inform, RecordReason
from alongside.policy.people import Group, Link, Organisation
from alongside.policy.vocabulary import (
    Category,
    Class,
    Exemption,
    Hat,
    Mode,
    Relationship,
    Verdict,
)
from tests.casting import own, phone, supporter, work, workforce
from tests.clauses.told import CARL_PHONE, CARLA_PHONE, CHLOE_PHONE, chat, post, text
from tests.world import (
    ADA,
    BEA,
    BEA_AND_GUS,
    BOOKINGS,
    CARL,
    CARLA,
    CARLA_PRIVATE,
    CHLOE,
    CONCERN_THREAD,
    DINA,
    FRANK,
    GROUPS,
    HOME,
    JUNIORS,
    LADO,
    LENA,
    LINKS,
    MAILBOXES,
    MARY,
    NORA,
    OFFICE,
    OLIVIA,
    ORGANISATIONS,
    OWEN,
    PAIR,
    PAT,
    PEOPLE,
    PIP,
    SAM,
    SID,
    STRANGER,
    UNKNOWN_LOCAL,
    URSULA,
    WELFARE,
    YARA,
    mail,
    people,
)

from .judging import SECTOR, SHIPPED, copied, judged, may_be_the_copy, reached

YARA_PHONE = "+447700900041"
TOGETHER: dict[str, Any] = {"cites": "T1", "reason": "restricted_together", "guarded": True}
UNSAFE: dict[str, Any] = {"cites": "T1", "reason": "unsafe_address", "guarded": True}


# Two classes of refusal.


@pytest.mark.parametrize("mode", [Mode.ENFORCE, Mode.TEACH])
@pytest.mark.parametrize(
    "message",
    [
        mail(CARLA, CHLOE, FRANK),
        mail(NORA, HOME),
        mail(SID, CHLOE),
        mail(CARLA, BEA_AND_GUS),
        mail(CARLA, CHLOE, thread=(CONCERN_THREAD,)),
    ],
    ids=["restriction", "no contact", "suspension", "unsafe", "concern"],
)
def test_guarded_causes_hold_and_never_refuse(message, mode):
    d = judged(message, mode=mode).decision
    assert (d.verdict, d.klass) == (Verdict.HOLD, Class.GUARDED)
    assert not [f for f in d.findings if f.nature is Nature.GUARDED and f.verdict is Verdict.REFUSE]


def test_open_causes_refuse_with_clause_reason_and_mend():
    judged(mail(URSULA, CHLOE)).refused(cites="A1", reason="not_vetted", fix="renew_vetting")


# Restricted people.


def test_an_alias_of_a_group_of_one_is_resolved_before_names_are_compared():
    alias = (*PEOPLE.persons["frank"].contacts, own("f.alias@mail.test"))
    register = people(frank={"contacts": alias})
    judged(mail(CARLA, CHLOE, "f.alias@mail.test"), people=register).held(**TOGETHER)


def test_groups_are_compared_before_they_are_expanded():
    """The juniors' address beside Frank names no child; Chloe is left alone, Frank gets his."""
    case = judged(mail(CARLA, JUNIORS, FRANK))
    assert case.decision.verdict is Verdict.PERMIT
    assert "frank" not in {w for ranking in case.owed.values() for w in ranking}


def test_any_person_may_be_restricted_a_coach_too():
    judged(mail(NORA, HOME)).held(**TOGETHER)
    judged(mail(CARLA, HOME, NORA)).held(**TOGETHER)


def test_an_unsafe_address_is_held_outbound_and_delivered_inbound():
    judged(mail(CARLA, BEA_AND_GUS)).held(**UNSAFE)
    judged(mail(CARLA, BEA)).sent(copy="owen", cites="E3")
    judged(mail(BEA_AND_GUS, CARLA)).arrives(copy="owen").never_copies("gus")


def test_a_group_leaves_out_who_is_restricted_suspended_or_has_left_and_whom_the_writer_may_not():
    member = {"groups": frozenset({"juniors"})}
    register = people(frank=member, sid=member)
    case = judged(mail(CARLA, JUNIORS), people=register)
    assert {r.address for r in case.decision.routes}.isdisjoint({FRANK, "sid@club.example"})
    nora = judged(mail(NORA, JUNIORS))
    assert nora.decision.left_out == ("finn",)
    assert nora.decision.verdict is Verdict.PERMIT
    assert ("left_out", 24) in plan_of(nora.decision).reviews


def test_a_member_at_an_unsafe_address_only_is_left_out():
    at = {"contacts": (own(BEA_AND_GUS),), "groups": frozenset({"juniors"})}
    case = judged(mail(CARLA, JUNIORS), people=people(bea=at))
    assert case.decision.left_out == ("bea",)
    safe = {"groups": frozenset({"juniors"})}
    assert BEA in reached(mail(CARLA, JUNIORS), people=people(bea=safe))


def test_each_service_user_needs_a_third_party_of_their_own_and_one_copy_serves_all_it_may():
    assert copied(mail(CARLA, CHLOE, PIP)) == {"chloe": "owen", "pip": "owen"}
    assert copied(mail(CARLA, CHLOE, PIP, MARY)) == {"chloe": "mary", "pip": "owen"}


def test_whoever_may_not_know_of_one_is_no_copy_for_the_other_either():
    """Nora may have no contact with Finn: a copy for Chloe would tell her of him."""
    assert "nora" in may_be_the_copy(mail(CARLA, CHLOE))
    assert "nora" not in may_be_the_copy(mail(CARLA, CHLOE, HOME))


# Copies to supporters.


def test_restricted_wins_over_copied_and_unmarked_is_no_copy():
    both = Link(supporter="mary", copied=True, restricted=True)
    for link in (both, Link(supporter="mary")):
        register = people(links={**LINKS, "chloe": (link,)})
        assert "mary" not in may_be_the_copy(mail(CARLA, CHLOE), people=register)


def test_at_sixteen_and_seventeen_the_officer_comes_first():
    assert copied(mail(CARLA, YARA)) == {"yara": "owen"}
    asks = tuple(replace(o, copy_supporters=True) for o in ORGANISATIONS)
    for born, also in ((date(2011, 6, 1), 1), (date(2010, 6, 1), 0)):
        register = people(organisations=asks, chloe={"born": born})
        d = judged(mail(CARLA, CHLOE), people=register).decision
        assert len(plan_of(d).also) == also


# A third party who is there already.


def test_somebody_in_the_envelope_is_the_copy_and_leaves_first():
    d = judged(mail(CARLA, CHLOE, CARL)).sent(copy="carl", cites="E3").decision
    assert [(r.address, r.part) for r in d.routes] == [
        (CARL, Part.THIRD_PARTY),
        (CHLOE, Part.SERVICE_USER),
    ]


def test_somebody_in_the_header_only_is_the_first_choice_of_the_copy_leg():
    case = judged(mail(CARLA, CHLOE, named=(CHLOE, CARL)))
    case.sent(copy="carl", cites="E3")
    first = case.decision.third_parties[0]
    assert (first.person, first.named, first.present) == ("carl", True, False)


def test_a_private_address_of_a_colleague_in_the_envelope_is_no_copy():
    register = people(carl={"contacts": (work(CARL), own("carl@mail.test", hat=Hat.WORKFORCE))})
    assert copied(mail(CARLA, CHLOE, "carl@mail.test"), people=register) == {"chloe": "owen"}


# Several service users of different households.


def test_by_default_each_is_written_to_alone():
    d = judged(mail(CARLA, CHLOE, DINA)).sent(copy="owen", cites="T3", reason="individualised")
    assert Individualise() in d.decision.obligations


@pytest.mark.parametrize("pair", [(CHLOE, MARY), (CHLOE, CARL)], ids=["family", "colleague"])
def test_a_family_and_a_colleague_may_see_each_other(pair):
    assert Individualise() not in judged(mail(CARLA, *pair)).decision.obligations


@pytest.mark.law("nor_do_two_supporters")
def test_two_supporters_never_see_each_other_even_of_one_household():
    parent = supporter("mark", Category.PARENT, own("mark@mail.test"), household="chloe and mary")
    links = {**LINKS, "chloe": (*LINKS["chloe"], Link(supporter="mark", copied=True))}
    register = people(more=(parent,), links=links)
    d = judged(mail(CARLA, MARY, "mark@mail.test"), people=register).decision
    assert Individualise() in d.obligations
    assert Individualise() in judged(mail(CARLA, MARY, SAM)).decision.obligations


# Groups.


def test_leads_officers_and_listed_senders_expand_a_group_from_a_work_address_only():
    for writer, members in ((CARLA, 3), (OWEN, 3), (NORA, 2), (YARA, 3)):
        assert len(judged(mail(writer, JUNIORS)).decision.service_users) == members, writer
    assert CHLOE not in reached(mail(CARL, JUNIORS))
    assert CHLOE not in reached(mail(CARLA_PRIVATE, JUNIORS))
    assert CHLOE not in reached(mail(CARLA, JUNIORS, trusted=False, login=None))


@pytest.mark.parametrize("writer", [CHLOE, MARY, STRANGER, CARLA_PRIVATE, CARL])
def test_what_others_write_reaches_leads_and_officer_alone(writer):
    found = reached(mail(writer, JUNIORS))
    assert found <= {CARLA, OWEN} and found
    assert judged(mail(writer, JUNIORS)).decision.expands


def test_leads_who_are_restricted_for_the_child_who_writes_do_not_get_it():
    barred = Link(supporter="carla", relationship=Relationship.OTHER, restricted=True)
    register = people(links={**LINKS, "chloe": (*LINKS["chloe"], barred)})
    case = judged(mail(CHLOE, JUNIORS), people=register)
    assert {r.address for r in case.decision.routes} == {OWEN}
    assert case.decision.left_out == ("carla",)


def test_where_leads_and_officer_are_gone_the_organisations_people_get_it():
    bare = tuple(replace(g, officers=(), leads=()) for g in GROUPS)
    assert reached(mail(CHLOE, JUNIORS), people=people(groups=bare)) == {OWEN}
    without = people(groups=bare, without=("owen",))
    assert reached(mail(CHLOE, JUNIORS), people=without) == {OLIVIA, LENA, "dev@charity.example"}


def test_and_then_the_role_address_and_then_the_sender_is_told():
    bare = tuple(replace(g, officers=(), leads=()) for g in GROUPS)
    away = ("owen", "olivia", "lena", "dev")
    read = tuple(
        replace(m, readers=frozenset({"carl"})) if m.address == WELFARE else m for m in MAILBOXES
    )
    register = people(groups=bare, without=away, mailboxes=read)
    assert reached(mail(CHLOE, JUNIORS), people=register) == {WELFARE}
    for seen_by in (frozenset({"chloe"}), frozenset({"frank", "carl"}), frozenset()):
        unsafe = tuple(
            replace(m, readers=seen_by) if m.address == WELFARE else m for m in MAILBOXES
        )
        register = people(groups=bare, without=away, mailboxes=unsafe)
        judged(mail(CHLOE, JUNIORS), people=register).refused(
            cites="T1", reason="nobody_there", fix="write_to_the_contact"
        )


def test_a_group_of_one_child_is_one_to_one():
    judged(mail(CARLA, PAIR)).sent(copy="owen", cites="E3")


def test_a_group_without_anybody_protected_is_the_mail_servers_own():
    staff = Group(
        id="staff",
        organisation="club",
        addresses=("staff@club.example",),
        leads=("carla",),
        members=("carl",),
    )
    register = people(groups=(*GROUPS, staff), carl={"groups": frozenset({"staff"})})
    judged(mail(CARLA, "staff@club.example"), people=register).passes()
    judged(mail(STRANGER, "staff@club.example"), people=register).passes()


# Two hats, and own children.


def test_registered_mailboxes_are_out_of_scope():
    judged(mail(CARLA, OFFICE)).passes()
    judged(mail(STRANGER, OFFICE)).passes()


def test_two_vetted_adults_satisfy_the_copy_of_a_young_leader_and_a_text_to_one_stays_one():
    judged(mail(CARLA, YARA, CARL)).sent(copy="carl", cites="E3")
    register = people(yara={"contacts": (*PEOPLE.persons["yara"].contacts, phone(YARA_PHONE))})
    two = text(CARLA_PHONE, YARA_PHONE, CARL_PHONE, urgent=False)
    d = decide(two, register, SHIPPED)
    assert {f.reason for f in d.findings if f.verdict is Verdict.REFUSE} == {"text_to_one"}


def test_a_young_leader_writes_as_the_workforce_to_children_and_as_a_child_to_others():
    for to, as_what in (
        (CHLOE, Writer.WORKFORCE),
        (MARY, Writer.WORKFORCE),
        (CARLA, Writer.SERVICE_USER),
    ):
        facts = judged(mail(YARA, to)).decision.facts
        assert facts is not None and facts.writer is as_what


def test_a_coach_is_exempt_for_their_own_child_alone():
    assert judged(mail(PAT, PIP)).decision.exemptions == (("pip", Exemption.OWN_CHILD),)
    assert not judged(mail(PAT, CHLOE)).decision.exemptions


# Mailboxes.


def test_automatic_is_exempt_only_where_nobody_is_behind_it():
    assert judged(mail(BOOKINGS, CHLOE)).decision.exemptions
    ways: tuple[dict[str, Any], ...] = (
        {"reply_to": (CARLA,)},
        {"reply_to": (OFFICE,)},
        {"senders": (CARLA,)},
        {"authors": (BOOKINGS, CARLA)},
        {"authors_readable": False},
        {"authors": ()},
    )
    for changes in ways:
        d = judged(mail(BOOKINGS, CHLOE, **changes)).decision
        assert not d.exemptions, changes
    assert judged(mail(BOOKINGS, CHLOE, reply_to=(BOOKINGS,))).decision.exemptions


def test_a_local_address_of_nobody_needs_an_officer():
    assert copied(mail(UNKNOWN_LOCAL, CHLOE)) == {"chloe": "owen"}
    alone = people(
        without=("owen", "olivia", "lena", "dev"),
        groups=tuple(replace(g, officers=()) for g in GROUPS),
    )
    judged(mail(UNKNOWN_LOCAL, CHLOE), people=alone).refused(
        cites="E3", reason="no_third_party", fix="add_third_party"
    )


# Supporters only, confidential, unknown.


def test_mail_to_supporters_only_is_not_copied_and_is_on_the_record():
    for writer in (CARLA, URSULA, UNKNOWN_LOCAL, BOOKINGS):
        case = judged(mail(writer, MARY)).arrives()
        assert case.decision.in_scope and not case.decision.obligations


def test_a_parent_at_the_childs_own_address_is_the_child():
    assert judged(mail(CARLA, HOME)).decision.service_users == ("finn",)


def test_a_confidential_leg_leaves_at_once_beside_what_is_held():
    d = judged(mail(SID, CHLOE, LADO)).decision
    assert d.verdict is Verdict.HOLD
    assert d.routes[0].part is Part.CONFIDENTIAL


def test_unknown_outside_addresses_pass_and_are_kept_for_triage():
    assert judged(mail(CARLA, STRANGER)).passes().decision.unknown == (STRANGER,)
    assert judged(mail(CARLA, CARL)).passes().decision.unknown == ()


# Sealed mail.


@pytest.mark.law("what_a_service_user_writes_arrives")
@pytest.mark.parametrize("writer", [CHLOE, MARY, ADA])
@pytest.mark.parametrize("to", [(OWEN,), (OLIVIA, LENA), (WELFARE,)], ids=str)
def test_what_is_written_to_role_holders_alone_is_sealed(writer, to):
    judged(mail(writer, *to)).arrives(sealed=True)


def test_it_is_not_sealed_beside_anybody_else_nor_when_the_workforce_writes():
    assert judged(mail(CHLOE, OWEN, CARLA)).decision.klass is Class.OPEN
    assert judged(mail(CHLOE, OWEN, JUNIORS)).decision.klass is Class.OPEN
    assert judged(mail(STRANGER, OWEN)).decision.klass is Class.OUT_OF_SCOPE
    assert judged(mail(CHLOE, OWEN, login=CARLA, senders=(CARLA,))).decision.klass is Class.OPEN
    unreadable = judged(mail(CHLOE, OWEN, authors=(CHLOE, CARLA), authors_readable=False))
    assert unreadable.decision.klass is not Class.SEALED


def test_an_officer_of_an_organisation_without_the_role_is_a_role_holder_too():
    named = workforce("gita", "club", work("gita@club.example"))
    orgs = (*ORGANISATIONS[:1], replace(ORGANISATIONS[1], officers=("gita",)))
    register = people(more=(named,), organisations=orgs)
    judged(mail(CHLOE, "gita@club.example"), people=register).arrives(sealed=True)


def test_the_case_channel_is_sealed_between_its_people_and_closed_to_others():
    thread = {"thread": ("<new@club.example>", CONCERN_THREAD)}
    judged(mail(OLIVIA, LENA, MARY, **thread)).arrives(sealed=True)
    judged(mail(OLIVIA, LENA, **thread)).arrives(sealed=True)
    assert judged(mail(OLIVIA, STRANGER, **thread)).decision.klass is not Class.SEALED
    for writer in (CARLA, UNKNOWN_LOCAL, BOOKINGS):
        judged(mail(writer, CHLOE, **thread)).held(cites="T1", reason="open_concern", guarded=True)
    judged(mail(CARLA, MARY, **thread)).arrives()
    judged(mail(PAT, PIP, thread=("<other@club.example>",))).sent(
        cites="E3", reason="own_child", uncopied=Exemption.OWN_CHILD
    )


# Emergency.


@pytest.mark.law("an_emergency_never_waits")
def test_an_emergency_passes_gates_hours_content_and_ordinary_holds():
    night = mail(CARLA, CHLOE).at.replace(hour=23)
    for message, register in (
        (mail(URSULA, CHLOE, urgent=True), PEOPLE),
        (mail(CARLA, CHLOE, urgent=True, at=night), PEOPLE),
        (mail(CARLA, CHLOE, urgent=True, encrypted=True), PEOPLE),
        (mail(CARLA, "dora.both@mail.test", urgent=True), PEOPLE),
        (mail(CARLA, CHLOE, urgent=True), people(carla={"agreed_on": None, "trained_until": None})),
    ):
        d = judged(message, people=register, rulebook=SECTOR).decision
        assert (d.verdict, d.klass) == (Verdict.PERMIT, Class.EMERGENCY)
        assert d.deliver_after is None
        assert all(n.all_at_once for n in plan_of(d).needs)


def test_it_never_passes_instant_messaging_spoofs_or_suspended_writers():
    assert judged(chat(CARLA_PHONE, CHLOE_PHONE, urgent=True)).decision.verdict is Verdict.REFUSE
    assert judged(mail(CARLA, CHLOE, login=SID, urgent=True)).decision.verdict is Verdict.REFUSE
    assert judged(mail(SID, CHLOE, urgent=True)).decision.verdict is Verdict.HOLD


@pytest.mark.law("no_copy_of_ours_reaches_a_restricted_person")
def test_a_restricted_recipient_is_dropped_from_it():
    case = judged(mail(CARLA, CHLOE, FRANK, MARY, urgent=True))
    assert {r.address for r in case.decision.routes} == {CHLOE, MARY}
    assert case.decision.left_out == ("frank",)
    both = judged(mail(NORA, HOME, CHLOE, urgent=True))
    assert {r.address for r in both.decision.routes} == {CHLOE}
    assert judged(mail(NORA, HOME, urgent=True)).decision.klass is Class.GUARDED


def test_only_the_proven_workforce_declares_one_at_an_address_of_a_known_person():
    for message in (
        mail(CARLA_PRIVATE, CHLOE, urgent=True),
        mail(STRANGER, CHLOE, urgent=True),
        mail(CARLA, CHLOE, urgent=True, trusted=False, login=None),
        mail(UNKNOWN_LOCAL, CHLOE, urgent=True),
        mail(CARLA, CHLOE, urgent=True, authors=(), authors_readable=True),
    ):
        assert judged(message).decision.klass is not Class.EMERGENCY


# Spoofs.


@pytest.mark.parametrize("mode", [Mode.ENFORCE, Mode.TEACH])
@pytest.mark.parametrize(
    "hands",
    [{"login": SID}, {"login": CHLOE}, {"login": None, "envelope_from": CARL}, {"login": CARL}],
    ids=str,
)
def test_from_a_colleague_by_other_known_hands_is_refused(hands, mode):
    judged(mail(CARLA, CHLOE, **hands), mode=mode).refused(
        cites="T1", reason="spoofed_writer", fix="write_as_yourself"
    )


def test_sender_says_so_and_then_both_are_writers():
    case = judged(mail(CARLA, CHLOE, senders=(CARL,), login=CARL, envelope_from=CARL))
    case.sent(copy="owen", cites="E3").never_copies("carl", "carla")


def test_several_or_unreadable_from_that_claim_the_workforce_are_held():
    for authors in ((CARLA,), (CARLA, STRANGER), ("reception@club.example",)):
        judged(mail(CARLA, CHLOE, authors=authors, authors_readable=False)).held(
            cites="T1", reason="unreadable_writer"
        )


def test_any_named_service_user_makes_it_theirs_delivered_copied_and_marked():
    d = judged(mail(CHLOE, CARLA, envelope_from=MARY)).arrives(copy="owen").decision
    assert d.facts is not None and d.facts.identity is Identity.UNCERTAIN
    assert ("uncertain_writer", 24) in plan_of(d).reviews


def test_an_adults_message_is_copied_only_where_somebody_else_may_have_written_it():
    judged(mail(ADA, CARLA)).arrives()
    judged(mail(ADA, CARLA, envelope_from=SAM)).arrives(copy="owen")


def test_an_unknown_bounce_address_leaves_from_to_decide():
    judged(mail(CARLA, CHLOE, envelope_from="bounce-1@lists.test", login=None)).sent(
        copy="owen", cites="E3"
    )
    judged(mail(CHLOE, CARLA, envelope_from="bounce-1@lists.test")).arrives(copy="owen")
    judged(mail(CHLOE, CARLA, envelope_from="")).arrives(copy="owen")


# Quiet hours.


def test_quiet_hours_are_an_obligation_and_off_in_the_shipped_rulebook():
    night = mail(CARLA, CHLOE, at=mail(CARLA, CHLOE).at.replace(hour=23))
    assert judged(night).decision.deliver_after is None
    case = judged(night, rulebook=SECTOR).sent(copy="owen", cites="N3", reason="quiet_hours")
    case.owes(DeliverAfter(480))
    assert case.decision.deliver_after == 480


# Trouble: a decision never raises for what a message may hold.


def test_what_nobody_expects_is_judged_all_the_same():
    for message in (
        mail("", CHLOE, authors=(), envelope_from=""),
        mail(CARLA, CHLOE, authors=("@", "x@", "@x", "\x00")),
        mail(CARLA, ""),
        mail(CARLA),
        mail(CARLA, "a@b@c", "chloe@family.example" * 50),
    ):
        assert decide(message, PEOPLE, SHIPPED).verdict in Verdict


def test_a_register_that_names_people_it_does_not_hold_is_read_all_the_same():
    register = people(
        links={"chloe": (Link(supporter="x", copied=True), Link(supporter="y", restricted=True))},
        groups=tuple(replace(g, leads=("x",), officers=("y", "owen")) for g in GROUPS),
        organisations=(*ORGANISATIONS, Organisation(id="loop", parent="loop")),
        chloe={"groups": frozenset({"juniors", "no such group"})},
    )
    assert copied(mail(CARLA, CHLOE), people=register) == {"chloe": "owen"}


# Should and must.


def test_a_should_that_is_not_met_needs_a_reason_and_a_must_is_refused():
    talk = {"site_can_copy": False}
    judged(post(CARLA, CHLOE, **talk)).refused(
        cites="G3", reason="no_third_party", fix="give_reason"
    )
    told = judged(post(CARLA, CHLOE, reason="She asked on our page.", **talk))
    told.sent(cites="G3", reason="should_not_met", uncopied=Exemption.SHOULD_NOT_MET)
    told.owes(RecordReason()).owes(Inform(24, "should_not_met"))
    nobody = people(
        without=("owen", "olivia", "lena", "dev", "mary", "carl", "nora", "pat"),
        links={},
        mailboxes=(),
        groups=tuple(replace(g, officers=(), leads=(), senders=()) for g in GROUPS),
    )
    judged(mail(CARLA, CHLOE, reason="I was in a hurry."), people=nobody).refused(
        cites="E3", reason="no_third_party", fix="add_third_party"
    )


def test_the_mode_of_the_service_users_organisation_decides_and_is_inherited():
    for own_mode, above, expected in (
        (None, Mode.SHADOW, Mode.SHADOW),
        (Mode.TEACH, Mode.SHADOW, Mode.TEACH),
        (None, None, Mode.ENFORCE),
    ):
        orgs = (replace(ORGANISATIONS[0], mode=above), replace(ORGANISATIONS[1], mode=own_mode))
        case = judged(mail(CARLA, CHLOE), people=people(organisations=orgs))
        assert case.decision.mode is expected


def test_a_clauses_own_mode_only_lowers():
    lower = SHIPPED.with_modes(Mode.ENFORCE, {"A1": Mode.SHADOW, "T1": Mode.ENFORCE})
    d = decide(mail(URSULA, CHLOE), PEOPLE, lower)
    assert d.verdict is Verdict.PERMIT and d.would_be is Verdict.REFUSE
    higher = SHIPPED.with_modes(Mode.SHADOW, {"A1": Mode.ENFORCE})
    assert decide(mail(URSULA, CHLOE), PEOPLE, higher).verdict is Verdict.PERMIT
