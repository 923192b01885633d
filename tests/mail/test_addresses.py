"""Whom an address field names, and whether there is any doubt about it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.mail.addresses import LONGEST, read
from alongside.mail.words import decoded, text_of

CLEAR = [
    ("a@x.test", ["a@x.test"]),
    ("Coach <c@x.test>", ["c@x.test"]),
    ("J. Smith <j@x.test>", ["j@x.test"]),
    ('"Smith, John" <j@x.test>', ["j@x.test"]),
    ('"He said \\"hi\\"" <j@x.test>', ["j@x.test"]),
    ("a@x.test (Coach (head) Carter)", ["a@x.test"]),
    ('"C@X.test" <c@x.test>', ["c@x.test"]),
    ("'c@x.test' <c@x.test>".replace("'", '"'), ["c@x.test"]),
    ("a@x.test, B <b@y.test>", ["a@x.test", "b@y.test"]),
    ("a@x.test,, b@y.test,", ["a@x.test", "b@y.test"]),
    ("a@x.test, A <a@x.test>", ["a@x.test"]),
    ('"a b"@x.test', ['"a b"@x.test']),
    ("a@[192.0.2.1]", ["a@[192.0.2.1]"]),
    ("sam+news=b@x.test", ["sam+news=b@x.test"]),
    ("Jörg <jörg@bücher.example>", ["jörg@bücher.example"]),
    ("=?utf-8?q?J=C3=B6rg?= <j@x.test>", ["j@x.test"]),
    ("=?utf-8?b?8J+RqOKAjfCfkanigI3wn5Gn?= <family@x.test>", ["family@x.test"]),
    ("=?no-such-charset?q?J=F6rg?= <j@x.test>", ["j@x.test"]),
    ("undisclosed-recipients:;", []),
    ("Team: a@x.test, B <b@y.test>;, c@z.test", ["a@x.test", "b@y.test", "c@z.test"]),
    ("Twitter @handle <h@x.test>".replace("@handle", "handle"), ["h@x.test"]),
    ("", []),
]


@pytest.mark.parametrize(("value", "named"), CLEAR)
def test_a_sound_field_names_exactly_these(value: str, named: list[str]) -> None:
    reading = read(value.encode())
    assert list(reading.addresses) == named
    assert reading.readable


TRICKS = [
    # what people are shown is somebody else
    ('"victim@charity.example" <evil@x.test>', {"evil@x.test", "victim@charity.example"}),
    ("victim@charity.example <evil@x.test>", {"evil@x.test", "victim@charity.example"}),
    ("evil@x.test (victim@charity.example)", {"evil@x.test", "victim@charity.example"}),
    ("victim＠charity.example <evil@x.test>", {"evil@x.test", "victim@charity.example"}),
    ("vic\u200btim@charity.example <evil@x.test>", {"evil@x.test", "victim@charity.example"}),
    # encoded words hide an address, in pieces, in odd charsets, or a line end
    (
        "=?utf-8?q?victim=40charity.example?= <evil@x.test>",
        {"evil@x.test", "victim@charity.example"},
    ),
    (
        "=?utf-8?q?vic?= =?utf-8?q?tim=40charity.example?= <evil@x.test>",
        {"evil@x.test", "victim@charity.example"},
    ),
    (
        "=?utf-7?q?victim+AEA-charity.example?= <evil@x.test>",
        {"evil@x.test", "victim@charity.example"},
    ),
    (
        "=?x-nobody-knows?b?dmljdGltQGNoYXJpdHkuZXhhbXBsZQ==?= <evil@x.test>",
        {"evil@x.test", "victim@charity.example"},
    ),
    (
        '"=?utf-8?b?dmljdGltQGNoYXJpdHkuZXhhbXBsZQ?=" <evil@x.test>',
        {"evil@x.test", "victim@charity.example"},
    ),
    ("=?utf-8?q?a=0D=0AFrom:_b?= <evil@x.test>", {"evil@x.test"}),
    ("=?utf-8?q?victim=40charity.example?=", {"victim@charity.example"}),
    ("=?utf-8?q?victim?=@charity.example", {"victim@charity.example"}),
    # broken grammar
    ("Coach <c@x.test", {"c@x.test"}),
    ("c@x.test>", {"c@x.test"}),
    ("<a@x.test> <b@y.test>", {"a@x.test", "b@y.test"}),
    ("a@x.test b@y.test", {"a@x.test", "b@y.test"}),
    ("a@x.test; b@y.test", {"a@x.test", "b@y.test"}),
    ("Smith, John <j@x.test>", {"j@x.test"}),
    ('"unclosed <a@x.test>', {"a@x.test"}),
    ("(unclosed a@x.test", {"a@x.test"}),
    ("a@x.test)", {"a@x.test"}),
    ("a@x.test\x00, b@y.test", {"a@x.test", "b@y.test"}),
    ("a@b@c", {"a@b", "b@c"}),
    ("a..b@x.test", {"a..b@x.test"}),
    ("a@x..test", {"a@x..test"}),
    ("mailto:a@x.test", {"a@x.test"}),
    ("<mailto:a@x.test>", {"a@x.test"}),
    ("Team: a@x.test", {"a@x.test"}),
    ("Team: More: a@x.test;", {"a@x.test"}),
    ("Team: a@x.test; b@y.test", {"a@x.test", "b@y.test"}),
    ("Team: <a@x.test> b@y.test;", {"a@x.test", "b@y.test"}),
    ("a@x.test: b@y.test;", {"a@x.test", "b@y.test"}),
    ("<>", set()),
    ("root", set()),
    ("@x.test", set()),
    # obsolete forms: read, never trusted
    ("<@one.test,@two.test:user@x.test>", {"user@x.test"}),
    ("<@victim.example:evil@x.test>", {"evil@x.test"}),
    ("<@one.test:a@x.test,b@y.test>", {"a@x.test", "b@y.test"}),
    ("<a@x.test,b@y.test>", {"a@x.test", "b@y.test"}),
    ("coach @ x.test", {"coach@x.test"}),
    ("coach(hidden)@x.test", {"coach@x.test"}),
    (
        '"victim@charity.example"@evil.test',
        {'"victim@charity.example"@evil.test', "victim@charity.example"},
    ),
    ("v\u200bictim@x.test", {"v\u200bictim@x.test", "victim@x.test"}),
]


@pytest.mark.parametrize(("value", "meant"), TRICKS)
def test_a_trick_is_seen_and_everybody_who_could_be_meant_is_listed(
    value: str, meant: set[str]
) -> None:
    reading = read(value.encode())
    assert not reading.readable
    assert meant <= set(reading.addresses)


def test_group_syntax_is_said() -> None:
    assert read(b"Team: a@x.test;").grouped
    assert not read(b"a@x.test").grouped


def test_folding_is_no_obstacle() -> None:
    assert read(b" Coach\r\n <c@x.test>,\r\n\tb@y.test").addresses == ("c@x.test", "b@y.test")


def test_latin_1_in_a_name_leaves_the_address_clear() -> None:
    assert read(b"J\xf6rg <j@x.test>") == (("j@x.test",), True, False)


def test_an_overlong_field_is_searched_and_never_trusted() -> None:
    value = b"a@x.test; " * (LONGEST // 10 + 1)
    assert read(value) == (("a@x.test",), False, False)


def test_an_overlong_address_is_nobodys() -> None:
    reading = read(b"a" * 1100 + b"@x.test, b@y.test, <" + b"c" * 1100 + b"@x.test>")
    assert reading.addresses == ("b@y.test",)
    assert not reading.readable


@pytest.mark.parametrize(
    "hard", ["(", '"', "\\", "<", ":", '"\\', "((a)", "=?utf-8?q?", "a@", ",;"]
)
def test_hostile_repetition_stays_quick(hard: str) -> None:
    # Quadratic reading of 120 kB would take minutes, not the second that a slow machine may need.
    read((hard * (120_000 // len(hard))).encode())


@given(st.binary(max_size=300))
def test_reading_never_raises(value: bytes) -> None:
    read(value)


@given(st.text(alphabet='ab@x.,:;<>()"\\ []=?qQ_40-', max_size=60))
def test_an_address_set_apart_is_never_missed(noise: str) -> None:
    """Whatever stands before it, an address behind a blank or a comma is in the list."""
    found = read(f"{noise} , victim@charity.example".encode()).addresses
    assert any("victim@charity.example" in a for a in found)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("no words", "no words"),
        ("=?utf-8?q?a_b?= c", "a b c"),
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
        ("=?utf-8?q?a?= =?latin1?q?=E9?=", "aé"),
        ("=?utf-8?b?w6?= =?utf-8?b?k?=", "=?utf-8?b?w6?= =?utf-8?b?k?="),
        ("=?utf-8?q?=C3?= =?utf-8?q?=A9?=", "é"),
        ("=?utf-8*en?q?a?=", "a"),
        ("=?hex?q?61?=", "61"),
        ("=?idna?q?a?=", "a"),
        ("x =?utf-8?q??= y", "x  y"),
    ],
)
def test_encoded_words_are_read_leniently(text: str, plain: str) -> None:
    assert decoded(text) == plain or plain == text


def test_bytes_that_are_not_utf_8_are_read_as_latin_1() -> None:
    assert text_of(b"J\xf6rg") == "Jörg"
