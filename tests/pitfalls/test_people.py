"""Pitfalls 1 to 11: people and relationships, at the decision point."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.policy.decide import decide
from alongside.policy.explain import shown_third_parties
from alongside.policy.people import Group, Link
from alongside.policy.vocabulary import (
    Category,
    Exemption,
    Mode,
    Relationship,
    Standing,
    Verdict,
)
from tests.casting import own, work
from tests.world import (
    ADA,
    CARL,
    CARLA,
    CHLOE,
    DORA_BOTH,
    DORA_HOME,
    DORA_WORK,
    FRANK,
    HOME,
    JUNIORS,
    LINKS,
    MAILBOXES,
    OFFICE,
    ORGANISATIONS,
    OSCAR,
    OWEN,
    PAIR,
    PAT,
    PEOPLE,
    PIP,
    STRANGER,
    TODAY,
    WELFARE,
    YARA,
    mail,
    people,
)

from .judging import SECTOR, SHIPPED, copied, judged, may_be_the_copy


def chloe_with(*links: Link) -> dict[str, tuple[Link, ...]]:
    return {**LINKS, "chloe": links}


# 1. A parent's copy reaches the alleged abuser.


@pytest.mark.pitfall(1)
@pytest.mark.law("no_copy_of_ours_reaches_a_restricted_person")
def test_a_restricted_father_marked_as_copied_is_no_copy():
    assert "frank" not in may_be_the_copy(mail(CARLA, CHLOE))
    only_he = people(
        without=("owen", "olivia", "lena", "dev", "mary", "carl", "nora", "pat", "ursula"),
        links=chloe_with(Link(supporter="frank", copied=True, restricted=True)),
        groups=(Group(id="juniors"), Group(id="pair")),
        mailboxes=(),
    )
    assert judged(mail(CARLA, CHLOE), people=only_he).decision.verdict is Verdict.REFUSE


@pytest.mark.pitfall(1)
def test_whoever_lives_with_him_is_none_either():
    register = people(mary={"household": "of frank"})
    assert "mary" not in may_be_the_copy(mail(CARLA, CHLOE), people=register)


@pytest.mark.pitfall(1)
@pytest.mark.parametrize("mode", [Mode.ENFORCE, Mode.TEACH])
@pytest.mark.parametrize(
    "message",
    [
        mail(CARLA, CHLOE, FRANK),
        mail(CARLA, CHLOE, named=(CHLOE, FRANK)),
        mail(CARLA, FRANK, named=(CHLOE, FRANK)),
        mail(CARLA, "CHLOE+club@family.example", "Frank@Mail.Test"),
        mail(CARLA, JUNIORS, FRANK, CHLOE),
        mail(FRANK, CHLOE, CARLA),
    ],
    ids=["envelope", "header", "header only", "spelling", "beside a group", "he writes"],
)
def test_he_and_the_child_in_one_message_are_held(message, mode):
    judged(message, mode=mode).held(cites="T1", reason="restricted_together", guarded=True)


@pytest.mark.pitfall(1)
def test_the_sender_sees_the_ranking_without_him_and_the_officer_with_him():
    d = decide(mail(CARLA, CHLOE), PEOPLE, SHIPPED)
    assert "frank" not in {t.person for t in shown_third_parties(d, officer=False)}
    assert "frank" in {t.person for t in shown_third_parties(d, officer=True)}


@pytest.mark.pitfall(1)
def test_a_group_leaves_him_out_though_he_is_a_member():
    member = {"groups": frozenset({"juniors"})}
    case = judged(mail(CARLA, JUNIORS), people=people(frank=member))
    assert case.decision.left_out == ("frank",)
    assert FRANK not in {r.address for r in case.decision.routes}


# 2. The officer is the subject.


@pytest.mark.pitfall(2)
def test_an_officer_named_in_the_concern_is_no_copy_in_its_thread():
    thread = ("<new@club.example>", "<about-owen@charity.example>")
    concern = replace(next(iter(PEOPLE.concerns.values())), named=frozenset({"owen"}))
    register = replace(PEOPLE, concerns={thread[1]: concern})
    assert copied(mail(CHLOE, CARLA, thread=thread), people=register) == {"chloe": WELFARE}
    assert "owen" not in may_be_the_copy(mail(CHLOE, CARLA, thread=thread), people=register)


@pytest.mark.pitfall(2)
def test_an_officer_who_is_restricted_for_the_child_is_no_copy_nor_named():
    barred = Link(supporter="owen", relationship=Relationship.OTHER, restricted=True)
    register = people(links=chloe_with(*LINKS["chloe"], barred))
    case = judged(mail(CARLA, CHLOE), people=register)
    assert "owen" not in case.owed["chloe"]
    shown = shown_third_parties(case.decision, officer=False)
    assert "owen" not in {t.person for t in shown}


@pytest.mark.pitfall(2)
def test_a_role_address_that_the_subject_reads_is_neither_used_nor_written_to():
    read = tuple(
        replace(m, readers=m.readers | {"frank"}) if m.address == WELFARE else m for m in MAILBOXES
    )
    register = people(mailboxes=read)
    assert WELFARE not in may_be_the_copy(mail(CARLA, CHLOE), people=register)
    case = judged(mail(CARLA, CHLOE, WELFARE), people=register)
    case.held(cites="T1", reason="unsafe_role_address", guarded=True)


# 3. The sender is the officer, or the colleague who would be copied.


@pytest.mark.pitfall(3)
@pytest.mark.law("a_third_party_is_someone_else")
@pytest.mark.parametrize(
    "message",
    [
        mail(OWEN, CHLOE),
        mail("Owen+a@club.example", CHLOE, login=OWEN, envelope_from=OWEN),
        mail(OWEN, CHLOE, OWEN),
        mail(CARLA, CHLOE, senders=(OWEN,), login=OWEN, envelope_from=OWEN),
        mail("welfare@charity.example", CHLOE, login=OWEN, envelope_from=OWEN),
    ],
    ids=["from", "plus address", "copies himself", "sender", "login"],
)
def test_a_writer_is_never_their_own_third_party(message):
    assert "owen" not in may_be_the_copy(message)
    assert copied(message)["chloe"] not in ("", OWEN)


@pytest.mark.pitfall(3)
def test_a_mailbox_in_which_only_the_writer_reads_is_none():
    alone = tuple(
        replace(m, readers=frozenset({"carla"})) if m.address == OFFICE else m for m in MAILBOXES
    )
    for message in (mail(CARLA, CHLOE), mail(CARLA, CHLOE, OFFICE)):
        assert OFFICE not in may_be_the_copy(message, people=people(mailboxes=alone))


@pytest.mark.pitfall(3)
def test_every_reader_of_the_mailbox_that_wrote_is_a_writer():
    assert not {"carl", "carla", OFFICE} & may_be_the_copy(mail(OFFICE, CHLOE))


@pytest.mark.pitfall(3)
def test_a_spouse_is_no_third_party():
    register = people(owen={"household": "of carla"})
    assert "owen" not in may_be_the_copy(mail(CARLA, CHLOE), people=register)


@pytest.mark.pitfall(3)
def test_an_inbox_that_the_writer_reads_too_is_none():
    shared = (replace(work(OWEN), readers=frozenset({"carla"})),)
    register = people(owen={"contacts": shared})
    assert "owen" not in may_be_the_copy(mail(CARLA, CHLOE), people=register)


# 4. A third party who is not independent.


@pytest.mark.pitfall(4)
@pytest.mark.law("a_third_party_is_someone_else")
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"born": date(2009, 5, 5)}, "not_adult"),
        ({"standing": Standing.SUSPENDED}, "not_active"),
        ({"standing": Standing.LEFT}, "not_active"),
        ({"vetted_until": TODAY - timedelta(days=1)}, "not_vetted"),
        ({"vetted_until": None}, "not_vetted"),
        ({"categories": frozenset({Category.VOLUNTEER, Category.ADULT_PARTICIPANT})}, "is_a"),
        ({"household": "of frank"}, "household_of_restricted"),
        ({"organisations": frozenset({"elsewhere"}), "roles": frozenset()}, ""),
        ({"contacts": (work(OWEN, bouncing=True),)}, "not_reachable"),
        ({"contacts": (work(OWEN, active=False),)}, "not_reachable"),
        ({"contacts": (own(OWEN),)}, "not_organisational"),
        ({"contacts": (work(CHLOE),)}, "address_of_service_user"),
        ({"contacts": (work(FRANK),)}, "address_of_restricted"),
        ({"contacts": (work(OWEN, readers=frozenset({"dina"})),)}, "read_by_service_user"),
        ({"contacts": (work(OWEN, readers=frozenset({"frank"})),)}, "read_by_restricted"),
    ],
    ids=lambda value: value if isinstance(value, str) else ",".join(value),
)
def test_who_is_not_adult_active_vetted_reachable_and_apart_is_none(change, why):
    without_office = tuple(replace(o, officers=()) for o in ORGANISATIONS)
    register = people(owen=change, organisations=without_office)
    d = decide(mail(CARLA, CHLOE), register, SHIPPED)
    owens = [t for t in d.third_parties if t.person == "owen"]
    assert not [t for t in owens if t.eligible]
    assert all(t.why.startswith(why) for t in owens) or not why


@pytest.mark.pitfall(4)
def test_another_child_or_a_young_leader_in_the_envelope_is_no_copy():
    assert not {"yara", "dina"} & may_be_the_copy(mail(CARLA, CHLOE, YARA, "dina@mail.test"))


# 5. A group of two.


@pytest.mark.pitfall(5)
def test_a_list_with_one_child_is_one_to_one():
    case = judged(mail(CARLA, PAIR))
    case.sent(copy="owen", cites="E3").advises("E2", "prefer_the_group")


@pytest.mark.pitfall(5)
def test_members_who_are_left_out_make_no_group():
    """The juniors without Dina, and without Finn, for whom the writer is restricted: Chloe."""
    register = people(without=("dina",))
    judged(mail("nora@club.example", JUNIORS), people=register).sent(copy="owen", cites="E3")


@pytest.mark.pitfall(5)
def test_one_child_at_two_addresses_is_one_and_two_of_one_home_are_one_household():
    two = (*PEOPLE.persons["chloe"].contacts, own("chloe2@mail.test"))
    register = people(chloe={"contacts": two})
    case = judged(mail(CARLA, CHLOE, "chloe2@mail.test"), people=register)
    assert case.decision.facts is not None
    assert (case.decision.facts.people, case.decision.facts.households) == (1, 1)
    siblings = people(pip={"household": "chloe and mary"})
    judged(mail(CARLA, CHLOE, PIP), people=siblings).sent(copy="owen", cites="E3")


@pytest.mark.pitfall(5)
def test_how_many_make_a_group_is_the_rulebooks():
    judged(mail(CARLA, CHLOE, PIP)).sent(copy="owen", cites="G2")
    judged(mail(CARLA, CHLOE, PIP), rulebook=SECTOR).sent(copy="owen", cites="E3")


# 6. The family's address.


@pytest.mark.pitfall(6)
@pytest.mark.parametrize("spelling", [HOME, "HOME@family.example", "home+gail@family.example"])
def test_a_parent_at_the_childs_own_address_is_no_copy(spelling):
    at_home = (own(spelling),)
    register = people(gail={"contacts": at_home})
    assert copied(mail(CARLA, HOME), people=register) == {"finn": "owen"}
    assert "gail" not in may_be_the_copy(mail(CARLA, HOME), people=register)


@pytest.mark.pitfall(6)
def test_dots_mean_nothing_where_the_provider_ignores_them():
    register = people(
        chloe={"contacts": (own("chloe.and.mary@gmail.com"),)},
        mary={"contacts": (own("chloeandmary@googlemail.com"),)},
    )
    message = mail(CARLA, "chloe.and.mary@gmail.com")
    assert "mary" not in may_be_the_copy(message, people=register)


@pytest.mark.pitfall(6)
def test_mail_to_the_parent_there_is_mail_to_the_child():
    case = judged(mail(CARLA, HOME))
    assert case.decision.service_users == ("finn",)
    case.sent(copy="owen", cites="E3")


# 7. Adults with capacity and no parent.


@pytest.mark.pitfall(7)
def test_an_adult_has_no_parent_by_default_and_the_one_they_chose_first():
    assert copied(mail(CARLA, ADA)) == {"ada": "sam"}
    parent = (Link(supporter="mary"),)
    register = people(links={**LINKS, "ada": parent})
    assert "mary" not in may_be_the_copy(mail(CARLA, ADA), people=register)
    assert copied(mail(CARLA, ADA), people=register) == {"ada": OFFICE}


@pytest.mark.pitfall(7)
def test_an_adults_approved_objection_is_kept_and_a_childs_is_none():
    assert judged(mail(CARLA, OSCAR)).decision.exemptions == (("oscar", Exemption.OBJECTION),)
    register = people(chloe={"objection": True})
    assert copied(mail(CARLA, CHLOE), people=register) == {"chloe": "owen"}


@pytest.mark.pitfall(7)
def test_a_recorded_reason_puts_the_officer_first():
    assert copied(mail(CARLA, ADA), people=people(ada={"at_risk": True})) == {"ada": "owen"}


# 8. Birthdays.


@pytest.mark.pitfall(8)
def test_a_young_leader_is_a_child_until_the_day():
    register = people(yara={"born": date(2008, 11, 22)})
    judged(mail(CARLA, YARA), people=register).passes()
    yesterday = datetime(2026, 11, 21, 23, 59, tzinfo=UTC)
    judged(mail(CARLA, YARA, at=yesterday), people=register).sent(copy="owen", cites="E3")


@pytest.mark.pitfall(8)
def test_somebody_born_on_the_29th_of_february_has_their_birthday_on_the_first_of_march():
    leap = replace(PEOPLE.persons["chloe"], born=date(2008, 2, 29))
    assert leap.minor(date(2026, 2, 28)) and not leap.minor(date(2026, 3, 1))
    assert leap.age(date(2028, 2, 29)) == 20


@pytest.mark.pitfall(8)
@pytest.mark.parametrize(
    ("category", "child"),
    [
        (Category.CHILD, True),
        (Category.YOUNG_PERSON, True),
        (Category.YOUNG_LEADER, True),
        (Category.ADULT_PARTICIPANT, False),
        (Category.VOLUNTEER, False),
        (Category.PARENT, False),
    ],
)
def test_an_unknown_birth_date_means_child_for_those_who_may_be_one(category, child):
    unknown = replace(PEOPLE.persons["chloe"], born=None, categories=frozenset({category}))
    assert unknown.minor(TODAY) is child


@pytest.mark.pitfall(8)
@given(
    born=st.dates(date(1990, 1, 1), date(2026, 1, 1)),
    day=st.dates(date(2026, 1, 1), date(2050, 1, 1)),
)
def test_nobody_is_a_child_again_and_ages_grow_by_the_year(born, day):
    person = replace(PEOPLE.persons["chloe"], born=born)
    age, tomorrow = person.age(day), person.age(day + timedelta(days=1))
    assert age is not None and tomorrow is not None
    assert tomorrow - age in (0, 1)
    assert person.minor(day) or not person.minor(day + timedelta(days=1))


# 9. Dual roles.


@pytest.mark.pitfall(9)
def test_a_coach_writes_to_their_own_child_alone_and_to_no_other():
    d = judged(mail(PAT, PIP, CHLOE)).decision
    assert d.exemptions == (("pip", Exemption.OWN_CHILD),)
    assert copied(mail(PAT, PIP, CHLOE)) == {"chloe": "owen"}


@pytest.mark.pitfall(9)
def test_a_parent_who_is_restricted_or_writes_with_somebody_else_is_not_exempt():
    barred = {**LINKS, "pip": (Link(supporter="pat", restricted=True),)}
    judged(mail(PAT, PIP), people=people(links=barred)).held(
        cites="T1", reason="restricted_together", guarded=True
    )
    both = mail(PAT, PIP, senders=(CARLA,), login=CARLA, envelope_from=CARLA)
    assert not judged(both).decision.exemptions
    assert "owen" in may_be_the_copy(both)


@pytest.mark.pitfall(9)
def test_hats_are_told_by_the_address_and_asked_where_it_is_both():
    judged(mail(CARLA, DORA_WORK)).passes()
    judged(mail(CARLA, DORA_HOME)).sent(copy=OFFICE, cites="E3")
    judged(mail(CARLA, DORA_BOTH)).held(cites="G1", reason="two_hats")


@pytest.mark.pitfall(9)
def test_an_under_18_leader_is_a_child_at_every_address():
    register = people(yara={"contacts": (work(YARA), own("y@mail.test"))})
    for address in (YARA, "y@mail.test"):
        judged(mail(CARLA, address), people=register).sent(copy="owen", cites="E3")
        judged(mail(address, CARLA), people=register).arrives(copy="owen")


@pytest.mark.pitfall(9)
def test_a_volunteer_who_also_takes_part_is_nobodys_third_party():
    assert "dora" not in may_be_the_copy(mail(CARLA, CHLOE, DORA_WORK))


# 10. Assistants and carers.


@pytest.mark.pitfall(10)
@pytest.mark.parametrize(
    ("relationship", "counts"),
    [
        (Relationship.PARENT, True),
        (Relationship.CARER, True),
        (Relationship.PERSONAL_ASSISTANT, False),
        (Relationship.ADVOCATE, False),
        (Relationship.OTHER, False),
    ],
)
def test_for_a_child_only_a_parent_or_a_carer_in_their_place_counts(relationship, counts):
    links = chloe_with(Link(supporter="sam", relationship=relationship, copied=True))
    found = may_be_the_copy(mail(CARLA, CHLOE), people=people(links=links))
    assert ("sam" in found) is counts


@pytest.mark.pitfall(10)
def test_an_assistant_whom_the_adult_did_not_choose_is_never_assumed():
    unchosen = Link(supporter="sam", relationship=Relationship.PERSONAL_ASSISTANT)
    register = people(links={**LINKS, "ada": (unchosen,)})
    assert "sam" not in may_be_the_copy(mail(CARLA, ADA), people=register)


@pytest.mark.pitfall(10)
def test_an_assistant_who_may_be_the_abuser_is_kept_out_though_chosen_once():
    barred = Link(
        supporter="sam",
        relationship=Relationship.PERSONAL_ASSISTANT,
        copied=True,
        restricted=True,
    )
    register = people(links={**LINKS, "ada": (barred,)})
    assert "sam" not in may_be_the_copy(mail(CARLA, ADA), people=register)
    reads = (own(ADA, readers=frozenset({"sam"})),)
    register = people(links={**LINKS, "ada": (barred,)}, ada={"contacts": reads})
    judged(mail(CARLA, ADA), people=register).held(
        cites="T1", reason="unsafe_address", guarded=True
    )


# 11. An unknown recipient is not safe.


@pytest.mark.pitfall(11)
def test_an_unknown_outside_address_passes_and_is_named_for_triage():
    d = judged(mail(CARLA, STRANGER, CARL)).passes().decision
    assert d.unknown == (STRANGER,)
    d = judged(mail(CARLA, CHLOE, STRANGER)).decision
    assert d.unknown == (STRANGER,)
    d = judged(mail(CARLA, "lado@council.example")).decision
    assert d.unknown == ()


@pytest.mark.pitfall(11)
def test_a_local_address_of_nobody_is_no_stranger_and_needs_an_officer():
    d = judged(mail(CARLA, "reception@club.example")).decision
    assert d.unknown == ()
    found = may_be_the_copy(mail("reception@club.example", CHLOE))
    assert found <= {"owen", WELFARE, "olivia", "lena", "dev"}


@pytest.mark.pitfall(11)
def test_a_new_address_of_a_child_that_is_on_the_register_counts_at_once():
    new = (*PEOPLE.persons["chloe"].contacts, own(STRANGER))
    register = people(chloe={"contacts": new})
    judged(mail(CARLA, STRANGER), people=register).sent(copy="owen", cites="E3")
