"""The pages of people in a real browser: on a phone and a desk, with and without script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alongside.access.actor import System
from alongside.people import api as people
from alongside.people.models import ContactPoint, Lifting, Link
from alongside.policy.vocabulary import Standing
from tests.accounts.club import signed_in
from tests.web.browser import (
    DESKTOP,
    PHONE,
    Windows,
    axe,
    chromium,
    desktop,
    no_sideways_scroll,
    phone,
    plain,
    screenshot,
    window,
)

__all__ = ["chromium", "desktop", "phone", "plain", "window"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("club")]


def sign_in(page: Page, person: str) -> None:
    cookie = signed_in(person).cookies["session"]
    base = page.context.new_page()
    base.goto("/sign-in/")
    url = base.url.removesuffix("sign-in/")
    base.close()
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": url}])


def pages() -> dict[str, str]:
    """Every page, full and empty, by the name of its picture."""
    people.mark_bouncing(System("gateway"), "mary@family.example")
    people.ask_lifting(people.actor("dev"), "chloe", "frank", "The court order ended in May")
    people.set_standing(people.actor("lena"), "nora", Standing.SUSPENDED)
    number = ContactPoint.objects.get(address="mary@family.example").pk
    return {
        "search": "/people/",
        "search-narrowed": "/people/?text=juniors&category=child",
        "search-nobody": "/people/?text=nobody+at+all",
        "search-error": "/people/?category=wizard",
        "export": "/people/export/?text=hart",
        "child": "/people/person/chloe/",
        "coach": "/people/person/nora/",
        "myself": "/people/person/owen/",
        "groups": "/people/groups/",
        "group": "/people/groups/juniors/",
        "organisations": "/people/organisations/",
        "bouncing": "/people/bouncing/",
        "liftings": "/people/restrictions/",
        "lifting": f"/people/restrictions/{Lifting.objects.get().pk}/",
        "standing": "/people/person/carla/standing/",
        "restrict": "/people/person/chloe/restrict/",
        "reachable": f"/people/person/mary/address/{number}/",
    }


@pytest.mark.parametrize(("size", "viewport"), [("desktop", DESKTOP), ("phone", PHONE)])
def test_every_page_of_people(window: Windows, size: str, viewport: dict[str, int]) -> None:
    page = window(viewport)
    sign_in(page, "owen")
    for name, url in pages().items():
        page.goto(url)
        axe(page)
        no_sideways_scroll(page)
        screenshot(page, f"people-{name}-{size}")
    page.goto("/people/person/chloe/restrict/")
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_title("Error: Who may not reach Chloe Hart? - Alongside")
    axe(page)
    screenshot(page, f"people-restrict-error-{size}")
    page.get_by_label("Mary Hart").check()
    page.get_by_label("Why?").fill("Order of 3 May")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Keep Mary Hart apart from Chloe Hart?"
    )
    axe(page)
    no_sideways_scroll(page)
    screenshot(page, f"people-restrict-confirm-{size}")


def test_a_restriction_from_search_to_done_on_a_phone_without_script(plain: Page) -> None:
    sign_in(plain, "owen")
    plain.goto("/people/")
    plain.get_by_label("Name, address, number").fill("chloe")
    plain.get_by_role("button", name="Search").click()
    plain.get_by_role("link", name="Chloe Hart").click()
    plain.get_by_role("link", name="Keep somebody apart from them").click()
    plain.get_by_label("Mary Hart").check()
    plain.get_by_label("Why?").fill("Order of 3 May")
    plain.get_by_role("button", name="Continue").click()
    plain.get_by_role("button", name="Change something").click()
    expect(plain.get_by_label("Why?")).to_have_value("Order of 3 May")
    plain.get_by_role("button", name="Continue").click()
    plain.get_by_role("button", name="Yes, do this").click()
    expect(plain.get_by_text("Mary Hart is kept apart from Chloe Hart.")).to_be_visible()
    assert Link.objects.get(service_user="chloe", supporter="mary").restricted


def test_a_list_is_downloaded(desktop: Page, tmp_path: Path) -> None:
    sign_in(desktop, "owen")
    desktop.goto("/people/?text=hart")
    desktop.get_by_role("link", name="Download this list").click()
    expect(desktop.get_by_text("The file holds 3 people")).to_be_visible()
    with desktop.expect_download() as waiting:
        desktop.get_by_role("button", name="Download").click()
    assert waiting.value.suggested_filename.startswith("people-")
    assert "chloe@family.example" in Path(waiting.value.path()).read_text(encoding="utf-8-sig")
