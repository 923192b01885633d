"""Texts out of documents, and what hostile ones get: a word that they are unread, and no more."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Mapping

import pikepdf
import pytest
import weasyprint
from hypothesis import given
from hypothesis import strategies as st

from alongside.scan.documents import READERS, texts_of
from alongside.scan.documents.calendar import calendar_text
from alongside.scan.documents.card import card_text
from alongside.scan.documents.limits import MOST_MEMBERS, Unreadable
from alongside.scan.documents.markup import DEEPEST, read_xml
from alongside.scan.reading import Attachment, Unread

NUMBER = "07700 900123"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def package(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return octets.getvalue()


def word(body: str, **others: str) -> bytes:
    document = (
        f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    )
    return package({"word/document.xml": document, **others})


def relations(target: str) -> str:
    one = f'<Relationship Type="{LINK}" Target="{target}" TargetMode="External"/>'
    return f"<Relationships>{one}</Relationships>"


def opened(kind: str, octets: bytes, part: str = "a") -> str | Unread:
    texts = texts_of(Attachment(part=part, kind=kind, octets=octets))
    return texts[part]


def why(kind: str, octets: bytes) -> str:
    found = opened(kind, octets)
    assert isinstance(found, Unread), found
    return found.why


@pytest.fixture(scope="module")
def pdf() -> bytes:
    html = f"<p>Ring Sam, {NUMBER}, caf&eacute; <a href='https://a.example/sam'>here</a></p>"
    written = weasyprint.HTML(string=html).write_pdf()
    assert isinstance(written, bytes)
    return written


# What is in them


def test_the_text_of_a_word_document_is_read_part_by_part():
    body = (
        "<w:p><w:r><w:t>07700</w:t></w:r><w:r><w:t xml:space='preserve'> 900123</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c &amp; d</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    paragraph = f"<w:hdr xmlns:w='{WORD}'><w:p><w:r><w:t>{{}}</w:t></w:r></w:p></w:hdr>"
    octets = word(
        body,
        **{
            "word/header1.xml": paragraph.format("above"),
            "word/footnotes.xml": paragraph.format("note"),
            "word/_rels/document.xml.rels": relations("https://a.example/sam"),
        },
    )
    text = opened("word", octets)
    assert isinstance(text, str)
    lines = [line.strip() for line in text.split("\n")]
    assert lines[:4] == [NUMBER, "a\tb", "c & d", "cell"]
    assert {"above", "note", "<https://a.example/sam>"} <= set(lines)


def test_the_cells_of_a_spreadsheet_are_read_row_by_row():
    octets = package(
        {
            "xl/workbook.xml": "<workbook/>",
            "xl/sharedStrings.xml": (
                f"<sst><si><t>{NUMBER}</t></si><si><r><t>b</t></r><r><t>c</t></r></si></sst>"
            ),
            "xl/worksheets/sheet1.xml": (
                "<worksheet><sheetData><row><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row>"
                "<row><c><v>447700900123</v></c><c t='inlineStr'><is><t>in</t></is></c>"
                "<c t='s'><v>9</v></c><c><f>A1</f><v>5</v></c></row></sheetData></worksheet>"
            ),
            "xl/worksheets/_rels/sheet1.xml.rels": relations("https://a.example/x"),
        }
    )
    text = opened("spreadsheet", octets)
    assert isinstance(text, str)
    assert [line.split("\t") for line in text.split("\n")][:2] == [
        [NUMBER, "bc", ""],
        ["447700900123", "in", "", "5", ""],
    ]
    assert "<https://a.example/x>" in text


def test_slides_and_their_notes_are_read():
    run = "<a:r><a:t>{}</a:t></a:r><a:br/><a:r><a:t>b</a:t></a:r>"
    slide = f"<p:sld xmlns:p='p' xmlns:a='a'><a:p>{run}</a:p></p:sld>"
    octets = package(
        {
            "ppt/presentation.xml": "<p/>",
            "ppt/slides/slide1.xml": slide.format(NUMBER),
            "ppt/notesSlides/n1.xml": slide.format("note"),
        }
    )
    text = opened("slides", octets)
    assert text == f"note\nb\n{NUMBER}\nb\n"


def test_an_opendocument_text_is_read():
    content = (
        "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='b' xmlns:xlink='x'>"
        "<office:automatic-styles>no</office:automatic-styles><text:p>07700<text:s/>9<text:span>00123"
        "</text:span></text:p><text:p><text:a xlink:href='https://a.example/x'>here</text:a></text:p>"
        "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"
        "</office:document-content>"
    )
    text = opened("opendocument", package({"content.xml": content}))
    assert isinstance(text, str)
    assert text.split("\n")[:3] == [NUMBER, "here <https://a.example/x>", "a"]


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (rb"{\rtf1\ansi 07700 {\b 900}123\par next}", "07700 900123\nnext"),
        (rb"{\rtf1\ansi caf\'e9 \u233?\u8217'x}", "café é’x"),
        (rb"{\rtf1\ansi\ansicpg1251 \'cf\'f0}", "Пр"),
        (rb"{\rtf1{\fonttbl{\f0 Arial;}}{\*\generator x;}a\tab b}", "a\tb"),
        (rb'{\rtf1 {\field{\*\fldinst HYPERLINK "https://a.example/x"}{\fldrslt here}}}', None),
        (rb"{\rtf1\uc2 \u9731 ??a}", "☃a"),
        (rb"{\rtf1 \u-10179?\u-8704?}", "😀"),
        (rb"{\rtf1 a}}}} b", "a b"),
    ],
)
def test_rich_text_is_read(rtf, text):
    found = opened("rtf", rtf)
    assert isinstance(found, str)
    if text is None:
        assert "https://a.example/x" in found and "here" in found
    else:
        assert found.strip() == text


def test_the_text_and_links_of_a_pdf_are_read(pdf):
    text = opened("pdf", pdf)
    assert isinstance(text, str)
    assert f"Ring Sam, {NUMBER}, café here" in text
    assert "<https://a.example/sam>" in text


def test_what_a_form_and_a_note_in_a_pdf_hold_is_read(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        note = pikepdf.Dictionary(Subtype=pikepdf.Name.Text, Contents="a note")
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])
        field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="f", V="a value")
        fields = pikepdf.Array([document.make_indirect(field)])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=fields)
        octets = io.BytesIO()
        document.save(octets)
    text = opened("pdf", octets.getvalue())
    assert isinstance(text, str)
    assert "a note" in text and "a value" in text


def test_a_pdf_that_is_locked_against_change_only_is_read(pdf):
    octets = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(octets, encryption=pikepdf.Encryption(owner="o", user=""))
    text = opened("pdf", octets.getvalue())
    assert isinstance(text, str) and NUMBER in text


def test_a_calendar_says_what_people_read_of_it():
    text = calendar_text(
        'BEGIN:VCALENDAR\r\nUID:1\r\nORGANIZER;CN="Sam; Coach":mailto:s@charity.example\r\n'
        "DESCRIPTION;LANGUAGE=en:ring 07700\r\n  900123\\nor not\\, then\r\n"
        "X-OTHER:x\r\nstray words"
    )
    assert text == (
        "Sam; Coach\nmailto:s@charity.example\nring 07700 900123\nor not, then\nstray words"
    )


def test_a_card_says_what_people_read_of_it():
    text = card_text(
        "BEGIN:VCARD\nVERSION:2.1\nitem1.TEL;CELL:07700 900123\nADR:;;1 High St;;;AB1 2CD;\n"
        "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-8:caf=C3=A9 a=\nb\nPHOTO;BASE64:AAAA\nEND:VCARD"
    )
    assert text == "tel: 07700 900123\nadr: 1 High St, AB1 2CD\nnote: café ab"


def test_an_archive_is_read_member_by_member(pdf):
    octets = package(
        {
            "a.txt": f"ring {NUMBER}",
            "b/c.docx": word("<w:p><w:r><w:t>word</w:t></w:r></w:p>"),
            "d.pdf": pdf,
            "e.html": "<p>e<b>f</b></p>",
            "g.vcf": "TEL:1",
            "h.zip": package({"x": "y"}),
            "i.png": b"\x89PNG\r\n",
            "j.bin": bytes(range(256)),
            "__MACOSX/a.txt": "x",
        }
    )
    found = texts_of(Attachment(part="z", kind="archive", octets=octets))
    assert str(found["z"]).split("\n")[:2] == ["a.txt", "b/c.docx"]
    assert found["z/a.txt"] == f"ring {NUMBER}"
    assert str(found["z/b/c.docx"]).strip() == "word"
    assert NUMBER in str(found["z/d.pdf"])
    assert str(found["z/e.html"]).strip() == "ef"
    unread = {p: f.why for p, f in found.items() if isinstance(f, Unread)}
    assert unread == {"z/h.zip": "too_deep", "z/i.png": "picture", "z/j.bin": "unknown_type"}
    assert "z/__MACOSX/a.txt" not in found


# What can't be read


@pytest.mark.parametrize("kind", [*READERS, "archive"])
@pytest.mark.parametrize("octets", [b"", b"x", b"PK\x03\x04", b"%PDF-1.7\n", b"\0" * 999])
def test_what_is_not_what_it_says_is_broken(kind, octets):
    assert why(kind, octets) in ("broken", "unknown_type")


def test_a_kind_that_nobody_knows_is_said():
    assert why("hologram", b"x") == "unknown_type"


def test_a_password_is_said(pdf):
    octets = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(octets, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert why("pdf", octets.getvalue()) == "encrypted"
    office = bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")
    assert why("word", office) == "encrypted"
    flagged = bytearray(package({"word/document.xml": "x"}, zipfile.ZIP_STORED))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        flagged[flagged.find(mark) + at] |= 1
    assert why("word", bytes(flagged)) == "encrypted"
    manifest = "<m:manifest xmlns:m='m'><m:encryption-data/></m:manifest>"
    odt = package({"META-INF/manifest.xml": manifest, "content.xml": "x"})
    assert why("opendocument", odt) == "encrypted"


def test_a_pdf_of_pictures_is_a_picture():
    octets = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        image = pikepdf.Stream(document, b"\0" * 300)
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width = image.Height = 10
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
        page.Contents = pikepdf.Stream(document, b"/I Do")
        document.save(octets)
    assert why("pdf", octets.getvalue()) == "picture"


# Hostile ones


def test_a_zip_bomb_is_too_large_and_costs_little():
    started = time.process_time()
    bomb = package({"word/document.xml": b" " * 60_000_000})
    assert len(bomb) < 100_000
    assert why("word", bomb) == "too_large"
    assert time.process_time() - started < 3


def test_a_member_that_understates_its_size_is_not_believed():
    octets = bytearray(package({"word/document.xml": b" " * 40_000_000}))
    at = octets.find(b"PK\x01\x02") + 24
    octets[at : at + 4] = (10).to_bytes(4, "little")
    assert why("word", bytes(octets)) in ("too_large", "broken")


def test_many_members_and_many_large_ones_are_said():
    octets = package({f"{n}.txt": "x" for n in range(MOST_MEMBERS + 1)}, zipfile.ZIP_STORED)
    assert why("archive", octets) == "too_large"
    large = package({f"{n}.txt": b"a" * 20_000_000 for n in range(6)})
    found = texts_of(Attachment(part="z", kind="archive", octets=large))
    assert any(isinstance(f, Unread) and f.why == "too_large" for f in found.values())


def test_an_archive_of_many_texts_is_read_up_to_a_limit_that_is_said():
    octets = package({f"{n}.txt": "x" for n in range(300)})
    found = texts_of(Attachment(part="z", kind="archive", octets=octets))
    assert found["z/…"] == Unread(part="z/…", why="too_large")
    assert len(found) < 250


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><w:document xmlns:w='w'><w:p><w:t>&i;</w:t></w:p></w:document>"
)


@pytest.mark.parametrize(
    "document",
    [
        LAUGHS,
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>',
        '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/">%a;]><x/>',
        "<x>",
        "<x></y>",
        '<?xml version="1.0" encoding="x-nobody"?><x/>',
    ],
)
def test_entities_and_broken_xml_are_refused(document):
    assert why("word", package({"word/document.xml": document})) == "broken"


def test_deep_xml_is_said():
    depth = DEEPEST + 1
    octets = package({"word/document.xml": "<a>" * depth + "</a>" * depth})
    assert why("word", octets) == "too_deep"


def test_a_name_outside_the_package_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    octets = package({"../../escaped.txt": NUMBER})
    found = texts_of(Attachment(part="z", kind="archive", octets=octets))
    assert found["z/../../escaped.txt"] == NUMBER
    assert not list(tmp_path.parent.rglob("escaped.txt"))


def test_deep_rich_text_is_said():
    assert why("rtf", b"{\\rtf1" + b"{" * 1_000_000) == "too_deep"


def test_a_pdf_whose_pages_go_in_a_circle_ends():
    octets = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.Root.Pages.Kids.append(document.Root.Pages)
        document.save(octets)
    started = time.process_time()
    assert isinstance(opened("pdf", octets.getvalue()), str | Unread)
    assert time.process_time() - started < 5


def test_want_of_memory_is_the_callers_to_tell():
    def greedy(octets: bytes) -> str:
        raise MemoryError

    with pytest.raises(MemoryError):
        texts_of(Attachment(part="a", kind="pdf", octets=b""), {"pdf": greedy})


class Silent:
    def start(self, name: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def characters(self, text: str) -> None: ...


@given(st.binary(max_size=300) | st.text(alphabet="<>/a=\"' &;![]?x-").map(str.encode))
def test_any_xml_is_read_or_unreadable(octets):
    try:
        read_xml(octets, Silent())
    except Unreadable as problem:
        assert problem.why in ("broken", "too_deep")


GOOD = {
    "word": word("<w:p><w:r><w:t>Hello</w:t></w:r></w:p>"),
    "rtf": rb"{\rtf1\ansi\uc1 caf\'e9 \u233? {\b x}\par}",
    "archive": package({"a.txt": "hello", "b.docx": word("<w:p/>")}),
    "spreadsheet": package({"xl/workbook.xml": "<w/>", "xl/worksheets/s.xml": "<c><v>1</v></c>"}),
}


@given(
    st.sampled_from(sorted(GOOD)),
    st.lists(st.tuples(st.integers(0, 600), st.binary(max_size=6)), min_size=1, max_size=6),
)
def test_any_document_broken_anywhere_is_read_or_said(kind, cuts):
    octets = GOOD[kind]
    for at, instead in cuts:
        octets = octets[:at] + instead + octets[at + len(instead) :]
    for part, found in texts_of(Attachment(part="a", kind=kind, octets=octets)).items():
        assert part.startswith("a")
        assert isinstance(found, str | Unread)


@given(st.binary(max_size=200), st.sampled_from([*READERS, "archive"]))
def test_any_octets_are_read_or_said(octets, kind):
    heads = {"pdf": b"%PDF-1.4\n", "rtf": b"{\\rtf1 "}
    found = texts_of(
        Attachment(part="a", kind=kind, octets=heads.get(kind, b"PK\x03\x04") + octets)
    )
    assert all(isinstance(f, str | Unread) for f in found.values())


@given(st.text(max_size=300), st.sampled_from([calendar_text, card_text]))
def test_any_calendar_and_card_is_read(text, read):
    assert isinstance(read(text), str)
