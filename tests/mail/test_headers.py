"""The header block: read as it stands, changed only where it must be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.mail import headers
from alongside.mail.headers import field, split, tail, with_field, without

MIXED = (
    b"Received: from a\r\n\tby b; date\r\nfrom: a@x.test\r\nTO : b@y.test\r\n"
    b"Subject:  folded\r\n  twice\r\n\tover\r\n\r\nFrom: in the body\r\n"
)


def test_fields_are_found_whatever_their_case_with_folding_kept() -> None:
    block = split(MIXED)
    assert [f.name for f in block.fields] == [b"received", b"from", b"to", b"subject"]
    assert block.all(b"subject")[0].value == b"  folded\r\n  twice\r\n\tover"
    assert block.text(b"subject") == b"folded  twice\tover"
    assert tail(MIXED, block) == b"\r\nFrom: in the body\r\n"
    assert not block.garbage


def test_a_blank_before_the_colon_puts_a_field_in_doubt() -> None:
    block = split(MIXED)
    assert block.all(b"to")[0].doubtful
    assert not block.all(b"from")[0].doubtful


@pytest.mark.parametrize(
    "line", [b"no colon here", b" begins with a blank", b"na\xefme: x", b": no name", b"a b: c"]
)
def test_garbage_is_kept_and_puts_what_follows_in_doubt(line: bytes) -> None:
    raw = b"Subject: one\r\n" + line + b"\r\nFrom: a@x.test\r\n\r\nbody"
    if line.startswith(b" "):
        raw = raw.replace(b"Subject: one\r\n", b"")
    block = split(raw)
    assert block.garbage
    assert block.all(b"from")[0].doubtful
    assert block.joined() + tail(raw, block) == raw


def test_a_leading_mbox_line_puts_nothing_in_doubt() -> None:
    block = split(b"From coach Sun Nov 22 10:30:00 2026\r\nFrom: a@x.test\r\n\r\n")
    assert not block.garbage
    assert not block.all(b"from")[0].doubtful


@pytest.mark.parametrize("value", [b"a\x00b", b"a\rb", b"a\nb", b"a\r\n \t\r\n b"])
def test_controls_and_empty_folded_lines_put_a_field_in_doubt(value: bytes) -> None:
    assert split(b"To: " + value + b"\r\n\r\n").all(b"to")[0].doubtful


@pytest.mark.parametrize(
    ("raw", "names", "rest"),
    [
        (b"", [], b""),
        (b"\r\nbody", [], b"\r\nbody"),
        (b"A: b", [b"a"], b""),
        (b"A: b\r\n", [b"a"], b""),
        (b"A: b\r\n\r\n", [b"a"], b"\r\n"),
        (b"A: b\r\n\r\n\r\nbody", [b"a"], b"\r\n\r\nbody"),
    ],
)
def test_the_block_ends_at_the_first_empty_line(
    raw: bytes, names: list[bytes], rest: bytes
) -> None:
    block = split(raw)
    assert [f.name for f in block.fields] == names
    assert tail(raw, block) == rest
    assert raw[headers.body_start(raw, block) :] == rest.removeprefix(b"\r\n")


PIECES = st.sampled_from(
    [b"From: a@x.test", b"Cc: b@y.test", b"\r\n", b"\r", b"\n", b" ", b"\t", b":", b"x", b"\xff"]
)


@given(st.one_of(st.binary(max_size=400), st.lists(PIECES, max_size=40).map(b"".join)))
def test_nothing_is_lost_in_reading(raw: bytes) -> None:
    block = split(raw)
    assert block.joined() + tail(raw, block) == raw


@given(st.lists(PIECES, max_size=40).map(b"".join))
def test_removing_fields_keeps_every_other_byte(raw: bytes) -> None:
    block = split(raw)
    kept = without(block, lambda f: f.name == b"cc")
    assert kept.joined() == b"".join(f.raw for f in block.fields if f.name != b"cc")
    assert not kept.all(b"cc")


def test_a_field_takes_the_place_of_the_first_or_goes_to_the_top() -> None:
    block = split(b"A: 1\r\nB: 2\r\nB: 3\r\nC: 4\r\n\r\n")
    assert with_field(block, field("B", b"x")).joined() == b"A: 1\r\nB: x\r\nC: 4\r\n"
    assert with_field(block, field("D", b"x")).joined().startswith(b"D: x\r\nA: 1\r\n")


def test_a_doubtful_field_gives_up_its_place() -> None:
    block = split(b"A: 1\r\ngarbage\r\nB: 2\r\n\r\n")
    assert with_field(block, field("B", b"x")).joined() == b"B: x\r\nA: 1\r\ngarbage\r\n"


@pytest.mark.parametrize("value", [b"a\r\nBcc: b@y.test", b"a\r\n\r\nb", b"a\nb", b"a\r\n \r\n b"])
def test_a_value_that_would_break_the_block_is_refused(value: bytes) -> None:
    with pytest.raises(ValueError, match="would break the header"):
        field("Subject", value)
