"""A list of people as a file: safe in a spreadsheet, on the record, and silent on restrictions."""

from __future__ import annotations

import csv
import io

import pytest

from alongside.access.actor import System
from alongside.access.checks import NotAllowed
from alongside.people import api as people
from alongside.people.exporting import safe
from alongside.people.models import Person
from alongside.policy.vocabulary import Standing
from tests.accounts.club import ROLES

from .visits import by, heard, texts

pytestmark = pytest.mark.usefixtures("club")
URL = "/people/export/"


def download(person: str, query: str = "") -> list[dict[str, str]]:
    answer = by(person).client.post(f"{URL}{query}")
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/csv")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "attachment" in answer.headers["Content-Disposition"]
    text = answer.content.decode("utf-8")
    assert text.startswith("\ufeff"), "without it a spreadsheet misreads every accent"
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(("role", "person"), ROLES.items())
def test_whoever_may_change_the_register_may_download_it(role, person):
    may = role in {"safeguarding_officer", "safeguarding_lead", "administrator"}
    by(person).get(URL, status=200 if may else 403)
    assert by(person).client.post(URL).status_code == (200 if may else 403)
    assert len(heard("exported")) == may


def test_looking_at_the_question_downloads_nothing():
    page = by("owen").get(URL, text="chloe")
    assert "The file holds 1 person" in page.text
    assert not heard("exported")


def test_a_search_becomes_a_file_and_an_entry():
    rows = download("owen", "?text=zoe&category=young_person")
    assert [(r["id"], r["name"], r["email"]) for r in rows] == [
        ("zoe", "Zoë Ó Briain", "zoe@family.example")
    ]
    (body,) = heard("exported")
    assert (body["rows"], body["category"]) == (1, "young_person")
    assert "zoe" in texts() and "zoe" not in str(body)


def test_it_holds_whom_one_may_look_up_and_nobody_else():
    assert {r["id"] for r in download("hal")} == {"hal", "hilda", "nan", "andy"}
    assert len(download("owen")) == len(people.find(people.actor("owen"), people.Search()))


def test_no_restriction_is_in_it_and_a_deputy_has_none():
    answer = by("owen").client.post(URL).content.decode()
    assert "no-contact" not in answer and "restricted" not in answer
    assert "Download this list" not in by("dev").get("/people/").links()
    assert "Download this list" in by("owen").get("/people/").links()


@pytest.mark.law("nobody_reviews_themselves")
def test_how_somebody_near_stands_is_in_no_file():
    before = by("owen").client.post(URL).content
    people.set_standing(people.actor("lena"), "bert", Standing.SUSPENDED)
    assert by("owen").client.post(URL).content == before
    standing = {r["id"]: r["status"] for r in download("lena")}
    assert standing["bert"] == "suspended" and standing["lena"] == ""


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", " =", "\u00a0+"]
)
def test_no_cell_is_a_formula(start):
    cell = f'{start}HYPERLINK("https://x.example","Click")'
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Ann", "a=b", "2026-11-23", "'quoted", "O'Brien", "7"])
def test_what_is_none_stays_as_it_is(cell):
    assert safe(cell) == cell


def test_a_name_that_would_run_is_defused_in_the_file():
    Person.objects.filter(id="chloe").update(name="=1+1")
    (row,) = download("owen", "?text=chloe@family")
    assert row["name"] == "'=1+1" and row["phone"] == ""
    (row,) = download("owen", "?text=zoe")
    assert row["phone"] == "'+447700900123"


def test_nothing_is_exported_without_permission_by_the_door_either():
    for who in ("dev", "carla", "tess"):
        with pytest.raises(NotAllowed):
            people.export_people(people.actor(who), people.Search())
    assert not heard("exported")


def test_an_import_reads_back_what_an_export_wrote(tmp_path):
    """All but the apostrophe before a number, which a person takes away."""
    file = tmp_path / "people.csv"
    made = people.export_people(people.actor("owen"), people.Search(text="hart"))
    columns = ("id", "name", "category", "organisation", "groups", "email")
    rows = list(csv.DictReader(io.StringIO(made.text, newline="")))
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    report = people.import_files(System("test"), file, dry_run=True)
    assert report.ok and not report.edits and made.rows == 3
