"""Paths (RFC 5321 4.1.2, RFC 6531) and parameters (RFC 1870, 3461, 6152), kept as written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.mail.smtp import grammar, replies
from alongside.mail.smtp.terms import Limits, Terms

TERMS = Terms(limits=Limits(size=1_000))

GOOD = [
    "coach@charity.example",
    "Coach.Name+tag@Charity.EXAMPLE",
    "o'brien/x=y@club.test",
    '"a b"@charity.example',
    '"quo\\"te\\\\d"@charity.example',
    '"a@b>c"@charity.example',
    '""@charity.example',
    "two..dots.@charity.example",
    "x@[192.0.2.1]",
    "x@[IPv6:2001:db8::1]",
    "x@under_score.example",
    "x" * 80 + "@charity.example",
    "a@b",
]
INTERNATIONAL = ["jöran@charity.example", "δοκιμή@παράδειγμα.example", '"jö ran"@charity.example']
BAD = [
    "",
    "coach",
    "@charity.example",
    "coach@",
    "a b@charity.example",
    "a@b@charity.example",
    "a@-b.example",
    "a@b-.example",
    "a@b..example",
    "a@.example",
    "a@b.example.",
    '"open@charity.example',
    'a"b"@charity.example',
    "x@[192.0.2.256]",
    "x@[2001:db8::1]",
    "x@[IPv6:nonsense]",
    "a<b@charity.example",
    "a@charity.example>",
    "a@b\x85c.example",
    "a\u2028b@charity.example",
    "a@" + ".".join(["b" * 60] * 5),
]


@pytest.mark.parametrize("address", GOOD)
def test_an_address_is_kept_exactly_as_written(address):
    assert grammar.mail(f"FROM:<{address}>", TERMS) == (address, {})
    assert grammar.rcpt(f"TO:<{address}>", TERMS, smtputf8=False) == (address, {})
    assert grammar.is_address(address)


@pytest.mark.parametrize("address", INTERNATIONAL)
def test_an_international_address_needs_smtputf8(address):
    assert grammar.mail(f"FROM:<{address}> SMTPUTF8", TERMS)[0] == address
    assert grammar.rcpt(f"TO:<{address}>", TERMS, smtputf8=True)[0] == address
    assert refused_mail(f"FROM:<{address}>") is replies.SMTPUTF8_FIRST
    with pytest.raises(grammar.Refusal) as refusal:
        grammar.rcpt(f"TO:<{address}>", TERMS, smtputf8=False)
    assert refusal.value.reply is replies.SMTPUTF8_FIRST


@pytest.mark.parametrize("address", BAD)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(grammar.Refusal):
        grammar.rcpt(f"TO:<{address}>", TERMS, smtputf8=True)
    assert not grammar.is_address(address)


def test_the_null_sender_is_the_empty_string_and_no_recipient():
    assert grammar.mail("FROM:<>", TERMS) == ("", {})
    assert grammar.mail("FROM: <> SIZE=10", TERMS) == ("", {"SIZE": "10"})
    with pytest.raises(grammar.Refusal):
        grammar.rcpt("TO:<>", TERMS, smtputf8=False)


def test_postmaster_needs_no_domain():
    assert grammar.rcpt("TO:<PostMaster>", TERMS, smtputf8=False) == ("PostMaster", {})


def test_source_routes_are_rejected():
    assert refused_mail("FROM:<@a.example,@b.example:c@d.example>") is replies.SOURCE_ROUTE


@pytest.mark.parametrize("argument", ["<a@b.example>", "FROM a@b.example", "FROM:a@b.example", ""])
def test_a_sender_without_its_form_is_refused(argument):
    assert refused_mail(argument) is replies.BAD_SENDER


def test_dsn_parameters_are_kept_exactly_as_written():
    argument = "from:<a@b.example> ret=hdrs EnvId=QQ314159+2BaBc size=12 body=8bitmime"
    assert grammar.mail(argument, TERMS) == (
        "a@b.example",
        {"RET": "hdrs", "ENVID": "QQ314159+2BaBc", "SIZE": "12", "BODY": "8bitmime"},
    )
    argument = "to:<a@b.example> Notify=Success,delay orcpt=rfc822;Child.Name+40Home@B.Example"
    assert grammar.rcpt(argument, TERMS, smtputf8=False) == (
        "a@b.example",
        {"NOTIFY": "Success,delay", "ORCPT": "rfc822;Child.Name+40Home@B.Example"},
    )


@pytest.mark.parametrize(
    "words",
    [
        "SIZE",
        "SIZE=",
        "SIZE=ten",
        "SIZE=10 SIZE=10",
        "BODY=9BIT",
        "SMTPUTF8=yes",
        "RET=PART",
        "ENVID=",
        "ENVID=" + "x" * 101,
        "ENVID=a+2b",
        "=x",
        "SIZE=1=2",
    ],
)
def test_a_parameter_without_a_valid_value_is_refused(words):
    assert refused_mail(f"FROM:<a@b.example> {words}") is replies.BAD_PARAMETER


@pytest.mark.parametrize(
    "words", ["NOTIFY=", "NOTIFY=NEVER,DELAY", "NOTIFY=SOMETIMES", "ORCPT=a@b", "NOTIFY=NEVER;x"]
)
def test_a_recipient_parameter_without_a_valid_value_is_refused(words):
    with pytest.raises(grammar.Refusal) as refusal:
        grammar.rcpt(f"TO:<a@b.example> {words}", TERMS, smtputf8=False)
    assert refusal.value.reply is replies.BAD_PARAMETER


@pytest.mark.parametrize("words", ["X-MAGIC=1", "NOTIFY=NEVER", "AUTH=<>", "BINARYMIME", "BY=1;R"])
def test_an_unknown_parameter_is_refused_as_such(words):
    assert refused_mail(f"FROM:<a@b.example> {words}") is replies.UNKNOWN_PARAMETER


def test_a_parameter_of_an_extension_left_out_is_unknown():
    plain = Terms(without=frozenset({"DSN", "8BITMIME"}))
    for words in ("RET=FULL", "BODY=8BITMIME"):
        with pytest.raises(grammar.Refusal) as refusal:
            grammar.mail(f"FROM:<a@b.example> {words}", plain)
        assert refusal.value.reply is replies.UNKNOWN_PARAMETER


def test_a_parameter_must_stand_apart_from_the_path():
    assert refused_mail("FROM:<a@b.example>SIZE=1") is replies.BAD_PARAMETER


def test_a_declared_size_over_the_limit_is_refused_before_it_is_sent():
    assert grammar.mail("FROM:<a@b.example> SIZE=1000", TERMS)[1] == {"SIZE": "1000"}
    assert refused_mail("FROM:<a@b.example> SIZE=1001") is replies.TOO_BIG


@given(st.text(max_size=100))
def test_any_text_is_read_or_refused(text):
    for words in (text, f"FROM:{text}", f"FROM:<{text}", f"FROM:<{text}>"):
        try:
            sender, parameters = grammar.mail(words, TERMS)
        except grammar.Refusal:
            continue
        assert sender in words
        assert all(value is None or value in words for value in parameters.values())


@given(st.text(max_size=40))
def test_what_counts_as_an_address_survives_being_written_and_read(text):
    if grammar.is_address(text):
        assert grammar.rcpt(f"TO:<{text}>", TERMS, smtputf8=True) == (text, {})


def refused_mail(argument):
    with pytest.raises(grammar.Refusal) as refusal:
        grammar.mail(argument, TERMS)
    return refusal.value.reply
