"""N1: private mail addresses, spelt out and pulled apart too; and addresses that are nobody's."""

from __future__ import annotations

import pytest

from alongside.scan.sighting import Confidence, Type
from tests.scan.scanning import CLUB, found, how_sure, look

SAM = "sam.coach@freemail.example"
WAYS = (
    "sam.coach@freemail.example",
    "SAM.Coach@FREEMAIL.example",
    "sam.coach ＠ freemail.example",
    "sam.coach＠freemail．example",
    "sam.coach @ freemail.example",
    "(sam.coach @ freemail . example)",
    "sam.coach(at)freemail(dot)example",
    "sam.coach [at] freemail [dot] example",
    "sam.coach{at}freemail.example",
    "sam.coach AT freemail DOT example",
    "sam.coach at freemail dot example",
    "sam dot coach at freemail dot example",
    "sam.coach—at—freemail—dot—example",
    "sam\u200b.coach\u200b@freemail.\u200bexample",
    "sam.coach@freemail·example",
    "s a m . c o a c h @ f r e e m a i l . e x a m p l e",
    "mailto:sam.coach@freemail.example",
    "<sam.coach@freemail.example>",
    'sam.coach "at" freemail "dot" example',
    "sam.coach at freemail",
    "freemail: sam.coach",
    "my freemail is sam.coach",
    "sam.coach on freemail",
)


@pytest.mark.parametrize("text", WAYS)
def test_an_address_at_a_private_provider_is_understood_however_it_is_written(text):
    assert set(found(text, Type.EMAIL_ADDRESS, least=Confidence.LIKELY)) == {SAM}
    assert SAM in found(f"Hi Rhys, email me: {text}, thanks", Type.EMAIL_ADDRESS)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("write to gwen underscore t at inbox dot example", "gwen_t@inbox.example"),
        ("send it to kev dot ashby at gmail", "kev.ashby@gmail.com"),
        ("kaicoach99 at gee mail dot com", "kaicoach99@gmail.com"),
        ("me at home: pam@thebrambles.example", "pam@thebrambles.example"),
        ("p.fenn+club@homebox.test", "p.fenn+club@homebox.test"),
        ("its my name then @freemail.example", "@freemail.example"),
    ],
)
def test_other_ways_to_say_an_address(text, understood):
    assert understood in found(text, Type.EMAIL_ADDRESS)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("jean@thebrambles.example", Confidence.LIKELY),
        ("email me at jean@thebrambles.example", Confidence.CERTAIN),
        ("bookings@venue.example", Confidence.POSSIBLE),
        ("jo.smith@northmere-council.example", Confidence.POSSIBLE),
        ("jo.smith@northmere.nhs.example", Confidence.POSSIBLE),
        ("info@freemail.example", Confidence.CERTAIN),
    ],
)
def test_how_sure_it_is_depends_on_the_address_and_what_is_said(text, sure):
    assert how_sure(text, Type.EMAIL_ADDRESS) == [sure]


@pytest.mark.parametrize(
    "text",
    [
        "office@activetogether.example",
        "gwen@club.activetogether.example",
        "the club's mailbox, club.mailbox@freemail.example",
        "we write to Imran.Dad@postbox.example as you asked",
    ],
)
def test_the_organisations_and_the_recipients_addresses_pass(text):
    assert look(text, CLUB) == ()


def test_an_address_that_only_begins_like_ours_does_not_pass():
    assert found("sam@activetogether.example.evil.test", Type.EMAIL_ADDRESS, CLUB)
    assert found("sam@notactivetogether.example", Type.EMAIL_ADDRESS, CLUB)


NO_ADDRESSES = (
    "training @ 6pm at the pool",
    "tmrw 6 @ trk, spikes + bib 407",
    "we are at Harbrook. Example: bring water",
    "meet at activetogether dot the usual place",
    "look at the gmail page if your gmail is full",
    "gmail: playing up again",
    "3 x 8 @ 30, 5 x 3 @ 42.5",
    "my gmail is broken",
    "she is at yahoo now",
    "@everyone please read",
    "cid:image001.png@01d9.test",
    "we looked at bbc.example for the news",
)


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_other_uses_of_at_are_no_addresses(text):
    assert found(text, Type.EMAIL_ADDRESS) == []


def test_the_writers_own_address_is_certain():
    for text in ("sam.poole@freemail.example", "sam dot poole at freemail dot example"):
        assert any(s.own and s.confidence is Confidence.CERTAIN for s in look(text, CLUB))
