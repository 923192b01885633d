"""What the how-to pages say is printed is what is printed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from tools.ports import free_ports

from alongside.mail.smtp.sink import Sink

from .pages import ROOT, fences
from .walk import Walk, commands, demonstration, go, own_organisation

OWN = ROOT / "docs" / "how-to" / "first-steps.md"
WALKED = sorted(
    page
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    if page != OWN and any(f.info == "console" for f in fences(page.read_text("utf-8")))
)


@pytest.fixture
def sink() -> Iterator[int]:
    (port,) = free_ports(1)
    loop = asyncio.new_event_loop()
    server = Sink()
    loop.run_until_complete(server.listen("127.0.0.1", port))
    thread = Thread(target=loop.run_forever)
    thread.start()
    yield port
    asyncio.run_coroutine_threadsafe(server.stop(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


def follow(walk: Walk, page: Path) -> None:
    try:
        for command, printed in go(walk, page.read_text("utf-8")):
            try:
                walk.compare(command.printed, printed)
            except AssertionError as wrong:
                raise AssertionError(f"{page.name}: $ {command.line}\n{wrong}") from None
            time.sleep(0.6)  # what was put in the outbox leaves within the half second
    finally:
        walk.stop()


def test_there_are_pages_to_walk():
    assert len(WALKED) >= 4
    assert sum(len(list(commands(page.read_text("utf-8")))) for page in WALKED) >= 20


@pytest.mark.parametrize("page", WALKED, ids=lambda p: p.stem)
def test_what_a_page_says_is_printed_is_printed(page, tmp_path):
    follow(demonstration(tmp_path), page)


def test_the_first_steps_with_an_own_organisation_go_as_written(tmp_path, sink):
    follow(own_organisation(tmp_path, sink), OWN)
