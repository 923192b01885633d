"""Our signed bounce address, and loops seen by our own trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.mail import bounce
from alongside.mail.headers import split
from alongside.mail.received import MOST_HOPS, MOST_PASSES, Hop, line, loops

SECRET = b"0123456789abcdef"
AT = datetime(2026, 11, 23, 9, 30, 1, tzinfo=UTC)
LEGS = st.from_regex(r"[a-z0-9-]{1,24}", fullmatch=True)


@pytest.mark.pitfall(18)
@given(LEGS)
def test_a_bounce_address_says_which_copy_it_was(leg: str) -> None:
    address = bounce.sign(leg, AT, SECRET, "club.example")
    assert bounce.verify(address, SECRET) == (leg, AT)
    assert bounce.verify(address.upper(), SECRET) == (leg, AT)
    assert len(address.partition("@")[0]) <= 64


@given(LEGS, st.integers(0, 63), st.sampled_from("abcxyz27"))
def test_no_other_address_passes_for_it(leg: str, at: int, letter: str) -> None:
    address = bounce.sign(leg, AT, SECRET, "club.example")
    at %= address.index("@")
    forged = address[:at] + letter + address[at + 1 :]
    assert forged == address or bounce.verify(forged, SECRET) is None


@given(st.text(max_size=80))
def test_any_address_may_be_asked_about(address: str) -> None:
    assert bounce.verify(address, SECRET) is None


def test_another_secret_or_domain_proves_nothing() -> None:
    address = bounce.sign("leg-1", AT, SECRET, "club.example")
    assert bounce.verify(address, b"another secret!!") is None
    assert bounce.verify(address, b"another secret!!", SECRET) == ("leg-1", AT)
    assert bounce.verify(address.replace("club", "other"), SECRET) is None


@pytest.mark.parametrize("leg", ["", "A1", "a.b", "a@b", "a" * 25])
def test_a_leg_id_that_would_not_come_back_is_refused(leg: str) -> None:
    with pytest.raises(ValueError, match="leg id"):
        bounce.sign(leg, AT, SECRET, "club.example")


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        bounce.sign("leg-1", AT, b"short", "club.example")


HOP = Hop(
    host="gate.club.example",
    protocol="ESMTP",
    reference="A7K3-9QXM",
    at=datetime(2026, 11, 22, 15, 0, tzinfo=UTC),
    helo="mail.other.example",
    client="192.0.2.7",
)


def test_the_trace_line_says_where_a_message_came_from() -> None:
    assert line(HOP) == (
        b"Received: from mail.other.example ([192.0.2.7])\r\n"
        b"\tby gate.club.example (Alongside) with ESMTP\r\n"
        b"\tid A7K3-9QXM; Sun, 22 Nov 2026 15:00:00 +0000\r\n"
    )


@pytest.mark.parametrize(
    ("client", "literal"), [("2001:db8::7", b"[IPv6:2001:db8::7]"), ("192.0.2.7", b"[192.0.2.7]")]
)
def test_both_kinds_of_address_are_written_as_literals(client: str, literal: bytes) -> None:
    assert literal in line(replace(HOP, client=client, helo=""))


def test_who_signed_in_is_not_told_from_where() -> None:
    said = line(replace(HOP, protocol="ESMTPSA"))
    assert said.startswith(b"Received: by gate.club.example")
    assert b"192.0.2.7" not in said


@given(st.text(max_size=40))
def test_nothing_a_client_says_breaks_the_line(helo: str) -> None:
    block = split(line(replace(HOP, helo=helo)) + b"\r\n")
    assert len(block.fields) == 1
    assert not block.fields[0].doubtful


def test_a_message_that_goes_round_is_seen() -> None:
    once = line(HOP)
    assert not loops(split(once * (MOST_PASSES - 1)), "gate.club.example")
    assert loops(split(once * MOST_PASSES), "Gate.Club.example")
    assert not loops(split(once * MOST_PASSES), "other.example")
    assert loops(split(b"Received: by x; now\r\n" * (MOST_HOPS + 1)), "other.example")
