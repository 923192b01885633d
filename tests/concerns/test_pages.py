"""The pages: who may open each, what it shows, what its form does."""

from __future__ import annotations

import tomllib
from importlib.resources import files as package
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.concerns import api
from alongside.concerns.files import LARGEST
from alongside.concerns.kinds import Body, Clock, Kind, Outcome
from alongside.concerns.models import Concern, Evidence, Note
from alongside.concerns.numbers import NUMBERS
from alongside.concerns.steps import STEPS
from tests.accounts.club import ROLES, signed_in, where
from tests.web.page import PageClient

from .told import PNG, SAID, about_officer, entries, report, seen_by, who

pytestmark = pytest.mark.usefixtures("club")

WORRY = "/worry/"
FORMS: dict[str, dict[str, Any]] = {
    "action": {"text": "Rang her mother."},
    "decision": {"text": "Nothing is harmed by waiting a day.", "not_to": ""},
    "referral": {"text": "Spoke to the duty desk.", "body": Body.LADO.value},
    "clock": {"text": "A list was sent to everybody.", "clock": Clock.ICO.value},
    "outcome": {"text": "He was trained again.", "outcome": Outcome.ADVICE.value},
}


def pages(person: str) -> PageClient:
    return PageClient(signed_in(person))


def png(name: str = "chat.png", raw: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, raw)


# Reporting


@pytest.mark.parametrize("person", ROLES.values())
def test_anybody_who_is_signed_in_may_report(person: str) -> None:
    page = pages(person).get(WORRY)
    assert page.heading == "Report a worry"


def test_a_stranger_is_asked_to_sign_in() -> None:
    for url in (WORRY, "/concerns/"):
        assert where(Client().get(url)).startswith("/sign-in/")


def test_an_officer_reports_before_their_second_step_and_reads_only_after_it(
    settings: Any,
) -> None:
    settings.ALONGSIDE_DEMONSTRATION = False
    client = signed_in("owen")
    assert client.get(WORRY).status_code == 200
    sent = client.post(WORRY, {"what": SAID})
    assert client.get(where(sent)).status_code == 200
    assert where(client.get("/concerns/")) == reverse("second-factor")


def test_numbers_to_ring_stand_above_the_form_and_are_right() -> None:
    page = pages("carla").get(WORRY)
    html = page.source.html
    for number in NUMBERS:
        assert 0 < html.index(f'href="tel:{number.dialled}"') < html.index('enctype="multipart')
    listed = tomllib.loads(
        (package("alongside.scan") / "words/en_GB/helplines.toml").read_text("utf-8")
    )
    known = {row["written"] for row in listed["helpline"]} | {"999", "101", "116 123"}
    assert {number.written for number in NUMBERS} <= known


def test_what_happened_is_all_that_is_needed() -> None:
    client = signed_in("carla")
    sent = client.post(WORRY, {"what": SAID})
    concern = Concern.objects.get()
    page = PageClient(client).get(where(sent))
    assert concern.reference in page.text and "What happens next" in page.text
    assert Note.objects.get().text == SAID and concern.kind == Kind.OTHER


def test_nothing_but_an_empty_report_is_refused() -> None:
    page = pages("carla").post(WORRY, {"about": "Sid"})
    assert page.errors == ["Write what happened, in a few words"]
    assert page.one("#id_about").attributes["value"] == "Sid"
    assert not Concern.objects.exists()


def test_nonsense_in_any_other_field_costs_no_report() -> None:
    nonsense = {
        "what": "He \0 said so",
        "about": "x" * 9000,
        "when": "\0",
        "kind": "nonsense",
        "excluded": ["nobody", "dev"],
        "anonymous": "maybe",
        "message": "m" * 900,
        "evidence": "no file",
    }
    assert signed_in("carla").post(WORRY, nonsense).status_code == 302
    reference = Concern.objects.get().reference
    assert seen_by(reference) == {"owen", "lena"}


def test_a_file_that_is_refused_still_saves_the_report_and_says_so() -> None:
    client = signed_in("carla")
    given = [png(), png("big.png", PNG + b"a" * LARGEST), png("run.exe")]
    sent = client.post(WORRY, {"what": SAID, "evidence": given})
    page = PageClient(client).get(where(sent))
    assert "it is larger than 10 MB" in page.text
    assert "it is not a kind of file that we can keep" in page.text
    assert Evidence.objects.get().name == "chat.png"
    assert Concern.objects.count() == 1


def test_a_nameless_report_leaves_nothing_in_the_session() -> None:
    client = signed_in("carla")
    sent = client.post(WORRY, {"what": SAID, "anonymous": "on"})
    reference = Concern.objects.get().reference
    page = PageClient(client).get(where(sent))
    assert reference in page.text
    for session in Session.objects.all():
        assert reference not in str(session.get_decoded())
    assert set(Note.objects.values_list("by", flat=True)) == {""}
    told = pages("owen").get(f"/concerns/{reference}/")
    assert "Somebody who gave no name" in told.text and "Carla" not in told.source.html


def test_whom_one_ticks_does_not_see_it() -> None:
    page = pages("carla").get(WORRY)
    boxes = [node.attributes["value"] for node in page.all("[name=excluded]")]
    assert boxes == ["dev", "lena", "owen"]
    signed_in("carla").post(WORRY, {"what": SAID, "excluded": ["owen"]})
    reference = Concern.objects.get().reference
    assert seen_by(reference) == {"dev", "lena"}


def test_where_nobody_can_read_it_the_reporter_is_told_to_ring() -> None:
    client = signed_in("carla")
    sent = client.post(WORRY, {"what": SAID, "excluded": ["owen", "dev", "lena"]})
    page = PageClient(client).get(where(sent))
    assert "Nobody here can read it yet" in page.text and "999" in page.text


def test_a_register_that_fails_shows_the_form_without_names(monkeypatch: Any) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(api, "may_be_excluded", broken)
    page = pages("carla").get(WORRY)
    assert not page.all("[name=excluded]")
    assert signed_in("carla").post(WORRY, {"what": SAID}).status_code == 302


def test_a_report_may_come_from_a_message() -> None:
    page = pages("carla").get(WORRY, message="A7K3-9QXM", kind="friend_request")
    assert page.one("[name=message]").attributes["value"] == "A7K3-9QXM"
    assert "checked" in page.one('[value="friend_request"]').attributes
    signed_in("carla").post(WORRY, {"what": SAID, "message": "A7K3-9QXM"})
    reference = Concern.objects.get().reference
    assert "About the message A7K3-9QXM" in pages("owen").get(f"/concerns/{reference}/").text


def test_a_token_that_was_not_ours_leads_nowhere() -> None:
    pages("carla").get("/worry/sent/nonsense/", status=404)


# Reading and deciding


@pytest.mark.parametrize("role", ROLES)
def test_the_list_is_for_the_safeguarding_team(role: str) -> None:
    safeguarding = {"safeguarding_officer", "deputy_officer", "safeguarding_lead"}
    pages(ROLES[role]).get("/concerns/", status=200 if role in safeguarding else 403)


def urls(reference: str) -> list[str]:
    steps = [reverse("concern-step", args=(reference, step)) for step in STEPS]
    return [
        f"/concerns/{reference}/",
        f"/concerns/{reference}/access/",
        f"/concerns/{reference}/adult/",
        f"/concerns/{reference}/evidence/2/",
        *steps,
    ]


@pytest.mark.law("nobody_reviews_themselves")
@pytest.mark.law("guarded_causes_look_alike")
@pytest.mark.parametrize("person", ["owen", "dev", "hal"])
def test_a_concern_that_one_may_not_know_of_looks_like_none(person: str) -> None:
    told = api.report(
        who("carla"),
        api.Worry(what=SAID, about="Owen Pike", kind=Kind.OFFICER),
        [api.Upload("a.png", PNG)],
    )
    client, before = pages(person), len(entries())
    for url, none in zip(urls(told.reference), urls("NONE-NONE"), strict=True):
        theirs, nobodys = client.get(url, status=404), client.get(none, status=404)
        assert theirs.text == nobodys.text
        client.post(url, {"text": "x", "do": "give"}, status=404)
    assert len(entries()) == before
    assert told.reference not in client.get("/concerns/").source.html


@pytest.mark.parametrize("person", ["carla", "ada", "tess"])
def test_without_the_role_the_pages_are_shut(person: str) -> None:
    for url in urls(report()):
        pages(person).get(url, status=403)


def test_an_empty_list_teaches() -> None:
    page = pages("owen").get("/concerns/")
    assert "No concern is open" in page.text
    assert "No concern is closed" in pages("owen").get("/concerns/", closed="yes").text


def test_the_list_shows_the_urgent_first_with_their_clocks() -> None:
    calm, pressing = report(), report(kind=Kind.COLLEAGUE)
    api.add_action(who("owen"), calm, "Read it.")
    page = pages("owen").get("/concerns/")
    assert [r.strip() for r in page.words("main tbody th")] == [pressing, calm]
    assert "Tell the LADO within one working day (24 hours): by" in page.text


def test_one_concern_shows_what_is_known() -> None:
    worry = api.Worry(
        what="First line.\n\n<b>Second</b>",
        about="Sid",
        when="Tuesday",
        kind=Kind.COLLEAGUE,
        excluded=frozenset({"dev"}),
    )
    told = api.report(who("carla"), worry, [api.Upload("chat.png", PNG)])
    page = pages("owen").get(f"/concerns/{told.reference}/")
    assert "About a colleague or a volunteer." in page.text
    for words in (
        "About: Sid",
        "When: Tuesday",
        "<b>Second</b>",
        "Carla Nunn",
        "Never shown to: Dev Malik",
    ):
        assert words in page.text
    assert Evidence.objects.get().sha256 in page.text
    assert page.heading == f"Concern {told.reference}"


@pytest.mark.parametrize("step", FORMS)
def test_each_step_asks_adds_a_row_and_leads_back(step: str) -> None:
    reference, client = report(), pages("owen")
    url = f"/concerns/{reference}/{step}/"
    assert client.get(url).heading == STEPS[step].title
    assert client.post(url, {}).errors
    client.sent_on(url, FORMS[step], to=f"/concerns/{reference}/")
    page = client.get(f"/concerns/{reference}/")
    assert FORMS[step]["text"] in page.text and STEPS[step].done in page.source.tree.text()
    assert entries()[-1]["by"] == "owen"


def test_a_step_that_is_none_is_not_there() -> None:
    pages("owen").get(f"/concerns/{report()}/nonsense/", status=404)


def test_a_clock_of_a_time_to_come_is_a_slip() -> None:
    url = f"/concerns/{report()}/clock/"
    given = {**FORMS["clock"], "known_since": "2099-01-01T10:00"}
    assert pages("owen").post(url, given).errors == ["Give a time that has passed"]


def test_two_people_close_it_and_one_of_them_opens_it_again() -> None:
    reference = report()
    url = f"/concerns/{reference}/"
    pages("owen").sent_on(url + "outcome/", FORMS["outcome"], to=url)
    assert "waits for somebody else" in pages("owen").get(url).text
    sign = {"agreed": "yes", "text": "I agree."}
    assert pages("owen").post(url + "sign-off/", sign).errors == [
        "Somebody else with access has to sign it off"
    ]
    assert "Sign it off" in pages("dev").get(url).text
    pages("dev").sent_on(url + "sign-off/", sign, to=url)
    assert reference in pages("owen").get("/concerns/", closed="yes").text
    pages("owen").sent_on(url + "reopen/", {"text": "She told more."}, to=url)
    assert Concern.objects.get().state == "open"


def test_access_is_given_and_taken_on_one_page() -> None:
    reference = about_officer("I told Dev.", about="a coach")
    url, client = f"/concerns/{reference}/access/", pages("lena")
    page = client.get(url)
    assert [n.attributes["value"] for n in page.all("[name=give-person]")] == ["dev", "owen"]
    assert client.post(url, {"do": "give", "give-person": "dev"}).errors
    given = {"do": "give", "give-person": "dev", "give-text": "He only heard of it."}
    client.sent_on(url, given, to=url)
    assert seen_by(reference) == {"lena", "dev"}
    taken = {"do": "take", "take-person": "lena", "take-text": "I am away."}
    client.sent_on(url, taken, to="/concerns/")
    assert seen_by(reference) == {"dev"}
    taken["take-person"] = "dev"
    left = pages("dev").post(url, taken)
    assert left.errors == ["Give somebody else access first: nobody would be left"]


def test_low_level_concerns_about_one_adult_are_counted_on_the_page() -> None:
    first, second = report(), report()
    client = pages("owen")
    for reference in (first, second):
        url = f"/concerns/{reference}/adult/"
        assert "Nobody who works or volunteers here" in client.get(url, name="zzz").text
        found = client.get(url, name="carla")
        assert [n.attributes["value"] for n in found.all("[name=person]")] == ["carla"]
        said = {"person": "carla", "low_level": "on", "text": "Too many private jokes."}
        assert client.post(f"{url}?name=carla", {}).errors
        client.sent_on(f"{url}?name=carla", said, to=f"/concerns/{reference}/")
    page = client.get(f"/concerns/{second}/")
    assert "2 low-level concerns about Carla Nunn in the last 12 months" in page.text
    assert "Tell the LADO" in page.text


def test_an_adult_that_one_lives_with_is_marked_by_somebody_else() -> None:
    url = f"/concerns/{report()}/adult/?name=owen"
    page = pages("owen").post(url, {"person": "owen", "text": "It was me."})
    assert page.errors == ["It concerns you: ask somebody else with access to do this"]


def test_a_file_is_added_and_saved_and_never_shown_by_the_browser() -> None:
    reference, client = report(), signed_in("owen")
    url = f"/concerns/{reference}/evidence/"
    assert PageClient(client).post(url, {"text": "x"}).errors == ["Choose a file"]
    refused = PageClient(client).post(url, {"file": png("page.html")})
    assert refused.errors == ["It is not a kind of file that we can keep"]
    assert client.post(url, {"file": png("chät one.png"), "text": "From her"}).status_code == 302
    PageClient(client).get(f"{url}2/")
    PageClient(client).get(f"{url}1/", status=404)
    PageClient(client).post(f"{url}9/", status=404)
    answer = client.post(f"{url}2/")
    assert answer.content == PNG
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ch_t one.png"'
    assert entries()[-1]["body"] == {"what": "evidence_read", "number": 2}
