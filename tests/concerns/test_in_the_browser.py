"""Reporting and deciding in a real browser: without script, on a phone, and nothing for axe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from alongside.concerns import api
from alongside.concerns.kinds import Body, Clock, Kind, Outcome
from alongside.concerns.models import Concern, Evidence
from tests.accounts.club import signed_in
from tests.web.browser import DESKTOP, PHONE, Windows, axe, no_sideways_scroll, screenshot

from .told import PNG, SAID, report, who

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("club")]
SIZES = {"desktop": DESKTOP, "phone": PHONE}


def enter(page: Page, person: str, live_server: Any) -> None:
    """The page belongs to somebody who has signed in."""
    morsel = signed_in(person).cookies["session"]
    page.context.add_cookies([{"name": "session", "value": morsel.value, "url": live_server.url}])


def look(page: Page, name: str) -> None:
    axe(page)
    no_sideways_scroll(page)
    screenshot(page, f"concerns-{name}")


def test_a_report_on_a_phone_without_script(plain: Page, live_server: Any, tmp_path: Path) -> None:
    chat = tmp_path / "chat.png"
    chat.write_bytes(PNG)
    enter(plain, "carla", live_server)
    plain.goto("/worry/")
    plain.get_by_role("button", name="Send it").click()
    expect(plain.get_by_role("link", name="Write what happened, in a few words")).to_be_visible()
    plain.get_by_label("What happened?").fill(SAID)
    plain.get_by_label("I am worried about a colleague or a volunteer").check()
    plain.get_by_label("Owen Pike").check()
    plain.get_by_label("Do not say who I am").check()
    plain.get_by_label("Screenshots, photos or a saved chat").set_input_files(chat)
    plain.get_by_role("button", name="Send it").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Thank you: we have your report")
    concern = Concern.objects.get()
    expect(plain.get_by_text(concern.reference)).to_be_visible()
    assert Evidence.objects.count() == 1
    assert {person for person, _ in api.shown(who("lena"), concern.reference).readers} == {
        "dev",
        "lena",
    }


@pytest.mark.parametrize("size", SIZES)
def test_the_report_s_pages_at_each_size(window: Windows, live_server: Any, size: str) -> None:
    page = window(SIZES[size])
    enter(page, "carla", live_server)
    page.goto("/worry/")
    look(page, f"worry-{size}")
    page.get_by_role("button", name="Send it").click()
    expect(page).to_have_title("Error: Report a worry - Alongside")
    look(page, f"worry-wrong-{size}")
    page.get_by_label("What happened?").fill(SAID)
    for name in ("Owen Pike", "Dev Malik", "Lena Voss"):
        page.get_by_label(name).check()
    page.get_by_label("Screenshots, photos or a saved chat").set_input_files(
        {"name": "run.exe", "mimeType": "application/x-dosexec", "buffer": b"MZ"}
    )
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("Nobody here can read it yet")).to_be_visible()
    look(page, f"sent-{size}")


@pytest.mark.parametrize("size", SIZES)
def test_the_desk_s_pages_at_each_size(window: Windows, live_server: Any, size: str) -> None:
    page = window(SIZES[size])
    enter(page, "owen", live_server)
    page.goto("/concerns/")
    look(page, f"list-empty-{size}")
    first, second = report(), report(kind=Kind.COLLEAGUE, about="a coach", when="on Tuesday")
    api.mark_adult(who("owen"), first, "carla", "Private jokes, often.")
    api.mark_adult(who("owen"), second, "carla", "Again.")
    api.add_evidence(who("owen"), second, api.Upload("chat.png", PNG), "From her mother.")
    api.start_clock(who("owen"), second, Clock.ICO, "The list went to everybody.")
    report()
    page.goto("/concerns/")
    look(page, f"list-{size}")
    page.get_by_role("link", name=second).click()
    look(page, f"one-{size}")
    for step in ("action", "decision", "referral", "clock", "evidence", "outcome", "access"):
        page.goto(f"/concerns/{second}/{step}/")
        look(page, f"{step}-{size}")
        page.locator("main form button").last.click()
        look(page, f"{step}-wrong-{size}")
    page.goto(f"/concerns/{second}/adult/?name=c")
    look(page, f"adult-{size}")
    page.goto(f"/concerns/{second}/")
    page.get_by_role("link", name="chat.png").click()
    look(page, f"evidence-{size}")
    api.refer(who("dev"), second, Body.LADO, "Rang them.")
    api.refer(who("dev"), second, Body.ICO, "Told them.")
    api.conclude(who("dev"), second, Outcome.PASSED_ON, "They lead.")
    page.goto(f"/concerns/{second}/")
    page.get_by_role("link", name="Sign it off, or send it back").click()
    look(page, f"sign-off-{size}")
