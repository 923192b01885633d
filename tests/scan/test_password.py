"""N1: passwords, PINs and codes, given or asked for; and talk of them that is harmless."""

from __future__ import annotations

import pytest

from alongside.scan.sighting import Confidence, Type
from tests.scan.scanning import found, how_sure, look

GIVEN = (
    ("the password is Tiger22", "password"),
    ("pin 4821", "pin"),
    ("pin 0 9 1 8 for the phone if i drop it", "pin"),
    ("wifi at mine is bevsplace pw lemon-drizzle-8", "password"),
    ("the alarm PIN is 4471 then press the tick", "pin"),
    ("user: pamw pass: Sharks2026", "password"),
    ("log on as guest, p/w: t3rryRules", "password"),
    ("my own zoom password's hedgehog7, don't share it about", "password"),
    ("the secret code word 4 my acc is purpl3cat", "code"),
    ("my phone's in the bag, unlock is 1379", "code"),
    ("The key to mine is in the safe by the door. The code for it is 7162.", "code"),
    ("PIN for the locker: eight, eight, one, four.", "pin"),
    ("the password is hedgehog", "password"),
    ("passwords chelsea4eva", "password"),
)


@pytest.mark.parametrize(("text", "word"), GIVEN)
def test_what_is_given_is_seen_and_the_secret_is_not_repeated(text, word):
    seen = [s for s in look(text) if s.type is Type.PASSWORD and s.confidence >= Confidence.LIKELY]
    assert [s.understood for s in seen] == [word]


ASKED = (
    "whats ur insta password",
    "What's your password for the school portal?",
    "send me your pin",
    "tell me ur pin n ill top up ur card",
    "gimme ur snap pass il do ur streaks",
    "Send me your tablet passcode",
    "Let me have your log-in and password and I'll book",
    "All I need is the password that you use for your e-mail.",
    "Can u txt me ellies ipad pin she cant remember",
    "Please reply with the password for his profile.",
    "swap passwords?",
    "log in as me to book",
    "what word do you type to get in your tablet?",
    "u still got same pass word? send it here",
    "whats the pin on ur ipad?",
)


@pytest.mark.parametrize("text", ASKED)
def test_what_is_asked_for_is_seen(text):
    assert found(text, Type.PASSWORD)


HARMLESS = (
    'To set a new password, press "I forgot" on the sign-in page, and a link comes to your e-mail.',
    "reset your password on the site, theres a link under the box",
    "Don't share your password with anybody, not with your best friend, not with your coach.",
    "We will never ask for your password or PIN by e-mail, text or telephone.",
    "u earned ur bronze pin!! il give it u at presentation",
    "Ten pin bowling is at 3, Derek knocked all ten pins down",
    "Hope the pin in ur leg came out ok",
    "wifi password is on the board by the cafe",
    "Committee link's in the calendar. Passcode for all: larch9.",
    "Cafe wifi for waiting parents: pooltiles22. Enjoy the tea.",
    "At each gate you'll be asked for the password, and it's the name of the animal",
    "Order online, code JUNIORS10 gives you a tenth off",
    "The code of conduct is on page 14",
    "I've got a new phone. Number is 07700 900 160",
    "the first pass was 22 metres",
    "sign in at the desk from 9.30",
    "no need to log in: https://photos.example/share/AF2MadeUp",
    "il send u the pin drop for the carpark",
    "Your password must be at least 8 characters",
)


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_talk_of_passwords_is_nothing(text):
    assert found(text, Type.PASSWORD) == []


def test_a_code_that_a_group_shares_is_likely_and_a_meetings_only_possible():
    assert how_sure("the door code is 4821", Type.PASSWORD) == [Confidence.LIKELY]
    assert how_sure("Zoom meeting, passcode: 447192", Type.PASSWORD) == [Confidence.POSSIBLE]
    assert how_sure(
        "We meet on https://charity.example/quiz with two coaches. The passcode is 4410",
        Type.PASSWORD,
    ) == [Confidence.POSSIBLE]
    assert how_sure("my door code is 4821", Type.PASSWORD) == [Confidence.CERTAIN]


def test_no_secret_is_ever_understood():
    for text, _ in GIVEN:
        for sighting in look(text):
            if sighting.type is Type.PASSWORD:
                assert sighting.understood in {"password", "passcode", "pin", "login", "code"}
