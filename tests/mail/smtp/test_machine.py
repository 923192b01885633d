"""The protocol as a machine: each state, each command, each limit, without any network."""

from __future__ import annotations

import base64
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.mail.smtp import replies
from alongside.mail.smtp.events import Auth, Closed, DataComplete, Mail, Question, Rcpt, StartTls
from alongside.mail.smtp.machine import Machine
from alongside.mail.smtp.replies import Reply
from alongside.mail.smtp.states import TABLE, State
from alongside.mail.smtp.terms import Limits, Terms

from .conversation import YES, converse, messages, said

ENVELOPE = b"EHLO x.example\r\nMAIL FROM:<a@a.example>\r\nRCPT TO:<b@b.example>\r\n"
REACH = {
    State.NEW: b"",
    State.READY: b"EHLO x.example\r\n",
    State.MAIL: b"EHLO x.example\r\nMAIL FROM:<a@a.example>\r\n",
    State.RCPT: ENVELOPE,
}
ARGUMENT = {
    "HELO": b" y.example",
    "EHLO": b" y.example",
    "AUTH": b" PLAIN AGEAYg==",
    "MAIL": b" FROM:<c@c.example>",
    "RCPT": b" TO:<d@d.example>",
}


def machine(**limits):
    return Machine(Terms(host="mx.example", tls=True, login=True, limits=Limits(**limits)))


def test_every_command_stands_in_every_row():
    commands = {frozenset(row) for row in TABLE.values()}
    assert len(commands) == 1
    assert set(TABLE) == set(State) - {
        State.CONTENT,
        State.LOGIN,
        State.HANDSHAKE,
        State.CLOSED,
    }


@pytest.mark.parametrize("state", TABLE, ids=lambda state: state.value)
@pytest.mark.parametrize("command", TABLE[State.NEW])
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    terms = Terms(tls=True, login=True, login_without_tls=True)
    under_test = Machine(terms)
    converse(under_test, [REACH[state]])
    assert under_test.state is state
    line = command.encode() + ARGUMENT.get(command, b"") + b"\r\n"
    happenings = under_test.feed(line)
    if isinstance(happenings[-1], Question):
        happenings = under_test.answer(YES[type(happenings[-1])])
    expected = TABLE[state][command]
    if isinstance(expected, Reply):
        assert happenings == [expected]
        assert under_test.state is state
    else:
        assert next(each for each in happenings if isinstance(each, Reply)).positive
        assert under_test.state is expected


def test_a_whole_session_in_one_write():
    heard = converse(machine(), [ENVELOPE + b"DATA\r\nSubject: x\r\n\r\nhello\r\n.\r\nQUIT\r\n"])
    assert said(heard) == [220, 250, 250, 250, 354, 250, 221]
    assert heard[-1] == Closed(quit=True)
    (envelope,) = messages(heard)
    assert envelope.sender == "a@a.example"
    assert [each.address for each in envelope.recipients] == ["b@b.example"]
    assert envelope.content == b"Subject: x\r\n\r\nhello\r\n"


def test_commands_are_understood_in_any_case_and_with_spaces_behind():
    heard = converse(machine(), [b"ehlo x.example  \r\nmAiL fRoM:<a@a.example> \r\nrset \r\n"])
    assert said(heard) == [220, 250, 250, 250]


def test_ehlo_offers_what_there_is():
    def offered(**words):
        heard = converse(Machine(Terms(host="mx.example", **words)), [b"EHLO x.example\r\n"])
        (*_, last) = (each for each in heard if isinstance(each, Reply))
        return last.text.split("\n")[1:]

    assert offered() == [
        "SIZE 52428800",
        "PIPELINING",
        "8BITMIME",
        "SMTPUTF8",
        "ENHANCEDSTATUSCODES",
        "DSN",
    ]
    assert "STARTTLS" in offered(tls=True)
    assert "AUTH PLAIN LOGIN" not in offered(tls=True, login=True)
    assert "AUTH PLAIN LOGIN" in offered(login=True, login_without_tls=True)
    assert "DSN" not in offered(without=frozenset({"DSN"}))


def test_lmtp_is_not_spoken():
    assert said(converse(machine(), [b"LHLO x.example\r\n"])) == [220, 500]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"NOOP anything", 250),
        (b"VRFY child", 252),
        (b"HELP", 214),
        (b"EXPN juniors", 502),
        (b"EHLO", 501),
        (b"EHLO two words", 501),
        (b"EHLO x(comment)", 501),
        (b"HELO x\tz", 501),
        (b"RSET now", 501),
        (b"QUIT now", 501),
        (b"STARTTLS now", 501),
        (b"", 500),
        (b" EHLO x", 500),
        (b"NOOP \xff", 500),
        (b"BDAT 10 LAST", 500),
    ],
)
def test_the_small_commands(line, code):
    heard = converse(machine(), [b"EHLO x.example\r\n" + line + b"\r\n"])
    assert said(heard) == [220, 250, code]


def test_data_takes_no_argument():
    assert said(converse(machine(), [ENVELOPE + b"DATA now\r\n"]))[-1] == 501


def test_hello_and_rset_forget_the_message_under_way():
    for word in (b"RSET\r\n", b"EHLO x.example\r\n", b"HELO x.example\r\n"):
        heard = converse(machine(), [ENVELOPE + word + b"RCPT TO:<c@c.example>\r\n"])
        assert said(heard)[-1] == 503


def test_a_sender_and_a_recipient_that_can_not_be_read_are_refused_without_asking():
    talk = b"EHLO x\r\nMAIL FROM:<a>\r\nMAIL FROM:<a@a.example>\r\nRCPT FOR:<b@b.example>\r\n"
    heard = converse(machine(), [talk])
    assert said(heard) == [220, 250, 501, 250, 501]
    assert sum(isinstance(each, Mail) for each in heard) == 1


def test_a_refused_sender_or_recipient_is_not_in_the_message():
    def answer(question):
        if question == Mail("bad@a.example", {}):
            return replies.BAD_SENDER
        if isinstance(question, Rcpt) and question.recipient.address == "bad@b.example":
            return replies.BAD_RECIPIENT
        return YES[type(question)]

    talk = (
        b"EHLO x.example\r\nMAIL FROM:<bad@a.example>\r\nRCPT TO:<b@b.example>\r\n"
        b"MAIL FROM:<a@a.example>\r\nRCPT TO:<bad@b.example>\r\nDATA\r\n"
        b"RCPT TO:<b@b.example>\r\nDATA\r\nhello\r\n.\r\n"
    )
    heard = converse(machine(), [talk], answer)
    assert said(heard) == [220, 250, 501, 503, 250, 501, 503, 250, 354, 250]
    assert [each.address for each in messages(heard)[0].recipients] == ["b@b.example"]


def test_too_many_recipients_are_refused_one_by_one_and_the_rest_goes():
    talk = ENVELOPE + b"RCPT TO:<c@c.example>\r\nRCPT TO:<d@d.example>\r\nDATA\r\nx\r\n.\r\n"
    heard = converse(machine(recipients=2), [talk])
    assert said(heard) == [220, 250, 250, 250, 250, 452, 354, 250]
    assert replies.TOO_MANY_RECIPIENTS.status == "4.5.3"
    assert len(messages(heard)[0].recipients) == 2


def test_a_message_too_big_is_refused_and_the_session_goes_on():
    talk = ENVELOPE + b"DATA\r\n" + b"x" * 200 + b"\r\n.\r\nNOOP\r\n"
    for pieces in ([talk], [talk[i : i + 7] for i in range(0, len(talk), 7)]):
        heard = converse(machine(size=100), pieces)
        assert said(heard) == [220, 250, 250, 250, 354, 552, 250]
        assert not messages(heard)


def test_a_long_text_line_is_taken_unless_a_limit_is_set():
    talk = ENVELOPE + b"DATA\r\n" + b"x" * 1_500 + b"\r\n.\r\n"
    assert said(converse(machine(), [talk]))[-1] == 250
    assert said(converse(machine(text_line=998), [talk]))[-1] == 554


@pytest.mark.parametrize("size", [2_049, 100_000])
def test_a_command_line_too_long_closes_the_session(size):
    whole = b"NOOP " + b"x" * size + b"\r\nNOOP\r\n"
    for pieces in ([whole], [whole[i : i + 100] for i in range(0, len(whole), 100)]):
        assert said(converse(machine(), pieces)) == [220, 500, 421]


def test_the_longest_command_line_is_taken():
    assert said(converse(machine(), [b"NOOP " + b"x" * 2_043 + b"\r\n"])) == [220, 250]


def test_too_many_errors_close_the_session():
    heard = converse(machine(errors=3), [b"WHAT\r\n" * 9])
    assert said(heard) == [220, 500, 500, 500, 500, 421]
    assert heard[-1] == Closed()


def test_a_message_accepted_forgives_the_errors_before():
    talk = ENVELOPE + b"WHAT\r\nDATA\r\nx\r\n.\r\nWHAT\r\nWHAT\r\n"
    assert 421 not in said(converse(machine(errors=2), [talk]))


def test_too_many_commands_close_the_session():
    assert said(converse(machine(commands=3), [b"NOOP\r\n" * 9])) == [220, 250, 250, 250, 421]


@pytest.mark.parametrize(
    "line", [b"GET / HTTP/1.1", b"POST /x HTTP/1.0", b"Host: mx", b"Subject: x"]
)
def test_another_protocol_is_shown_the_door(line):
    heard = converse(machine(), [line + b"\r\nMAIL FROM:<a@a.example>\r\n"])
    assert said(heard) == [220, 500, 421]


def test_a_reply_of_421_to_any_question_closes():
    heard = converse(
        machine(),
        [ENVELOPE],
        lambda asked: replies.SHUTTING_DOWN if isinstance(asked, Rcpt) else YES[type(asked)],
    )
    assert said(heard)[-1] == 421
    assert heard[-1] == Closed()


def test_a_client_may_be_sent_away_at_the_door():
    heard = converse(machine(), [b"EHLO x.example\r\n"], lambda _: replies.TOO_MANY_FROM_YOU)
    assert said(heard) == [421]


def test_an_answer_without_a_question_is_a_mistake_of_the_caller():
    with pytest.raises(RuntimeError):
        machine().answer(replies.OK)


def test_what_is_said_while_a_question_waits_is_kept_for_later():
    under_test = machine()
    converse(under_test, [b"EHLO x.example\r\n"])
    under_test.feed(b"MAIL FROM:<a@a.example>\r\n")
    assert under_test.asking
    assert under_test.feed(b"NOOP\r\n") == []
    assert under_test.backlog == 6
    assert said(under_test.answer(replies.SENDER_OK)) == [250, 250]


# TLS and logins.


@pytest.mark.parametrize("late", [False, True])
def test_what_is_injected_behind_starttls_is_thrown_away(late):
    """CVE-2011-0411 and its family."""
    under_test = machine()
    evil = b"MAIL FROM:<evil@evil.example>\r\n"
    converse(under_test, [b"EHLO x.example\r\n"])
    asked = under_test.feed(b"STARTTLS\r\n" + (b"" if late else evil))
    assert asked == [StartTls()]
    if late:
        under_test.feed(evil)
    assert under_test.answer(replies.READY_FOR_TLS) == [replies.READY_FOR_TLS]
    assert under_test.secured() == []
    assert under_test.state is State.NEW
    assert said(under_test.feed(b"MAIL FROM:<a@a.example>\r\n")) == [503]


def test_what_comes_under_tls_before_we_are_told_so_is_kept():
    under_test = machine()
    converse(under_test, [b"EHLO x.example\r\nSTARTTLS\r\n"])
    assert under_test.feed(b"NOOP\r\n") == []
    assert said(under_test.secured()) == [250]


def test_starttls_once_only_and_only_where_offered():
    assert said(converse(machine(), [b"STARTTLS\r\n"])) == [220, 503]
    under_test = Machine(Terms(tls=True), secure=True)
    assert said(converse(under_test, [b"EHLO x\r\nSTARTTLS\r\n"])) == [220, 250, 503]
    assert said(converse(Machine(Terms()), [b"EHLO x\r\nSTARTTLS\r\n"])) == [220, 250, 502]


def test_a_refused_starttls_leaves_the_session_as_it_was():
    under_test = machine()
    heard = converse(
        under_test,
        [b"EHLO x\r\nSTARTTLS\r\nNOOP\r\n"],
        lambda asked: replies.TROUBLE_HERE if asked == StartTls() else YES[type(asked)],
    )
    assert said(heard) == [220, 250, 451, 250]


def test_where_tls_is_required_mail_waits_for_it():
    terms = Terms(tls=True, tls_required=True)
    talk = [b"EHLO x\r\nMAIL FROM:<a@a.example>\r\n"]
    assert said(converse(Machine(terms), talk)) == [220, 250, 530]
    assert said(converse(Machine(terms, secure=True), talk)) == [220, 250, 250]


def word(text):
    return base64.b64encode(text.encode())


def secure_machine(**limits):
    return Machine(Terms(login=True, limits=Limits(**limits)), secure=True)


def logins(heard):
    return [(each.username, each.password) for each in heard if isinstance(each, Auth)]


@pytest.mark.parametrize(
    "lines",
    [
        [b"AUTH PLAIN " + word("\0coach\0geheim")],
        [b"AUTH PLAIN " + word("coach\0coach\0geheim")],
        [b"auth plain", word("\0coach\0geheim")],
        [b"AUTH LOGIN", word("coach"), word("geheim")],
        [b"AUTH LOGIN " + word("coach"), word("geheim")],
    ],
)
def test_a_login_in_each_of_its_forms(lines):
    talk = b"EHLO x\r\n" + b"".join(line + b"\r\n" for line in lines)
    heard = converse(secure_machine(), [talk])
    assert logins(heard) == [("coach", "geheim")]
    assert said(heard)[-1] == 235
    assert "geheim" not in repr(heard)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([b"AUTH PLAIN nonsense"], 501),
        ([b"AUTH PLAIN " + word("no parts")], 501),
        ([b"AUTH PLAIN " + word("admin\0coach\0geheim")], 501),
        ([b"AUTH PLAIN " + word("\0\0geheim")], 501),
        ([b"AUTH PLAIN ="], 501),
        ([b"AUTH PLAIN", b""], 501),
        ([b"AUTH PLAIN " + base64.b64encode(b"\0\xff\0x")], 501),
        ([b"AUTH LOGIN", b""], 501),
        ([b"AUTH LOGIN", b"*"], 501),
        ([b"AUTH PLAIN", b"*"], 501),
        ([b"AUTH CRAM-MD5"], 504),
        ([b"AUTH"], 504),
    ],
)
def test_a_login_in_no_form_is_refused_without_asking(lines, code):
    talk = b"EHLO x\r\n" + b"".join(line + b"\r\n" for line in lines) + b"NOOP\r\n"
    heard = converse(secure_machine(), [talk])
    assert said(heard)[-2:] == [code, 250]
    assert not logins(heard)


def test_no_login_in_the_clear_unless_configured():
    line = b"EHLO x\r\nAUTH PLAIN " + word("\0coach\0geheim") + b"\r\n"
    heard = converse(Machine(Terms(tls=True, login=True)), [line])
    assert said(heard)[-1] == 538
    assert not logins(heard)
    assert said(converse(Machine(Terms(login=True, login_without_tls=True)), [line]))[-1] == 235
    assert said(converse(Machine(Terms(tls=True), secure=True), [line]))[-1] == 502


def test_one_login_is_enough():
    line = b"AUTH PLAIN " + word("\0coach\0geheim") + b"\r\n"
    assert said(converse(secure_machine(), [b"EHLO x\r\n" + line + line]))[-2:] == [235, 503]


def test_failed_logins_are_limited():
    line = b"AUTH PLAIN " + word("\0coach\0wrong") + b"\r\n"
    heard = converse(
        secure_machine(logins=2),
        [b"EHLO x\r\n" + line * 5],
        lambda asked: replies.WRONG_LOGIN if isinstance(asked, Auth) else YES[type(asked)],
    )
    assert said(heard)[2:] == [535, 535, 421]


def test_a_login_that_can_not_be_checked_does_not_count_as_failed():
    line = b"AUTH PLAIN " + word("\0coach\0geheim") + b"\r\n"
    heard = converse(
        secure_machine(logins=2),
        [b"EHLO x\r\n" + line * 5],
        lambda asked: replies.LOGIN_UNAVAILABLE if isinstance(asked, Auth) else YES[type(asked)],
    )
    assert said(heard)[2:] == [454] * 5


def test_a_login_line_may_be_long_but_not_endless():
    talk = b"EHLO x\r\nAUTH PLAIN\r\n"
    longest = word("\0coach\0" + "x" * 9_000)
    assert said(converse(secure_machine(), [talk + longest + b"\r\n"]))[-1] == 235
    assert said(converse(secure_machine(), [talk + b"x" * 12_300]))[-1] == 421


# However it is cut.

SESSIONS = [
    ENVELOPE + b"DATA\r\n..dots\r\n.\r\nMAIL FROM:<>\r\nRSET\r\nQUIT\r\nNOOP\r\n",
    ENVELOPE + b"DATA\r\n.\r\nNOOP\r\nGET /\r\n",
    ENVELOPE + b"DATA\r\nbare\nline\r\n.\r\nNOOP\r\n",
    ENVELOPE + b"DATA\r\n" + b"x" * 300 + b"\r\n.\r\nNOOP\r\n",
    b"EHLO x\nNOOP\r\n",
    b"EHLO x\rNOOP\r\n",
    b"EHLO x\r\nAUTH LOGIN\r\nY29hY2g=\r\neA==\r\nNOOP\r\n",
    b"WHAT\r\n" * 25,
    b"NOOP " + b"y" * 2_100 + b"\r\nNOOP\r\n",
]


@given(st.sampled_from(SESSIONS), st.sets(st.integers(0, 2_200)))
def test_however_a_stream_is_cut_the_same_happens(session, cuts):
    edges = [0, *sorted(cut for cut in cuts if cut < len(session)), len(session)]
    pieces = [session[start:end] for start, end in pairwise(edges)]
    terms = Terms(login=True, login_without_tls=True, limits=Limits(size=200))
    assert converse(Machine(terms), pieces) == converse(Machine(terms), [session])


@pytest.mark.parametrize("session", SESSIONS)
def test_octet_by_octet_the_same_happens(session):
    terms = Terms(login=True, login_without_tls=True, limits=Limits(size=200))
    octets = [session[i : i + 1] for i in range(len(session))]
    assert converse(Machine(terms), octets) == converse(Machine(terms), [session])


FRAGMENTS = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [
            *(b"EHLO x\r\n", b"MAIL FROM:<a@a.example>\r\n", b"RCPT TO:<b@b.example>\r\n"),
            *(b"DATA\r\n", b"\r\n.\r\n", b"STARTTLS\r\n", b"AUTH PLAIN\r\n", b"RSET\r\n"),
            *(b"\n", b"\r", b"."),
        ]
    ),
)


@settings(max_examples=400)
@given(st.lists(FRAGMENTS, max_size=60), st.integers(0, 5))
def test_no_octets_raise_anything_or_grow_without_bound(fragments, moods):
    terms = Terms(tls=True, login=True, login_without_tls=True, limits=Limits(size=100, command=80))
    under_test = Machine(terms)
    count = 0

    def answer(question):
        nonlocal count
        count += 1
        return replies.TROUBLE_HERE if moods and count % moods == 0 else YES[type(question)]

    for fragment in fragments:
        if under_test.state is State.HANDSHAKE:
            under_test.secured()
        happenings = under_test.feed(fragment)
        while happenings and isinstance(happenings[-1], Question):
            happenings = under_test.answer(answer(happenings[-1]))
        assert under_test.backlog <= 200 + len(fragment)


@given(st.binary(max_size=400))
def test_no_flawed_message_is_ever_handed_on(octets):
    under_test = Machine(Terms())
    heard = converse(under_test, [ENVELOPE + b"DATA\r\n" + octets + b"\r\n.\r\n"])
    for envelope in messages(heard):
        assert b"\0" not in envelope.content
        assert not {10, 13} & set(envelope.content.replace(b"\r\n", b""))


def test_the_last_question_is_about_the_whole_message():
    under_test = machine()
    converse(under_test, [ENVELOPE + b"DATA\r\n"])
    (asked,) = under_test.feed(b"x\r\n.\r\n")
    assert isinstance(asked, DataComplete)
    assert not under_test.idle
    under_test.answer(replies.MESSAGE_ACCEPTED)
    assert under_test.idle
