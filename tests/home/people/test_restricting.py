"""Keeping somebody apart from a child: one person begins it, two end it, nobody is tipped off."""

from __future__ import annotations

import pytest

from alongside.access.checks import NotAllowed
from alongside.home.people.forms import ELSE
from alongside.people import api as people
from alongside.people.models import Lifting, Link, Person

from .visits import by, decide, heard, texts

pytestmark = pytest.mark.usefixtures("club")
CHLOE = "/people/person/chloe/"
PIKES = "Bert Pike: bert; Owen Pike: owen; Pip Pike: pip"


def restricted(child: str = "chloe") -> set[str]:
    links = Link.objects.filter(service_user=child, restricted=True)
    return set(links.values_list("supporter_id", flat=True))


def number() -> int:
    return Lifting.objects.get().pk


def ask(visitor: str = "owen") -> None:
    decide(visitor, f"{CHLOE}lift/frank/", reason="The court order ended")


def test_a_supporter_is_kept_apart():
    page = by("owen").get(f"{CHLOE}restrict/")
    assert page.words("main .govuk-radios__label") == ["Mary Hart", "Somebody else"]
    page = decide("owen", f"{CHLOE}restrict/", known="mary", reason="Order of 3 May")
    assert page.banners == ["Mary Hart is kept apart from Chloe Hart."]
    assert "Mary Hart may not reach Chloe Hart. Why: Order of 3 May" in page.text
    assert restricted() == {"mary", "frank"}
    assert not Link.objects.get(service_user="chloe", supporter="mary").copied
    assert [(b["service_user"], b["person"]) for b in heard("restricted")] == [("chloe", "mary")]
    assert "Order of 3 May" in texts()


@pytest.mark.parametrize("typed", ["nora", "Nora Kent", "nora@club.example", " nora "])
def test_anybody_else_is_found_by_what_one_knows(typed):
    decide("owen", f"{CHLOE}restrict/", known=ELSE, other=typed, reason="Asked by the mother")
    assert restricted() == {"frank", "nora"}


def test_whoever_has_no_supporters_is_asked_for_a_name():
    page = by("owen").get("/people/person/zoe/restrict/")
    assert page.all("main .govuk-radios__label") == []
    decide("owen", "/people/person/zoe/restrict/", other="carla", reason="Asked by the mother")
    assert restricted("zoe") == {"carla"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Say who"),
        ("nobody like this", "Nobody here has this name, address or id"),
        ("hilda", "Nobody here has this name, address or id"),
        ("chloe", "Nobody here has this name, address or id"),
        (
            "pike",
            f"That may be several people. Enter the id ({PIKES})",
        ),
    ],
)
def test_a_name_that_says_too_little(typed, said):
    page = by("owen").post(f"{CHLOE}restrict/", {"known": ELSE, "other": typed, "reason": "x"})
    assert page.errors == [said]


@pytest.mark.parametrize("known", ["", "carla", "somebody"])
def test_one_of_the_list_has_to_be_chosen(known):
    page = by("owen").post(f"{CHLOE}restrict/", {"known": known, "other": "nora", "reason": "x"})
    assert page.errors == ["Choose one from the list" if known else "Say who"]


def test_without_a_list_the_name_is_needed():
    page = by("owen").post("/people/person/zoe/restrict/", {"reason": "x"})
    assert page.errors == ["Say who"]


def test_once_is_enough():
    page = decide("owen", f"{CHLOE}restrict/", known=ELSE, other="frank", reason="Again")
    assert page.errors == ["That can’t be done: frank is restricted for chloe already."]


@pytest.mark.law("nobody_reviews_themselves")
def test_whoever_is_near_hears_the_same_whether_it_stands_already_or_not():
    """Owen lives with Bert."""

    def answer() -> list[str]:
        return decide("owen", f"{CHLOE}restrict/", known=ELSE, other="bert", reason="x").errors

    before = answer()
    people.restrict(people.actor("lena"), "chloe", "bert", "reported by the mother")
    assert before == answer() == ["You can’t do this. Ask somebody else of the safeguarding team."]
    assert len(heard("restricted")) == 1


@pytest.mark.parametrize(
    ("visitor", "status"), [("ada", 403), ("carla", 403), ("miles", 403), ("hal", 404)]
)
def test_others_restrict_and_lift_nothing(visitor, status):
    sent = {"other": "nora", "known": ELSE, "reason": "x", "confirmed": "yes"}
    for path in ("restrict/", "lift/frank/"):
        by(visitor).get(f"{CHLOE}{path}", status=status)
        by(visitor).post(f"{CHLOE}{path}", sent, status=status)
    assert restricted() == {"frank"} and not Lifting.objects.exists()


def test_one_person_alone_lifts_nothing():
    ask()
    assert restricted() == {"frank"}
    url = f"/people/restrictions/{number()}/"
    page = by("owen").get(url)
    assert page.words("main .govuk-radios__label") == ["Take my request back"]
    page = by("owen").post(url, {"answer": "agree", "reason": "x", "confirmed": "yes"})
    assert len(page.errors) == 1
    with pytest.raises(NotAllowed):
        people.agree_lifting(people.actor("owen"), number())
    assert restricted() == {"frank"} and Lifting.objects.exists()


def test_a_second_person_agrees_and_it_ends():
    ask()
    page = by("dev").get("/people/restrictions/")
    assert page.words("main tbody th") == ["Frank Hart from Chloe Hart"]
    url = f"/people/restrictions/{number()}/"
    assert (
        "Owen Pike asks to lift this restriction: The court order ended" in by("dev").get(url).text
    )
    page = decide("dev", url, answer="agree", reason="I saw the letter")
    assert page.banners == ["The restriction is lifted."]
    assert "Nothing to answer" in page.words("h2")
    assert restricted() == set() and not Lifting.objects.exists()
    assert not Link.objects.get(service_user="chloe", supporter="frank").copied
    (lifted,) = heard("restriction_lifted")
    assert (lifted["person"], lifted["second"]) == ("frank", "dev")
    assert "The court order ended\n\nI saw the letter" in texts()
    assert len(heard("lifting_asked")) == 1


def test_a_second_person_keeps_it():
    ask()
    decide("lena", f"/people/restrictions/{number()}/", answer="keep", reason="It was renewed")
    assert restricted() == {"frank"} and not Lifting.objects.exists()
    assert len(heard("lifting_declined")) == 1
    ask()  # it may be asked again


def test_whoever_asked_takes_it_back():
    ask()
    decide("owen", f"/people/restrictions/{number()}/", answer="keep", reason="I was wrong")
    assert restricted() == {"frank"} and not Lifting.objects.exists()


def test_a_second_request_leads_to_the_first():
    ask()
    by("dev").get(f"{CHLOE}lift/frank/", status=404)
    url = f"/people/restrictions/{number()}/"
    assert url in by("dev").get(CHLOE).links().values()
    with pytest.raises(people.Impossible):
        people.ask_lifting(people.actor("dev"), "chloe", "frank", "again")


def test_only_what_is_restricted_can_be_lifted():
    by("owen").get(f"{CHLOE}lift/mary/", status=404)
    with pytest.raises(people.Impossible):
        people.ask_lifting(people.actor("owen"), "chloe", "mary", "why")
    with pytest.raises(people.Impossible):
        people.ask_lifting(people.actor("owen"), "chloe", "frank", " ")


@pytest.mark.law("nobody_reviews_themselves")
def test_to_whoever_it_concerns_the_request_does_not_exist():
    people.restrict(people.actor("lena"), "chloe", "bert", "reported by the mother")
    people.ask_lifting(people.actor("lena"), "chloe", "bert", "it was a mistake")
    url = f"/people/restrictions/{number()}/"
    by("owen").get(url, status=404)
    by("owen").post(url, {"answer": "agree", "reason": "x", "confirmed": "yes"}, status=404)
    assert "Nothing to answer" in by("owen").get("/people/restrictions/").words("h2")
    assert not list(people.waiting(people.actor("owen")))
    with pytest.raises(people.Unknown):
        people.agree_lifting(people.actor("owen"), number())
    decide("dev", url, answer="agree", reason="Yes")
    assert restricted() == {"frank"}


def test_others_see_no_requests():
    ask()
    for visitor, status in (("ada", 403), ("carla", 403), ("hal", 404)):
        by(visitor).get(f"/people/restrictions/{number()}/", status=status)
    by("ada").get("/people/restrictions/", status=403)
    assert "Nothing to answer" in by("hal").get("/people/restrictions/").words("h2")


def test_a_request_by_somebody_who_left_is_answered_by_no():
    ask("dev")
    Person.objects.filter(id="dev").update(standing="left")
    url = f"/people/restrictions/{number()}/"
    page = decide("owen", url, answer="agree", reason="Yes")
    assert page.errors == ["You can’t do this. Ask somebody else of the safeguarding team."]
    assert restricted() == {"frank"}
    decide("owen", url, answer="keep", reason="Dev left")
    assert not Lifting.objects.exists()


def test_lifted_by_command_leaves_no_request_behind():
    ask()
    owen, dev = people.actor("owen"), people.actor("dev")
    people.lift_restriction(owen, dev, "chloe", "frank", "by hand")
    assert not Lifting.objects.exists()


def test_what_waits_for_the_second_person():
    ask()
    (item,) = people.waiting(people.actor("dev"))
    assert (item.count, item.view) == (1, "people-liftings") and item.oldest
    assert not list(people.waiting(people.actor("owen")))
    assert not list(people.waiting(people.actor("carla")))
