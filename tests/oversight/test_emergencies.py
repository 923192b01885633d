"""Emergencies, looked back at within a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from alongside.access.actor import System
from alongside.access.waiting import Urgency
from alongside.enforcement.values import Entry, Incident
from alongside.oversight import api
from alongside.records import api as records
from tests.world import CHLOE, OWEN

from .desk import URGENT, Line, actor, at_the_desk, status

NOW = datetime.now(UTC)


def reviewed(reference: str) -> list[records.EntryView]:
    return records.find(actor("lena"), kind="reviewed", reference=reference)


def test_there_are_none(line: Line):
    line.ordinary()
    assert api.emergencies(actor("owen"), NOW) == []
    page = at_the_desk("lena").get("/desk/emergencies/")
    assert "There is no emergency to look back at" in page.text


def test_one_waits_until_somebody_looked_back(line: Line):
    reference = line.urgent()
    desk = at_the_desk("lena")
    words = "Look back: From Carla Nunn, about Chloe Hart"
    assert desk.get("/desk/").links()[words] == f"/desk/emergencies/{reference}/"
    assert desk.get("/desk/emergencies/").links()[words] == f"/desk/emergencies/{reference}/"
    (line_at_home,) = api.waiting(actor("lena"))
    assert (line_at_home.urgency, line_at_home.count) == (Urgency.TODAY, 1)
    assert line_at_home.what == "emergency to look back at"
    url = f"/desk/emergencies/{reference}/"
    page = desk.get(url)
    facts = dict(zip(page.words(".web-facts th"), page.words(".web-facts td"), strict=True))
    assert (facts["From"], facts["For"]) == ("Carla Nunn", "Chloe Hart")
    assert "Owen Pike" in facts["Who got the copy"]
    assert desk.post(url, {}).errors == ["Choose yes or no"]
    why = "Say why it should have waited, and what you did"
    assert desk.post(url, {"right": "no"}).errors == [why]
    assert reviewed(reference) == []
    desk.sent_on(url, {"right": "yes", "note": "she was lost"}, to="/desk/emergencies/")
    assert desk.get("/desk/emergencies/").banners == [f"{reference} is looked back at. Thank you."]
    (entry,) = reviewed(reference)
    assert (entry.by, entry.body) == ("lena", {"what": "emergency", "right": True})
    assert entry.organisation == "club"
    assert set(entry.persons) == {("carla", "about"), ("chloe", "about")}
    assert list(api.waiting(actor("lena"))) == []
    assert records.incidents(actor("lena"), kind="emergency") == [], "its exception is closed"
    after = desk.get(url)
    assert after.heading == f"Emergency {reference} Looked back at"
    assert after.all("main form") == []


def test_one_that_should_have_waited_says_why(line: Line):
    reference = line.urgent()
    with pytest.raises(ValueError):
        api.review(actor("lena"), reference, False, " ")
    api.review(actor("lena"), reference, False, "it was about a bib; spoke to Carla")
    assert [e.body["right"] for e in reviewed(reference)] == [False]
    with pytest.raises(api.Reviewed):
        api.review(actor("dev"), reference, True, "")
    desk = at_the_desk("dev")
    desk.sent_on(f"/desk/emergencies/{reference}/", {"right": "yes"}, to="/desk/emergencies/")
    assert "a moment ago" in desk.get("/desk/emergencies/").banners[0]
    assert len(reviewed(reference)) == 1


def test_after_a_day_it_is_late(line: Line):
    reference = line.urgent()
    (now,) = api.emergencies(actor("lena"), NOW)
    assert (now.reference, now.late) == (reference, False)
    assert now.due - now.at == timedelta(days=1)
    (then,) = api.emergencies(actor("lena"), now.due + timedelta(seconds=1))
    assert then.late


def test_its_exception_leads_to_the_review(line: Line):
    reference = line.urgent()
    (incident,) = records.incidents(actor("lena"), kind="emergency")
    assert api.exceptions(actor("lena")) == [], "it stands in one list, not in two"
    desk = at_the_desk("lena")
    desk.sent_on(f"/desk/exceptions/{incident.id}/", to=f"/desk/emergencies/{reference}/")


def test_its_message_leads_back_to_the_review(line: Line):
    reference = line.urgent()
    page = at_the_desk("lena").post(f"/desk/messages/{reference}/", {"reason": "to look back"})
    assert page.links()["Look back at it"] == f"/desk/emergencies/{reference}/"


@pytest.mark.law("nobody_reviews_themselves")
def test_nobody_looks_back_at_their_own(line: Line):
    reference = line._sent(OWEN, URGENT)
    assert api.emergencies(actor("owen"), NOW) == []
    assert status("owen", f"/desk/emergencies/{reference}/") == 404
    assert status("owen", f"/desk/emergencies/{reference}/", {"right": "yes"}) == 404
    with pytest.raises(api.NotFound):
        api.review(actor("owen"), reference, True, "")
    assert [e.reference for e in api.emergencies(actor("lena"), NOW)] == [reference]


def test_who_may_not(line: Line):
    reference = line.urgent()
    for person in ("carla", "ada", "tess"):
        assert status(person, "/desk/emergencies/") == 403
        assert status(person, f"/desk/emergencies/{reference}/", {"right": "yes"}) == 403
        with pytest.raises(api.NotAllowed):
            api.review(actor(person), reference, True, "")
    assert status("hal", f"/desk/emergencies/{reference}/") == 404
    assert status("hal", f"/desk/emergencies/{reference}/", {"right": "yes"}) == 404
    assert reviewed(reference) == []


def test_an_ordinary_message_is_no_emergency(line: Line):
    held = line.held()
    assert status("lena", f"/desk/emergencies/{held}/") == 404
    assert CHLOE not in at_the_desk("lena").get("/desk/emergencies/").text


def recorded(reference: str, at: datetime, mode: str = "enforce") -> None:
    """An emergency of the club's, as the gateway records it."""
    entry = Entry(
        kind="decided",
        at=at,
        reference=reference,
        body={"class": "emergency", "mode": mode},
        persons=(("carla", "writer"), ("chloe", "service_user")),
        clauses=("S4",),
        verdict="permit",
        organisation="club",
    )
    made = Incident(kind="emergency", reference=reference, at=at, organisation="club")
    records.append(System("gateway"), entry, incidents=() if mode == "shadow" else [made])


def test_one_that_nobody_looked_at_for_weeks_still_waits_and_stands_first(database):
    recorded("NEWS-AAAA", NOW)
    recorded("9LDS-AAAA", NOW - timedelta(days=60))
    found = api.emergencies(actor("lena"), NOW)
    assert [(e.reference, e.late) for e in found] == [("9LDS-AAAA", True), ("NEWS-AAAA", False)]
    assert "Late" in at_the_desk("lena").get("/desk/emergencies/").text
    api.review(actor("lena"), "9LDS-AAAA", True, "")
    assert [e.reference for e in api.emergencies(actor("lena"), NOW)] == ["NEWS-AAAA"]


def test_what_was_only_watched_is_not_looked_back_at(database):
    recorded("SHAD-AAAA", NOW, mode="shadow")
    assert api.emergencies(actor("lena"), NOW) == []
    assert status("lena", "/desk/emergencies/SHAD-AAAA/") == 404
