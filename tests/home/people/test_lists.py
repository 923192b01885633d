"""Groups, organisations, and addresses that don't work."""

from __future__ import annotations

import pytest

from alongside.access.actor import System
from alongside.access.waiting import Urgency
from alongside.people import api as people
from alongside.people.models import ContactPoint, Group, Organisation
from alongside.policy.vocabulary import Mode, Standing
from tests.accounts.club import ROLES

from .visits import by

pytestmark = pytest.mark.usefixtures("club")
MAY_LOOK = {"safeguarding_officer", "deputy_officer", "safeguarding_lead", "administrator"}


@pytest.mark.parametrize(
    "url", ["/people/groups/", "/people/groups/juniors/", "/people/organisations/"]
)
@pytest.mark.parametrize(("role", "person"), ROLES.items())
def test_who_may_look(url, role, person):
    by(person).get(url, status=200 if role in MAY_LOOK else 403)


def test_groups_in_reach():
    page = by("owen").get("/people/groups/")
    assert page.words("main tbody td") == ["Riverside Club", "4", "Yes"]
    assert page.links()["Juniors"] == "/people/groups/juniors/"
    assert "There are no groups yet" in by("hal").get("/people/groups/").words("h2")


def test_a_group_with_its_people():
    page = by("owen").get("/people/groups/juniors/")
    facts = dict(zip(page.words(".web-facts th"), page.words(".web-facts td"), strict=True))
    assert facts["Addresses"] == "juniors@club.example"
    assert (facts["Leads"], facts["Officers"]) == ("Carla Nunn", "Owen Pike")
    assert facts["May also write to it"] == "None"
    assert "4 members" in page.words("h2")
    assert page.words("main .govuk-table tbody th") == [
        "Carla Nunn",
        "Chloe Hart",
        "Pip Pike",
        "Zoë Ó Briain",
    ]


def test_whoever_left_is_no_member():
    people.set_standing(people.actor("owen"), "zoe", Standing.LEFT)
    page = by("owen").get("/people/groups/juniors/")
    assert "3 members" in page.words("h2") and "Zoë" not in page.text


def test_a_group_elsewhere_is_not_there():
    by("hal").get("/people/groups/juniors/", status=404)
    by("owen").get("/people/groups/ghosts/", status=404)


def test_an_officer_out_of_reach_is_named_without_a_link():
    Group.objects.filter(id="juniors").update(officers=["lena"])
    assert "Lena Voss" not in by("owen").get("/people/groups/juniors/").links()
    assert "Lena Voss" in by("owen").get("/people/groups/juniors/").text
    assert by("lena").get("/people/groups/juniors/").links()["Lena Voss"] == "/people/person/lena/"


def test_an_empty_group_says_how_it_is_filled():
    Group.objects.create(id="new", name="New", organisation="club")
    assert "Nobody is in this group yet" in by("owen").get("/people/groups/new/").text


def test_a_group_of_no_organisation_is_seen_from_the_top():
    Group.objects.create(id="loose", name="Loose")
    by("owen").get("/people/groups/loose/", status=404)
    assert by("lena").get("/people/groups/loose/").heading == "Loose"


def test_organisations_as_a_tree():
    page = by("lena").get("/people/organisations/")
    assert page.words("main tbody th a") == [
        "Example Sports Charity",
        "Hillside Club",
        "Riverside Club",
    ]
    assert page.words("main tbody th")[1] == "Below Example Sports Charity: – Hillside Club"
    assert page.links()["Riverside Club"] == "/people/?organisation=club"
    assert by("owen").get("/people/organisations/").words("main tbody th") == ["Riverside Club"]
    by("owen").get(page.links()["Riverside Club"])


def test_an_organisation_s_own_mode_and_address():
    people.set_organisation(System("test"), "club", mode=Mode.TEACH, copy_supporters=False)
    people.set_role_address(System("test"), "club", "safe@club.example")
    page = by("owen").get("/people/organisations/")
    cells = page.words("main tbody td")
    assert cells[-3:] == ["Owen Pike", "safe@club.example", "teaching"]
    assert by("hal").get("/people/organisations/").words("main tbody td")[-2:] == [
        "To each officer",
        "As for all",
    ]


def test_a_circle_of_organisations_ends():
    Organisation.objects.filter(id="charity").update(parent="club")
    by("lena").get("/people/organisations/")


@pytest.mark.parametrize(("role", "person"), ROLES.items())
def test_who_looks_after_addresses(role, person):
    may = role in {"safeguarding_officer", "safeguarding_lead", "administrator"}
    by(person).get("/people/bouncing/", status=200 if may else 403)


def test_addresses_that_come_back_wait_for_those_who_can_mend_them():
    assert "Every address works" in by("owen").get("/people/bouncing/").words("h2")
    for address in ("mary@family.example", "hilda@hill.example", "bert@club.example"):
        people.mark_bouncing(System("gateway"), address)
    page = by("owen").get("/people/bouncing/")
    assert page.words("main tbody th") == ["Mary Hart"]  # Bert lives with Owen
    (item,) = people.waiting(people.actor("owen"))
    assert (item.count, item.urgency, item.view) == (1, Urgency.SOON, "people-bouncing")
    assert [w.count for w in people.waiting(people.actor("lena"))] == [3]
    assert [w.count for w in people.waiting(people.actor("ada"))] == [3]
    for nobody in ("dev", "carla", "tess", "cora"):
        assert not list(people.waiting(people.actor(nobody)))


def test_whoever_left_or_has_an_address_that_is_not_used_waits_for_nobody():
    people.mark_bouncing(System("gateway"), "chloe@family.example")
    people.mark_bouncing(System("gateway"), "mary@family.example")
    people.set_standing(people.actor("owen"), "chloe", Standing.LEFT)
    ContactPoint.objects.filter(person="mary").update(active=False)
    assert not list(people.waiting(people.actor("owen")))
