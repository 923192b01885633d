"""Pages in a real browser: Debian's Chromium, driven by Playwright's plain interface.

Fixtures: ``desktop``, ``phone`` and ``plain`` (no JavaScript), each a page whose addresses are
relative to the live server; ``window`` makes others. A ``conftest.py`` imports them. What a page
writes to the console as an error fails the test.

One browser serves the whole session. Playwright leaves its loop marked as running in this thread,
which would break every ``async`` test after it: so the mark is taken off between browser tests.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ROOT = Path(__file__).parents[2]
AXE = Path(__file__).with_name("axe.min.js")
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
_ARGUMENTS = [
    *("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--lang=en-GB",
]
_PATIENCE = 30_000
"""Milliseconds: a machine that does much else at once is not a fault of the page."""
_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE_RUN = """
async (tags) => (await axe.run(document, {runOnly: {type: "tag", values: tags}})).violations.map(
  (found) => found.id + ": " + found.help + "\\n" + found.nodes.map(
    (node) => "    " + node.html.slice(0, 200) + "\\n" + node.failureSummary
  ).join("\\n"))
"""
_STICKING_OUT = """
() => {
  const wide = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > wide + 0.5 && !one.closest(".web-scroll"))
    .map((one) => one.outerHTML.slice(0, 160)).slice(0, 5).concat("the page scrolls sideways");
}
"""
Windows = Callable[..., Page]
"""``window(viewport, javaScriptEnabled=..., color_scheme=...)``; also any option of Playwright's
``new_context``, in its own spelling."""


class Chromium:
    """The session's browser, and the loop that Playwright runs it on."""

    def __init__(self) -> None:
        if not CHROMIUM.exists():
            pytest.fail(f"{CHROMIUM} is missing: apt-get install chromium, or set CHROMIUM")
        self._playwright = sync_playwright().start()
        self.browser: Browser = self._playwright.chromium.launch(
            executable_path=str(CHROMIUM), headless=True, args=_ARGUMENTS
        )
        expect.set_options(timeout=_PATIENCE)
        self._loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)

    @contextmanager
    def awake(self) -> Iterator[Browser]:
        asyncio._set_running_loop(self._loop)
        try:
            yield self.browser
        finally:
            asyncio._set_running_loop(None)

    def stop(self) -> None:
        with self.awake():
            self.browser.close()
            self._playwright.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    found = Chromium()
    yield found
    found.stop()


@pytest.fixture
def window(
    chromium: Chromium, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Windows]:
    """Opens a page of its own cookies. All are closed after the test."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    complaints: list[str] = []
    with ExitStack() as opened:
        browser = opened.enter_context(chromium.awake())

        def made(viewport: Any = None, **options: Any) -> Page:
            given = {
                "base_url": live_server.url,
                "locale": "en-GB",
                "viewport": viewport or DESKTOP,
            }
            context = browser.new_context(**{**given, "timezone_id": "Europe/London", **options})
            opened.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(_PATIENCE)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda told: _note(told, complaints))
            return page

        yield made
    assert not complaints, complaints


@pytest.fixture
def desktop(window: Windows) -> Page:
    return window(DESKTOP)


@pytest.fixture
def phone(window: Windows) -> Page:
    return window(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def plain(window: Windows) -> Page:
    """Without JavaScript, on a phone: the least that has to work."""
    return window(PHONE, java_script_enabled=False)


def axe(page: Page) -> None:
    """No violation of WCAG 2.2 AA or of good practice that a program can find."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(_AXE_RUN, _STANDARDS)
    assert not found, f"axe on {page.url}:\n" + "\n".join(found)


def no_sideways_scroll(page: Page, width: int = 320) -> None:
    """Reflow (WCAG 1.4.10): 320 px is also 1280 px at 400 %."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 640})
    found = page.evaluate(_STICKING_OUT)
    if before is not None:
        page.set_viewport_size(before)
    assert not found, f"{page.url} at {width} px:\n" + "\n".join(found)


def screenshot(page: Page, name: str, *, whole: bool = True) -> Path:
    """The page, or what is in view, to ``ALONGSIDE_SCREENSHOTS`` or ``build/screenshots``."""
    folder = Path(os.environ.get("ALONGSIDE_SCREENSHOTS") or ROOT / "build" / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    page.evaluate("document.fonts.ready")
    page.screenshot(path=path, full_page=whole, animations="disabled")
    return path


def _note(told: Any, complaints: list[str]) -> None:
    """The page's own answer (404, 500) is not the page's mistake."""
    if told.type == "error" and "Failed to load resource" not in told.text:
        complaints.append(told.text)
