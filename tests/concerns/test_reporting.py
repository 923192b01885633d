"""Reporting: who gets it, what is kept, and what must not be."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from alongside.access.actor import Person, System
from alongside.access.checks import NotAllowed
from alongside.concerns import api, files, reporting
from alongside.concerns.kinds import Kind
from alongside.concerns.models import Access, Concern, Evidence, Excluded, Kept, Note
from alongside.people.api import set_standing
from alongside.policy.vocabulary import Standing
from alongside.records import api as records
from alongside.records.models import Entry, Text
from alongside.records.models import Person as Part

from .told import (
    PNG,
    SAID,
    about_officer,
    entries,
    everything_recorded,
    report,
    seen_by,
    texts,
    who,
)

pytestmark = pytest.mark.usefixtures("club")


def test_a_worry_reaches_the_club_s_team_and_the_nearest_lead_and_nobody_else() -> None:
    assert seen_by(report()) == {"owen", "dev", "lena"}


def test_the_record_hears_of_it_in_ids_and_keeps_the_words_apart() -> None:
    reference = report(about="Chloe Hart", when="on Tuesday")
    (entry,) = Entry.objects.filter(kind="concern")
    assert (entry.reference, entry.sealed, entry.organisation) == (reference, True, "club")
    body = json.loads(entry.body)["body"]
    assert (body["what"], body["kind"]) == ("worry", "other")
    assert body["readers"] == ["dev", "lena", "owen"]
    for words in (SAID, "Chloe", "Tuesday"):
        assert words not in entry.body
    assert texts() == {SAID, "Chloe Hart", "on Tuesday"}


def test_the_record_is_sealed_for_those_with_access() -> None:
    report(excluded=frozenset({"dev"}))
    assert [e.kind for e in records.find(who("owen"), kind="concern")] == ["concern"]
    assert records.find(who("dev"), kind="concern") == []
    assert records.find(who("hal"), kind="concern") == []


@pytest.mark.law("nobody_reviews_themselves")
@pytest.mark.parametrize("about", ["Owen Pike", "owen", "OWEN PIKE, the officer", "mr Pike"])
def test_a_concern_about_an_officer_does_not_exist_for_them(about: str) -> None:
    reference = about_officer(about=about)
    assert seen_by(reference) == {"lena"}
    assert api.listed(who("owen")) == [] == list(api.waiting(who("owen")))
    assert records.find(who("owen"), kind="concern") == []


@pytest.mark.law("nobody_reviews_themselves")
def test_about_the_lead_a_deputy_reads_it() -> None:
    assert seen_by(about_officer(about="Lena Voss")) == {"dev"}


def test_whom_the_reporter_excludes_never_sees_it() -> None:
    reference = report(excluded=frozenset({"owen", "lena"}))
    assert seen_by(reference) == {"dev"}
    assert set(Excluded.objects.values_list("person", flat=True)) == {"owen", "lena"}


def test_where_everybody_is_excluded_it_is_kept_and_the_reporter_is_told() -> None:
    worry = api.Worry(what=SAID, excluded=frozenset({"owen", "dev", "lena"}))
    told = api.report(who("carla"), worry)
    assert not told.somebody
    assert seen_by(told.reference) == set()
    assert Note.objects.get().text == SAID
    assert records.find(who("lena"), kind="concern") == []


def test_without_a_name_neither_room_nor_record_says_who_it_was() -> None:
    worry = api.Worry(what=SAID, anonymous=True, kind=Kind.COLLEAGUE)
    upload = api.Upload("carlas phone.png", PNG)
    told = api.report(who("carla"), worry, [upload])
    assert not told.refused
    assert "carla" not in everything_recorded()
    assert {e["by"] for e in entries()} == {"system:report"}
    assert not Part.objects.filter(person="carla").exists()
    assert set(Note.objects.values_list("by", flat=True)) == {""}
    kept = Evidence.objects.get()
    assert "carla" not in kept.name and kept.name.endswith(".png")
    assert not any("carla" in text for text in texts())
    shown = api.shown(who("owen"), told.reference)
    assert {note.by for note in shown.notes} == {"Somebody who gave no name"}


def test_with_a_name_those_with_access_see_it_and_the_reporter_has_no_access() -> None:
    reference = report()
    assert api.shown(who("owen"), reference).notes[0].by == "Carla Nunn"
    assert entries()[0]["by"] == "carla"
    with pytest.raises(api.NotFound):
        api.shown(who("carla"), reference)


def test_a_database_dump_of_a_nameless_report_names_nobody(capsys: Any) -> None:
    report(anonymous=True)
    call_command("dumpdata", "concerns")
    dumped = capsys.readouterr().out
    assert SAID in dumped and "carla" not in dumped


def test_an_allegation_starts_the_lado_s_clock() -> None:
    reference = report(kind=Kind.COLLEAGUE)
    line = api.shown(who("owen"), reference).line
    ((clock,),) = (line.clocks,)
    assert (clock.due - line.opened).total_seconds() == 24 * 3600
    assert api.shown(who("owen"), report()).line.clocks == ()


def test_nothing_said_is_no_report_and_nobody_without_a_role_reports() -> None:
    with pytest.raises(ValueError):
        report("   ")
    with pytest.raises(NotAllowed):
        api.report(Person(id="x"), api.Worry(what=SAID))
    assert not Concern.objects.exists() and not entries()


def test_the_names_to_tick_are_the_teams_that_it_could_reach() -> None:
    assert [m.id for m in api.may_be_excluded(who("carla"))] == ["dev", "lena", "owen"]
    assert [m.id for m in api.may_be_excluded(who("tess"))] == ["lena"]


# Files


def test_a_file_is_kept_as_it_came_under_its_hash() -> None:
    worry = api.Worry(what=SAID)
    told = api.report(who("carla"), worry, [api.Upload("C:\\me\\chat.png", PNG)])
    kept = Evidence.objects.get()
    assert (kept.name, kept.size, kept.type) == ("chat.png", len(PNG), "image/png")
    assert bytes(kept.content.raw) == PNG
    assert kept.sha256 in texts() and kept.sha256 not in everything_recorded()
    assert api.evidence(who("owen"), told.reference, 2)[1] == PNG
    assert entries()[-1]["body"] == {"what": "evidence_read", "number": 2}
    assert entries()[-1]["by"] == "owen"


@pytest.mark.parametrize(
    ("name", "raw", "wrong"),
    [
        ("big.txt", b"a" * (files.LARGEST + 1), files.Wrong.TOO_LARGE),
        ("empty.png", b"", files.Wrong.EMPTY),
        ("run.exe", b"MZ", files.Wrong.TYPE),
        ("page.html", b"<script>", files.Wrong.TYPE),
        ("photo.svg", b"<svg>", files.Wrong.TYPE),
        ("no ending", b"abc", files.Wrong.TYPE),
        ("named.png", b"MZ\x90", files.Wrong.TYPE),
        ("binary.txt", b"a\0b", files.Wrong.TYPE),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_file_that_is_refused_takes_nothing_with_it(
    name: str, raw: bytes, wrong: files.Wrong
) -> None:
    given = [api.Upload(name, raw), api.Upload("chat.txt", "Hello £5".encode())]
    told = api.report(who("carla"), api.Worry(what=SAID), given)
    assert told.refused == (wrong,)
    assert Evidence.objects.get().name == "chat.txt"
    assert seen_by(told.reference) == {"owen", "dev", "lena"}


def test_a_file_s_name_breaks_no_header() -> None:
    upload = api.Upload('../../a";\r\nb.png', PNG)
    api.report(who("carla"), api.Worry(what=SAID), [upload])
    assert Evidence.objects.get().name == "a;b.png"


def test_a_file_that_fails_takes_nothing_with_it(monkeypatch: Any) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(files, "keep", broken)
    told = api.report(who("carla"), api.Worry(what=SAID), [api.Upload("a.png", PNG)])
    assert told.refused == (files.Wrong.TROUBLE,)
    assert seen_by(told.reference) == {"owen", "dev", "lena"}


def test_more_than_ten_files_are_too_many() -> None:
    given = [api.Upload(f"{n}.txt", b"text") for n in range(12)]
    told = api.report(who("carla"), api.Worry(what=SAID), given)
    assert told.refused == (files.Wrong.TOO_MANY,) * 2
    assert Evidence.objects.count() == 10


# Nothing is lost


def test_a_register_that_cannot_be_read_costs_no_report(monkeypatch: Any) -> None:
    def broken() -> None:
        raise DatabaseError

    with monkeypatch.context() as patched:
        patched.setattr(reporting, "team", broken)
        told = api.report(who("carla"), api.Worry(what=SAID))
    assert not told.somebody and seen_by(told.reference) == set()
    assert api.find_readers(System("worker")) == [told.reference]
    assert seen_by(told.reference) == {"lena"}
    assert api.find_readers(System("worker")) == []


def test_readers_are_found_anew_when_the_last_one_has_left() -> None:
    reference = about_officer(about="Owen Pike")
    assert seen_by(reference) == {"lena"}
    set_standing(System("test"), "lena", Standing.LEFT)
    assert seen_by(reference) == set()
    assert api.find_readers(System("worker")) == [reference]
    assert seen_by(reference) == {"dev"}


def test_whom_it_may_be_about_is_not_found_as_its_reader() -> None:
    told = api.report(
        who("carla"), api.Worry(what=SAID, about="Dev", excluded=frozenset({"owen", "lena"}))
    )
    assert not told.somebody
    assert api.find_readers(System("worker")) == []
    with pytest.raises(NotAllowed):
        api.find_readers(who("lena"))


def test_rows_are_added_and_never_changed_or_taken_away() -> None:
    report(excluded=frozenset({"dev"}))
    for model in (Note, Access, Excluded):
        row = model.objects.first()
        assert row is not None
        for change in (row.save, row.delete, model.objects.all().delete):
            with pytest.raises(Kept):
                change()
        with pytest.raises(Kept):
            model.objects.update(person="carla")
    with pytest.raises(Kept):
        Concern.objects.get().delete()


def test_a_concern_is_not_erased_with_a_person() -> None:
    report(about="Chloe Hart")
    records.erase_person(who("owen"), "chloe", "asked to be forgotten")
    assert not Text.objects.filter(entry__kind="concern", value=None).exists()
