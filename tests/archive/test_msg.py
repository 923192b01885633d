"""Outlook's .msg becomes the message that it was."""

from __future__ import annotations

import struct
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from alongside.archive.rows import Raw, Unreadable
from alongside.archive.sources import msg, rtf

from .compound import Storage, outlook, properties, recipient, written
from .test_sources import contents, reasons

_SUBMITTED = 133_751_952_000_000_000  # 2024-11-04 12:00 UTC, in tenths of microseconds since 1601


def read(storage: Storage) -> EmailMessage:
    found = msg.message(written(storage), "a.msg")
    assert isinstance(found, Raw), found
    parsed = message_from_bytes(found.octets, policy=default)
    assert isinstance(parsed, EmailMessage)
    return parsed


SENT: dict[str, Any] = {
    "p0C1A": "Priya Nair",
    "p5D01": "priya.nair@charity.example",
    "p0C1F": "/O=EXCHANGE/OU=FIRST/CN=PRIYA",
    "p0037": "Tuesday, café",
    "p1000": "Hello Mia,\r\n\r\nsee you on Tuesday.\r\n",
    "p1035": "<17@charity.example>",
    "p0039": _SUBMITTED,
}


def test_a_sent_item_has_its_people_date_and_text():
    people = (
        recipient("Mia Hart", "mia.hart@family.example"),
        recipient("Sam Okoro", "sam.okoro@charity.example", 2),
        recipient("Jo", "jo.hart@family.example", 3),
    )
    mail = read(outlook(people, **SENT))
    assert mail["From"] == "Priya Nair <priya.nair@charity.example>"
    assert mail["To"] == "Mia Hart <mia.hart@family.example>"
    assert mail["Cc"] == "Sam Okoro <sam.okoro@charity.example>"
    assert mail["Bcc"] == "Jo <jo.hart@family.example>"
    assert mail["Subject"] == "Tuesday, café"
    assert mail["Message-ID"] == "<17@charity.example>"
    assert mail["Date"].datetime.isoformat() == "2024-11-04T12:00:00+00:00"
    assert mail.get_content() == SENT["p1000"]


def test_what_came_over_the_network_keeps_its_fields():
    fields = (
        "Received: from a.test by mx.charity.example; Mon, 4 Nov 2024 12:00:00 +0000\r\n"
        "From: Mia <mia.hart@family.example>\r\nTo: priya.nair@charity.example\r\n"
        'Content-Type: multipart/mixed;\r\n\tboundary="x"\r\nMIME-Version: 1.0\r\n'
        "Message-ID: <1@family.example>\r\n\r\n"
    )
    mail = read(outlook(p007D=fields, p1000="Can I come?"))
    assert mail["From"] == "Mia <mia.hart@family.example>"
    assert mail["Message-ID"] == "<1@family.example>"
    assert mail.get_content_type() == "text/plain"
    assert len(mail.get_all("MIME-Version") or ()) == 1
    assert mail.get_content().strip() == "Can I come?"


def test_html_and_attachments_come_too():
    files = (
        properties(8, p3705=1, p3707="rota.csv", p370E="text/csv", p3701=b"a,b\r\n" * 2_000),
        properties(8, p3705=1, p3707="x", p370E="rubbish", p3701=b"\0\1"),
    )
    mail = read(outlook((), files, **SENT, p1013="<p>Hello</p>".encode("cp1252"), p3FDE=1252))
    html = mail.get_body(("html",))
    assert isinstance(html, EmailMessage)
    assert html.get_content().strip() == "<p>Hello</p>"
    rota, other = mail.iter_attachments()
    assert (rota.get_filename(), rota.get_content_type()) == ("rota.csv", "text/csv")
    assert rota.get_payload(decode=True) == b"a,b\r\n" * 2_000
    assert other.get_content_type() == "application/octet-stream"


def test_a_message_in_a_message_is_written_out():
    inner = outlook((), (), header=24, **{**SENT, "p0037": "Inner"})
    attachment = properties(8, p3705=5, p3707="Inner")
    attachment.storages["__substg1.0_3701000D"] = inner
    mail = read(outlook((), (attachment,), **SENT))
    (found,) = mail.iter_attachments()
    assert found.get_content_type() == "message/rfc822"
    assert b"Subject: Inner" in found.as_bytes() or "Inner" in str(found)


def test_rich_text_alone_is_attached():
    rich = b"{\\rtf1\\ansi Hello}"
    packed = struct.pack("<4L", len(rich) + 12, len(rich), 0x414C454D, 0) + rich
    sent = {k: v for k, v in SENT.items() if k != "p1000"}
    (found,) = read(outlook(**sent, p1009=packed)).iter_attachments()
    assert (found.get_content_type(), found.get_payload(decode=True)) == ("application/rtf", rich)


def test_packed_rich_text_of_the_specification():
    """The two examples of MS-OXRTFCP, 3."""
    simple = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
        "0af32068656c090020627705b06c647d0a800fa0"
    )
    assert rtf.unpacked(simple) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    crossing = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert rtf.unpacked(crossing) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    with pytest.raises(ValueError, match="unknown kind"):
        rtf.unpacked(b"\0" * 32)


def test_what_is_broken_is_said_and_what_is_office_is_no_mail(tmp_path):
    (tmp_path / "a.msg").write_bytes(written(outlook((recipient("M", "m@a.test"),), **SENT)))
    (tmp_path / "cut.msg").write_bytes(written(outlook(**SENT))[:1_500])
    old = Storage(streams={"WordDocument": b"x" * 5_000})
    (tmp_path / "old.doc").write_bytes(written(old))
    assert reasons(tmp_path) == {"cut.msg": "not_a_message", "old.doc": "not_mail"}
    (tmp_path / "cut.msg").unlink()
    (tmp_path / "old.doc").unlink()
    assert len(contents(tmp_path)) == 1


def test_any_octets_behind_the_beginning_are_said():
    whole = written(outlook(**SENT))
    for at in range(0, len(whole), 97):
        broken = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        assert isinstance(msg.message(broken, "a.msg"), Raw | Unreadable)
