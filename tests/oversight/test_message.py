"""A message at the desk: opened with a reason, on the record, and harmless."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from alongside.oversight import letter as letters
from alongside.records import api as records
from tests.world import CARLA, CHLOE, FRANK, OWEN

from .desk import Line, actor, at_the_desk, status

WHY = {"reason": "To decide about the hold"}
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\xff\x00\xfe\x01" * 5118


def reads(reference: str) -> list[str]:
    return [e.by for e in records.find(actor("lena"), reference=reference, kind="read")]


def hostile() -> bytes:
    message = EmailMessage()
    message["From"] = f'"Carla <b>Nunn</b>" <{CARLA}>'
    message["To"] = f"{CHLOE}, {FRANK}"
    message["Subject"] = "<script>alert(1)</script> Saturday"
    message["Message-ID"] = "<1@charity.example>"
    message.set_content("Hello <img src=x onerror=alert(1)>\nSee you at ten.\n")
    message.add_alternative(
        "<p>Hello <script>alert(2)</script><a href='javascript:alert(3)'>see you at ten</a></p>",
        subtype="html",
    )
    message.add_attachment(PICTURE, maintype="image", subtype="png", filename="team <1>.png")
    return message.as_bytes().replace(b"\n", b"\r\n")


def test_it_is_opened_with_a_reason_and_each_reading_is_on_the_record(line: Line):
    reference = line.held()
    desk = at_the_desk("owen")
    url = f"/desk/messages/{reference}/"
    asked = desk.get(url)
    assert asked.heading == f"Read message {reference}"
    assert asked.one("#id_reason").attributes["value"] == "To decide about the hold"
    assert "See you on Saturday" not in asked.text
    assert desk.post(url, {"reason": " "}).errors == ["Say why you need to read it"]
    assert reads(reference) == [], "nobody has read it yet"
    page = desk.post(url, WHY)
    assert "See you on Saturday at ten." in page.text
    assert "Saturday" in page.words(".web-letter__subject")
    assert f"From {CARLA} to {CHLOE}, {FRANK}" in page.text
    assert "Release it" in page.links()
    assert page.response.headers["Cache-Control"] == "no-store, private"
    desk.post(url, WHY)
    assert reads(reference) == ["owen", "owen"]
    hold = desk.get(f"/desk/holds/{reference}/")
    assert hold.words(".web-timeline__title").count("The message was read") == 2


def test_nothing_in_it_works(line: Line):
    reference = line.held(raw=hostile())
    page = at_the_desk("owen").post(f"/desk/messages/{reference}/", WHY)
    assert page.all("main script, main img, main a[href^='javascript']") == []
    assert "Hello <img src=x onerror=alert(1)>" in page.text, "it stands there as text"
    assert page.words(".web-letter__subject") == ["<script>alert(1)</script> Saturday"]
    assert "team <1>.png, 20.0 KB" in page.text
    assert "“team <1>.png” is a picture." in page.text


@pytest.mark.parametrize("person", ["carla", "ada", "tess"])
def test_nobody_else_reads_it(line: Line, person):
    reference = line.held()
    assert status(person, f"/desk/messages/{reference}/") == 403
    assert status(person, f"/desk/messages/{reference}/", WHY) == 403
    with pytest.raises(records.NotAllowed):
        letters.letter(actor(person), reference, "to see")
    assert reads(reference) == []


def test_what_is_out_of_reach_looks_like_what_is_not_there(line: Line):
    reference = line.held()
    for url in (f"/desk/messages/{reference}/", "/desk/messages/AAAA-AAAA/"):
        assert status("hal", url) == 404
        assert status("hal", url, WHY) == 404
    assert reads(reference) == []


@pytest.mark.law("nobody_reviews_themselves")
def test_what_concerns_oneself_looks_like_what_is_not_there(line: Line):
    reference = line._sent(OWEN, CHLOE, FRANK)
    assert status("owen", f"/desk/messages/{reference}/", WHY) == 404
    assert reads(reference) == []


def test_what_was_erased_says_so(line: Line):
    reference = line.held()
    records.refuse_hold(actor("lena"), reference, "no")
    records.erase_person(actor("lena"), "chloe", "she asked for it")
    page = at_the_desk("owen").post(f"/desk/messages/{reference}/", WHY)
    assert "The message is no longer kept" in page.text


def test_what_was_seen_in_it_stands_above_it(line: Line):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = CARLA, f"{CHLOE}, {FRANK}", "Saturday"
    message["Message-ID"] = "<3@charity.example>"
    message.set_content("Don't tell your mum about this, it is our secret.")
    reference = line.held(raw=message.as_bytes().replace(b"\n", b"\r\n"))
    page = at_the_desk("owen").post(f"/desk/messages/{reference}/", WHY)
    notices = page.words(".web-notice li")
    assert notices, page.text
    assert all("It asks to keep something secret" in n and "secret" in n for n in notices)


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff\xfe\x00", b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n", b"\r\n"],
)
def test_any_octets_are_shown_somehow(raw):
    opened = letters._opened("A7K3-9QXM", raw, ())
    assert opened.reference == "A7K3-9QXM"
    assert letters.files(raw) == ()


def test_another_version_of_the_text_is_shown_as_such():
    message = EmailMessage()
    message["From"], message["Subject"] = CARLA, "Saturday"
    message.set_content("Training is at ten.")
    message.add_alternative("<p>Come to my house instead.</p>", subtype="html")
    passages = letters._opened("A7K3-9QXM", message.as_bytes(), ()).passages
    assert "Training is at ten." in " ".join(p.text for p in passages)
    assert "Come to my house instead." in " ".join(p.text for p in passages)


def test_what_a_mail_program_hides_is_shown_and_says_so():
    raw = b"From: x@club.example\r\nComments: meet me alone\r\n\r\nTraining is at ten.\r\n"
    passages = letters._opened("A7K3-9QXM", raw, ()).passages
    assert [(p.kind, p.text) for p in passages] == [
        ("hidden", "meet me alone"),
        ("", "Training is at ten."),
    ]


def test_files_are_named_and_measured():
    assert letters.files(hostile()) == (letters.File(name="team <1>.png", octets=len(PICTURE)),)
