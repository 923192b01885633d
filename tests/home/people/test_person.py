"""One person's page: what each role sees on it, and what it keeps to itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.access.actor import System
from alongside.people import api as people
from alongside.people.models import ContactPoint, Person
from alongside.policy.vocabulary import Standing
from tests.accounts.club import ROLES

from .visits import by

pytestmark = pytest.mark.usefixtures("club")
CHLOE, FRANK, CARLA = "/people/person/chloe/", "/people/person/frank/", "/people/person/carla/"


@pytest.mark.parametrize(("role", "person"), ROLES.items())
def test_only_the_safeguarding_team_and_administrators_open_it(role, person):
    may = {"safeguarding_officer", "deputy_officer", "safeguarding_lead", "administrator"}
    by(person).get(CHLOE, status=200 if role in may else 403)


def test_whoever_is_out_of_reach_is_not_there_at_all():
    for url in ("/people/person/hilda/", "/people/person/nan/", "/people/person/ghost/"):
        by("owen").get(url, status=404)
    by("hal").get(CHLOE, status=404)
    by("lena").get("/people/person/hilda/")


def test_an_officer_sees_what_is_known():
    page = by("owen").get("/people/person/zoe/")
    assert page.heading == "Zoë Ó Briain"
    for said in ("Young person", "Riverside Club", "Juniors", "zoe@family.example", "Text"):
        assert said in page.text
    assert page.links()["Juniors"] == "/people/groups/juniors/"
    assert "+447700900123" in page.text
    assert page.words("main .web-tag") == ["Works", "Works"]


def test_supporters_with_and_without_copies():
    page = by("owen").get(CHLOE)
    assert "Mary Hart, parent Gets copies" in page.words("main li")
    mother = by("owen").get("/people/person/mary/")
    assert "Chloe Hart, as parent Gets copies" in mother.words("main li")


@pytest.mark.law("nobody_reviews_themselves")
def test_only_the_safeguarding_team_sees_who_is_kept_apart():
    for visitor in ("owen", "dev", "lena"):
        page = by(visitor).get(CHLOE)
        assert "Frank Hart may not reach Chloe Hart. Why: no-contact order" in page.text
        assert "Frank Hart may not reach Chloe Hart" in by(visitor).get(FRANK).text
    page = by("ada").get(CHLOE)
    assert "reach" not in page.text and "no-contact" not in page.text
    assert "Frank Hart, parent No copies" in page.words("main li")


@pytest.mark.law("nobody_reviews_themselves")
def test_an_officer_never_learns_that_they_are_kept_apart_themselves():
    before = by("owen").get(CHLOE).text
    people.restrict(people.actor("lena"), "chloe", "owen", "reported by the mother")
    assert by("owen").get(CHLOE).text == before
    assert "reported by the mother" in by("dev").get(CHLOE).text
    assert "reported" not in by("owen").get("/people/person/owen/").text


@pytest.mark.law("nobody_reviews_themselves")
def test_nor_that_somebody_of_their_household_is():
    """Bert and Pip live with Owen."""
    pages = [CHLOE, "/people/person/bert/", "/people/person/pip/"]
    before = [by("owen").get(url).text for url in pages]
    people.restrict(people.actor("lena"), "chloe", "bert", "reported by the mother")
    people.restrict(people.actor("lena"), "pip", "carla", "asked by the school")
    people.set_at_risk(people.actor("lena"), "bert", True, "asked for it")
    people.set_standing(people.actor("lena"), "bert", Standing.SUSPENDED)
    assert [by("owen").get(url).text for url in pages] == before
    assert "Carla Nunn may not reach Pip Pike" in by("dev").get("/people/person/pip/").text
    assert "Suspended" in by("dev").get("/people/person/bert/").text
    assert "asked by the school" not in by("owen").get(CARLA).text


def test_about_oneself_and_ones_household_somebody_else_decides():
    for who in ("owen", "bert", "pip"):
        page = by("owen").get(f"/people/person/{who}/")
        assert "This is you, or somebody near you" in page.words("h2")
        assert "Decide" not in page.words("h2")
    assert "Decide" in by("dev").get("/people/person/owen/").words("h2")


def test_what_may_be_decided_depends_on_who_it_is():
    chloe = set(by("owen").get(CHLOE).links("main"))
    assert "Keep somebody apart from them" in chloe and "They want nobody copied" not in chloe
    carla = set(by("owen").get(CARLA).links("main"))
    assert "Keep somebody apart from them" not in carla
    alan = set(by("owen").get("/people/person/alan/").links("main"))
    assert "They want nobody copied" in alan
    assert "Decide" not in by("ada").get(CHLOE).words("h2")


def test_what_is_due_for_the_workforce():
    Person.objects.filter(id="carla").update(
        vetted_until="2020-01-01", trained_until="2999-01-01", agreed_on="2020-01-01"
    )
    page = by("owen").get(CARLA)
    terms = dict(
        zip(page.words("main .web-facts th"), page.words("main .web-facts td"), strict=True)
    )
    assert terms["Vetted until"] == "Wednesday 1 January 2020 Run out"
    assert terms["Trained until"] == "Tuesday 1 January 2999"
    assert terms["Agreed to the rules on"] == "Wednesday 1 January 2020"
    soon = timezone.localdate() + timedelta(days=30)
    Person.objects.filter(id="carla").update(vetted_until=soon)
    assert by("owen").get(CARLA).words("main .web-facts .web-tag") == ["Due soon"]
    nora = by("owen").get("/people/person/nora/")
    assert nora.words("main .web-facts .web-tag") == ["Missing"] * 3
    assert "Vetted" not in by("owen").get(CHLOE).text


def test_how_each_address_fares():
    people.mark_bouncing(System("gateway"), "chloe@family.example")
    page = by("owen").get(CHLOE)
    assert "Messages come back" in page.words("main .web-tag")
    number = ContactPoint.objects.get(address="chloe@family.example").pk
    url = f"/people/person/chloe/address/{number}/"
    assert page.links()["It works again: chloe@family.example"] == url
    assert url not in by("dev").get(CHLOE).links().values()  # a deputy changes no addresses
    ContactPoint.objects.filter(pk=number).update(bouncing=False, opted_out=True)
    assert "They asked for none" in by("owen").get(CHLOE).words("main .web-tag")
    ContactPoint.objects.filter(pk=number).update(active=False, readers=["mary"])
    page = by("owen").get(CHLOE)
    assert "Not used" in page.words("main .web-tag") and "Also read by Mary Hart" in page.text


def test_whoever_has_no_address_is_said_to_have_none():
    ContactPoint.objects.filter(person="chloe").delete()
    assert "No address and no number is known" in by("owen").get(CHLOE).text


def test_a_supporter_of_two_organisations_shows_each_its_own(tmp_path):
    file = tmp_path / "links.csv"
    file.write_text("person,supporter,relationship,copied\nhilda,mary,carer,yes\n")
    people.import_files(System("test"), links=file)
    mary = "/people/person/mary/"
    assert "Hilda" not in by("owen").get(mary).text
    assert "Chloe" not in by("hal").get(mary).text
    both = by("lena").get(mary).text
    assert "Hilda" in both and "Chloe" in both


def test_an_id_may_hold_a_slash(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("id,name,category,organisation\n2026/7,Una Dale,child,club\n")
    people.import_files(System("test"), file)
    page = by("owen").get("/people/", text="una")
    url = page.links()["Una Dale"]
    assert by("owen").get(url).heading == "Una Dale"
    assert by("owen").get(f"{url}restrict/").heading == "Who may not reach Una Dale?"
