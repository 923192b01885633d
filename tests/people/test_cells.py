"""What may stand in a cell, and what is refused with the way to mend it."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.people.importing import cells, pages
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


@pytest.mark.parametrize(
    ("cell", "page"),
    [
        ("instagram:exampleactive", "instagram:exampleactive"),
        ("Instagram: @ExampleActive", "instagram:exampleactive"),
        ("insta:exampleactive", "instagram:exampleactive"),
        ("twitter:example_active", "x:example_active"),
        ("https://www.instagram.com/exampleactive", "instagram:exampleactive"),
        ("HTTPS://WWW.Instagram.com/ExampleActive/?hl=en", "instagram:exampleactive"),
        ("instagram.com/exampleactive", "instagram:exampleactive"),
        ("https://m.facebook.com/example.active/", "facebook:example.active"),
        ("https://www.facebook.com/profile.php?id=1000000001", "facebook:1000000001"),
        ("https://twitter.com/exampleactive", "x:exampleactive"),
        ("https://www.youtube.com/@exampleactive", "youtube:exampleactive"),
        ("https://www.tiktok.com/@exampleactive", "tiktok:exampleactive"),
        ("https://www.linkedin.com/company/example-active/", "linkedin:example-active"),
        ("https://www.strava.com/clubs/exampleactive", "strava:exampleactive"),
        ("https://linktr.ee/ExampleActive", "linktr.ee/exampleactive"),
        ("https://about.me/exampleactive", "about.me/exampleactive"),
        ("linktree:exampleactive", "linktr.ee/exampleactive"),
    ],
)
def test_one_page_has_one_form(cell: str, page: str) -> None:
    assert pages.profile(cell, TODAY) == page
    assert pages.profile(page, TODAY) == page


@pytest.mark.parametrize(
    ("cell", "what", "mend"),
    [
        ("exampleactive", "`exampleactive` names no page", "instagram:exampleactive"),
        ("@exampleactive", "names no page", "instagram:exampleactive"),
        ("instagram:", "names no page", "instagram:exampleactive"),
        ("instagram: example active", "names no page", "instagram:exampleactive"),
        ("https://www.instagram.com/", "names no page", "instagram:exampleactive"),
        ("https://www.instagram.com/p/Cx1/", "names no page", "instagram:exampleactive"),
        ("instagram:a/b", "names no page", "instagram:exampleactive"),
        ("instagraph:exampleactive", "is not known here", "did you mean `instagram`? use facebook"),
        ("friendface:exampleactive", "is not known here", "use facebook, instagram, linkedin"),
        ("https://github.com/exampleactive", "is not known here", "facebook"),
        ("https://club.example/about", "`club.example` is no social site", "`websites`"),
        ("https://exampleactive.wordpress.com/about", "is a site rather", "`websites`"),
        ("https://linktr.ee/exampleactive/more", "is a site rather", "`websites`"),
        ("whatsapp:exampleactive", "`whatsapp` has no pages", "take it out"),
        ("https://wa.me/447700900123", "`whatsapp` has no pages", "take it out"),
        ("https://www.icloud.com/sharedalbum/#B0abc", "`icloud_photos` has no pages", "take it"),
        ("https://drive.google.com/open?id=1", "`google_drive` has no pages", "take it out"),
        ("instagram:example\u200bactive", "an invisible character", "type it again"),
    ],
)
def test_what_is_no_page_of_an_organisation_is_refused(cell: str, what: str, mend: str) -> None:
    with pytest.raises(CellError) as wrong:
        pages.profile(cell, TODAY)
    assert what in wrong.value.what and mend in wrong.value.mend


@pytest.mark.parametrize(
    ("cell", "domain"),
    [
        ("club.example", "club.example"),
        ("www.Club.example", "club.example"),
        ("https://www.club.example/about/us?x=1#top", "club.example"),
        ("http://club.example:8080/", "club.example"),
        ("book.club.example", "book.club.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("riverside.org.uk", "riverside.org.uk"),
        ("riverside.county.sch.uk", "riverside.county.sch.uk"),
        ("https://exampleactive.wordpress.com/", "exampleactive.wordpress.com"),
        ("exampleactive.sharepoint.com", "exampleactive.sharepoint.com"),
    ],
)
def test_a_site_is_its_domain(cell: str, domain: str) -> None:
    assert pages.website(cell, TODAY) == domain
    assert pages.website(domain, TODAY) == domain


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("club", "is no website"),
        ("https://club", "is no website"),
        ("our site: club.example", "is no website"),
        ("office@club.example", "is an address"),
        ("club..example", "is no domain"),
        ("-club.example", "is no domain"),
        ("127.0.0.1", "is no domain"),
        ("co.uk", "the end of many people's domains"),
        ("https://www.org.uk/", "the end of many people's domains"),
        ("county.sch.uk", "the end of many people's domains"),
        ("com.au", "the end of many people's domains"),
        ("uk.com", "the end of many people's domains"),
        ("gmail.com", "anybody can have a page at `gmail.com`"),
        ("https://www.facebook.com/exampleactive", "anybody can have a page at `facebook.com`"),
        ("m.facebook.com", "anybody can have a page at `m.facebook.com`"),
        ("wordpress.com", "anybody can have a page at `wordpress.com`"),
        ("linktr.ee/exampleactive", "anybody can have a page at `linktr.ee`"),
        ("https://sites.google.com/view/x", "anybody can have a page at `sites.google.com`"),
        ("docs.google.com", "anybody can have a page at `docs.google.com`"),
        ("bit.ly", "anybody can have a page at `bit.ly`"),
        ("sharepoint.com", "anybody can have a page at `sharepoint.com`"),
        ("club\u00ad.example", "an invisible character"),
    ],
)
def test_what_is_no_site_of_one_s_own_is_refused(cell: str, what: str) -> None:
    with pytest.raises(CellError) as wrong:
        pages.website(cell, TODAY)
    assert what in wrong.value.what and wrong.value.mend


def test_the_columns_are_the_contract() -> None:
    assert {kind: ",".join(form.columns) for kind, form in FORMS.items()} == {
        "person": "id,name,category,organisation,groups,roles,date_of_birth,email,personal_email,"
        "mobile,personal_mobile,household,needs,vetted_until,trained_until,agreed_on,status",
        "link": "person,supporter,relationship,copied,restricted,reason",
        "group": "id,name,organisation,address,officers,leads,senders",
        "organisation": "id,name,parent,domains,role_address,officers,leads,phones,profiles,"
        "websites",
        "mailbox": "address,kind,organisation,readers",
    }
