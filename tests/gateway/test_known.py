"""What the reader is told of a message's people: what may stand in it, and what must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from alongside.enforcement.known import known_for
from alongside.policy.decide import decide
from alongside.policy.message import Message
from alongside.policy.people import Contact, Group, Link, Organisation, People
from alongside.policy.vocabulary import Category, ContactKind
from alongside.scan.known import Known
from tests import world
from tests.casting import own, phone, served, work, workforce
from tests.world import (
    ADA,
    BOOKINGS,
    CARLA,
    CARLA_PRIVATE,
    CHLOE,
    CLUB,
    DORA_HOME,
    DORA_WORK,
    HOME,
    JUNIORS,
    MARY,
    NORA,
    PAT,
    PIP,
    TODAY,
    WELFARE,
    mail,
)

from .rig import shipped

CARLA_WORK, CARL_WORK = "+447700900001", "+447700900002"
CHLOE_S, MARY_S, FRANK_S = "+447700900010", "+447700900011", "+447700900012"
CLUB_S = Organisation(
    id=CLUB,
    name="Example Club",
    parent="charity",
    domains=("club.example",),
    officers=("owen",),
    phones=("+441632960140",),
    profiles=("instagram:exampleclub", "linktr.ee/exampleclub"),
    websites=("riverside.example",),
)
ORGANISATIONS = (world.ORGANISATIONS[0], CLUB_S)
OWN_PROFILE = Contact(address="Instagram:carla.private", kind=ContactKind.PROFILE)


def known(message: Message, people: People = world.PEOPLE, today: date = TODAY) -> Known:
    return known_for(decide(message, people, shipped()), people, today)


def test_the_work_details_of_everybody_are_ours() -> None:
    found = known(mail(CARLA, CHLOE))
    assert {CARLA_WORK, CARL_WORK} <= found.ours.numbers
    assert {CARLA, world.CARL, world.OLIVIA} <= found.ours.addresses
    assert CARLA_PRIVATE not in found.ours.addresses
    assert found.ours.numbers.isdisjoint({CHLOE_S, MARY_S, FRANK_S})


def test_what_belongs_to_the_organisation_itself_is_ours() -> None:
    found = known(mail(CARLA, CHLOE), world.people(organisations=ORGANISATIONS))
    assert "+441632960140" in found.ours.numbers
    assert {JUNIORS, BOOKINGS, WELFARE} <= found.ours.addresses
    assert "" not in found.ours.addresses
    assert found.ours.profiles == {"instagram:exampleclub", "linktr.ee/exampleclub"}
    assert found.domains == {"charity.example", "club.example", "riverside.example"}


def test_what_the_configuration_says_is_ours_too() -> None:
    configured = Organisation(
        id="",
        role_address="Help@safe.example",
        phones=("+441632960123",),
        profiles=("facebook:exampleactive",),
        websites=("active.example",),
    )
    found = known(mail(CARLA, CHLOE), replace(world.people(), configured=configured))
    assert "help@safe.example" in found.ours.addresses
    assert "+441632960123" in found.ours.numbers
    assert "facebook:exampleactive" in found.ours.profiles
    assert "active.example" in found.domains
    before = known(mail(CARLA, CHLOE))
    assert "+441632960123" not in before.ours.numbers and "active.example" not in before.domains


def test_a_new_snapshot_forgets_what_was_ours() -> None:
    people = world.people(organisations=ORGANISATIONS)
    assert "+441632960140" in known(mail(CARLA, CHLOE), people).ours.numbers
    moved = replace(
        people, organisations={**people.organisations, CLUB: replace(CLUB_S, phones=())}
    )
    assert "+441632960140" not in known(mail(CARLA, CHLOE), moved).ours.numbers


def test_the_readers_own_and_their_families_are_theirs() -> None:
    found = known(mail(CARLA, CHLOE))
    assert found.theirs.numbers == {CHLOE_S, MARY_S}
    assert found.theirs.addresses == {CHLOE, MARY}


def test_a_restricted_father_s_are_not_theirs() -> None:
    for message in (mail(CARLA, CHLOE), mail(CARLA, MARY), mail(CARLA, CHLOE, MARY)):
        found = known(message)
        assert FRANK_S not in found.theirs.numbers
        assert world.FRANK not in found.theirs.addresses
    lifted = {**world.LINKS, "chloe": (Link(supporter="mary"), Link(supporter="frank"))}
    assert FRANK_S in known(mail(CARLA, CHLOE), world.people(links=lifted)).theirs.numbers


def test_who_is_restricted_for_one_reader_is_nobody_s_in_that_message() -> None:
    """Mary is Chloe's and Zoe's mother; for Zoe she is restricted."""
    zoe = served("zoe", Category.CHILD, own("zoe@mail.test"), born=date(2013, 1, 1))
    links = {**world.LINKS, "zoe": (Link(supporter="mary", restricted=True),)}
    people = world.people(links=links, more=(zoe,))
    assert MARY_S in known(mail(CARLA, CHLOE), people).theirs.numbers
    assert MARY_S not in known(mail(CARLA, CHLOE, "zoe@mail.test"), people).theirs.numbers


def test_a_group_s_members_and_their_families_are_theirs() -> None:
    found = known(mail(CARLA, JUNIORS))
    assert {CHLOE, MARY, HOME} <= found.theirs.addresses
    assert world.DINA_PHONE in found.theirs.numbers
    assert FRANK_S not in found.theirs.numbers


def test_to_a_parent_the_child_s_are_theirs_too() -> None:
    found = known(mail(CARLA, MARY))
    assert {CHLOE_S, MARY_S} <= found.theirs.numbers


def test_the_writer_s_private_ones_are_their_own_and_work_ones_are_not() -> None:
    people = world.people(
        carla={
            "contacts": (
                work(CARLA),
                own(CARLA_PRIVATE),
                phone(CARLA_WORK, organisational=True),
                phone("+447700900160"),
                OWN_PROFILE,
            )
        }
    )
    found = known(mail(CARLA, CHLOE), people)
    assert found.own.numbers == {"+447700900160"}
    assert found.own.addresses == {CARLA_PRIVATE}
    assert found.own.profiles == {"instagram:carla.private"}
    assert "+447700900160" not in found.ours.numbers


def test_a_colleague_s_private_ones_are_neither_ours_nor_the_writer_s() -> None:
    people = world.people(carl={"contacts": (work(world.CARL), phone("+447700900161"))})
    found = known(mail(CARLA, CHLOE), people)
    for details in (found.ours, found.own, found.theirs):
        assert "+447700900161" not in details.numbers


def test_a_writer_among_the_readers_keeps_their_own() -> None:
    """Dora volunteers and takes part: what is private stays private in a mail to her own group."""
    people = world.people(
        groups=(
            Group(id="juniors", organisation=CLUB, addresses=(JUNIORS,), leads=("dora",)),
            *world.GROUPS[1:],
        ),
        dora={"groups": frozenset({"juniors"})},
    )
    found = known(mail(DORA_WORK, JUNIORS), people)
    assert DORA_HOME in found.own.addresses
    assert DORA_HOME not in found.theirs.addresses | found.ours.addresses


def test_a_father_who_coaches_has_his_private_ones_as_his_own() -> None:
    people = world.people(pat={"contacts": (work(PAT), phone("+447700900162"))})
    found = known(mail(PAT, PIP), people)
    assert found.own.numbers == {"+447700900162"}
    assert "+447700900162" not in found.theirs.numbers


def test_what_a_child_writes_has_no_own() -> None:
    found = known(mail(CHLOE, CARLA))
    assert found.own.addresses == found.own.numbers == frozenset()


@pytest.mark.parametrize(
    ("to", "age"),
    [
        ((CHLOE,), 14),
        ((CHLOE, HOME), 10),  # Finn
        ((ADA,), 35),
        ((ADA, CHLOE), 14),
        ((MARY,), None),
    ],
)
def test_the_youngest_service_user_counts(to: tuple[str, ...], age: int | None) -> None:
    found = known(mail(CARLA, *to))
    reached = decide(mail(CARLA, *to), world.PEOPLE, shipped()).service_users
    assert found.readers == bool(reached)
    assert found.youngest == (age if reached else None)


def test_an_adult_without_a_birth_date_is_grown_up() -> None:
    people = world.people(ada={"born": None})
    assert known(mail(CARLA, ADA), people).youngest == 18
    assert known(mail(CARLA, ADA, CHLOE), people).youngest == 14


def test_a_child_without_a_birth_date_is_of_no_known_age() -> None:
    people = world.people(chloe={"born": None})
    for to in ((CHLOE,), (CHLOE, ADA), (CHLOE, HOME)):
        found = known(mail(CARLA, *to), people)
        assert found.readers and found.youngest is None


def test_a_birthday_counts_on_the_day() -> None:
    day = date(2027, 6, 1)
    assert known(mail(CARLA, CHLOE), today=day.replace(month=5, day=31)).youngest == 14
    assert known(mail(CARLA, CHLOE), today=day).youngest == 15


def test_spellings_of_one_address_are_one() -> None:
    people = world.people(
        carla={"contacts": (work("Carla@Club.example"), own("Carla.Coach+x@gmail.com"))}
    )
    found = known(mail("Carla@Club.example", CHLOE), people)
    assert found.same("carlacoach@googlemail.com") in found.own.addresses
    assert "carla@club.example" in found.ours.addresses


def test_somebody_who_is_unknown_to_the_register_brings_nothing() -> None:
    found = known(mail(NORA, "stranger@mail.test"))
    assert found.theirs.addresses == found.theirs.numbers == frozenset()
    more = workforce("new", CLUB, work("new@club.example"), phone("+447700900163"))
    assert known(mail("new@club.example", CHLOE), world.people(more=(more,))).own.numbers == {
        "+447700900163"
    }
