"""The report: what it says, to whom, and in which form."""

from __future__ import annotations

import csv
import gc
import io
import json
import re
import stat
import tracemalloc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from alongside.access.actor import Person
from alongside.access.checks import NotAllowed
from alongside.archive import report
from alongside.archive.authorisation import Authorisation
from alongside.archive.report import charts, figures, lists, pdf, tables, words
from alongside.archive.report.naming import Names
from alongside.archive.report.numbers import MOST_OF_A_KIND, of
from alongside.archive.report.view import View
from alongside.archive.report.wanted import fullest
from alongside.archive.rows import Contact, Finding, Judgement, Unreadable, What
from alongside.archive.scope import Scope
from alongside.scan.sighting import CLAUSE_OF, Type
from tests.world import CARLA, CHARITY, CHLOE, CLUB, NOW, PEOPLE, people

from .letters import BOOK

LENA = Person(id="lena", roles=frozenset({"safeguarding_lead"}), reach=frozenset({CHARITY, CLUB}))
OLIVIA_ = replace(LENA, id="olivia", roles=frozenset({"safeguarding_officer"}))
LEAVE = Authorisation(
    by="lena",
    reason="Nobody looked at our mail <before> 2026 & we want to know",
    scope=Scope(
        organisations=frozenset({CHARITY}), first=date(2024, 9, 1), last=date(2026, 11, 22)
    ),
    reference="A7K3-9QXM",
    at=NOW,
    revision=412,
)


@dataclass(frozen=True)
class Totals:
    found: int = 100
    unreadable: Mapping[str, int] = field(default_factory=lambda: {"no_date": 3, "encrypted": 1})
    duplicates: int = 6
    out_of_scope: int = 10
    in_scope: int = 80
    judged: int = 40
    not_mail: int = 2
    finished: bool = True


@dataclass(frozen=True)
class Kept:
    """A store in memory."""

    found: tuple[Judgement, ...] = ()
    sums: Totals = Totals()

    def totals(self) -> Totals:
        return self.sums

    def judgements(self) -> Iterator[Judgement]:
        return iter(self.found)

    def unreadable(self) -> Iterator[Unreadable]:
        return iter([Unreadable(file="=bad.eml", place="", why="no_date")])


def found(
    what: What = What.ONE_TO_ONE,
    *,
    writer: str = "carla",
    served: str = "chloe",
    clause: str = "G1",
    **changes: str,
) -> Finding:
    return Finding(
        what=what,
        clause=clause,
        writer=writer,
        writer_address=f"{writer or 'office'}@club.example",
        service_user=served,
        address=CHLOE if served == "chloe" else "",
        **changes,
    )


def seen(type_: Type, confidence: str = "certain", excerpt: str = "", **changes: str) -> Finding:
    return found(
        What.SIGHTING,
        clause=CLAUSE_OF[type_],
        type=type_.value,
        confidence=confidence,
        excerpt=excerpt,
        **changes,
    )


def message(
    number: int,
    *findings: Finding,
    at: datetime = NOW,
    writer: str = "carla",
    served: str = "chloe",
    inbound: bool = False,
    **changes: object,
) -> Judgement:
    alone = any(f.what is What.ONE_TO_ONE for f in findings)
    contact = Contact(writer=writer, service_user=served, covered=not alone)
    made: dict[str, object] = {
        "file": "old.mbox",
        "place": str(number),
        "message_id": f"<m{number}@club.example>",
        "digest": f"{number:064}",
        "at": at,
        "in_scope": True,
        "judged": True,
        "findings": findings,
        "contacts": (contact,) if served else (),
        "writer": served if inbound else writer,
        "writer_address": f"{writer}@club.example",
    }
    return Judgement(**(made | changes))  # type: ignore[arg-type]


SOME = (
    message(1, found(), seen(Type.PHONE, excerpt="07700 900123"), at=NOW - timedelta(days=70)),
    message(2, at=NOW - timedelta(days=40)),
    message(3, found(), found(What.LATE, clause="N3"), at=NOW - timedelta(hours=40)),
    message(4, seen(Type.PRIVATE_TALK, "possible"), unread=("plan.jpg: picture",)),
    message(5, inbound=True),
    message(6, found(writer="lena"), writer="lena"),
    message(7, found(served="pip", writer="carl"), writer="carl", served="pip"),
    message(8, unknown=("jo@hilltop-academy.example",)),
    message(9, found(served="bea"), served="bea"),
)


def write(
    folder: Path,
    store: Kept | None = None,
    *,
    viewer: Person = LENA,
    names: bool = False,
    leave: Authorisation = LEAVE,
) -> report.Written:
    return report.write(
        store or Kept(SOME),
        folder,
        leave=leave,
        viewer=viewer,
        people=PEOPLE,
        rulebook=BOOK,
        names=names,
        made=NOW,
    )


@pytest.fixture
def no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Setting type takes a second; most tests look at the page only."""

    def nothing(path: Path, html: str) -> None:
        path.write_bytes(b"")

    monkeypatch.setattr(pdf, "write", nothing)


def rows(folder: Path, name: str = "findings.csv") -> list[dict[str, str]]:
    text = (folder / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def text_of(folder: Path) -> str:
    """The page without its marks and with single blanks."""
    page = (folder / "report.html").read_text()
    page = re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


@pytest.mark.usefixtures("no_pdf")
class TestNumbers:
    def test_every_number_says_of_what_it_is_a_share(self, tmp_path):
        write(tmp_path)
        page = text_of(tmp_path)
        assert "We found 100 messages and could read 96 of them (96.0%)" in page
        assert "40 of those (50.0%)" in page
        for row in (
            "Could not be read 4 4.0% all that was found",
            "Another copy of one already counted 6 6.0% all that was found",
            "Of other people or dates 10 10.0% all that was found",
            "80 80.0% all that was found",
            "Nobody we serve and no family in it 40 50.0% those in scope",
            "Written by our people 7 17.5% those checked",
            "Of our people's: with a finding 4 57.1% those our people wrote",
        ):
            assert row in page

    def test_messages_findings_and_writers_are_counted_apart(self, tmp_path):
        written = write(tmp_path)
        assert written.findings == 6
        page = text_of(tmp_path)
        assert "One-to-one : 4 messages (57.1%), 2 writers" in page
        assert "Private phone number : 1 message (14.3%), 1 writer" in page
        assert "Perhaps" in page and "Private talk 1" in page

    def test_who_with_whom_how_often_and_when(self, tmp_path):
        write(tmp_path)
        page = text_of(tmp_path)
        assert "Volunteer A Child 1 (14 years) 5 2 40.0% 1 13 Sep 2026 22 Nov 2026" in page
        # 22 November 2026 is a Sunday; the same hour in summer is an hour later by the clock.
        assert re.search(r"15:00( 0){6} 4 4 16:00 0 1( 0){4} 1 2", page)
        assert "wrote to children and participants: 7 messages. 1 of them (14.3%)" in page

    def test_months_without_mail_are_shown_too(self, tmp_path):
        write(tmp_path)
        page = text_of(tmp_path)
        assert "Sep 2026 1 1 100% 1 Oct 2026 1 0 0% 0 Nov 2026 5 3 60.0% 3" in page

    def test_an_unfinished_audit_says_so(self, tmp_path):
        write(tmp_path, Kept(SOME, replace(Totals(), finished=False)))
        assert "This audit is not finished." in text_of(tmp_path)
        write(tmp_path)
        assert "This audit is not finished." not in text_of(tmp_path)

    def test_nothing_at_all_is_a_report_too(self, tmp_path):
        sums = Totals(0, {}, 0, 0, 0, 0, 0)
        written = write(tmp_path, Kept((), sums))
        assert written.findings == 0
        page = text_of(tmp_path)
        assert "We found nothing that breaks our rules." in page
        assert "Every message could be read." in page


@pytest.mark.usefixtures("no_pdf")
class TestWhoSeesWhat:
    def test_nobody_sees_what_is_about_themselves(self, tmp_path):
        first, second = tmp_path / "lena", tmp_path / "olivia"
        written = write(first)
        assert (written.kept_apart, written.others) == (1, ("olivia",))
        assert "1 finding is about, or near to, the person who made this report" in text_of(first)
        assert "from the same folder: Olivia." in text_of(first)
        for name in ("findings.csv", "findings.jsonl", "report.html"):
            assert "<m6@" not in (first / name).read_text()
            assert "m6@club" not in (first / name).read_text()
        other = write(second, viewer=OLIVIA_)
        assert other.kept_apart == 0
        assert "<m6@club.example>" in {r["message_id"] for r in rows(second)}

    def test_nobody_who_is_restricted_learns_of_it(self, tmp_path):
        frank = replace(LENA, id="frank")
        write(tmp_path, viewer=frank)
        assert {r["message_id"] for r in rows(tmp_path)} == {
            "<m7@club.example>",
            "<m9@club.example>",
        }

    def test_nobody_without_an_office_gets_a_report(self, tmp_path):
        with pytest.raises(NotAllowed):
            write(tmp_path, viewer=replace(LENA, roles=frozenset()))
        assert list(tmp_path.iterdir()) == []

    def test_people_are_parts_and_the_same_all_through(self, tmp_path):
        write(tmp_path)
        everything = "".join(
            (tmp_path / n).read_text() for n in ("report.html", "findings.csv", "findings.jsonl")
        )
        for name in ("Carla", "Chloe", CARLA, CHLOE, "07700"):
            assert name not in everything
        by_id = {
            r["message_id"]: (r["writer"], r["service_user"], r["age"]) for r in rows(tmp_path)
        }
        assert by_id["<m1@club.example>"] == ("Volunteer A", "Child 1", "14")
        assert by_id["<m3@club.example>"] == ("Volunteer A", "Child 1", "14")
        assert by_id["<m7@club.example>"] == ("Volunteer B", "Child 2", "13")

    def test_names_are_shown_where_they_are_asked_for(self, tmp_path):
        write(tmp_path, names=True)
        page = text_of(tmp_path)
        assert "Carla" in page and "Chloe (14 years)" in page and "07700 900123" in page
        (one,) = [r for r in rows(tmp_path) if r["kind"] == "phone"]
        assert (one["writer"], one["writer_address"], one["excerpt"]) == (
            "Carla",
            "carla@club.example",
            "07700 900123",
        )

    def test_labels_last_and_say_what_somebody_is(self):
        names = Names(PEOPLE, shown=False)
        asked = ["carla", "chloe", "olivia", "ada", "mary", "dina", "@office@club.example", "gone"]
        assert [names.of(p) for p in asked] == [
            "Volunteer A",
            "Child 1",
            "Member of staff B",
            "Participant 2",
            "Parent 1",
            "Young person 3",
            "Shared mailbox 1",
            "Somebody no longer in the register 1",
        ]
        assert [names.of(p) for p in asked] == [names.of(p) for p in asked]
        many = people(more=tuple(replace(PEOPLE.persons["carl"], id=f"c{n:02}") for n in range(30)))
        names = Names(many, shown=False)
        assert [names.of(f"c{n:02}") for n in range(30)][25:28] == [
            "Volunteer Z",
            "Volunteer AA",
            "Volunteer AB",
        ]


@pytest.mark.usefixtures("no_pdf")
class TestLists:
    def test_every_finding_is_there_once_with_its_place(self, tmp_path):
        write(tmp_path)
        lines = [json.loads(x) for x in (tmp_path / "findings.jsonl").read_text().splitlines()]
        assert len(lines) == len(rows(tmp_path)) == 7
        first = lines[0]
        assert (first["file"], first["place"], first["message_id"], first["kind"]) == (
            "old.mbox",
            "1",
            "<m1@club.example>",
            "one_to_one",
        )
        assert datetime.fromisoformat(first["at"]) == SOME[0].at
        assert [x["confidence"] for x in lines if x["kind"] == "private_talk"] == ["possible"]

    @pytest.mark.parametrize(
        ("cell", "safe"),
        [
            ("=1+1", "'=1+1"),
            ("+44 7700 900123", "'+44 7700 900123"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("  =1", "'  =1"),
            ("\u00a0=1", "'\u00a0=1"),
            ("<m1@club.example>", "<m1@club.example>"),
            ("a=b", "a=b"),
            ("", ""),
        ],
    )
    def test_no_cell_is_run_by_a_spreadsheet(self, cell, safe):
        assert lists.defused(cell) == safe

    def test_not_even_the_name_of_a_file(self, tmp_path):
        write(tmp_path, Kept((message(1, found(), file="=cmd|' /C calc'!A0"),)))
        assert rows(tmp_path)[0]["file"].startswith("'=")
        assert rows(tmp_path, "unreadable.csv")[0]["file"] == "'=bad.eml"

    def test_what_could_not_be_read_is_listed(self, tmp_path):
        odd = message(4, unread=("message: too_large (its last 9 octets)", "a: b.pdf: encrypted"))
        write(tmp_path, Kept((odd,)))
        found_rows = [(r["part"], r["why"], r["said"]) for r in rows(tmp_path, "unreadable.csv")]
        assert found_rows == [
            ("", "no_date", "It has no date"),
            ("message", "too_large", "It is too large"),
            ("a: b.pdf", "encrypted", "It is encrypted"),
        ]

    def test_addresses_to_ask_about_are_in_a_list_and_not_on_the_page(self, tmp_path):
        written = write(tmp_path)
        assert written.suggestions == 1
        assert rows(tmp_path, "suggestions.csv")[0]["address"] == "jo@hilltop-academy.example"
        assert "hilltop" not in (tmp_path / "report.html").read_text()
        write(tmp_path, names=True)
        assert "jo@hilltop-academy.example" in text_of(tmp_path)

    def test_only_its_owner_may_open_a_file(self, tmp_path):
        written = write(tmp_path / "new")
        for path in written.files:
            if path.suffix != ".pdf":
                assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert not list((tmp_path / "new").glob("*.part"))

    def test_a_file_is_whole_or_as_it_was(self, tmp_path):
        path = tmp_path / "a.csv"
        path.write_text("old")
        with pytest.raises(ZeroDivisionError), lists.whole(path) as file:
            file.write("new")
            raise ZeroDivisionError
        assert path.read_text() == "old"
        assert list(tmp_path.iterdir()) == [path]

    def test_long_lists_are_cut_and_say_where_the_rest_is(self, tmp_path):
        many = tuple(message(n, found(), at=NOW - timedelta(minutes=n)) for n in range(300, 0, -1))
        write(tmp_path, Kept(many))
        page = text_of(tmp_path)
        assert f"{300 - MOST_OF_A_KIND} more findings are in findings.csv" in page
        assert len(rows(tmp_path)) == 300
        # Of one kind the latest are shown.
        assert "<m1@club.example>" in page and "<m299@club.example>" not in page


class _Page(HTMLParser):
    """What accessibility hangs on, gathered from the marks."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.ids += [v for k, v in attrs if k == "id" and v]
        if tag not in {"meta", "line", "rect", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.usefixtures("no_pdf")
class TestThePage:
    @pytest.fixture
    def page(self, tmp_path: Path) -> _Page:
        write(tmp_path, names=True)
        read = _Page()
        read.feed((tmp_path / "report.html").read_text())
        assert read.open == []
        return read

    def test_it_can_be_read_by_a_screen_reader(self, page):
        kinds = [tag for tag, _ in page.tags]
        assert dict(page.tags)["html"]["lang"] == "en-GB"
        assert kinds.count("h1") == kinds.count("main") == kinds.count("title") - 1 == 1
        assert kinds.count("table") == kinds.count("caption") > 8
        assert all(a.get("scope") in ("col", "row") for tag, a in page.tags if tag == "th")
        levels = [int(tag[1]) for tag in kinds if re.fullmatch(r"h[1-6]", tag)]
        assert all(b - a <= 1 for a, b in pairwise(levels))
        assert len(page.ids) == len(set(page.ids))
        named = [v for _, a in page.tags for v in (a.get("aria-labelledby") or "").split()]
        targets = [a["href"][1:] for tag, a in page.tags if tag == "a"]
        assert {*named, *targets} <= set(page.ids)
        for tag, attrs in page.tags:
            if tag == "svg":
                assert attrs["role"] == "img" and attrs["aria-labelledby"]
            if attrs.get("role") == "region":
                assert attrs["tabindex"] == "0" and attrs["aria-label"]

    def test_it_needs_nothing_from_anywhere(self, page):
        kinds = {tag for tag, _ in page.tags}
        assert kinds.isdisjoint({"script", "link", "img", "iframe", "object"})
        assert not [a for _, a in page.tags if any(k.startswith("on") for k in a)]

    def test_what_people_wrote_is_text_and_never_marks(self, tmp_path):
        nasty = seen(Type.HANDLE, excerpt="<script>alert(1)</script>{{ x }}{% if %}")
        write(tmp_path, Kept((message(1, nasty, file="<b>&.mbox"),)), names=True)
        page = (tmp_path / "report.html").read_text()
        assert "<script" not in page and "&lt;script&gt;" in page
        assert "{{ x }}{% if %}" in page
        assert "&lt;b&gt;&amp;.mbox" in page
        assert "&lt;before&gt; 2026 &amp; we" in page

    def test_text_stands_out_from_what_is_behind_it(self):
        css = Path(report.__file__).with_name("templates") / "report.css"
        pairs = [("#1f2426", "#ffffff"), ("#4b5357", "#ffffff"), ("#4b5357", "#f4f3ef")]
        pairs += [("#0b4f7a", "#ffffff"), ("#6a6f72", "#f4f3ef"), ("#1f2426", "#e0a486")]
        pairs += [("#ffffff", "#a9502c"), ("#ffffff", "#7a240b"), ("#1f2426", "#eec7b0")]
        text = css.read_text()
        for ink, paper in pairs:
            for colour in (ink, paper):
                assert colour in text or colour == "#ffffff"
            assert contrast(ink, paper) >= 4.5, (ink, paper)

    def test_every_kind_and_clause_has_its_words(self):
        kinds = {t.value for t in Type} | {w.value for w in What} - {"sighting"}
        assert {k.id for k in words.KINDS} == kinds
        assert {*CLAUSE_OF.values(), "G1", "G2", "E3", "N2", "T1", "T3"} <= words.CLAUSES.keys()

    def test_a_kind_that_is_new_is_shown_all_the_same(self, tmp_path):
        odd = replace(seen(Type.PHONE), type="carrier_pigeon")
        write(tmp_path, Kept((message(1, odd),)))
        assert "Carrier pigeon : 1 message" in text_of(tmp_path)


def contrast(one: str, other: str) -> float:
    """As WCAG 2 counts it."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    a, b = sorted((light(one), light(other)))
    return (b + 0.05) / (a + 0.05)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of an audit that found everything there is to find."""
    folder = tmp_path_factory.mktemp("report")
    every = [found(k, clause="T1") for k in What if k is not What.SIGHTING]
    every += [seen(t) for t in Type]
    worst = tuple(message(n, *every, found(writer="lena")) for n in range(3))
    written = write(folder, Kept(worst + SOME))
    assert written.problems == ()
    return folder / "report.pdf"


class TestThePdf:
    def test_it_is_tagged_for_screen_readers(self, made):
        with pikepdf.open(made) as file:
            root = file.Root
            assert bool(root.MarkInfo.Marked)
            assert str(root.Lang) == "en-GB"
            assert str(file.docinfo["/Title"]).startswith("What we found in our old mail: Example")
            assert bool(root.ViewerPreferences.DisplayDocTitle)
            kinds = set(_kinds(root.StructTreeRoot))
            assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/Figure", "/Caption"} <= kinds
            with file.open_metadata() as about:
                assert about["pdfuaid:part"] == "1"

    def test_every_figure_has_its_words(self, made):
        with pikepdf.open(made) as file:
            figures_ = [e for e in _elements(file.Root.StructTreeRoot) if e.get("/S") == "/Figure"]
            assert figures_
            assert all(str(e.get("/Alt", "")) for e in figures_)

    def test_the_summary_is_one_page_however_much_was_found(self, made):
        with pikepdf.open(made) as file:
            said = [_text(page) for page in file.pages]
        assert len(said) > 4
        outline_starts = next(n for n, text in enumerate(said) if "nav" in text)
        assert outline_starts == 1

    def test_without_pango_all_else_is_written(self, tmp_path, monkeypatch):
        def missing(name: str) -> object:
            raise OSError(f"cannot load library for {name}")

        (tmp_path / "report.pdf").write_bytes(b"an older one")
        monkeypatch.setattr(pdf, "import_module", missing)
        written = write(tmp_path)
        assert [p.name for p in written.files] == [
            "report.html",
            "findings.csv",
            "findings.jsonl",
            "unreadable.csv",
            "suggestions.csv",
        ]
        assert "libpango" in written.problems[0]
        assert not (tmp_path / "report.pdf").exists()


def _elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids: Any = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _kinds(root: pikepdf.Object) -> Iterator[str]:
    return (str(e["/S"]) for e in _elements(root))


def _text(page: pikepdf.Page) -> str:
    return "nav" if "/Annots" in page and len(page.Annots) >= 11 else ""


class TestFigures:
    @pytest.mark.parametrize(
        ("part", "whole", "said"),
        [
            (0, 0, "–"),
            (0, 9, "0%"),
            (9, 9, "100%"),
            (1, 3, "33.3%"),
            (1, 100_000, "under 0.1%"),
            (99_999, 100_000, "over 99.9%"),
        ],
    )
    def test_shares(self, part, whole, said):
        assert figures.share(part, whole) == said

    @pytest.mark.parametrize(("most", "top"), [(0, 4), (4, 4), (5, 8), (97, 120), (1001, 1200)])
    def test_the_scale_has_whole_numbers(self, most, top):
        drawn = charts.columns("c", "t", "d", [charts.Column("Jan", most, 0)])
        labels = re.findall(r'text-anchor="end"[^>]*>([\d,]+)</text>', drawn)
        assert labels == [f"{top * n // 4:,}" for n in range(5)]

    def test_what_is_drawn_is_escaped(self):
        assert "<b>" not in charts.columns("c", "<b>", "<b>", [charts.Column("<b>", 1, 2)])

    @pytest.mark.parametrize(
        ("years", "unit", "most"),
        [(2, "month", 25), (8, "quarter", 36), (30, "year", 36)],
    )
    def test_long_times_are_put_together(self, years, unit, most, tmp_path):
        first = datetime(2026 - years, 11, 1, tzinfo=UTC)
        store = Kept((message(1, found(), at=first), message(2, found())))
        numbers = of(View(store, PEOPLE, "lena").messages(), PEOPLE, BOOK.zone)
        told = tables.months(numbers)
        assert told["unit"] == unit
        assert len(told["rows"]) <= most
        assert sum(r["findings_n"] for r in told["rows"]) == 2


class TestCopies:
    def test_the_copy_in_which_the_officer_is_named_counts(self):
        child_s = message(1, found())
        sent = message(2)
        other = replace(sent, file="a.mbox")
        assert sorted((child_s, sent, other), key=fullest) == [other, sent, child_s]


def test_the_report_of_many_is_made_in_little_memory():
    """The numbers grow with people, and the list of the most serious does not grow at all."""

    @dataclass(frozen=True)
    class Many:
        n: int

        def totals(self) -> Totals:
            return Totals()

        def unreadable(self) -> Iterator[Unreadable]:
            return iter(())

        def judgements(self) -> Iterator[Judgement]:
            for n in range(self.n):
                yield message(n, found(), seen(Type.PHONE), at=NOW - timedelta(hours=n % 168))

    def kept(n: int) -> int:
        tracemalloc.start()
        numbers = of(View(Many(n), PEOPLE, "lena").messages(), PEOPLE, BOOK.zone)
        gc.collect()
        held = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        assert numbers.findings == 2 * n
        return held

    kept(400)
    assert kept(4000) < kept(400) * 1.5
