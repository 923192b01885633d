"""What leaves: named third parties, private headers, bodies untouched."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.enforcement.values import Leg, Parcel
from alongside.mail import addresses
from alongside.mail.compose import compose
from alongside.mail.fields import Unwritable
from alongside.mail.headers import Headers, split, tail
from alongside.mail.words import decoded, text_of
from alongside.policy.address import key
from tests.world import BEA, CARL, CARLA, CHLOE, JUNIORS, MARY, PIP, WELFARE

from .corpus import IDENTITY, RECEIVED, TEAM, leg, message, parcel

BODY = b"See you at six.\r\n"


def composed(what: Leg, of: Parcel) -> bytes:
    return b"".join(compose(what, of, received=RECEIVED, identity=IDENTITY))


def block(raw: bytes) -> Headers:
    return split(raw)


def named(raw: bytes, *names: bytes) -> list[str]:
    head = split(raw)
    return [a for n in names for f in head.all(n) for a in addresses.read(f.value).addresses]


def body(raw: bytes) -> bytes:
    return tail(raw, split(raw))


@pytest.mark.law("what_involves_no_service_user_or_supporter_passes_untouched")
def test_an_untouched_leg_gains_one_received_line_and_nothing_else() -> None:
    content = message({"Bcc": MARY, "X-Alongside-Urgent": "yes"})
    assert composed(leg(untouched=True), parcel(content)) == RECEIVED + content


@pytest.mark.clause("E3")
@pytest.mark.pitfall(19)
def test_the_third_party_is_named_in_cc() -> None:
    out = composed(leg(), parcel())
    assert out.startswith(RECEIVED)
    assert named(out, b"cc") == [WELFARE]
    assert b"Cc: Safeguarding team <" + WELFARE.encode() in out
    assert body(out) == b"\r\n" + BODY


@pytest.mark.pitfall(21)
def test_a_reply_keeps_everybody_in() -> None:
    out = composed(leg(), parcel())
    assert named(out, b"reply-to") == [CARLA, WELFARE]
    assert b"Reply-To: Carla Coach <" in out


def test_the_writers_own_reply_to_is_kept_and_joined() -> None:
    out = composed(leg(), parcel(message({"Reply-To": "Office <office@club.example>"})))
    assert named(out, b"reply-to") == ["office@club.example", WELFARE]


def test_what_the_writer_put_in_cc_stays_in_their_spelling() -> None:
    content = message({"Cc": '"Mary, Mum" <mary@family.example>,\r\n Carl <carl@club.example>'})
    out = composed(leg(), parcel(content))
    assert b'Cc: "Mary, Mum" <mary@family.example>,\r\n Carl <carl@club.example>,\r\n ' in out
    assert named(out, b"cc") == [MARY, CARL, WELFARE]


def test_several_cc_fields_become_one() -> None:
    out = composed(leg(), parcel(message({"Cc": MARY, "CC": CARL})))
    assert len(block(out).all(b"cc")) == 1
    assert named(out, b"cc") == [MARY, CARL, WELFARE]


@pytest.mark.parametrize("field", ["To", "Cc"])
def test_a_third_party_who_is_named_already_is_not_named_again(field: str) -> None:
    content = message({field: f"{CHLOE}, {WELFARE.upper()}"})
    out = composed(leg(), parcel(content))
    assert [key(a) for a in named(out, b"to", b"cc")].count(key(WELFARE)) == 1


def test_a_display_name_that_looks_like_the_officer_is_no_copy() -> None:
    out = composed(leg(), parcel(message({"To": f'"{WELFARE}" <{CHLOE}>'})))
    assert named(out, b"cc") == [WELFARE]


@pytest.mark.parametrize(
    "trick", ['"open <x@y.test>', "(open x@y.test", "Mum <x@y.test", f"{MARY} {CARL}"]
)
def test_a_broken_cc_can_not_swallow_the_third_party(trick: str) -> None:
    first = composed(leg(), parcel(message({"Cc": trick})))
    assert block(first).all(b"cc")[0].unfolded.startswith(b"Safeguarding team <" + WELFARE.encode())
    assert composed(leg(), parcel(first)) == RECEIVED + first


def test_a_cc_below_a_garbage_line_is_moved_to_the_top() -> None:
    content = b"garbage\r\n" + message({"Cc": MARY})
    out = composed(leg(), parcel(content))
    assert not block(out).all(b"cc")[0].doubtful
    assert set(named(out, b"cc")) == {MARY, WELFARE}


def test_what_was_for_us_alone_is_taken_off() -> None:
    tagged = CHLOE.replace("@", "+urgent@")
    content = message(
        {
            "To": f"Chloe <{tagged}>",
            "Bcc": MARY,
            "Resent-Bcc": MARY,
            "X-Alongside-Urgent": "yes",
            "X-Alongside-Reason": "bus",
            "X-Alongside-Copied": "forged",
            "X-Other": "stays+urgent @ x",
        }
    )
    out = composed(leg(), parcel(content, to=(tagged,)))
    head = block(out)
    for gone in (b"bcc", b"resent-bcc", b"x-alongside-urgent", b"x-alongside-reason"):
        assert not head.all(gone)
    assert not head.all(b"x-alongside-copied")
    assert named(out, b"to") == [CHLOE]
    assert head.text(b"x-other") == b"stays+urgent @ x"


def test_a_copy_of_its_own_is_announced_in_words() -> None:
    out = composed(leg(announced="safeguarding team and a parent’s copy"), parcel())
    said = text_of(block(out).text(b"x-alongside-copied"))
    assert decoded(said) == "safeguarding team and a parent’s copy"


def test_message_id_is_kept_or_made_alike_for_every_leg() -> None:
    assert block(composed(leg(), parcel())).text(b"message-id") == b"<one@club.example>"
    bare = parcel(message({"Message-ID": None, "Date": None}))
    made = {block(composed(what, bare)).text(b"message-id") for what in (leg(), leg((MARY,)))}
    assert len(made) == 1
    assert made != {b""}
    assert block(composed(leg(), bare)).text(b"date") == b"Sun, 22 Nov 2026 15:00:00 +0000"


def test_no_address_of_the_register_can_forge_a_field() -> None:
    for bad in (
        "a@x.test\r\nBcc: b@y.test",
        "a@x.test>, <b@y.test",
        "a b@x.test",
        "nobody",
        "a@x,y",
    ):
        with pytest.raises(Unwritable):
            composed(leg(cc=(("", bad),)), parcel())


@pytest.mark.parametrize(
    "name",
    ["Jörg Müller-Lüdenscheidt, Welfare", 'A "B" C', "a\r\nBcc: b", "=?utf-8?q?x?=", "n" * 400],
)
def test_any_display_name_is_written_safely(name: str) -> None:
    out = composed(leg(cc=((name, WELFARE),)), parcel())
    head = block(out)
    assert not head.all(b"bcc")
    assert named(out, b"cc") == [WELFARE]
    assert all(len(line) <= 998 for line in out.split(b"\r\n"))


def test_long_lists_are_folded() -> None:
    crowd = tuple((f"Officer number {n}", f"officer.number.{n}@club.example") for n in range(20))
    out = composed(leg(cc=crowd), parcel())
    assert all(len(line) <= 78 for line in out.split(b"\r\n"))
    assert len(named(out, b"cc")) == 20


def test_international_addresses_are_written_as_they_can_be() -> None:
    out = composed(leg(cc=(("", "schutz@bücher.example"), ("", "jörg@bücher.example"))), parcel())
    assert named(out, b"cc") == ["schutz@xn--bcher-kva.example", "jörg@bücher.example"]


def test_no_reply_to_is_made_where_nobody_is_shown() -> None:
    out = composed(leg(cc=()), parcel())
    assert not block(out).all(b"reply-to")
    assert not block(out).all(b"cc")


def test_an_address_longer_than_any_line_is_refused() -> None:
    with pytest.raises(Unwritable, match="too long"):
        composed(leg(cc=(("", "a" * 950 + "@x.test"),)), parcel())


@pytest.mark.pitfall(26)
@pytest.mark.parametrize("content", [b"", b"From: carla@club.example\r\n", b"\r\nbody only\r\n"])
def test_messages_without_a_body_or_a_header_leave_too(content: bytes) -> None:
    out = composed(leg(), parcel(content))
    assert named(out, b"cc") == [WELFARE]
    assert body(out) == (content if content.startswith(b"\r\n") else b"")


# One envelope, one header


LEAKS = {
    "Bcc": f"{BEA}, {PIP}",
    "Cc": f"Bea <{BEA}>, {PIP}",
    "Resent-To": BEA,
    "Resent-Cc": PIP,
    "X-Original-To": BEA,
    "Delivered-To": PIP,
    "Apparently-To": BEA,
    "X-Forwarded-To": PIP,
    "X-Anything-New": f"rcpt={BEA}",
    "Autocrypt-Gossip": f"addr={PIP}; keydata=AA",
    "Authentication-Results": f"mx; x={BEA}",
    "Received": f"from a by b for <{BEA}>; Sun, 22 Nov 2026 15:00:00 +0000",
    "Comments": f"also {PIP}",
    "Keywords": BEA,
    "Subject": f"For =?utf-8?q?{BEA.replace('@', '=40')}?= and {PIP.upper()} now",
    "From": f'"Carla ({BEA})" <{CARLA}>',
    "Reply-To": f"{CARLA}, {PIP}",
    "References": f"<{BEA}> <zero@club.example>",
    "In-Reply-To": f"<{PIP}>",
    "Message-ID": f"<{BEA}>",
    "Content-Description": f"list of {BEA}",
    "DKIM-Signature": "v=1; d=mail.test; h=from; z=To:=20bea=40mail.test; b=AA",
}


def leaked(raw: bytes, others: Iterable[str]) -> list[str]:
    head = split(raw).joined()
    plain = decoded(text_of(head.replace(b"\r\n", b""))).casefold()
    return [o for o in others if o.casefold() in plain or o.replace("@", "=40") in plain]


@pytest.mark.law("members_of_a_group_never_learn_each_other")
@pytest.mark.pitfall(20)
@pytest.mark.parametrize("field", [*LEAKS, "all of them"])
def test_an_individual_header_names_nobody_else(field: str) -> None:
    fields = LEAKS if field == "all of them" else {field: LEAKS[field]}
    of = parcel(message({"To": JUNIORS, **fields}), to=(JUNIORS, BEA, PIP))
    out = composed(leg(individual=True, to=JUNIORS, written=(JUNIORS,)), of)
    assert leaked(out, (BEA, PIP)) == []
    assert named(out, b"to") == [JUNIORS]
    assert named(out, b"cc") == [WELFARE]
    assert named(out, b"from") == [CARLA]
    assert body(out) == b"\r\n" + BODY


def test_group_mail_says_that_it_is() -> None:
    of = parcel(message({"To": JUNIORS}), to=(JUNIORS,))
    out = composed(leg(individual=True, to=JUNIORS), of)
    assert block(out).text(b"list-id") == b"<" + JUNIORS.replace("@", ".").encode() + b">"
    alone = composed(leg(individual=True, to=CHLOE), parcel())
    assert not block(alone).all(b"list-id")


def test_a_group_whose_address_makes_no_list_name_has_none() -> None:
    odd = "ju'niors@club.example"
    out = composed(leg(individual=True, to=odd), parcel(to=(odd,)))
    assert not block(out).all(b"list-id")


def test_an_individual_header_without_third_parties_has_no_cc() -> None:
    of = parcel(message({"Cc": BEA}), to=(CHLOE, BEA))
    out = composed(leg(individual=True, to="", cc=()), of)
    assert named(out, b"to") == [CHLOE]
    assert not block(out).all(b"cc")


def test_a_harmless_subject_and_trace_stay() -> None:
    fields = {
        "Received": "from a by b; Sun, 22 Nov 2026 15:00:00 +0000",
        "References": "<x@y.example>",
    }
    out = composed(leg(individual=True, to=CHLOE), parcel(message(fields)))
    head = block(out)
    assert head.text(b"subject") == b"Training on Tuesday"
    assert len(head.all(b"received")) == 2
    assert head.text(b"references") == b"<x@y.example>"


def test_a_reply_to_of_nobody_but_others_goes() -> None:
    of = parcel(message({"Reply-To": BEA}), to=(CHLOE, BEA))
    out = composed(leg(individual=True, to=CHLOE), of)
    assert named(out, b"reply-to") == [CARLA, WELFARE]


# Laws

VALUES = st.sampled_from(
    [
        CHLOE,
        f"{CHLOE}, {BEA}",
        f"Carla <{CARLA}>",
        f'"{WELFARE}" <{BEA}>',
        f"Safeguarding team <{WELFARE}>",
        "undisclosed:;",
        '"open',
        "",
        f"Bea\r\n <{BEA}>,\r\n\t{PIP}",
        "=?utf-8?q?x?=",
        "v=1; d=club.example; h=from:to:cc; b=AA",
        CHLOE.replace("@", "+urgent@"),
    ]
)
FIELDS = st.lists(
    st.tuples(
        st.sampled_from(
            "From To Cc CC Reply-To Bcc Subject Sender Message-ID X-New DKIM-Signature"
            " Received".split()
        ),
        VALUES,
    ),
    max_size=8,
)
BODIES = st.binary(max_size=200)
LEGS = st.builds(
    lambda individual, to, cc, announced: leg(
        individual=individual, to=to, cc=cc, announced=announced
    ),
    st.booleans(),
    st.sampled_from(["", CHLOE, JUNIORS]),
    st.sampled_from([(), (TEAM,), (TEAM, ("", CARL))]),
    st.sampled_from(["", "safeguarding team"]),
)


def raw_of(fields: list[tuple[str, str]], rest: bytes) -> bytes:
    return b"".join(f"{n}: {v}\r\n".encode() for n, v in fields) + b"\r\n" + rest


@given(FIELDS, BODIES, LEGS)
def test_the_body_is_never_changed(fields: list[tuple[str, str]], rest: bytes, what: Leg) -> None:
    of = parcel(raw_of(fields, rest), to=(CHLOE, BEA, PIP))
    assert body(composed(what, of)) == b"\r\n" + rest


@pytest.mark.law("deciding_again_after_composing_changes_nothing")
@given(FIELDS, BODIES, LEGS)
def test_composing_again_changes_nothing_but_the_trace(
    fields: list[tuple[str, str]], rest: bytes, what: Leg
) -> None:
    to = (CHLOE, BEA, PIP)
    once = composed(what, parcel(raw_of(fields, rest), to=to))
    assert composed(what, parcel(once, to=to)) == RECEIVED + once


@given(FIELDS, LEGS)
def test_every_shown_third_party_is_named_beyond_doubt_or_in_front(
    fields: list[tuple[str, str]], what: Leg
) -> None:
    out = composed(what, parcel(raw_of(fields, b""), to=(CHLOE, BEA, PIP)))
    there = {key(a) for a in named(out, b"to", b"cc")}
    assert {key(a) for _, a in what.cc} <= there


@pytest.mark.law("members_of_a_group_never_learn_each_other")
@given(FIELDS, st.sampled_from([CHLOE, JUNIORS]))
def test_no_other_recipient_is_ever_in_an_individual_header(
    fields: list[tuple[str, str]], to: str
) -> None:
    safe = [(n, v) for n, v in fields if n not in ("From", "Sender")]
    of = parcel(raw_of([("From", CARLA), *safe], b""), to=(CHLOE, BEA, PIP))
    assert leaked(composed(leg(individual=True, to=to), of), (BEA, PIP)) == []
