"""Reading the replies of a next hop."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.mail.smtp.wire import Answer, AnswerReader, Garbled


def read(octets):
    return AnswerReader().feed(octets)


@pytest.mark.parametrize(
    ("octets", "answer"),
    [
        (b"250 ok\r\n", Answer(250, "ok")),
        (b"250\r\n", Answer(250, "")),
        (b"250 \n", Answer(250, "")),
        (b"250 2.1.0 ok\r\n", Answer(250, "ok", "2.1.0")),
        (b"250 2.1.0\r\n", Answer(250, "", "2.1.0")),
        (b"550-5.7.1 one\r\n550 5.7.1 two\r\n", Answer(550, "one\ntwo", "5.7.1")),
        (b"550-one\r\n550 5.7.1 two\r\n", Answer(550, "one\n5.7.1 two")),
        (b"550 4.7.1 odd\r\n", Answer(550, "4.7.1 odd")),
        (b"250 2.1.0ok\r\n", Answer(250, "2.1.0ok")),
        (b"250 \xff\r\n", Answer(250, "\ufffd")),
    ],
)
def test_an_answer_is_read(octets, answer):
    assert read(octets) == [answer]


@pytest.mark.parametrize(
    "octets",
    [
        *(
            b"hello\r\n",
            b"25 x\r\n",
            b"2500 x\r\n",
            b"150 x\r\n",
            b"600 x\r\n",
            b"250_x\r\n",
            b"\r\n",
        ),
        *(b"250-a\r\n251 b\r\n", b"250-" + b"x" * 70_000, b"250-xxxx\r\n" * 9_000),
    ],
)
def test_what_is_no_answer_is_garbled(octets):
    with pytest.raises(Garbled):
        read(octets)


@given(st.sets(st.integers(1, 60)))
def test_answers_are_the_same_however_they_are_cut(cuts):
    octets = b"250-mx.example\r\n250-SIZE 10\r\n250 DSN\r\n354 go\r\n550 5.1.1 no\r\n"
    edges = [0, *sorted(cuts), len(octets)]
    reader = AnswerReader()
    heard = [each for start, end in pairwise(edges) for each in reader.feed(octets[start:end])]
    assert heard == read(octets)
    assert not reader.pending


def test_half_an_answer_is_pending():
    for octets in (b"250 o", b"250-a\r\n"):
        reader = AnswerReader()
        assert reader.feed(octets) == []
        assert reader.pending
