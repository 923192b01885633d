"""Every component in every state, as HTML; ``test_in_the_browser.py`` looks at them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import alongside.web

from .page import PageClient

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.urls")]
ROOM = Path(alongside.web.__file__).parent


@pytest.mark.parametrize("state", ["full", "empty", "banners"])
def test_every_state_is_a_good_page(pages: PageClient, state):
    page = pages.get("/gallery", state=state)
    assert page.title == "Gallery - Alongside"
    assert page.errors == []


def test_what_is_wrong_is_said_first(pages: PageClient):
    page = pages.post("/gallery", {})
    assert page.title == "Error: Gallery - Alongside"
    assert page.errors[0] == "Fill in “Name”"


def test_the_header_and_the_contact_block(pages: PageClient):
    page = pages.get("/gallery")
    assert page.words("header .web-nav__link") == [
        "Home",
        "Messages 4 waiting",
        "People",
        "Settings",
    ]
    assert page.one('header [aria-current="page"]').text(strip=True) == "Home"
    assert page.links("header")["Report a worry"] == "/report"
    assert page.links("footer") == {
        "hello@riverside.example": "mailto:hello@riverside.example",
        "01632 960 001": "tel:01632960001",
        "https://www.riverside.example/": "https://www.riverside.example/",
    }
    assert "Sign out" in page.buttons("header")


def test_banners_say_in_words_what_their_colours_say(pages: PageClient):
    page = pages.get("/gallery", state="banners")
    assert page.words(".govuk-notification-banner__title") == [
        "Done",
        "Please note",
        "Important",
        "That didn’t work",
    ]
    assert page.banners[0] == "Your message has gone to 14 people."


def test_what_waits_has_one_action_each(pages: PageClient):
    links = pages.get("/gallery").links(".web-cards")
    assert list(links) == [
        "Answer: messages wait for an answer",
        "Check: address to check",
        "Read: pages to read",
    ]


def test_numbers_are_grouped_and_what_is_empty_says_so(pages: PageClient):
    page = pages.get("/gallery")
    assert "1,204" in page.words("td")
    assert "None given" in page.words("td")


def test_every_component_is_shown():
    shown = (ROOM / "templates/web/gallery.html").read_text()
    names = {path.stem for path in (ROOM / "templates/web/components").glob("*.html")}
    assert {name for name in names - {"cell"} if f"{{% {name}" not in shown} == set()


_ELSEWHERE = re.compile(
    r"\b(child|children|officers?|safeguarding|coach(es)?|concerns?|service users?)\b", re.I
)


def test_the_room_knows_no_word_of_what_the_pages_are_about():
    files = [path for path in ROOM.rglob("*") if path.suffix in {".py", ".html"}]
    assert [path.name for path in files if _ELSEWHERE.search(path.read_text())] == []
    assert [
        path.name for path in files if re.search(r"(from|import) alongside", path.read_text())
    ] == []
