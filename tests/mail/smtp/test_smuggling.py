"""SMTP smuggling: no end of a message but CR LF . CR LF, wherever the stream is cut.

What another server may read as an end is never handed on: 550 5.6.11, then 421 and close.
"""

from __future__ import annotations

import pytest

from alongside.mail.smtp import replies
from alongside.mail.smtp.events import Closed
from alongside.mail.smtp.machine import Machine
from alongside.mail.smtp.terms import Terms

from .conversation import converse, messages, said

ENVELOPE = b"EHLO x.example\r\nMAIL FROM:<a@a.example>\r\nRCPT TO:<b@b.example>\r\nDATA\r\n"
HIDDEN = b"MAIL FROM:<evil@evil.example>\r\nRCPT TO:<child@home.example>\r\nDATA\r\nhi\r\n.\r\n"
FALSE_ENDS = {
    "LF.LF": b"\n.\n",
    "LF.CRLF": b"\n.\r\n",
    "CRLF.LF": b"\r\n.\n",
    "CR.CR": b"\r.\r",
    "CR.CRLF": b"\r.\r\n",
    "CRLF.CR": b"\r\n.\r",
    "CR.LF": b"\r.\n",
    "LF.CR": b"\n.\r",
    "CRLF.CRCRLF": b"\r\n.\r\r\n",
    "CRCRLF.CRLF": b"\r\r\n.\r\n",
    "CRLF.NUL-CRLF": b"\r\n.\0\r\n",
    "NUL": b"\0",
    "NUL-CRLF.CRLF": b"\0\r\n.\r\n",
    "LF": b"\n",
    "CR": b"\r",
    "LFLF.": b"\n\n.",
}


@pytest.mark.parametrize("end", FALSE_ENDS)
def test_a_false_end_is_refused_wherever_the_stream_is_cut(end):
    wire = ENVELOPE + b"Subject: x\r\n\r\nhello" + FALSE_ENDS[end] + HIDDEN + b"QUIT\r\n"
    for cut in range(len(wire) + 1):
        heard = converse(Machine(Terms()), [wire[:cut], wire[cut:]])
        assert not messages(heard)
        assert said(heard) == [220, 250, 250, 250, 354, 550, 421]
        assert heard[-3:] == [replies.LINE_ENDS, replies.CLOSING_UNSOUND, Closed()]


def test_the_true_end_is_waited_for():
    under_test = Machine(Terms())
    converse(under_test, [ENVELOPE])
    assert under_test.feed(b"hello\n.\nstill the message\r\n") == []
    assert said(under_test.feed(b".\r\n")) == [550, 421]


@pytest.mark.parametrize("end", FALSE_ENDS)
def test_a_false_end_at_the_very_beginning_is_none_either(end):
    heard = converse(Machine(Terms()), [ENVELOPE + FALSE_ENDS[end] + HIDDEN])
    assert said(heard)[-2:] == [550, 421]
    assert not messages(heard)


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\0\r\n", b"\r\r\n", b"\n\r\n"])
@pytest.mark.parametrize("command", [b"NOOP", b"MAIL FROM:<a@a.example>", b"DATA"])
def test_a_command_with_a_false_line_end_closes_the_session(command, end):
    wire = b"EHLO x.example\r\n" + command + end + b"RCPT TO:<b@b.example>\r\n"
    for cut in range(len(wire) + 1):
        heard = converse(Machine(Terms()), [wire[:cut], wire[cut:]])
        assert said(heard)[-2:] == [500, 421]
        assert not messages(heard)


def test_a_message_ending_in_a_bare_cr_before_the_end_is_refused():
    heard = converse(Machine(Terms()), [ENVELOPE + b"hello\r\r\n.\r\n"])
    assert said(heard)[-2:] == [550, 421]
