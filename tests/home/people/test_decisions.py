"""Deciding something about somebody: with a reason, looked at once more, on the record."""

from __future__ import annotations

import pytest

from alongside.access.actor import System
from alongside.people import api as people
from alongside.people.models import ContactPoint, Person
from alongside.policy.vocabulary import Standing

from .visits import by, decide, heard, texts

pytestmark = pytest.mark.usefixtures("club")
CARLA, ALAN = "/people/person/carla/", "/people/person/alan/"


def carla() -> Person:
    return Person.objects.get(id="carla")


def test_a_coach_is_suspended_and_taken_back():
    url = f"{CARLA}standing/"
    page = decide("owen", url, standing="suspended", reason="A worry was reported")
    assert page.banners == ["Carla Nunn is suspended."]
    assert "Suspended" in page.words("h1 .web-tag")
    assert not people.actor("carla").active
    assert heard("standing") == [{"person": "carla", "standing": "suspended", "what": "standing"}]
    assert "A worry was reported" in texts()
    decide("dev", url, standing="active", reason="Nothing came of it")
    assert people.actor("carla").active and not carla().standing_kept


def test_a_leaver_loses_access_and_keeps_their_history():
    visitor = by("carla")
    visitor.get("/")
    decide("owen", f"{CARLA}standing/", standing="left", reason="Moved away")
    assert visitor.client.get("/").headers["Location"].startswith("/sign-in/")
    assert "Left" in by("owen").get(CARLA).words("h1 .web-tag")


def test_nothing_happens_before_it_was_looked_at_once_more():
    visitor = by("owen")
    answers = {"standing": "suspended", "reason": "A worry was reported"}
    asked = visitor.post(f"{CARLA}standing/", answers)
    assert asked.heading == "Suspend Carla Nunn?"
    assert "A worry was reported" in asked.text and "They can’t sign in" in asked.text
    assert carla().standing == "active" and not heard("standing")
    back = visitor.post(f"{CARLA}standing/", {**answers, "change": "yes"})
    assert back.heading == "Is Carla Nunn still with you?"
    assert "A worry was reported" in back.text and carla().standing == "active"


@pytest.mark.parametrize("path", ["standing", "at-risk"])
def test_without_a_reason_nothing_is_decided(path):
    page = by("owen").post(
        f"{CARLA}{path}/", {"standing": "left", "to": "on", "reason": " ", "confirmed": "yes"}
    )
    assert page.errors == ["Say why"]
    assert carla().standing == "active" and not carla().at_risk


def test_one_can_t_choose_what_is_so_already():
    page = by("owen").post(f"{CARLA}standing/", {"standing": "active", "reason": "x"})
    assert len(page.errors) == 1


@pytest.mark.parametrize(
    ("visitor", "status"), [("ada", 403), ("carla", 403), ("tess", 403), ("hal", 404)]
)
@pytest.mark.parametrize("path", ["standing", "at-risk"])
def test_others_decide_nothing(visitor, status, path):
    by(visitor).get(f"{CARLA}{path}/", status=status)
    sent = {"standing": "left", "to": "on", "reason": "because", "confirmed": "yes"}
    by(visitor).post(f"{CARLA}{path}/", sent, status=status)
    assert carla().standing == "active" and not carla().at_risk and not heard("standing", "at_risk")


@pytest.mark.law("nobody_reviews_themselves")
@pytest.mark.parametrize("who", ["owen", "bert", "pip"])
@pytest.mark.parametrize("path", ["standing", "at-risk", "objection", "restrict"])
def test_nobody_decides_about_themselves_or_their_household(who, path):
    sent = {"standing": "left", "to": "on", "other": "carla", "reason": "x", "confirmed": "yes"}
    url = f"/people/person/{who}/{path}/"
    by("owen").get(url, status=404)
    by("owen").post(url, sent, status=404)
    assert Person.objects.get(id=who).standing == "active" and not heard("at_risk", "restricted")


def test_an_officer_comes_first_for_somebody_at_risk_and_no_longer():
    page = decide("owen", f"{ALAN}at-risk/", to="on", reason="Asked for it himself")
    assert page.banners == ["An officer now comes first for Alan Moss."]
    assert "An officer is copied first" in page.text
    assert "An officer is copied first" not in by("ada").get(ALAN).text
    decide("owen", f"{ALAN}at-risk/", to="off", reason="Moved to a new home")
    assert [body["at_risk"] for body in heard("at_risk")] == [True, False]


def test_an_adult_objects_to_copies_and_thinks_again():
    page = decide("owen", f"{ALAN}objection/", to="on", reason="We talked on Monday")
    assert "Nobody is copied, as they asked" in page.text
    decide("owen", f"{ALAN}objection/", to="off", reason="Changed his mind")
    assert [body["approved"] for body in heard("objection")] == [True, False]


def test_what_somebody_else_switched_meanwhile_is_not_switched_back():
    people.set_at_risk(people.actor("dev"), "alan", True, "asked for it")
    decide("owen", f"{ALAN}at-risk/", to="on", reason="Asked for it himself")
    assert Person.objects.get(id="alan").at_risk


def test_no_child_is_left_without_a_copy():
    by("owen").get("/people/person/chloe/objection/", status=404)
    Person.objects.filter(id="alan").update(born="2012-01-01")
    page = decide("owen", f"{ALAN}objection/", to="on", reason="He asked")
    assert page.errors == ["That can’t be done: alan is no adult participant."]
    assert not Person.objects.get(id="alan").objection


def test_an_address_works_again():
    people.mark_bouncing(System("gateway"), "carla@club.example")
    point = ContactPoint.objects.get(address="carla@club.example")
    url = f"{CARLA}address/{point.pk}/"
    page = decide("ada", url, reason="She answered from it")
    assert page.banners == ["carla@club.example is used again."]
    point.refresh_from_db()
    assert not point.bouncing
    assert heard("bouncing_cleared") == [{"persons": ["carla"], "what": "bouncing_cleared"}]
    assert "She answered from it" in texts()
    by("ada").get(url, status=404)


@pytest.mark.parametrize(("visitor", "status"), [("dev", 403), ("carla", 403), ("andy", 404)])
def test_others_say_of_no_address_that_it_works(visitor, status):
    people.mark_bouncing(System("gateway"), "chloe@family.example")
    point = ContactPoint.objects.get(address="chloe@family.example")
    sent = {"reason": "x", "confirmed": "yes"}
    by(visitor).post(f"/people/person/chloe/address/{point.pk}/", sent, status=status)
    point.refresh_from_db()
    assert point.bouncing


def test_an_address_is_found_beside_its_owner_only():
    people.mark_bouncing(System("gateway"), "chloe@family.example")
    number = ContactPoint.objects.get(address="chloe@family.example").pk
    by("owen").get(f"{CARLA}address/{number}/", status=404)


def test_a_decision_stays_when_the_list_says_otherwise(tmp_path):
    decide("owen", f"{CARLA}standing/", standing="suspended", reason="A worry was reported")
    file = tmp_path / "people.csv"
    file.write_text("id,name,category,status\ncarla,Carla Nunn,volunteer,active\n")
    people.import_files(System("test"), file)
    assert carla().standing == Standing.SUSPENDED.value
