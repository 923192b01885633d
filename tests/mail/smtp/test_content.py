"""Dots and line ends of a message (RFC 5321 4.5.2), and where it ends."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.mail.smtp.content import ContentReader, longest_line, strict, stuffed, unstuffed

LINES = st.lists(
    st.one_of(
        st.binary(max_size=20).filter(lambda line: not {0, 10, 13} & set(line)),
        st.sampled_from([b"", b".", b"..", b".x", b"x."]),
    ),
    max_size=20,
)


def written(lines):
    return b"".join(line + b"\r\n" for line in lines)


def read(wire, cuts=(), limit=1_000):
    reader = ContentReader(limit)
    buffer = bytearray()
    reader.start(buffer)
    raw = None
    edges = [0, *sorted(cuts), len(wire)]
    for start, end in pairwise(edges):
        buffer += wire[start:end]
        if raw is None:
            raw = reader.read(buffer)
    return raw, bytes(buffer), reader


@given(LINES, st.sets(st.integers(0, 500)))
def test_what_was_stuffed_is_read_back_however_it_is_cut(lines, cuts):
    content = written(lines)
    wire = stuffed(content) + b".\r\n"
    raw, rest, reader = read(wire, [cut for cut in cuts if cut < len(wire)])
    assert raw is not None
    assert unstuffed(raw) == content
    assert rest == b""
    assert reader.fits(content)


@given(LINES)
def test_no_line_of_stuffed_content_is_a_single_dot(lines):
    assert b"." not in stuffed(written(lines)).split(b"\r\n")


def test_what_follows_the_end_is_left_for_the_commands():
    raw, rest, _ = read(b"hello\r\n.\r\nQUIT\r\n")
    assert (raw, rest) == (b"hello\r\n", b"QUIT\r\n")


def test_an_empty_message_is_only_a_dot():
    raw, rest, _ = read(b".\r\n")
    assert (raw, rest) == (b"", b"")
    assert stuffed(b"") == b""


def test_a_missing_last_line_end_is_added_on_the_way_out():
    assert stuffed(b"hello") == b"hello\r\n"


def test_a_single_leading_dot_is_taken_off_whatever_follows():
    assert unstuffed(b".hello\r\n.x\r\n..y\r\n") == b"hello\r\nx\r\n.y\r\n"


@pytest.mark.parametrize("cut", range(1, 60))
def test_a_message_at_its_limit_fits_and_one_octet_more_does_not(cut):
    dots = b".\r\n" * 12
    for content, fits in ((dots, True), (dots + b"\r\n", False), (dots + b"x" * 400, False)):
        wire = stuffed(content) + b".\r\n"
        raw, rest, reader = read(wire, [cut] if cut < len(wire) else [], limit=len(dots))
        assert raw is not None
        assert reader.fits(unstuffed(raw)) is fits
        assert rest == b""


def test_a_message_too_big_is_not_kept_but_its_end_is_found():
    reader = ContentReader(1_000)
    buffer = bytearray()
    reader.start(buffer)
    for _ in range(10_000):
        buffer += b"x" * 98 + b"\r\n"
        assert reader.read(buffer) is None
        assert len(buffer) < 2_000
    buffer += b".\r\nQUIT\r\n"
    assert reader.read(buffer) == b""
    assert reader.too_big
    assert buffer == b"QUIT\r\n"


@pytest.mark.parametrize("size", [100, 2_000_000])
@pytest.mark.parametrize("flaw", [b"a\rb", b"a\nb", b"a\n\rb", b"a\r\r\nb", b"a\r\n\nb", b"a\0b"])
def test_every_flaw_of_line_ends_is_seen(flaw, size):
    filling = b"x" * 70 + b"\r\n"
    filling *= 1 + size // len(filling)
    assert strict(filling)
    assert not strict(filling + flaw + b"\r\n" + filling)


@given(st.lists(st.sampled_from([b"\r", b"\n", b"\0", b".", b"x"]), max_size=30))
def test_strict_means_no_other_line_end_than_cr_lf(octets):
    content = b"".join(octets)
    alone = content.replace(b"\r\n", b"")
    assert strict(content) is (not {0, 10, 13} & set(alone))


def test_the_longest_line_is_measured_without_its_line_end():
    assert longest_line(b"abc\r\nabcdef\r\n\r\n") == 6
