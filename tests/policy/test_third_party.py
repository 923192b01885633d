"""Who may be the third party: what a message shows of them, seat by seat (law 2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from alongside.policy.decide import decide
from alongside.policy.decision import ThirdParty
from alongside.policy.message import Message
from alongside.policy.people import Contact, People
from alongside.policy.vocabulary import (
    Category,
    ContactKind,
    Hat,
    Kind,
    Verdict,
)
from tests.casting import work, workforce
from tests.clauses.told import CARL_PHONE, CARLA_PHONE, CHLOE_PHONE, SECTOR, SHIPPED, chat, post
from tests.world import CARLA, CHLOE, GROUPS, OWEN, PEOPLE, UNKNOWN_LOCAL, mail, people

GITA = "gita@club.example"
WITH_GITA = people(
    more=(workforce("gita", "club", work(GITA)),),
    groups=tuple(replace(g, officers=("gita",)) for g in GROUPS),
)
"""Gita is the juniors' officer, and holds no role of the club."""


def ranked(message: Message, register: People = PEOPLE) -> list[ThirdParty]:
    return [t for t in decide(message, register, SHIPPED).third_parties if t.eligible]


def first(message: Message, register: People = PEOPLE) -> tuple[str, Kind, bool]:
    t = ranked(message, register)[0]
    return t.person or t.address, t.kind, t.present


def test_a_groups_officer_who_is_in_the_envelope_is_there_as_an_officer():
    assert first(mail(CARLA, CHLOE, GITA), WITH_GITA) == ("gita", Kind.OFFICER, True)
    assert first(mail(UNKNOWN_LOCAL, CHLOE, GITA), WITH_GITA) == ("gita", Kind.OFFICER, True)
    talk = post(CARLA, CHLOE, GITA, site_can_copy=False)
    assert decide(talk, WITH_GITA, SHIPPED).verdict is Verdict.PERMIT


def test_whoever_is_in_an_instant_message_is_there_by_their_telephone():
    d = decide(chat(CARLA_PHONE, CHLOE_PHONE, CARL_PHONE), PEOPLE, SECTOR)
    present = [t.person for t in d.third_parties if t.eligible and t.present]
    assert present == ["carl"]


def test_whoever_is_in_a_talk_on_a_site_is_there_by_their_profile():
    profile = Contact(
        address="site.example/owen",
        kind=ContactKind.PROFILE,
        organisational=True,
        hat=Hat.WORKFORCE,
    )
    contacts = (*PEOPLE.persons["owen"].contacts, profile)
    register = people(owen={"contacts": contacts})
    talk = post(CARLA, CHLOE, profile.address, site_can_copy=False)
    d = decide(talk, register, SHIPPED)
    assert d.verdict is Verdict.PERMIT and not d.exemptions
    absent = decide(post(CARLA, CHLOE), register, SHIPPED).third_parties[0]
    assert (absent.person, absent.address) == ("owen", OWEN)


@pytest.mark.pitfall(8)
def test_a_parents_copy_ends_on_the_eighteenth_birthday():
    grown = {"born": date(2008, 11, 22)}
    yesterday = mail(CARLA, CHLOE, at=mail(CARLA, CHLOE).at.replace(day=21))
    assert "mary" in [t.person for t in ranked(yesterday, people(chloe=grown))]
    assert "mary" not in [t.person for t in ranked(mail(CARLA, CHLOE), people(chloe=grown))]
    chosen = grown | {"categories": frozenset({Category.ADULT_PARTICIPANT})}
    assert first(mail(CARLA, CHLOE), people(chloe=chosen))[0] == "mary"
