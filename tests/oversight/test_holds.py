"""Holds at the desk: who sees what, and what an officer's word does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from alongside.access.actor import System
from alongside.access.waiting import Urgency
from alongside.enforcement.values import Bundle, Entry, Hold
from alongside.oversight import api, wording
from alongside.records import api as records
from alongside.records.desk import write
from tests.world import CARLA, CHLOE, FRANK, OWEN

from .desk import Line, actor, at_the_desk, status

NOW = datetime.now(UTC)


def entries(reference: str, kind: str) -> list[records.EntryView]:
    return records.find(actor("lena"), reference=reference, kind=kind)


def test_the_desk_is_empty_and_says_what_will_stand_there(database):
    page = at_the_desk("owen").get("/desk/")
    assert page.heading == "The desk"
    assert "Nothing waits for you" in page.text
    assert "Nothing is held" in at_the_desk("owen").get("/desk/holds/").text
    assert "Nothing was decided yet" in at_the_desk("owen").get("/desk/holds/decided/").text


@pytest.mark.parametrize("person", ["carla", "ada", "tess"])
def test_the_desk_is_for_the_safeguarding_team(line: Line, person):
    reference = line.held()
    for url in ("/desk/", "/desk/holds/", "/desk/holds/decided/", f"/desk/holds/{reference}/"):
        assert status(person, url) == 403
    for deed in ("claim", "release", "refuse", "hand-over"):
        assert status(person, f"/desk/holds/{reference}/{deed}/", {"reason": "why not"}) == 403
    assert records.holds(actor("lena"), reference=reference)[0].state == "held"


def test_an_officer_of_another_club_finds_nothing(line: Line):
    reference = line.held()
    assert "Nothing is held" in at_the_desk("hal").get("/desk/holds/").text
    for deed in ("", "claim/", "release/", "refuse/", "hand-over/"):
        assert status("hal", f"/desk/holds/{reference}/{deed}", {"reason": "mine"}) == 404
    assert records.holds(actor("lena"), reference=reference)[0].state == "held"


def test_a_hold_says_who_wrote_to_whom_and_why(line: Line):
    reference = line.held()
    desk = at_the_desk("owen")
    overview = desk.get("/desk/")
    words = "Decide: From Carla Nunn, about Chloe Hart, Frank Hart"
    assert overview.links()[words] == f"/desk/holds/{reference}/"
    assert f"{reference}. Decide within 2 days. Nobody has taken it on yet." in overview.text
    page = desk.get(f"/desk/holds/{reference}/")
    assert "Two people are in this message who must not be in touch." in page.text
    assert "Clause T1: keeping people safe" in page.text
    facts = dict(zip(page.words(".web-facts th"), page.words(".web-facts td"), strict=True))
    assert facts["From"] == "Carla Nunn"
    assert facts["Written to"] == "Chloe Hart"
    assert facts["Written to as a parent, carer or other supporter"] == "Frank Hart"
    assert facts["Who has it"] == "Nobody yet"
    assert "Keep the reason to the team" in page.text
    assert "See you on Saturday" not in page.text, "the message is opened with a reason only"


@pytest.mark.law("nobody_reviews_themselves")
def test_a_hold_that_concerns_an_officer_does_not_exist_for_them(line: Line):
    reference = line._sent(OWEN, CHLOE, FRANK)
    assert [h.reference for h in api.open_holds(actor("lena"), NOW)] == [reference]
    assert api.open_holds(actor("owen"), NOW) == []
    assert list(api.waiting(actor("owen"))) == []
    for url in ("holds/{}/", "holds/{}/claim/", "holds/{}/release/", "holds/{}/refuse/"):
        assert status("owen", "/desk/" + url.format(reference), {"reason": "mine"}) == 404
    assert status("owen", f"/desk/messages/{reference}/", {"reason": "mine"}) == 404
    assert status("owen", f"/desk/messages/{reference}/") == 404
    assert reference not in at_the_desk("owen").get("/desk/").text
    assert api.others(actor("lena"), reference) == [("dev", "Dev Malik")], "and is offered to none"
    with pytest.raises(api.NotAllowed):
        api.hand_over(actor("lena"), reference, "owen", "he knows her")


def test_released_it_goes_out_and_is_on_the_record(line: Line):
    reference = line.held()
    desk = at_the_desk("owen")
    asked = desk.get(f"/desk/holds/{reference}/release/")
    assert asked.heading == f"Release {reference}"
    missing = desk.post(f"/desk/holds/{reference}/release/", {"reason": " "})
    assert missing.errors == ["Say why"]
    sent = {"reason": "her mother agreed"}
    desk.sent_on(f"/desk/holds/{reference}/release/", sent, to=f"/desk/holds/{reference}/")
    page = desk.get(f"/desk/holds/{reference}/")
    assert page.banners == [f"{reference} is released. It is checked again, copied, and sent."]
    assert page.heading == f"Held message {reference} Released"
    assert page.words(".web-timeline__title") == ["Held", "A letter about it was sent", "Released"]
    assert [e.by for e in entries(reference, "released")] == ["owen"]
    arrived = line.carried(3)
    assert (CHLOE,) in [a.to for a in arrived]
    assert not [a for a in arrived if FRANK in a.to]
    listed = at_the_desk("lena").get("/desk/holds/decided/")
    assert listed.links()[reference] == f"/desk/holds/{reference}/"
    assert "Owen Pike" in listed.text


@pytest.mark.pitfall(23)
def test_refused_its_writer_is_told_and_not_why(line: Line, told):
    reference = line.held()
    desk = at_the_desk("owen")
    sent = {"reason": "they are not to meet"}
    desk.sent_on(f"/desk/holds/{reference}/refuse/", sent, to=f"/desk/holds/{reference}/")
    assert "Refused" in desk.get(f"/desk/holds/{reference}/").heading
    arrived = line.carried(1)
    assert [a.to for a in arrived] == [(CARLA,)]
    assert b"will not be sent" in arrived[0].content
    assert b"meet" not in arrived[0].content


def test_nothing_is_refused_where_nobody_said_how_its_writer_is_told(line: Line, monkeypatch):
    monkeypatch.setattr("alongside.oversight.notice._make", [])
    reference = line.held()
    with pytest.raises(RuntimeError):
        api.refuse(actor("owen"), reference, "no")
    assert records.holds(actor("owen"), reference=reference)[0].state == "held"


def test_an_officer_takes_a_hold_on_and_the_others_see_it(line: Line):
    reference = line.held()
    desk = at_the_desk("owen")
    assert "I’ll deal with it" in desk.get(f"/desk/holds/{reference}/").buttons()
    desk.sent_on(f"/desk/holds/{reference}/claim/", to=f"/desk/holds/{reference}/")
    mine = desk.get(f"/desk/holds/{reference}/")
    assert "This hold is with you" in mine.text
    assert "I’ll deal with it" not in mine.buttons()
    assert "Owen Pike" in at_the_desk("lena").get("/desk/holds/").text
    theirs = at_the_desk("lena").get(f"/desk/holds/{reference}/")
    assert "Owen Pike was asked to decide. You can take it over." in theirs.text
    assert [e.by for e in entries(reference, "handed_over")] == ["owen"]


def test_looking_at_the_address_of_a_button_takes_nothing_on(line: Line):
    reference = line.held()
    assert status("owen", f"/desk/holds/{reference}/claim/") == 302
    assert entries(reference, "handed_over") == []


def test_it_is_handed_to_somebody_who_may_decide_and_to_nobody_else(line: Line):
    reference = line.held()
    assert api.others(actor("owen"), reference) == [("dev", "Dev Malik"), ("lena", "Lena Voss")]
    desk = at_the_desk("owen")
    url = f"/desk/holds/{reference}/hand-over/"
    wrong = desk.post(url, {"to_person": "carla", "reason": "ask her"})
    assert len(wrong.errors) == 1
    assert desk.post(url, {}).errors == ["Choose who is to decide", "Say why"]
    desk.sent_on(
        url, {"to_person": "lena", "reason": "she knows them"}, to=f"/desk/holds/{reference}/"
    )
    assert "now waits for Lena Voss" in desk.get(f"/desk/holds/{reference}/").banners[0]
    assert api.hold(actor("lena"), reference, NOW).held.with_person == "lena"
    for nobody in ("carla", "hal", "ada", "nobody"):
        with pytest.raises(api.NotAllowed):
            api.hand_over(actor("owen"), reference, nobody, "ask them")
    assert len(entries(reference, "handed_over")) == 1, "what was not allowed left no trace"


def test_who_comes_second_is_told_so(line: Line):
    reference = line.held()
    api.release(actor("lena"), reference, "all is well")
    desk = at_the_desk("owen")
    for deed in ("release", "refuse", "hand-over", "claim"):
        url = f"/desk/holds/{reference}/{deed}/"
        desk.sent_on(url, {"reason": "x"}, to=f"/desk/holds/{reference}/")
    banners = desk.get(f"/desk/holds/{reference}/").banners
    assert banners == ["Somebody else decided about this a moment ago."] * 4
    with pytest.raises(api.Decided):
        api.release(actor("owen"), reference, "mine")


def test_what_escalates_soon_is_urgent_and_what_waited_too_long_stands_first(line: Line):
    late, later = line.held(), line.held(subject="Sunday", message_id="<2@charity.example>")
    lena = actor("lena")
    due = next(h.due for h in api.open_holds(lena, NOW) if h.reference == late)
    assert due is not None
    assert [h.urgent for h in api.open_holds(lena, NOW)] == [False, False]
    assert [w.urgency for w in api.waiting(lena, NOW)] == [Urgency.TODAY]
    (near,) = api.waiting(lena, due - timedelta(minutes=59))
    assert (near.urgency, near.count, near.what) == (Urgency.NOW, 2, "messages are held")
    second = next(h.due for h in api.open_holds(lena, NOW) if h.reference == later)
    assert second is not None
    assert records.overdue_holds(System("gateway"), second - timedelta(microseconds=1)) == [late]
    spans = timedelta(minutes=-1), timedelta(seconds=9), timedelta(minutes=59)
    assert [wording._time_left(span) for span in spans] == [
        *("Its time is up.", "Decide within a minute.", "Decide within 59 minutes.")
    ]
    first, other = api.open_holds(lena, NOW)
    assert (first.reference, first.escalated, first.urgent) == (late, True, True)
    assert (other.reference, other.escalated) == (later, False)
    assert "Waited too long" in at_the_desk("lena").get("/desk/").text
    assert [e.code for e in api.exceptions(lena)] == ["hold_overdue"]
    api.release(lena, late, "all is well")
    assert api.exceptions(lena) == [], "the decision saw to it"


def test_whoever_may_not_decide_has_no_way_through_the_door(line: Line, told):
    reference = line.held()
    for person in ("carla", "ada", "tess"):
        for act in (api.release, api.refuse, api.claim):
            with pytest.raises(api.NotAllowed):
                act(actor(person), reference, "why not")
        with pytest.raises(api.NotAllowed):
            api.hand_over(actor(person), reference, "lena", "why not")
        for look in (api.open_holds, api.emergencies):
            with pytest.raises(api.NotAllowed):
                look(actor(person), NOW)
        assert list(api.waiting(actor(person))) == []
    assert records.holds(actor("owen"), reference=reference)[0].state == "held"


def sealed() -> str:
    """A hold that only Lena may open: she is the one to whom it was written."""
    entry = Entry(
        kind="decided",
        at=NOW,
        reference="S3AL-3D22",
        body={"verdict": "hold", "class": "sealed"},
        persons=(("carla", "writer"), ("lena", "recipient")),
        verdict="hold",
        organisation="club",
        sealed=True,
    )
    held = Hold(
        reference=entry.reference,
        at=NOW,
        expires=NOW + timedelta(days=3),
        organisation="club",
        writers=("carla",),
        persons=("carla",),
    )
    write(System("gateway"), Bundle(entry=entry, hold=held))
    return entry.reference


def test_what_is_for_named_people_shows_others_that_it_is_there_and_nothing_else(database):
    reference = sealed()
    desk = at_the_desk("owen")
    overview = desk.get("/desk/holds/")
    assert overview.words(".web-card__text") == [reference]
    assert "Others of the team decide this one." in overview.text
    assert "Carla" not in overview.text
    page = desk.get(f"/desk/holds/{reference}/")
    assert "Others of the safeguarding team decide about it" in page.text
    assert "Carla" not in page.text
    assert page.words(".web-facts th") == ["Reference", "Held since"]
    assert page.all("main form") == []
    for deed in ("claim", "release", "refuse", "hand-over"):
        assert status("owen", f"/desk/holds/{reference}/{deed}/", {"reason": "mine"}) == 404
    assert status("owen", f"/desk/messages/{reference}/", {"reason": "mine"}) == 404
    assert list(api.waiting(actor("owen"))) == [], "it does not wait for him"
    assert [h.writers for h in api.open_holds(actor("lena"), NOW)] == [("Carla Nunn",)]
    theirs = at_the_desk("lena").get(f"/desk/holds/{reference}/hand-over/")
    assert "There is nobody else" in theirs.text


def test_what_became_of_a_released_message_stands_on_its_page(line: Line):
    reference = line.held()
    api.release(actor("owen"), reference, "all is well")
    line.carried(3)
    whole = api.hold(actor("owen"), reference, NOW)
    assert whole.held.state == "released"
    page = at_the_desk("owen").get(f"/desk/holds/{reference}/")
    assert page.words(".web-timeline__title")[-2:] == ["Delivered", "A letter about it was sent"]
    assert "Owen Pike" in dict(
        zip(page.words(".web-facts th"), page.words(".web-facts td"), strict=True)
    ).get("Gets the copy", "")


def test_a_long_list_comes_in_pages(line: Line, monkeypatch):
    line.held()
    one = api.open_holds(actor("owen"), NOW) * 60
    monkeypatch.setattr(api, "open_holds", lambda actor, now: one)
    desk = at_the_desk("owen")
    assert desk.get("/desk/").links()["See all 60 held messages"] == "/desk/holds/"
    assert len(desk.get("/desk/holds/").all(".web-card")) == 25
    assert len(desk.get("/desk/holds/", page="3").all(".web-card")) == 10
