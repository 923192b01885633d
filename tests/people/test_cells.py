"""What may stand in a cell, and what is refused with the way to mend it."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.people.importing import cells
from alongside.people.importing.columns import FORMS
from alongside.people.importing.problems import CellError

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "cell",
    ["2014-05-13", "2014-5-13", "13/05/2014", "13/5/2014", "2014-05-13 00:00:00"],
)
def test_a_date_is_iso_or_day_first(cell: str) -> None:
    assert cells.any_day(cell, TODAY) == date(2014, 5, 13)


def test_the_day_comes_first_even_where_both_would_do() -> None:
    assert cells.any_day("04/05/2014", TODAY) == date(2014, 5, 4)


@pytest.mark.pitfall(8)
@pytest.mark.parametrize(
    ("cell", "mend"),
    [
        ("05/13/2014", "the day comes before the month"),
        ("29/02/2015", "write it as"),
        ("31/04/2014", "write it as"),
        ("13/05/14", "write it as"),
        ("13-05-2014", "write it as"),
        ("13 May 2014", "write it as"),
        ("41772", "format the column as a date"),
        ("2014-05-13 14:20", "write it as"),
        ("0214-05-13", "write it as"),
        ("unknown", "write it as"),
    ],
)
def test_an_ambiguous_or_impossible_date_is_refused(cell: str, mend: str) -> None:
    with pytest.raises(CellError) as wrong:
        cells.any_day(cell, TODAY)
    assert mend in wrong.value.mend


def test_nobody_is_born_tomorrow_and_nobody_agreed_tomorrow() -> None:
    for read in (cells.born, cells.past_day):
        assert read("2026-11-22", TODAY) == TODAY
        with pytest.raises(CellError):
            read("2026-11-23", TODAY)


@pytest.mark.parametrize(
    "cell",
    ["07700 900123", "+44 7700 900123", "0044 7700 900123", "7700900123", "(07700) 900-123"],
)
def test_one_number_has_one_form(cell: str) -> None:
    assert cells.phone(cell, TODAY) == "+447700900123"


@pytest.mark.parametrize(
    "cell", ["07700 9001", "4.477E+11", "4,477E+11", "call Jo", "12", "07700 900123 x5", "+447"]
)
def test_what_is_no_whole_number_is_refused(cell: str) -> None:
    with pytest.raises(CellError):
        cells.phone(cell, TODAY)


@pytest.mark.parametrize(
    "cell",
    [
        "mia@family.example",
        "Mia.O'Hart+club@Family.example",
        "jörg@bücher.example",
        "a@xn--bcher-kva.example",
    ],
)
def test_addresses_are_kept_as_they_are_written(cell: str) -> None:
    assert cells.email(cell, TODAY) == cell


@pytest.mark.parametrize(
    "cell",
    [
        "mia",
        "mia@",
        "@family.example",
        "mia@family",
        "Mia <mia@family.example>",
        "mia@family.example, jo@family.example",
        "mia@@family.example",
        ".mia@family.example",
        "mi..a@family.example",
        "mia@fam ily.example",
        "mia@-family.example",
        "mia\u200b@family.example",
        "mia@family\u00ad.example",
        "mia\r\nBcc: x@mail.test",
        "mailto:mia@family.example",
    ],
)
def test_what_is_no_bare_address_is_refused(cell: str) -> None:
    with pytest.raises(CellError):
        cells.email(cell, TODAY)


def test_words_are_known_whatever_their_case() -> None:
    read = FORMS["person"].columns["category"].read
    assert read("Adult Participant", TODAY) == "adult_participant"
    with pytest.raises(CellError) as wrong:
        read("adult_participent", TODAY)
    assert wrong.value.mend.startswith("did you mean `adult_participant`?")


@pytest.mark.parametrize(("cell", "value"), [("Yes", True), ("TRUE", True), ("n", False)])
def test_yes_and_no(cell: str, value: bool) -> None:
    assert cells.yes_no(cell, TODAY) is value


def test_perhaps_is_neither_yes_nor_no() -> None:
    with pytest.raises(CellError):
        cells.yes_no("x", TODAY)


@pytest.mark.parametrize("cell", ["a b", "a;b", "x" * 65, "a\u200bb", "a\nb"])
def test_an_id_has_no_spaces_and_nothing_invisible(cell: str) -> None:
    with pytest.raises(CellError):
        cells.identifier(cell, TODAY)


def test_a_name_is_one_line() -> None:
    assert cells.name("Mia \n Hart", TODAY) == "Mia Hart"
    with pytest.raises(CellError):
        cells.name("Mia\x07", TODAY)


@pytest.mark.pitfall(4)
def test_two_spellings_do_not_part_a_household() -> None:
    assert cells.household("Hart  Road 5", TODAY) == cells.household("hart road 5", TODAY)


def test_the_columns_are_the_contract() -> None:
    assert {kind: ",".join(form.columns) for kind, form in FORMS.items()} == {
        "person": "id,name,category,organisation,groups,roles,date_of_birth,email,personal_email,"
        "mobile,personal_mobile,household,needs,vetted_until,trained_until,agreed_on,status",
        "link": "person,supporter,relationship,copied,restricted,reason",
        "group": "id,name,organisation,address,officers,leads,senders",
        "organisation": "id,name,parent,domains,role_address,officers,leads",
        "mailbox": "address,kind,organisation,readers",
    }
