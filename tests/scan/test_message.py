"""A message read: everything that somebody could read in it, in which zone, and what was not."""

from __future__ import annotations

import base64
import quopri
import time
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.scan import message as reading_of_messages
from alongside.scan.gather import LONGEST, SEPARATOR
from alongside.scan.message import is_reply, read_message, read_strictly, with_opened
from alongside.scan.parts import DEEPEST, MOST_PARTS
from alongside.scan.reading import Attachment, Reading, Unread
from alongside.scan.sighting import Zone

NUMBER = "07700 900123"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (1200).to_bytes(4, "big") + (900).to_bytes(4, "big")


def message(body: str | bytes = b"Hello", *fields: str, type_: str = "text/plain") -> bytes:
    """A message from the coach, lines ending as they travel."""
    head = (
        "From: Sam Coach <sam@charity.example>",
        "To: Ivy <ivy@home.example>",
        *(fields if any(f.lower().startswith("subject") for f in fields) else ("Subject: Hi",)),
        *(f for f in fields if not f.lower().startswith("subject")),
        "MIME-Version: 1.0",
        f"Content-Type: {type_}",
    )
    octets = body if isinstance(body, bytes) else body.encode()
    lines = "\r\n".join(dict.fromkeys(head)).encode() + b"\r\n\r\n"
    return lines + octets.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def part(body: str | bytes, type_: str = "text/plain", *fields: str) -> bytes:
    octets = body if isinstance(body, bytes) else body.encode()
    return "\n".join((f"Content-Type: {type_}", *fields)).encode() + b"\n\n" + octets


def multipart(*parts: bytes, subtype: str = "mixed", fields: tuple[str, ...] = ()) -> bytes:
    body = b"".join(b"--frontier\n" + p + b"\n" for p in parts) + b"--frontier--\n"
    return message(body, *fields, type_=f"multipart/{subtype}; boundary=frontier")


def texts(reading: Reading, part: str = "", zone: Zone | None = None) -> list[str]:
    return [
        reading.of(p) for p in reading.pieces if p.part == part and (zone is None or p.zone is zone)
    ]


def check(reading: Reading) -> None:
    """What holds for every reading: pieces stand in order, apart, inside the text, and are full."""
    at = 0
    for number, piece in enumerate(reading.pieces):
        if number:
            assert reading.text[at : piece.start] == SEPARATOR
        assert at <= piece.start < piece.end <= len(reading.text)
        assert reading.of(piece).strip() == reading.of(piece) != ""
        at = piece.end
    assert at == len(reading.text)
    assert "\0" not in reading.text
    reading.text.encode()


def read(content: bytes) -> Reading:
    reading = read_strictly(content)
    check(reading)
    return reading


# What a plain message says


def test_a_plain_message_is_its_subject_and_its_text():
    reading = read(message("Training is at ten.\nBring a drink.", "Subject: Saturday"))
    assert texts(reading, "subject") == ["Saturday"]
    assert texts(reading) == ["Training is at ten.\nBring a drink."]
    assert {p.zone for p in reading.pieces} == {Zone.BODY}
    assert not reading.unread


def test_two_pieces_never_touch():
    reading = read(message("900123", "Subject: 07700"))
    assert "07700" + SEPARATOR + "900123" == reading.text


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_of_every_kind_are_read_alike(end):
    content = message("one\ntwo", "Subject: three").replace(b"\r\n", end)
    reading = read(content)
    assert texts(reading) == ["one\ntwo"]
    assert texts(reading, "subject") == ["three"]


def test_an_empty_message_holds_nothing():
    assert read(b"") == Reading(text="", pieces=())


def test_a_text_without_any_header_is_read():
    assert texts(read(f"Ring me, {NUMBER}".encode())) == [f"Ring me, {NUMBER}"]


def test_lines_in_the_header_that_are_no_fields_are_read_as_text():
    content = f"Subject: Hi\r\nring me on {NUMBER}\r\nFrom: s@charity.example\r\n\r\nBody".encode()
    reading = read(content)
    assert texts(reading)[0] == "Body"
    assert f"ring me on {NUMBER}" in texts(reading)[1]


def test_what_stands_below_a_line_of_blanks_in_the_header_is_read():
    content = f"Subject: Hi\r\n \r\nText: {NUMBER}\r\n\r\nBody".encode()
    assert NUMBER in read(content).text


def test_an_mbox_line_above_the_header_is_no_text():
    content = b"From sam@charity.example Mon May  4 10:00:00 2026\n" + message("Body")
    assert texts(read(content)) == ["Body"]


def test_blank_lines_above_the_header_hide_nothing():
    content = b"\r\n\r\n" + message(
        base64.b64encode(NUMBER.encode()), "Content-Transfer-Encoding: base64"
    )
    assert texts(read(content)) == [NUMBER]


# Headers


@pytest.mark.parametrize(
    "subject",
    [
        "=?utf-8?q?caf=C3=A9?=",
        "=?ISO-8859-1?Q?caf=E9?=",
        "=?utf-8?b?Y2Fmw6k=?=",
        "=?utf-8?b?Y2Fm?= =?utf-8?b?w6k=?=",
        "=?utf-8?b?Y2Fmww==?= =?utf-8?b?qQ==?=",
        "café",
    ],
)
def test_the_subject_is_decoded(subject):
    assert texts(read(message("x", f"Subject: {subject}")), "subject") == ["café"]


@pytest.mark.parametrize("octets", [b"caf\xe9", b"caf\xc3\xa9"])
def test_a_subject_in_raw_octets_is_read_as_it_is_meant(octets):
    content = b"Subject: " + octets + b"\r\n\r\nx"
    assert texts(read(content), "subject") == ["café"]


def test_a_second_subject_is_read_too():
    reading = read(b"Subject: one\r\nSubject: " + NUMBER.encode() + b"\r\n\r\nx")
    assert texts(reading, "subject") == ["one", NUMBER]


@pytest.mark.parametrize(
    ("shown", "is_said"),
    [
        ("Sam Coach", False),
        ("Sam de la Cruz-O'Brien", False),
        ('"Coach, Sam"', False),
        ("=?utf-8?q?Sam_Co=C3=A1ch?=", False),
        (f"Sam {NUMBER}", True),
        ("Sam (snap coach.sam)", True),
        ("add me on snap coachsam", True),
    ],
)
def test_a_name_in_from_is_text_where_it_says_more_than_a_name(shown, is_said):
    content = f"From: {shown} <sam@charity.example>\r\n\r\nx".encode()
    assert bool(texts(read(content), "from")) is is_said


def test_a_number_as_the_name_of_a_receiver_or_for_replies_is_text():
    content = (
        f'To: "text {NUMBER}" <ivy@home.example>\r\nReply-To: {NUMBER} <s@charity.example>\r\n\r\nx'
    )
    reading = read(content.encode())
    assert texts(reading, "to") == [f"text {NUMBER}"]
    assert texts(reading, "from") == [NUMBER]


def test_a_huge_header_takes_no_time():
    started = time.process_time()
    field = b"X-Long: " + b"a" * 5_000_000 + b"\r\n"
    long = b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\r\n"
    reading = read(field + long + b"References: " + b"<" * 3_000_000 + b"\r\n\r\nBody")
    assert "Body" in reading.text
    assert time.process_time() - started < 2


# Charsets


@pytest.mark.parametrize(
    ("octets", "charset"),
    [
        ("£5 café".encode(), "utf-8"),
        ("£5 café".encode("latin-1"), "iso-8859-1"),
        ("£5 café".encode("cp1252"), "windows-1252"),
        ("£5 café".encode("cp1252"), "utf-8"),
        ("£5 café".encode(), "us-ascii"),
        ("£5 café".encode(), "x-nobody-knows"),
        ("£5 café".encode("utf-16"), "utf-16"),
        ("£5 café".encode("utf-16-le"), "utf-16le"),
        ("£5 café".encode("utf-8-sig"), ""),
    ],
)
def test_letters_are_read_in_their_charset_or_in_the_one_that_is_meant(octets, charset):
    content = b"Content-Type: text/plain; charset=" + charset.encode() + b"\r\n\r\n" + octets
    reading = read(content)
    assert "£5 café" in texts(reading)[0].replace("\ufeff", "")
    assert not reading.unread


def test_letters_of_an_unknown_charset_are_said_to_be_unread_and_read_as_well_as_may_be():
    content = b"Content-Type: text/plain; charset=x-nobody\r\n\r\n07700 900123 \xe9\xe8\xfc"
    reading = read(content)
    assert reading.unread == (Unread(part="", why="unknown_charset"),)
    assert NUMBER in reading.text


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "utf-16be", "utf-32", "cp037", "hz"])
def test_what_two_programs_read_differently_is_read_both_ways(charset):
    plain = f"ring {NUMBER} x~{{y".encode()
    content = f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + plain
    assert NUMBER in read(content).text


def test_utf_7_is_decoded_too():
    content = b"Content-Type: text/plain; charset=utf-7\r\n\r\nring +ADAANwA3ADAAMA- 900123"
    assert "ring 07700 900123" in read(content).text


@pytest.mark.parametrize(
    "charset", ["zlib", "hex", "rot13", "idna", "punycode", "undefined", "a" * 999]
)
def test_codecs_that_are_no_charsets_are_never_used(charset):
    content = f"Content-Type: text/plain; charset={charset}\r\n\r\nring {NUMBER}".encode()
    assert NUMBER in texts(read(content))[0]


def test_nuls_do_not_part_a_number():
    content = b"Subject: a\0b\r\n\r\n077\x0000 9\0" + b"00123"
    assert NUMBER in read(content).text


# Transfer encodings


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("quoted-printable", quopri.encodestring(NUMBER.encode())),
        ("quoted-printable", b"077=\n00 900=30=\n  \n"[:0] + b"0770=30 9=\n00123"),
        ("QUOTED-PRINTABLE", b"07700 9=  \n00123"),
        ("quoted-printable", b"=30=377=30=30=20900123=ZZ"),
        ("base64", base64.encodebytes(NUMBER.encode())),
        ("Base64 (comment)", base64.encodebytes(NUMBER.encode())),
        ("base64", base64.b64encode(NUMBER.encode()).rstrip(b"=")),
        ("base64", base64.b64encode(b"07700 9") + base64.b64encode(b"00123")),
        ("base64", b"!MDc3M\0*\n" + base64.b64encode(NUMBER.encode())[5:]),
        ("base64", base64.b64encode(NUMBER.encode()) + b"A"),
        ("8bit", NUMBER.encode()),
        ("x-nobody-knows", NUMBER.encode()),
        ("x-uuencode", b"begin 644 a\n,,#<W,# @.3 P,3(S\n`\nend\n"),
    ],
)
def test_transfer_encodings_are_undone_broken_ones_too(encoding, body):
    content = message(body, f"Content-Transfer-Encoding: {encoding}")
    assert texts(read(content))[0].startswith(NUMBER)


def test_text_that_a_list_put_behind_base64_is_read():
    body = base64.encodebytes(b"Hello there\n") + f"\nring us on {NUMBER}\n".encode()
    reading = read(message(body, "Content-Transfer-Encoding: base64"))
    assert reading.text.endswith(f"Hello there\n\nring us on {NUMBER}")


def test_two_encodings_that_contradict_are_both_read():
    coded = base64.b64encode(NUMBER.encode())
    content = message(coded, "Content-Transfer-Encoding: 7bit", "Content-Transfer-Encoding: base64")
    assert NUMBER in texts(read(content), "text")


def test_flowed_lines_are_joined_as_they_are_shown():
    body = "ring 07700 \n900123\n> > quoted \n> > more\n-- \nSam\n"
    reading = read(message(body, type_="text/plain; format=flowed"))
    assert "ring 07700 900123" in reading.text
    joined = read(message("07700\u0020\n900123", type_="text/plain; format=flowed; delsp=yes"))
    assert "07700900123" in joined.text


# Structure


def test_an_alternative_that_says_the_same_is_put_once():
    html = "<p>Hello <b>Ivy</b>,<br>see <a href='https://charity.example/x'>the page</a></p>"
    plain = "Hello *Ivy*,\nsee the page\n<https://charity.example/x>"
    reading = read(multipart(part(plain), part(html, "text/html"), subtype="alternative"))
    assert texts(reading) == [plain]
    assert not texts(reading, "html")


@pytest.mark.parametrize("order", [1, -1])
def test_an_alternative_that_says_more_is_put_too(order):
    parts = [part("Hello"), part(f"<p>Hello, {NUMBER}</p>", "text/html")][::order]
    reading = read(multipart(*parts, subtype="alternative"))
    assert NUMBER in reading.text
    assert "Hello" in reading.text


def test_words_that_one_alternative_quotes_are_still_the_writers_in_the_other():
    plain = part(f"> ring {NUMBER}")
    html = part(f"<p>ring {NUMBER}</p>", "text/html")
    content = multipart(plain, html, subtype="alternative", fields=("Subject: Re: x",))
    reading = read(content)
    assert texts(reading, zone=Zone.QUOTED) == [f"> ring {NUMBER}"]
    assert texts(reading, "html", Zone.BODY) == [f"ring {NUMBER}"]


def test_html_alone_is_the_text_itself():
    reading = read(message(f"<p>ring <!-- no -->{NUMBER}</p>", type_="text/html"))
    assert texts(reading) == [f"ring {NUMBER}"]


def test_the_charset_that_html_names_itself_counts():
    html = '<html><head><meta charset="windows-1251"></head><body>Привет</body></html>'
    reading = read(message(html.encode("cp1251"), type_="text/html"))
    assert texts(reading) == ["Привет"]


def test_hidden_text_is_a_piece_of_its_own():
    html = f"<p>Hello</p><div style='display:none'>{NUMBER}</div>"
    reading = read(message(html, type_="text/html"))
    assert texts(reading) == ["Hello"]
    assert texts(reading, "hidden", Zone.BODY) == [NUMBER]


def test_a_boundary_that_never_closes_hides_nothing():
    content = multipart(part("one"), part(NUMBER)).removesuffix(b"--frontier--\r\n")
    assert texts(read(content)) == ["one", NUMBER]


def test_a_multipart_without_its_boundary_is_shown_as_it_stands():
    content = message(f"ring {NUMBER}", type_="multipart/mixed; boundary=nowhere")
    assert texts(read(content)) == [f"ring {NUMBER}"]


def test_a_boundary_that_the_header_lost_is_found():
    coded = base64.b64encode(NUMBER.encode())
    inner = part(coded, "text/plain", "Content-Transfer-Encoding: base64")
    body = b"--lost\n" + inner + b"\n--lost--\n"
    assert texts(read(message(body, type_="multipart/mixed"))) == [NUMBER]


def test_a_multipart_in_base64_is_opened():
    body = base64.encodebytes(b"--x\n\n" + NUMBER.encode() + b"\n--x--\n")
    content = message(
        body, "Content-Transfer-Encoding: base64", type_="multipart/mixed; boundary=x"
    )
    assert texts(read(content)) == [NUMBER]


def test_text_before_the_first_part_and_behind_the_last_is_read():
    content = multipart(part("one")).replace(
        b"\r\n\r\n--frontier", f"\r\n\r\npre {NUMBER}\r\n--frontier".encode(), 1
    )
    reading = read(content + b"after 01632 960123")
    assert texts(reading, "hidden") == [f"pre {NUMBER}", "after 01632 960123"]


def test_the_customary_words_before_the_first_part_are_not_text():
    content = multipart(part("one")).replace(
        b"\r\n\r\n--frontier",
        b"\r\n\r\nThis is a multi-part message in MIME format.\r\n--frontier",
        1,
    )
    assert not texts(read(content), "hidden")


def test_two_content_types_that_contradict_are_both_read():
    html = f"<p title='x'>ring 07700<b></b> 900123</p><p style='display:none'>{NUMBER}</p>"
    content = message(html, "Content-Type: text/html")
    reading = read(content)
    assert any(f"ring {NUMBER}" in reading.of(p) for p in reading.pieces)


def test_deep_nesting_is_said():
    content = b"Content-Type: text/plain\n\nbottom\n"
    for level in range(DEEPEST + 30):
        line = f"--b{level}\n".encode()
        head = f"Content-Type: multipart/mixed; boundary=b{level}\n\n".encode()
        content = head + line + content + line.strip() + b"--\n"
    reading = read(content)
    assert Unread(part="", why="too_deep") in reading.unread
    assert "bottom" not in reading.text


def test_messages_in_messages_in_messages_are_said():
    content = b"Subject: bottom\n\nbottom"
    for _ in range(DEEPEST + 30):
        content = b"Content-Type: message/rfc822\n\n" + content
    assert {u.why for u in read(content).unread} == {"too_deep"}


def test_ten_thousand_parts_are_said_and_take_no_time():
    started = time.process_time()
    reading = read(multipart(*(part(f"part {n}") for n in range(10_000))))
    assert len(texts(reading)) <= MOST_PARTS
    assert "part 500" in texts(reading)
    assert Unread(part="", why="too_large") in reading.unread
    assert time.process_time() - started < 3


def test_many_nested_multiparts_share_one_allowance():
    inner = b"--in\n\nx\n" * 300 + b"--in--\n"
    parts = [part(inner, "multipart/mixed; boundary=in") for _ in range(30)]
    reading = read(multipart(*parts))
    assert len(reading.pieces) <= MOST_PARTS + 1
    assert Unread(part="", why="too_large") in reading.unread


# Attachments


def test_the_text_of_a_plain_attachment_and_its_name_are_read():
    attached = part(
        NUMBER, "text/plain; name=a.txt", "Content-Disposition: attachment; filename=a.txt"
    )
    reading = read(multipart(part("Hello"), attached))
    assert texts(reading, "a.txt", Zone.ATTACHMENT) == ["a.txt", NUMBER]


@pytest.mark.parametrize(
    "named",
    [
        'Content-Disposition: attachment; filename="caf=.txt"',
        "Content-Disposition: attachment; filename*=utf-8''caf%C3%A9%20.txt",
        "Content-Disposition: attachment; filename*0=caf; filename*1=.txt",
        "Content-Disposition: attachment; filename*0*=utf-8''caf; filename*1*=%C3%A9.txt",
        'Content-Disposition: attachment; filename="=?utf-8?q?caf=C3=A9.txt?="',
    ],
)
def test_names_of_files_are_decoded(named):
    reading = read(multipart(part("Hello"), part("inside", "application/octet-stream", named)))
    name = reading.pieces[-1].part
    assert name.startswith("caf") and name.endswith(".txt")
    assert reading.of(reading.pieces[-1]) == "inside"


def test_two_files_of_one_name_are_told_apart():
    attached = part("x", "application/pdf; name=a.pdf")
    reading = read(multipart(part("Hello"), attached, attached))
    assert [a.part for a in reading.attachments] == ["a.pdf", "a.pdf (2)"]


def test_calendars_and_cards_are_read_at_once():
    calendar = part(
        "BEGIN:VCALENDAR\nSUMMARY:Ring\n me\nDESCRIPTION:07700\\n 900123\nEND:VCALENDAR",
        "text/calendar",
    )
    card = part(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Sam\nTEL;TYPE=CELL:" + NUMBER + "\nEND:VCARD",
        "text/vcard; name=sam.vcf",
        "Content-Disposition: attachment",
    )
    reading = read(multipart(part("Hello"), calendar, card))
    assert texts(reading, "calendar", Zone.ATTACHMENT) == ["Ringme\n07700\n 900123"]
    assert texts(reading, "sam.vcf", Zone.ATTACHMENT) == ["sam.vcf", f"fn: Sam\ntel: {NUMBER}"]


@pytest.mark.parametrize(
    ("type_", "first", "kind"),
    [
        ("application/pdf; name=a.pdf", b"%PDF-1.7", "pdf"),
        ("application/octet-stream; name=a.PDF", b"x\x01", "pdf"),
        ("image/png; name=a.png", b"%PDF-1.7", "pdf"),
        ("application/octet-stream; name=a.docx", b"PK\x03\x04", "word"),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet; name=a",
            b"PK\x03\x04",
            "spreadsheet",
        ),
        ("application/octet-stream; name=a", b"PK\x03\x04", "archive"),
        ("application/msword; name=a.doc", b"{\\rtf1", "rtf"),
    ],
)
def test_what_takes_a_parser_of_its_own_is_listed(type_, first, kind):
    coded = base64.b64encode(first + b"\0\1\2" * 9)
    reading = read(multipart(part(coded, type_, "Content-Transfer-Encoding: base64")))
    [attachment] = reading.attachments
    assert attachment.kind == kind
    assert attachment.octets == first + b"\0\1\2" * 9


def test_a_picture_is_said_to_be_unread_and_a_logo_is_not():
    coded = base64.encodebytes(PNG + b"\0" * 9000)
    cid = ("Content-Transfer-Encoding: base64", "Content-ID: <logo>", "Content-Disposition: inline")
    logo = base64.encodebytes(
        PNG[:16] + (200).to_bytes(4, "big") + (80).to_bytes(4, "big") + b"\0" * 9000
    )
    reading = read(
        multipart(
            part(coded, "image/png; name=big.png", *cid),
            part(logo, "image/png; name=logo.png", *cid),
        )
    )
    assert reading.unread == (Unread(part="big.png", why="picture"),)


@pytest.mark.parametrize(
    ("type_", "why"),
    [
        ("audio/mpeg; name=a.mp3", "sound_or_video"),
        ("video/mp4; name=a.mp4", "sound_or_video"),
        ("application/pkcs7-mime; smime-type=enveloped-data; name=a.p7m", "encrypted"),
        ("application/octet-stream; name=a.pgp", "encrypted"),
        ("application/octet-stream; name=a.7z", "unknown_type"),
        ("application/ms-tnef; name=a.dat", "unknown_type"),
        ("image/heic; name=a.heic", "picture"),
    ],
)
def test_what_cannot_be_read_is_said(type_, why):
    coded = base64.encodebytes(b"\0\1\2\3" * 2000)
    reading = read(multipart(part(coded, type_, "Content-Transfer-Encoding: base64")))
    assert [u.why for u in reading.unread] == [why]


def test_a_whole_encrypted_message_is_said():
    content = multipart(
        part("Version: 1", "application/pgp-encrypted"), part("x"), subtype="encrypted"
    )
    assert read(content).unread == (Unread(part="", why="encrypted"),)
    inline = read(message("-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----"))
    assert inline.unread == (Unread(part="", why="encrypted"),)


def test_text_that_is_declared_a_picture_is_read():
    reading = read(multipart(part(f"ring {NUMBER}", "image/png; name=a.png")))
    assert f"ring {NUMBER}" in reading.text


def test_text_with_the_name_of_a_picture_is_the_text():
    reading = read(message(f"ring {NUMBER}", type_='text/plain; name="a.jpg"'))
    assert texts(reading, zone=Zone.BODY) == [f"ring {NUMBER}"]


def test_signed_mail_is_unwrapped():
    inside = part(NUMBER)
    string = b"\x04\x82" + len(inside).to_bytes(2, "big") + inside
    wrapped = bytes.fromhex(
        "3080 06092a864886f70d010702 a080 3080 020101 3100 3080 06092a864886f70d010701 a080 2480"
    )
    body = base64.encodebytes(wrapped + string + b"\0\0" * 6)
    content = message(
        body,
        "Content-Transfer-Encoding: base64",
        type_="application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
    )
    assert texts(read(content)) == [NUMBER]


def test_a_file_uuencoded_in_the_text_is_read():
    reading = read(message("Hello\nbegin 644 a.txt\n,,#<W,# @.3 P,3(S\n`\nend\n"))
    assert texts(reading, "a.txt", Zone.ATTACHMENT) == ["a.txt", NUMBER]


# Nested messages


def forwarded(writer: str) -> bytes:
    inner = f"From: {writer}\nSubject: Inner\n\nring {NUMBER}".encode()
    return multipart(part("See below"), part(inner, "message/rfc822"))


def test_a_forwarded_message_is_quoted_and_its_parts_are_named():
    reading = read(forwarded("Ivy <ivy@home.example>"))
    assert texts(reading, "message", Zone.QUOTED) == [f"ring {NUMBER}"]
    assert texts(reading, "message/subject", Zone.QUOTED) == ["Inner"]


@pytest.mark.parametrize("writer", ["Sam <SAM@charity.example>", ""])
def test_a_nested_message_of_the_writers_own_is_what_he_attached(writer):
    reading = read(forwarded(writer))
    assert texts(reading, "message", Zone.ATTACHMENT) == [f"ring {NUMBER}"]
    assert not [p for p in reading.pieces if p.zone is Zone.QUOTED]


def test_a_nested_message_in_base64_and_as_a_file_is_read():
    inner = f"From: ivy@home.example\n\nring {NUMBER}".encode()
    coded = part(
        base64.encodebytes(inner),
        "application/octet-stream; name=a.eml",
        "Content-Transfer-Encoding: base64",
    )
    assert texts(read(multipart(coded)), "a.eml", Zone.QUOTED) == [f"ring {NUMBER}"]


# Replies, and what is handed back


def test_a_message_says_whether_it_answers():
    assert is_reply(message("x", "Subject: Re: you"))
    assert is_reply(message("x", "In-Reply-To: <1@home.example>"))
    assert not is_reply(message("x", "Subject: Really"))


def test_what_was_opened_stands_behind_what_was_read():
    reading = read(
        multipart(
            part("Hello"),
            part("x", "application/pdf; name=a.pdf"),
            part("x", "application/pdf; name=b.pdf"),
        )
    )
    whole = with_opened(
        reading, {"a.pdf": f"\n{NUMBER}\n", "a.pdf/x": Unread(part="a.pdf/x", why="broken")}
    )
    check(whole)
    assert texts(whole, "a.pdf", Zone.ATTACHMENT) == ["a.pdf", NUMBER]
    assert whole.attachments == ()
    assert {(u.part, u.why) for u in whole.unread} == {("a.pdf/x", "broken"), ("b.pdf", "broken")}


def test_where_reading_itself_fails_the_octets_are_read_as_they_stand(monkeypatch):
    def fails(content: bytes) -> Reading:
        raise RecursionError

    monkeypatch.setattr(reading_of_messages, "read_strictly", fails)
    reading = read_message(f"ring {NUMBER}".encode())
    assert reading.text == f"ring {NUMBER}"
    assert reading.unread == (Unread(part="", why="broken"),)


# Size


def test_fifty_megabytes_are_read_in_a_few_seconds():
    body = (b"Training is at ten, bring a drink and a friend.\r\n" * 20_000)[:900_000]
    coded = base64.encodebytes(b"\0\1" * 1000 + b"x" * 30_000_000)
    content = multipart(
        part(body), part(coded, "application/pdf; name=a.pdf", "Content-Transfer-Encoding: base64")
    )
    started = time.process_time()
    reading = read(content)
    assert time.process_time() - started < 4
    assert len(reading.attachments[0].octets) == 30_002_000


def test_text_past_the_limit_is_said():
    reading = read(message("a b c d e\n" * 500_000))
    assert len(reading.text) <= LONGEST + 100
    assert Unread(part="", why="too_large") in reading.unread


@pytest.mark.parametrize(
    "line",
    [
        "> > > >\n",
        "On 1 May, a@b.example wrote:\n",
        "From: a\n",
        "\n",
        "-- \n",
        "Thanks\n",
        "-",
        ">",
        "begin 644 a\n",
        "<",
        "https://a.example/<",
        "Original Message\n",
        "a:",
        "\x85",
        "\n\r",
        "From: a\nTo: b\nSubject: c\n",
        "--frontier\n",
        "=?utf-8?q?a",
        "\u202e",
        "Sent from my ",
    ],
)
@pytest.mark.parametrize(
    "type_", ["text/plain", "text/html", "text/enriched", "text/calendar", "text/vcard"]
)
def test_no_text_takes_long(line, type_):
    content = message(line * (1_500_000 // len(line)), "Subject: Re: x", type_=type_)
    started = time.process_time()
    read(content)
    assert time.process_time() - started < 3


# Whatever the octets are

VALID = (
    message("Hello\n\nKind regards\nSam\n01632 960123\n", "Subject: =?utf-8?q?caf=C3=A9?="),
    multipart(
        part(
            "Hello\n> x\nOn 1 May 2026, Ivy <ivy@home.example> wrote:\n> y",
            "text/plain; format=flowed",
        ),
        part("<p>Hello<blockquote>x</blockquote><b style='color:#fff'>y</b>", "text/html"),
        subtype="alternative",
        fields=("Subject: Re: x", "In-Reply-To: <a@home.example>"),
    ),
    multipart(
        part(
            base64.encodebytes(b"%PDF-1.4 x"),
            "application/pdf; name=a.pdf",
            "Content-Transfer-Encoding: base64",
        ),
        part("From: ivy@home.example\n\nx", "message/rfc822"),
        part("BEGIN:VCARD\nN:a\nEND:VCARD", "text/vcard"),
        part("BEGIN:VCALENDAR\nSUMMARY:a", "text/calendar; charset=utf-7"),
        part(base64.b64encode(PNG * 99), "image/png", "Content-Transfer-Encoding: base64"),
    ),
)


@given(st.binary(max_size=2000))
def test_any_octets_can_be_read(octets):
    check(read_strictly(octets))


@given(
    st.sampled_from(VALID),
    st.lists(
        st.tuples(st.integers(0, 900), st.integers(0, 12), st.binary(max_size=12)),
        min_size=1,
        max_size=8,
    ),
)
def test_any_message_broken_anywhere_can_be_read(content, cuts):
    for at, length, instead in cuts:
        content = content[:at] + instead + content[at + length :]
    check(read_strictly(content))


@given(
    st.lists(
        st.sampled_from(
            [
                b"--frontier",
                b"--frontier--",
                b"\r\n",
                b"\n",
                b"\r",
                b"Content-Type: ",
                b"text/html",
                b"; ",
                b"multipart/mixed",
                b"boundary=frontier",
                b"Content-Transfer-Encoding: base64",
                b"=",
                b"QUJD",
                b"message/rfc822",
                b"charset=utf-16",
                b"<div>",
                b"</",
                b"<!--",
                b"\0",
                b"> ",
                b"\xff\xfe",
                b"a",
            ]
        ),
        max_size=60,
    )
)
def test_any_order_of_what_messages_are_made_of_can_be_read(pieces):
    check(read_strictly(b"".join(pieces)))


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=300),
    st.sampled_from(["7bit", "8bit", "base64", "quoted-printable"]),
)
def test_what_a_mail_program_writes_is_read_whole(text, encoding):
    written = EmailMessage()
    written["Subject"] = "x"
    text = " ".join(text.replace("\0", "").split())
    try:
        written.set_content(text, cte=encoding)
    except (ValueError, UnicodeError):
        return  # not to be written so
    squeezed = "".join("".join(texts(read(written.as_bytes()))).split())
    assert squeezed == "".join(text.split())


@given(
    st.lists(
        st.sampled_from(
            [
                "Hello Ivy",
                f"ring {NUMBER}",
                "> x",
                "-- ",
                "Thanks",
                "Sam",
                "",
                "On 1 May a@b.example wrote:",
            ]
        ),
        max_size=12,
    ),
    st.booleans(),
)
def test_no_line_is_lost_between_the_zones(lines, answers):
    reading = read(message("\n".join(lines), *(("Subject: Re: x",) if answers else ())))
    found = [line for p in reading.pieces if not p.part for line in reading.of(p).split("\n")]
    assert [x.strip() for x in found if x.strip()] == [x.strip() for x in lines if x.strip()]


def test_an_attachment_is_a_value():
    assert Attachment(part="a", kind="pdf", octets=b"") == Attachment(
        part="a", kind="pdf", octets=b""
    )
