"""Looking people up: by whatever one knows of them, and never beyond one's reach."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.people import api as people
from alongside.policy.vocabulary import Standing
from tests.accounts.club import ROLES

from .visits import by

pytestmark = pytest.mark.usefixtures("club")
MAY_LOOK = {"safeguarding_officer", "deputy_officer", "safeguarding_lead", "administrator"}


def names(person: str, **asked: str) -> set[str]:
    page = by(person).get(f"/people/?{urlencode(asked)}")
    return set(page.words("main tbody th a"))


@pytest.mark.parametrize(("role", "person"), ROLES.items())
def test_only_the_safeguarding_team_and_administrators_look_people_up(role, person):
    by(person).get("/people/", status=200 if role in MAY_LOOK else 403)


def test_nobody_looks_people_up_without_signing_in(client):
    answer = client.get("/people/")
    assert answer.headers["Location"] == "/sign-in/?next=/people/"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("chloe", {"Chloe Hart"}),
        ("HART chl", {"Chloe Hart"}),
        ("zoe o", {"Zoë Ó Briain"}),
        ("ZOË", {"Zoë Ó Briain"}),
        ("mary@family.example", {"Mary Hart"}),
        ("Mary+x@Family.example", {"Mary Hart"}),
        ("@club.example", {"Carla Nunn", "Owen Pike", "Dev Malik", "Nora Kent", "Bert Pike"}),
        ("carla@", {"Carla Nunn"}),
        ("07700 900123", {"Zoë Ó Briain"}),
        ("+44 7700 900123", {"Zoë Ó Briain"}),
        ("900 12", {"Zoë Ó Briain"}),
        ("900", set()),
        ("juniors", {"Carla Nunn", "Chloe Hart", "Zoë Ó Briain", "Pip Pike"}),
        ("nobody by that name", set()),
        ("%", set()),
        ("_", set()),
    ],
)
def test_people_are_found_by_name_address_number_and_group(text, found):
    assert names("owen", text=text) == found


def test_an_organisation_finds_its_people():
    found = names("lena", text="hillside")
    assert found == {"Hal Moor", "Hilda Moor", "Andy Lowe"}


def test_a_list_is_narrowed_by_what_people_are_and_where():
    assert names("owen", category="child") == {"Chloe Hart", "Pip Pike"}
    assert names("owen", group="juniors", category="volunteer") == {"Carla Nunn"}
    assert names("lena", organisation="other") == {"Hal Moor", "Hilda Moor", "Andy Lowe"}


def test_the_boundary_is_the_organisation():
    """Parents stand in no organisation: they are seen where their children are."""
    assert names("hal") == {"Hal Moor", "Hilda Moor", "Nan Moor", "Andy Lowe"}
    assert "Nan Moor" not in names("owen")
    assert {"Mary Hart", "Frank Hart", "Chloe Hart"} <= names("owen")
    assert names("owen", organisation="other") == names("owen")
    assert {"Nan Moor", "Mary Hart", "Ada Finch"} <= names("lena")


def test_a_link_made_by_a_restriction_shows_nobody_to_those_who_may_not_know():
    assert names("hal", text="nora") == names("andy", text="nora") == set()
    people.restrict(people.actor("hal"), "hilda", "nora", "asked by the mother")
    assert names("hal", text="nora") == {"Nora Kent"}
    assert names("andy", text="nora") == set()


def test_whoever_has_left_is_shown_when_asked_for():
    people.set_standing(people.actor("owen"), "nora", Standing.LEFT)
    assert names("owen", text="nora") == set()
    page = by("owen").get("/people/", text="nora", left="on")
    assert page.words("main tbody th") == ["Nora Kent Left"]


@pytest.mark.law("nobody_reviews_themselves")
def test_how_somebody_near_stands_is_not_told():
    """Bert lives with Owen: to him he looks the same before and after."""
    before = by("owen").get("/people/", text="bert").text
    for standing in (Standing.SUSPENDED, Standing.LEFT):
        people.set_standing(people.actor("lena"), "bert", standing)
        assert by("owen").get("/people/", text="bert").text == before
    people.set_standing(people.actor("lena"), "bert", Standing.SUSPENDED)
    assert "Suspended" in by("dev").get("/people/", text="bert").text


def test_pages_of_twenty_five(tmp_path):
    rows = "\n".join(f"x{n:02},Xavier {n:02},volunteer,club" for n in range(60))
    file = tmp_path / "people.csv"
    file.write_text(f"id,name,category,organisation\n{rows}\n")
    people.import_files(people.actor("owen"), file)
    first = by("owen").get("/people/", text="xavier")
    assert len(first.words("main tbody th a")) == 25
    last = by("owen").get("/people/", text="xavier", page="3")
    assert last.words("main tbody th a")[-1] == "Xavier 59"
    assert "60 people" in last.words("h2")
    assert "text=xavier" in last.links()["← Previous page"]


def test_an_empty_search_says_what_to_do():
    page = by("owen").get("/people/", text="nobody at all")
    assert "Nobody found" in page.words("h2")
    assert page.links()["Start again"] == "/people/"


def test_nonsense_in_the_address_is_no_error():
    page = by("owen").get("/people/", category="wizard", page="minus one", left="perhaps")
    assert page.errors and "Chloe Hart" in page.text


def test_a_page_costs_the_same_few_looks_however_many_people(tmp_path):
    actor = people.actor("lena")

    def looks() -> int:
        with CaptureQueriesContext(connection) as seen:
            found = people.find(actor, people.Search(text="a"))
            assert len(found) and found[:25]
        return len(seen)

    few = looks()
    rows = "\n".join(f"y{n},Yara {n},volunteer,club" for n in range(100))
    file = tmp_path / "people.csv"
    file.write_text(f"id,name,category,organisation\n{rows}\n")
    people.import_files(people.actor("owen"), file)
    assert looks() == few <= 10
