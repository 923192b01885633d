"""Bounces that come in, and the notification that we write."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.enforcement.values import Fate, Outcome, Parcel
from alongside.mail import dsn_in
from alongside.mail.dsn_in import Action
from alongside.mail.dsn_out import LARGEST_RETURNED, failure
from tests.world import CARLA, CHLOE, MARY, NOW, OLIVIA

from .corpus import IDENTITY, message, parcel

REPORT = """From: MAILER-DAEMON@mx.test
To: copy+x@club.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.test

Final-Recipient: rfc822; olivia@charity.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 unknown

--b
Content-Type: {kind}

{returned}
--b--
"""
HEADER = "Message-ID: <one@club.example>\nSubject: x\n"


def report(action: str = "failed", status: str = "5.1.1", kind: str = "message/rfc822") -> bytes:
    text = REPORT.format(action=action, status=status, kind=kind, returned=HEADER + "\nbody")
    return text.replace("\n", "\r\n").encode()


@pytest.mark.pitfall(18)
@pytest.mark.parametrize(
    ("action", "status", "meant", "failed"),
    [
        ("failed", "5.1.1", Action.FAILED, True),
        ("FAILED (gone)", "5.1.1", Action.FAILED, True),
        ("delayed", "4.4.1", Action.DELAYED, False),
        ("delivered", "2.0.0", Action.DELIVERED, False),
        ("relayed", "2.0.0", Action.DELIVERED, False),
        ("expanded", "2.0.0", Action.DELIVERED, False),
        ("delivered", "5.1.1", Action.UNCLEAR, True),
        ("vanished", "", Action.UNCLEAR, True),
        ("", "", Action.UNCLEAR, True),
    ],
)
def test_a_report_is_read(action: str, status: str, meant: Action, failed: bool) -> None:
    found = dsn_in.read(report(action, status))
    assert found.words[0].action is meant
    assert found.words[0].address == OLIVIA
    assert found.words[0].status == status
    assert found.words[0].diagnostic.startswith("smtp; 550")
    assert found.failed is failed
    assert found.unclear is (meant is Action.UNCLEAR)
    assert found.message_id == "<one@club.example>"


def test_a_returned_header_names_the_message_too() -> None:
    for kind in ("text/rfc822-headers", "message/global-headers", "message/global"):
        assert dsn_in.read(report(kind=kind)).message_id == "<one@club.example>"


def test_many_recipients_are_read_and_one_failure_counts() -> None:
    raw = report("delivered", "2.0.0").replace(
        b"\r\n\r\n--b\r\nContent-Type: message/rfc822",
        b"\r\n\r\nFinal-Recipient: rfc822; a@x.test\r\nAction: failed\r\n\r\n--b\r\n"
        b"Content-Type: message/rfc822",
    )
    assert [w.action for w in dsn_in.read(raw).words] == [Action.DELIVERED, Action.FAILED]
    assert dsn_in.read(raw).failed


def letter(subject: str, body: str, **fields: str) -> bytes:
    head = "".join(f"{n.replace('_', '-')}: {v}\n" for n, v in fields.items())
    return f"{head}Subject: {subject}\n\n{body}".replace("\n", "\r\n").encode()


OLD = [
    (letter("Mail delivery failed", "gone", X_Failed_Recipients=OLIVIA), Action.FAILED, OLIVIA),
    (
        letter("failure notice", f"Hi. This is the qmail-send program at x.\n<{OLIVIA}>: 5.1.1 no"),
        Action.FAILED,
        None,
    ),
    (letter("Returned mail: see transcript", "550 5.7.1 no"), Action.FAILED, None),
    (letter("Undeliverable: something", "it did not work"), Action.UNCLEAR, None),
    (letter("Hello", "gone", From="MAILER-DAEMON@mx.test"), Action.UNCLEAR, None),
    (
        letter("Delivery delayed", "Will keep trying, 4.4.1", From="postmaster@mx.test"),
        Action.DELAYED,
        None,
    ),
    (
        letter("Delivery delayed", "gave up: 5.4.1", From="postmaster@mx.test"),
        Action.FAILED,
        None,
    ),
    (
        letter("Out of office", "back on Monday", Auto_Submitted="auto-replied"),
        Action.ANSWERED,
        None,
    ),
    (letter("Hello", "what is this?"), Action.UNCLEAR, None),
    (b"", Action.UNCLEAR, None),
]


@pytest.mark.parametrize(("raw", "meant", "address"), OLD)
def test_old_servers_are_understood_carefully(
    raw: bytes, meant: Action, address: str | None
) -> None:
    word = dsn_in.read(raw).words[0]
    assert word.action is meant
    if address is not None:
        assert word.address == address


def test_a_holiday_answer_is_no_bounce() -> None:
    raw = letter("Out of office", "back on Monday", Auto_Submitted="auto-replied (vacation)")
    assert not dsn_in.read(raw).failed


@given(st.binary(max_size=600))
def test_reading_a_bounce_never_raises(raw: bytes) -> None:
    assert dsn_in.read(raw).words


@given(st.integers(0, 900), st.binary(max_size=30))
def test_a_damaged_report_never_raises(at: int, noise: bytes) -> None:
    raw = report()
    assert dsn_in.read(raw[:at] + noise + raw[at + len(noise) :]).words


def test_deep_nesting_is_answered_with_unclear() -> None:
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(3000)
    )
    assert dsn_in.read(deep).failed


def test_a_report_that_is_no_list_of_fields_is_unclear() -> None:
    raw = b"Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\nxx"
    assert dsn_in.read(raw).unclear


def test_a_returned_message_without_an_id_names_none() -> None:
    raw = report().replace(b"Message-ID: <one@club.example>", b"X: y")
    assert dsn_in.read(raw).message_id == ""


# What we write

GONE = Outcome(fate=Fate.PERMANENT, code=550, status="5.1.1", text="5.1.1 no such user")


def read(raw: bytes | None) -> Any:
    assert raw is not None
    assert b"\n" not in raw.replace(b"\r\n", b"")
    return message_from_bytes(raw, policy=default)


def written(of: Parcel, failed: dict[str, Outcome]) -> bytes | None:
    return failure(of, failed, reference="A7K3-9QXM", identity=IDENTITY, at=NOW)


def test_the_writer_is_told_whom_it_did_not_reach() -> None:
    found = read(written(parcel(), {CHLOE: GONE}))
    assert found.get_content_type() == "multipart/report"
    assert found["To"] == CARLA
    assert found["Auto-Submitted"] == "auto-replied"
    assert found["In-Reply-To"] == "<one@club.example>"
    text, status, returned = found.iter_parts()
    assert CHLOE in text.get_content()
    assert "Email: welfare@charity.example" in text.get_content()
    per_message, per_recipient = status.get_payload()
    assert per_message["Reporting-MTA"] == "dns; gate.club.example"
    assert per_recipient["Final-Recipient"] == f"rfc822; {CHLOE}"
    assert per_recipient["Action"] == "failed"
    assert per_recipient["Status"] == "5.1.1"
    assert per_recipient["Diagnostic-Code"] == "smtp; 550 5.1.1 no such user"
    assert returned.get_content_type() == "text/rfc822-headers"
    assert "See you at six" not in returned.as_string()


def test_our_notification_is_read_back_as_a_bounce() -> None:
    raw = written(parcel(), {CHLOE: GONE})
    assert raw is not None
    found = dsn_in.read(raw)
    assert [w.action for w in found.words] == [Action.FAILED]
    assert found.message_id == "<one@club.example>"


@pytest.mark.parametrize(
    ("notify", "told"),
    [
        (None, True),
        ("NEVER", False),
        ("never", False),
        ("DELAY", False),
        ("SUCCESS,FAILURE", True),
        ("FAILURE", True),
    ],
)
def test_a_writers_wish_not_to_be_told_is_kept(notify: str | None, told: bool) -> None:
    of = parcel(each={} if notify is None else {CHLOE: {"NOTIFY": notify}})
    assert (written(of, {CHLOE: GONE}) is not None) is told


def test_a_bounce_is_never_bounced() -> None:
    assert written(parcel(sender=""), {CHLOE: GONE}) is None


def test_envelope_id_and_original_recipient_come_back_as_they_were() -> None:
    of = parcel(
        parameters={"ENVID": "QQ+2B31+0D+0AX", "RET": "HDRS"},
        each={CHLOE: {"ORCPT": "rfc822;Chloe+2B1@family.example"}},
    )
    _, status, _ = read(written(of, {CHLOE: GONE})).iter_parts()
    per_message, per_recipient = status.get_payload()
    assert per_message["Original-Envelope-Id"] == "QQ+31X"
    assert per_recipient["Original-Recipient"] == "rfc822; Chloe+1@family.example"


def test_the_whole_message_comes_back_only_where_asked_and_small() -> None:
    full: dict[str, str | None] = {"RET": "FULL"}
    *_, returned = read(written(parcel(parameters=full), {CHLOE: GONE})).iter_parts()
    assert returned.get_content_type() == "message/rfc822"
    large = parcel(message(body=b"x" * LARGEST_RETURNED + b"\r\n"), parameters=full)
    *_, returned = read(written(large, {CHLOE: GONE})).iter_parts()
    assert returned.get_content_type() == "text/rfc822-headers"


def test_blind_copies_do_not_come_back_in_the_header() -> None:
    raw = written(parcel(message({"Bcc": MARY})), {CHLOE: GONE})
    assert raw is not None
    assert MARY.encode() not in raw


@pytest.mark.law("no_copy_of_ours_reaches_a_restricted_person")
def test_no_address_is_told_that_the_writer_did_not_write() -> None:
    said = Outcome(
        fate=Fate.PERMANENT,
        code=550,
        status="odd",
        text=f"<{CHLOE}> forwards to <{MARY}>, {MARY.upper()}: full\r\nmailbox",
    )
    raw = written(parcel(), {CHLOE: said})
    assert raw is not None
    assert MARY.encode() not in raw.lower()
    assert b"Status: 5.0.0" in raw


def test_international_recipients_are_told_of_in_utf_8() -> None:
    whom = "chloé@família.example"
    raw = written(parcel(to=(whom,)), {whom: GONE})
    assert raw is not None
    assert b"message/global-delivery-status" in raw
    assert f"Final-Recipient: utf-8; {whom}".encode() in raw
