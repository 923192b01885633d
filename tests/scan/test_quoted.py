"""Whose words they are: written now, quoted, or the signature below."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.scan.message import read_message
from alongside.scan.quoted import Answering, stretches
from alongside.scan.sighting import Zone

REPLY = Answering(reply=True)
FORWARD = Answering(forward=True)
FRESH = Answering()

OUTLOOK = """\
From: Ivy Example <ivy@home.example>
Sent: 04 May 2026 10:00
To: Sam Coach <sam@charity.example>
Subject: Saturday

I can come. My number is 07700 900123.
"""


def zones(text: str, answering: Answering) -> list[tuple[Zone, str]]:
    return [(s.zone, text[s.start : s.end].strip()) for s in stretches(text, answering)]


def own(text: str, answering: Answering) -> str:
    return "\n".join(t for zone, t in zones(text, answering) if zone is not Zone.QUOTED)


def test_lines_with_a_mark_are_quoted_in_a_reply():
    text = "Yes, see you there.\n> Are you coming?\n> Ivy\nAnd bring boots."
    assert zones(text, REPLY) == [
        (Zone.BODY, "Yes, see you there."),
        (Zone.QUOTED, "> Are you coming?\n> Ivy"),
        (Zone.BODY, "And bring boots."),
    ]


def test_lines_with_a_mark_are_the_writers_own_in_a_message_that_answers_nothing():
    text = "Hello\n> ring me on 07700 900123"
    assert zones(text, FRESH) == [(Zone.BODY, text)]


@pytest.mark.parametrize(
    "attribution",
    [
        "On Mon, 4 May 2026 at 10:00, Ivy <ivy@home.example> wrote:",
        "On Mon, 4 May 2026 at 10:00, Ivy\n<ivy@home.example> wrote:",
        "On Mon, 4 May 2026\nat 10:00, Ivy\n<ivy@home.example> wrote:",
        "On 4 May 2026, at 10:00, Ivy Example wrote:",
        "Ivy Example <ivy@home.example> wrote:",
        "Am 4. Mai 2026 schrieb Ivy <ivy@home.example>:",
        "Le 4 mai 2026 à 10:00, Ivy a écrit :",
        "Ar 4 Mai 2026, ysgrifennodd Ivy:",
    ],
)
def test_an_attribution_makes_the_marked_lines_below_it_quoted(attribution):
    text = f"Yes.\n\n{attribution}\n> Are you coming?\n\nGood."
    assert zones(text, FRESH) == [
        (Zone.BODY, "Yes."),
        (Zone.QUOTED, f"{attribution}\n> Are you coming?"),
        (Zone.BODY, "Good."),
    ]


def test_an_attribution_in_the_middle_of_what_is_written_quotes_nothing_else():
    text = "Hello\nOn 4 May 2026 Sam wrote:\nring me on 07700 900123"
    assert "07700" in own(text, FRESH)


@pytest.mark.parametrize(
    "text", ["On the gate it is wrote: big", "Wrote:", "On wrote:", "He wrote:"]
)
def test_other_words_are_no_attribution(text):
    assert zones(f"a\n{text}\n> b", FRESH) == [(Zone.BODY, f"a\n{text}\n> b")]


@pytest.mark.parametrize(
    "separator",
    [
        f"-----Original Message-----\n{OUTLOOK}",
        f"________________________________\n{OUTLOOK}",
        f"{OUTLOOK}",
        "*From:* Ivy\n*Sent:* 4 May 2026\n*To:* Sam\n*Subject:* x\n\n07700 900123",
        f"Begin forwarded message:\n\n{OUTLOOK}",
        f"---------- Forwarded message ---------\n{OUTLOOK}",
        "On 4 May 2026, at 10:00, Ivy wrote:\n\nmy number is 07700 900123",
        "Oddi wrth: Ivy\nAnfonwyd: 4 Mai 2026\nAt: Sam\nPwnc: x\n\n07700 900123",
    ],
)
@pytest.mark.parametrize("answering", [REPLY, FORWARD])
def test_below_a_separator_all_is_quoted_in_a_reply_or_forward(separator, answering):
    text = f"Good to hear.\n\n{separator}"
    assert own(text, answering).replace("_", "").strip() == "Good to hear."
    assert "07700 900123" in zones(text, answering)[-1][1]


def test_below_a_separator_nothing_is_quoted_in_a_message_that_answers_nothing():
    assert "07700 900123" in own(f"Hello\n\n-----Original Message-----\n{OUTLOOK}", FRESH)


def test_an_answer_below_the_quoted_text_is_not_taken_for_it():
    text = f"{OUTLOOK}\nRing me then on 01632 960123"
    assert "01632 960123" in own(text, REPLY)


def test_a_forwarded_text_may_stand_alone():
    assert own(OUTLOOK, FORWARD) == ""


def test_two_fields_are_no_header_block():
    text = "From: the gate\nTo: the hall\nring 07700 900123"
    assert own(f"Hello\n{text}", REPLY) == f"Hello\n{text}"


def test_a_signature_above_the_quoted_text_is_one():
    text = "Yes.\n\nKind regards\nSam\n01632 960123\n\nOn 4 May 2026, Ivy wrote:\n> Hi"
    assert [z for z, _ in zones(text, REPLY)] == [Zone.BODY, Zone.SIGNATURE, Zone.QUOTED]


def test_containers_of_html_are_quoted_in_a_reply_only():
    text = "Hello\nquoted 07700 900123\nbye"
    span = [(6, 25)]
    assert [(s.zone, text[s.start : s.end]) for s in stretches(text, REPLY, quoted=span)] == [
        (Zone.BODY, "Hello"),
        (Zone.QUOTED, "quoted 07700 900123"),
        (Zone.BODY, "bye"),
    ]
    assert [s.zone for s in stretches(text, FRESH, quoted=span)] == [Zone.BODY]


@pytest.mark.parametrize(
    ("fields", "is_quoted"),
    [
        ("Subject: Re: x", True),
        ("Subject: RE[2]: x", True),
        ("Subject: [list] Fwd: x", True),
        ("Subject: x\r\nIn-Reply-To: <a@home.example>", True),
        ("Subject: x\r\nReferences: <a@home.example>", True),
        ("Subject: Repeat: x", False),
        ("Subject: x", False),
        ("Subject: x\r\nIn-Reply-To:", False),
    ],
)
def test_the_header_says_whether_a_message_answers(fields, is_quoted):
    reading = read_message(f"{fields}\r\n\r\nHello\r\n> ring 07700 900123".encode())
    assert any(p.zone is Zone.QUOTED for p in reading.pieces) is is_quoted


LINES = [
    "",
    "a b",
    "> c",
    ">> d",
    "On 1 May 2026, x@home.example wrote:",
    "-----Original Message-----",
    "From: a",
    "Sent: b",
    "To: c",
    "Subject: d",
    "-- ",
    "Thanks",
    "Sam",
    "Sent from my phone",
]


@given(st.lists(st.sampled_from(LINES), max_size=30), st.booleans(), st.booleans(), st.data())
def test_stretches_stand_in_order_and_hold_every_word(lines, reply, forward, drawn):
    text = "\n".join(lines)
    places = st.integers(0, len(text))
    span = sorted((drawn.draw(places), drawn.draw(places)))
    found = stretches(
        text,
        Answering(reply=reply, forward=forward),
        quoted=[(span[0], span[1])],
        signed=[drawn.draw(places)],
    )
    at = 0
    for stretch in found:
        assert at <= stretch.start < stretch.end <= len(text)
        assert not text[at : stretch.start].strip()
        at = stretch.end + 1
    assert not text[at:].strip()


@given(st.text(alphabet="ab>:\n -@1FromSenttTSubjecOnwritgalMs", max_size=400))
def test_a_message_that_answers_nothing_has_quotes_under_an_attribution_only(text):
    found = stretches(text, FRESH)
    if any(s.zone is Zone.QUOTED for s in found):
        quoted = "".join(text[s.start : s.end] for s in found if s.zone is Zone.QUOTED)
        assert ">" in quoted or "wrote" in quoted or "riginal" in quoted or "rom" in quoted


def test_many_separators_take_no_time():
    started = time.process_time()
    stretches("On 1 May a@b.example wrote:\nFrom: a\n\n" * 40_000, REPLY)
    assert time.process_time() - started < 2
