"""The gallery in a real browser: nothing for axe to find, and it works without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .browser import DESKTOP, PHONE, Windows, axe, no_sideways_scroll, screenshot

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.urls")]
STATES = ("full", "empty", "banners")


def send_it_empty(page: Page) -> None:
    page.goto("/gallery")
    page.locator("form[enctype] button").filter(has_text="Send").click()
    expect(page).to_have_title("Error: Gallery - Alongside")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("size", "viewport"), [("desktop", DESKTOP), ("phone", PHONE)])
def test_the_gallery_in_every_state(window: Windows, size, viewport, scheme):
    page = window(viewport, color_scheme=scheme)
    for state in STATES:
        page.goto(f"/gallery?state={state}")
        axe(page)
        no_sideways_scroll(page)
        screenshot(page, f"gallery-{state}-{size}-{scheme}")
    send_it_empty(page)
    axe(page)
    no_sideways_scroll(page)
    screenshot(page, f"gallery-errors-{size}-{scheme}")


def test_reader_s_own_colours_and_more_contrast(window: Windows):
    page = window(PHONE, forced_colors="active", reduced_motion="reduce", contrast="more")
    page.goto("/gallery?state=banners")
    no_sideways_scroll(page)
    screenshot(page, "gallery-forced-colours")


def test_on_paper(desktop: Page):
    desktop.emulate_media(media="print", color_scheme="dark")
    desktop.goto("/gallery")
    expect(desktop.get_by_role("navigation", name="Main")).to_be_hidden()
    screenshot(desktop, "gallery-print")


def test_where_the_keyboard_is_can_be_seen(window: Windows):
    for scheme in ("light", "dark"):
        page = window(DESKTOP, color_scheme=scheme)
        page.goto("/gallery")
        for name in ("Send", "Save for later", "Delete it the message to the blue group"):
            button = page.get_by_role("button", name=name, exact=True).first
            button.focus()
            outline = button.evaluate("(one) => getComputedStyle(one).outlineWidth")
            assert outline == "3px"
        page.get_by_label("Name").focus()
        screenshot(page, f"gallery-focus-{scheme}", whole=False)


@pytest.mark.parametrize("path", ["/nowhere", "/deny", "/400", "/expired", "/crash"])
def test_what_goes_wrong(desktop: Page, path):
    desktop.goto(path)
    axe(desktop)
    no_sideways_scroll(desktop)
    screenshot(desktop, f"error-{path.strip('/')}")


def test_an_error_leads_to_its_control(desktop: Page):
    send_it_empty(desktop)
    expect(desktop.locator(".govuk-error-summary")).to_be_focused()
    desktop.get_by_role("link", name="Choose at least one under “Who is it for?”").click()
    expect(desktop.get_by_label("Blue group")).to_be_focused()


def test_the_keyboard_gets_past_the_navigation(desktop: Page):
    desktop.goto("/gallery")
    desktop.keyboard.press("Tab")
    expect(desktop.get_by_role("link", name="Skip to main content")).to_be_focused()
    desktop.keyboard.press("Enter")
    expect(desktop.locator("main")).to_be_focused()


def test_the_first_click_after_the_skip_link_is_not_lost(desktop: Page):
    desktop.goto("/gallery")
    desktop.keyboard.press("Tab")
    desktop.get_by_role("link", name="People").click()
    expect(desktop).to_have_url(re.compile(r"\?b$"))


def test_the_menu_folds_on_a_phone(phone: Page):
    phone.goto("/gallery")
    menu = phone.get_by_role("button", name="Menu")
    expect(phone.get_by_role("link", name="People")).to_be_hidden()
    menu.tap()
    expect(phone.get_by_role("link", name="People")).to_be_visible()
    screenshot(phone, "gallery-menu-phone")


def test_everything_is_there_without_script(plain: Page):
    plain.goto("/gallery")
    expect(plain.get_by_role("link", name="People")).to_be_visible()
    expect(plain.get_by_label("Password", exact=True)).to_be_visible()
    expect(plain.get_by_role("button", name="Show password")).to_be_hidden()
    plain.get_by_text("Why am I asked this?").click()
    expect(plain.get_by_text("somebody else has to be able to read it")).to_be_visible()
    send_it_empty(plain)
    no_sideways_scroll(plain)
    screenshot(plain, "gallery-plain")


def test_a_password_can_be_looked_at(desktop: Page):
    desktop.goto("/gallery")
    secret = desktop.get_by_label("Password", exact=True)
    secret.fill("correct horse")
    desktop.get_by_role("button", name="Show password").click()
    expect(secret).to_have_attribute("type", "text")


def test_what_one_presses_is_44_pixels_high(phone: Page):
    phone.goto("/gallery")
    small = phone.evaluate(
        """() => [...document.querySelectorAll(
            "button, .govuk-button, input:not([type=hidden]), select, textarea, summary, " +
            "header a, footer a, .govuk-pagination__list li, .govuk-back-link"
        )].filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
          .map((one) => one.outerHTML.slice(0, 120) + " " + one.getBoundingClientRect().height)"""
    )
    assert small == []


async def test_a_loop_still_starts_after_the_browser_s():
    """See the note on Playwright's loop in ``browser.py``."""
