"""Where a signature begins, and what must never pass for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.scan.message import read_message
from alongside.scan.quoted import Answering, stretches
from alongside.scan.sighting import Zone
from alongside.scan.signature import signature_key

WORK = "Sam Example\nClub coach | Example Sports Charity\nTel: 01632 960123\nwww.charity.example"


def signature(text: str) -> str:
    return "\n".join(
        text[s.start : s.end] for s in stretches(text, Answering()) if s.zone is Zone.SIGNATURE
    ).strip()


@pytest.mark.parametrize(
    "closing",
    [
        "Kind regards",
        "Kind regards,",
        "Best wishes",
        "Many thanks",
        "Thanks",
        "cheers,",
        "Yours sincerely",
        "With best wishes,",
        "All the best x",
        "Thanks and regards",
        "Cofion gorau",
        "*Kind regards*"[1:-1],
    ],
)
def test_short_lines_below_a_closing_are_the_signature(closing):
    assert signature(f"Training is at ten.\n\n{closing}\n\n{WORK}\n") == f"{closing}\n\n{WORK}"


@pytest.mark.parametrize("mark", ["-- ", "--", "—"])
def test_lines_below_the_delimiter_are_the_signature(mark):
    assert signature(f"Training is at ten.\n{mark}\n{WORK}") == f"{mark}\n{WORK}".strip()


@pytest.mark.parametrize(
    "device",
    [
        "Sent from my iPhone",
        "Sent from Outlook for iOS",
        "Sent via Example Mail",
        "Get Outlook for Android",
        "Sent from my Galaxy <https://mail.example/x>",
        "Anfonwyd o fy ffôn",
    ],
)
def test_the_line_of_a_device_is_a_signature(device):
    assert signature(f"Training is at ten.\n\n{device}") == device


@pytest.mark.parametrize(
    "line",
    [
        "Text me on 07700 900123",
        "My own number is 07700 900123",
        "ring me 07700 900123",
        "add coach.sam on snap",
        "I am on 07700 900123",
        "what's your number?",
        "you can have 07700 900123",
        "let's talk on 07700 900123",
        "The best way to get hold of somebody here after hours is always the number 07700 900123",
        "Training has moved to the hall on the hill today.",
        "dont tell anybody 07700 900123",
    ],
)
@pytest.mark.parametrize("above", ["Kind regards\nSam", "Thanks", "-- \nSam", "-- "])
def test_what_talks_is_the_text_whatever_stands_above_it(above, line):
    assert line not in signature(f"Hello\n\n{above}\n{line}")


def test_talk_below_a_signature_makes_all_of_it_text():
    assert signature("Hello\n-- \n07700 900123\ntext me there\n") == ""
    assert signature("Hello\nThanks\n07700 900123\ntext me there\n") == ""


def test_a_number_alone_at_the_end_is_text():
    assert signature("Hello\n\n07700 900123") == ""


def test_more_lines_than_a_signature_has_are_text():
    lines = "\n".join(f"line {n}" for n in range(14))
    assert signature(f"Hello\nThanks\n{lines}") == ""
    assert "line 13" not in signature(f"Hello\n-- \n{lines}")


def test_a_disclaimer_below_stays_outside_and_spoils_nothing():
    notice = (
        "This message and whatever is attached to it are meant for the addressee alone and may be\n"
        "confidential. If you are not the addressee please delete it and tell the sender at once."
    )
    assert signature(f"Hello\n-- \n{WORK}\n\n{notice}") == f"-- \n{WORK}".strip()


def test_the_line_of_a_charity_is_part_of_its_signature():
    lines = f"{WORK}\nRegistered charity in England and Wales 1234567. Follow us on our page"
    assert signature(f"Hello\n\nRegards\n{lines}") == f"Regards\n{lines}"


def test_a_container_of_html_is_believed_only_if_it_looks_like_a_signature():
    def read(inside: str) -> list[Zone]:
        html = f"<p>Hello</p><div class='gmail_signature'>{inside}</div>"
        content = f"Subject: x\r\nContent-Type: text/html\r\n\r\n{html}"
        return [p.zone for p in read_message(content.encode()).pieces if p.part == ""]

    assert read("Sam<br>01632 960123") == [Zone.BODY, Zone.SIGNATURE]
    assert read("text me on 07700 900123") == [Zone.BODY]


def test_the_reading_hands_out_the_signature():
    content = f"Subject: x\r\n\r\nHello\r\n\r\nThanks\r\n{WORK}".encode()
    assert read_message(content).signature == f"Thanks\n{WORK}"


SAME = (
    WORK,
    f"-- \n{WORK}\n",
    WORK.upper(),
    WORK.replace("\n", "  \r\n\n"),
    WORK.replace("\n", " "),
    f"Kind regards\n\n{WORK}",
    f"Cheers,\n{WORK}\nSent from my iPhone",
    WORK.replace(" ", "\xa0"),
    WORK.replace("Sam", "*Sam"),
    WORK.replace("Sam", "\u200bSam"),
)


@pytest.mark.parametrize("text", SAME[:8] + SAME[9:])
def test_a_signature_is_known_again_however_it_is_laid_out(text):
    assert signature_key(text) == signature_key(WORK)
    assert len(signature_key(text)) == 64


@pytest.mark.parametrize(
    "change", [("960123", "960124"), ("Sam", "Sim"), ("www.", ""), ("Tel", "Mob")]
)
def test_another_signature_has_another_key(change):
    assert signature_key(WORK.replace(*change)) != signature_key(WORK)


@given(st.text())
def test_a_key_can_be_made_of_anything_and_blanks_do_not_change_it(text):
    assert signature_key(text) == signature_key(" \n".join(("", text, "")))
