"""From envelope and bytes to what the decision point sees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.mail.parse import fingerprint
from alongside.policy.vocabulary import Channel
from tests.world import BEA, CARLA, CHLOE, JUNIORS, MARY, NOW, WELFARE

from .corpus import message, parcel


def test_an_ordinary_message_is_read_whole() -> None:
    content = message(
        {"Cc": f"Mary <{MARY}>", "Reply-To": CARLA, "In-Reply-To": "<zero@club.example>"}
    )
    read = parcel(content, login=CARLA, trusted=True)
    assert read.content is content
    found = read.message
    assert (found.channel, found.at) == (Channel.EMAIL, NOW)
    assert found.recipients == (CHLOE,)
    assert found.envelope_from == CARLA
    assert (found.authors, found.authors_readable) == ((CARLA,), True)
    assert found.reply_to == (CARLA,)
    assert found.named == (CHLOE, MARY)
    assert found.thread == ("<one@club.example>", "<zero@club.example>")
    assert (found.login, found.trusted) == (CARLA, True)
    assert not found.urgent
    assert not found.encrypted


@pytest.mark.parametrize(
    "changes",
    [
        {"From": None},
        {"From": ""},
        {"From": "undisclosed:;"},
        {"From": f"Team: {CARLA};"},
        {"From": f"{CARLA}, {BEA}"},
        {"From": f'"{CARLA}" <{BEA}>'},
        {"From": f"Carla <{CARLA}"},
        {"From ": CARLA, "From": None},
        {"from": BEA},
        {"FROM": CARLA},
    ],
)
def test_doubt_about_the_author_is_said(changes: dict[str, str | None]) -> None:
    assert not parcel(message(changes)).message.authors_readable


def test_two_from_fields_list_both_authors() -> None:
    assert parcel(message({"from": BEA})).message.authors == (CARLA, BEA)


def test_several_authors_with_a_sender_are_readable() -> None:
    found = parcel(message({"From": f"{CARLA}, {BEA}", "Sender": CARLA})).message
    assert found.authors_readable
    assert (found.authors, found.senders) == ((CARLA, BEA), (CARLA,))


def test_a_from_below_a_garbage_line_is_in_doubt() -> None:
    content = b"Subject: x\r\ngarbage\r\n" + message()
    assert not parcel(content).message.authors_readable


def test_every_visible_recipient_field_is_read() -> None:
    content = message(
        {
            "Cc": MARY,
            "Resent-To": BEA,
            "Resent-Cc": WELFARE,
            "Apparently-To": JUNIORS,
            "cc": "a@x.test",
        }
    )
    assert set(parcel(content).message.named) == {CHLOE, MARY, BEA, WELFARE, JUNIORS, "a@x.test"}


@pytest.mark.pitfall(33)
def test_the_urgent_tag_is_taken_off_and_said() -> None:
    tagged = CHLOE.replace("@", "+URGENT@")
    read = parcel(message({"To": tagged}), to=(tagged, MARY), each={tagged: {"NOTIFY": "NEVER"}})
    assert read.message.urgent
    assert read.message.recipients == (CHLOE, MARY)
    assert read.message.named == (CHLOE,)
    assert read.parameters["rcpt"][CHLOE] == {"NOTIFY": "NEVER"}


def test_a_tag_in_the_header_alone_declares_nothing() -> None:
    assert not parcel(message({"To": CHLOE.replace("@", "+urgent@")})).message.urgent


@pytest.mark.parametrize(
    ("changes", "word", "urgent"),
    [
        ({"X-Alongside-Urgent": "Yes"}, "", True),
        ({"X-Alongside-Urgent": "no"}, "", False),
        ({"Subject": "EMERGENCY: bus broke down"}, "Emergency", True),
        ({"Subject": "=?utf-8?q?EMERGENCY?="}, "emergency", True),
        ({"Subject": "Re: EMERGENCY"}, "emergency", False),
        ({"Subject": "Emergencyish"}, "emergency", False),
        ({"Subject": "EMERGENCY"}, "", False),
        ({"Subject": None}, "emergency", False),
    ],
)
def test_an_emergency_is_declared_and_never_guessed(
    changes: dict[str, str | None], word: str, urgent: bool
) -> None:
    assert parcel(message(changes), urgent_word=word).message.urgent is urgent


def test_the_reason_is_kept_in_the_writers_words() -> None:
    content = message({"X-Alongside-Reason": "=?utf-8?q?no_officer_has_a_phone=0D=0Atoday?="})
    assert parcel(content).message.reason == "no officer has a phone today"


ARMOUR = b"-----BEGIN PGP MESSAGE-----\r\n\r\nhQ\r\n-----END PGP MESSAGE-----\r\n"


@pytest.mark.pitfall(26)
@pytest.mark.parametrize(
    ("kind", "body", "encrypted"),
    [
        ("multipart/encrypted; protocol=x", b"", True),
        ("Application/PKCS7-Mime; smime-type=enveloped-data", b"", True),
        ("application/pkcs7-mime; smime-type=authEnveloped-data", b"", True),
        ("application/x-pkcs7-mime; name=smime.p7m", b"", True),
        ("(odd) application/pgp-encrypted", b"", True),
        ('application/pkcs7-mime; name=x; SMIME-TYPE="signed-data"', b"", False),
        ("application/pkcs7-mime; smime-type=certs-only", b"", False),
        ("multipart/signed; protocol=x", b"", False),
        ("text/plain", ARMOUR, True),
        ("text/plain", b"Hello\r\n\r\n" + ARMOUR, True),
        ("text/plain", b"the line -----BEGIN PGP MESSAGE----- begins one\r\n", False),
        ("text/plain", b"> -----BEGIN PGP MESSAGE-----\r\n", False),
        ("text/plain", b"LS0tLS1CRUdJTiBQR1AgTUVTU0FHRS0tLS0tDQo=\r\n", True),
        ("text/plain", b"x" * 9000 + b"\r\n" + ARMOUR, False),
        (
            "multipart/mixed; boundary=b",
            b"--b\r\nContent-Type: application/pgp-encrypted\r\n",
            True,
        ),
        ("nonsense", b"", False),
    ],
)
def test_what_cannot_be_read_is_said(kind: str, body: bytes, encrypted: bool) -> None:
    assert parcel(message({"Content-Type": kind}, body)).message.encrypted is encrypted


def test_a_second_content_type_counts_too() -> None:
    content = message({"content-type": "multipart/encrypted; protocol=x"})
    assert parcel(content).message.encrypted


def test_a_retry_has_the_same_fingerprint_and_nothing_else_has() -> None:
    first = parcel(to=(CHLOE, MARY))
    assert parcel(to=(MARY, CHLOE), at=NOW + timedelta(hours=1)).fingerprint == first.fingerprint
    others = [
        parcel(to=(CHLOE,)),
        parcel(to=(CHLOE, MARY), sender=""),
        parcel(message({"Subject": "Other"}), to=(CHLOE, MARY)),
    ]
    assert first.fingerprint not in {o.fingerprint for o in others}


def test_no_two_envelopes_run_together_in_the_fingerprint() -> None:
    assert fingerprint("a", ["b", "c"], b"d") != fingerprint("a", ["b"], b"1:cd")
    assert fingerprint("a", ["bc"], b"") != fingerprint("a", ["b", "c"], b"")


def test_parameters_are_kept_exactly_as_written() -> None:
    read = parcel(
        parameters={"RET": "hdrs", "ENVID": "QQ+2B", "SMTPUTF8": None},
        each={CHLOE: {"ORCPT": "rfc822;Chloe+2B@x.test"}},
    )
    assert read.parameters["mail"] == {"RET": "hdrs", "ENVID": "QQ+2B", "SMTPUTF8": None}
    assert read.parameters["rcpt"][CHLOE] == {"ORCPT": "rfc822;Chloe+2B@x.test"}


NAMES = st.sampled_from(
    [
        b"From",
        b"To",
        b"Cc",
        b"Subject",
        b"Content-Type",
        b"References",
        b"X-Alongside-Reason",
        b"Date",
    ]
)
LINES = st.tuples(NAMES, st.sampled_from([b":", b" :", b""]), st.binary(max_size=60)).map(b"".join)


@given(
    st.one_of(st.binary(max_size=500), st.lists(LINES, max_size=12).map(b"\r\n".join)),
    st.lists(st.text(max_size=30), max_size=4),
)
def test_parse_never_raises_whatever_the_bytes(content: bytes, to: list[str]) -> None:
    read = parcel(content, to=tuple(to), urgent_word="emergency")
    assert read.content == content
