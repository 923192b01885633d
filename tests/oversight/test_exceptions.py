"""Exceptions at the desk: in words, by kind, and closed with what was done."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import alongside
from alongside.access.actor import System
from alongside.access.waiting import Urgency
from alongside.enforcement.values import Entry, Incident
from alongside.oversight import api
from alongside.oversight.exceptions import KINDS, kind_of
from alongside.records import api as records

from .desk import Line, actor, at_the_desk, status

NOW = datetime.now(UTC)


def happened(kind: str = "copy_bounced", *, about: tuple[str, ...] = ("carla",), **detail) -> int:
    """An exception of the club's, as the gateway records it; its number."""
    entry = Entry(kind="bounced", at=NOW, reference="A7K3-9QXM", organisation="club")
    made = Incident(
        kind=kind, reference="A7K3-9QXM", at=NOW, organisation="club", persons=about, detail=detail
    )
    records.append(System("gateway"), entry, incidents=[made])
    return max(i.id for i in records.incidents(System("test"), limit=1_000))


def test_every_kind_that_the_house_makes_has_words():
    source = Path(alongside.__file__).parent
    made: set[str] = set()
    for path in (
        *source.rglob("enforcement/*.py"),
        *source.rglob("mail/*.py"),
        source / "site" / "serving.py",
    ):
        text = path.read_text()
        made |= set(re.findall(r"Incident\(\s*kind=\"(\w+)\"", text))
        made |= set(re.findall(r"\bincident\(\"(\w+)\"", text))
    for path in (source / "policy").rglob("*.py"):
        made |= set(re.findall(r"Review\([\w.]+, \"(\w+)\"\)", path.read_text()))
    assert {"copy_bounced", "in_doubt", "secrecy", "emergency"} <= made
    assert made - set(KINDS) == set()
    assert kind_of("moon_fell").title == "Moon fell", "a new one still says what it is called"


def test_there_are_none(database):
    page = at_the_desk("owen").get("/desk/exceptions/")
    assert "There are no exceptions" in page.text
    assert list(api.waiting(actor("owen"))) == []


def test_one_is_told_in_words(database):
    number = happened(person="lena", serves=["chloe"], next=True)
    desk = at_the_desk("owen")
    assert (
        desk.get("/desk/exceptions/").links()["A copy came back"] == f"/desk/exceptions/{number}/"
    )
    page = desk.get(f"/desk/exceptions/{number}/")
    assert page.heading == "A copy came back"
    facts = dict(zip(page.words(".web-facts th"), page.words(".web-facts td"), strict=True))
    assert facts["About"] == "Carla Nunn"
    assert facts["Who should have had the copy"] == "Lena Voss"
    assert facts["Whom the message was for"] == "Chloe Hart"
    assert facts["Somebody else gets the copy"] == "Yes"


def test_the_desk_counts_them_by_kind_the_urgent_first(database):
    happened()
    happened()
    happened("not_copied")
    page = at_the_desk("owen").get("/desk/")
    assert page.words(".web-card__text") == ["1 Sent without its copy Today", "2 A copy came back"]
    links = page.links()
    assert links["Look at them: A copy came back"] == "/desk/exceptions/?kind=copy_bounced"
    only = at_the_desk("owen").get("/desk/exceptions/", kind="copy_bounced")
    assert only.heading == "A copy came back"
    assert len(only.all("tbody tr")) == 2
    assert only.links()["See all exceptions"] == "/desk/exceptions/"
    (line,) = api.waiting(actor("owen"))
    assert (line.urgency, line.count) == (Urgency.TODAY, 3)


def test_it_is_closed_with_what_was_done(database):
    number = happened()
    desk = at_the_desk("owen")
    url = f"/desk/exceptions/{number}/"
    assert desk.post(url, {"reason": ""}).errors == ["Say what you did about it"]
    desk.sent_on(url, {"reason": "she has a new address"}, to="/desk/exceptions/")
    assert desk.get("/desk/exceptions/").banners == ["Closed: a copy came back."]
    assert api.exceptions(actor("owen")) == []
    (entry,) = records.find(actor("lena"), kind="closed")
    assert entry.by == "owen"
    closed = desk.get(url)
    assert closed.heading == "A copy came back Closed"
    assert closed.all("main form") == []
    desk.sent_on(url, {"reason": "again"}, to="/desk/exceptions/")
    assert len(records.find(actor("lena"), kind="closed")) == 1


@pytest.mark.law("nobody_reviews_themselves")
def test_one_that_concerns_an_officer_does_not_exist_for_them(database):
    number = happened(about=("owen",))
    assert api.exceptions(actor("owen")) == []
    assert status("owen", f"/desk/exceptions/{number}/") == 404
    assert status("owen", f"/desk/exceptions/{number}/", {"reason": "mine"}) == 404
    with pytest.raises(api.NotFound):
        api.close(actor("owen"), number, "mine")
    assert len(api.exceptions(actor("lena"))) == 1


def test_who_may_not(database):
    number = happened()
    for person in ("carla", "ada", "tess"):
        assert status(person, "/desk/exceptions/") == 403
        assert status(person, f"/desk/exceptions/{number}/", {"reason": "mine"}) == 403
        with pytest.raises(api.NotAllowed):
            api.close(actor(person), number, "mine")
    assert status("hal", f"/desk/exceptions/{number}/") == 404
    assert status("hal", f"/desk/exceptions/{number}/", {"reason": "mine"}) == 404
    assert status("hal", "/desk/exceptions/999999/") == 404
    assert len(api.exceptions(actor("owen"))) == 1


def test_what_is_known_of_it_is_told_and_what_is_not(database):
    number = happened("secrecy", within_hours=24)
    page = at_the_desk("owen").get(f"/desk/exceptions/{number}/")
    facts = dict(zip(page.words(".web-facts th"), page.words(".web-facts td"), strict=True))
    assert facts["To be looked at within"] == "24 hours"
    assert "Talk to the person it was for" in page.text
    number = happened(about=(), known=False, leg="x1")
    page = at_the_desk("owen").get(f"/desk/exceptions/{number}/")
    assert "Not known: its record was lost" in page.text
    assert "Nobody we know" in page.text


def test_it_leads_to_its_message_and_the_message_back_to_the_desk(line: Line):
    line.ordinary()
    reference = records.find(actor("lena"), kind="decided")[0].reference
    made = Incident(kind="secrecy", reference=reference, at=NOW, organisation="club")
    entry = Entry(kind="exception", at=NOW, reference=reference, organisation="club")
    records.append(System("gateway"), entry, incidents=[made])
    (found,) = api.exceptions(actor("lena"))
    desk = at_the_desk("lena")
    page = desk.get(f"/desk/exceptions/{found.number}/")
    assert page.links()["Read the message"] == f"/desk/messages/{reference}/"
    opened = desk.get(f"/desk/messages/{reference}/")
    assert opened.links()["The desk"] == "/desk/"
    read = desk.post(f"/desk/messages/{reference}/", {"reason": "somebody worried"})
    assert "See you on Saturday at ten." in read.text
    assert "Release it" not in read.links()


def test_one_about_a_hold_leads_to_the_hold(line: Line):
    reference = line.held()
    made = Incident(kind="judged_otherwise", reference=reference, at=NOW, organisation="club")
    entry = Entry(kind="exception", at=NOW, reference=reference, organisation="club")
    records.append(System("gateway"), entry, incidents=[made])
    (found,) = api.exceptions(actor("lena"))
    page = at_the_desk("lena").get(f"/desk/exceptions/{found.number}/")
    assert page.links()["Open the held message"] == f"/desk/holds/{reference}/"
