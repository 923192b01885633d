"""Which unknown addresses somebody should be asked about."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from alongside.archive import suggest
from alongside.archive.rows import Contact, Judgement
from alongside.archive.suggest import Gatherer, Like, Reason, Suggestion
from alongside.policy.people import People
from tests.world import NOW, PEOPLE, STRANGER, people

NAMED = people(
    chloe={"name": "Chloe Thistlewood", "household": "Thistlewood Larkrise"},
    dina={"name": "Dina Quince"},
    carla={"name": "Carla Hazelbank"},
)


def judgement(
    *unknown: str, writer: str = "carla", served: tuple[str, ...] = (), at: datetime = NOW
) -> Judgement:
    contacts = tuple(Contact(writer=writer, service_user=s, covered=True) for s in served)
    return Judgement(
        file="f",
        place="",
        message_id="<x@y>",
        digest="d",
        at=at,
        in_scope=True,
        judged=bool(served),
        contacts=contacts,
        unknown=unknown,
        writer=writer,
    )


def suggested(*judgements: Judgement, register: People = NAMED) -> list[Suggestion]:
    gatherer = Gatherer(register)
    for one in judgements:
        gatherer.add(one)
    return gatherer.suggestions()


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("a.pupil@stmarys.anytown.sch.uk.test", None),
        ("jo@hilltop-academy.example", Reason.SCHOOL),
        ("jo@westcollege.example", Reason.SCHOOL),
        ("jo@students.anytown.example", Reason.SCHOOL),
        ("jo.thistlewood9@mail.test", Reason.FAMILY_NAME),
        ("larkrise.family@mail.test", Reason.HOUSEHOLD),
        ("granny@family.example", Reason.HOUSEHOLD),
        ("c.hazelbank@mail.test", None),
        ("carla.hazelbank@mail.test", Reason.NAME_OF_OURS),
        ("hazelbank_carla77@mail.test", Reason.NAME_OF_OURS),
        ("sales@preschooling.example", None),
        ("news@collegiate.example", None),
        (STRANGER, None),
    ],
)
def test_what_the_address_itself_says(address, reason):
    found = suggested(judgement(address))
    assert [r for s in found for r, _ in s.reasons] == ([reason] if reason else [])


def test_school_domains_end_in_sch_uk():
    assert [
        r for s in suggested(judgement("x@" + "oakfield.kent.sch.uk")) for r, _ in s.reasons
    ] == [Reason.SCHOOL]


def test_a_private_mailbox_of_our_own_says_whose():
    (one,) = suggested(judgement("carla.hazelbank@mail.test"))
    assert (one.like, one.person) == (Like.OWN_MAILBOX, "carla")


def test_written_to_with_a_group_by_its_lead():
    (one,) = suggested(judgement(STRANGER, served=("chloe", "dina")))
    assert one.reasons == ((Reason.WITH_GROUP, 1),)
    assert one.like is Like.SERVICE_USER
    # Not by somebody who has nothing to do with the group, and not with people of several groups.
    assert suggested(judgement(STRANGER, writer="carl", served=("chloe", "dina"))) == []
    assert suggested(judgement(STRANGER, served=("chloe", "pip"))) == []


def test_often_in_company_of_those_we_serve():
    few = [judgement(STRANGER, writer="carl", served=("ada",)) for _ in range(19)]
    assert suggested(*few) == []
    (one,) = suggested(*few, judgement(STRANGER, writer="carl", served=("ada",)))
    assert one.reasons == ((Reason.WITH_KNOWN, 20),)


def test_the_strongest_comes_first_and_spellings_are_one():
    both = judgement("jo@hilltop-academy.example", served=("chloe", "dina"))
    later = judgement("JO+x@Hilltop-Academy.example", at=NOW + timedelta(days=3))
    weaker = judgement(STRANGER, served=("chloe", "dina"))
    first, second = suggested(weaker, both, later)
    assert (first.address, first.messages) == ("jo@hilltop-academy.example", 2)
    assert first.reasons == ((Reason.SCHOOL, 2), (Reason.WITH_GROUP, 1))
    assert (first.first, first.last) == (NOW, NOW + timedelta(days=3))
    assert second.address == STRANGER
    assert first.strength > second.strength


def test_memory_has_a_limit_and_the_strong_stay(monkeypatch):
    monkeypatch.setattr(suggest, "MOST", 10)
    gatherer = Gatherer(PEOPLE)
    gatherer.add(judgement("jo@hilltop-academy.example"))
    for n in range(200):
        gatherer.add(judgement(f"someone{n}@mail.test"))
        assert len(gatherer._found) <= 10
    assert [s.address for s in gatherer.suggestions()] == ["jo@hilltop-academy.example"]
