"""Every link in the documentation leads somewhere."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from .pages import PAGES, ROOT, anchors, links, name

VENDORS = {"techcommunity.microsoft.com", "support.google.com"}
"""Whose description a page says that it was checked against."""
EXAMPLES = (".example", ".test", "127.0.0.1")
_URL = re.compile(r"https?://([^\s/`\"')>]+)")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page):
    text = page.read_text("utf-8")
    lost = []
    for link in links(text):
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = (page.parent / parts.path).resolve() if parts.path else page
        if not target.exists() or not target.is_relative_to(ROOT):
            lost.append(link)
        elif parts.fragment and parts.fragment not in anchors(target.read_text("utf-8")):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_page_names_a_host_that_is_neither_made_up_nor_a_vendor_s(page):
    hosts = {host.partition(":")[0] for host in _URL.findall(page.read_text("utf-8"))}
    assert {h for h in hosts if not h.endswith(EXAMPLES)} <= VENDORS


def test_every_page_can_be_reached_from_the_first():
    seen = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        for link in links(page.read_text("utf-8")):
            if not urlsplit(link).scheme:
                waiting.append((page.parent / urlsplit(link).path).resolve())
    decisions = {p for p in PAGES if p.parent.name == "decisions"}
    assert [name(p) for p in set(PAGES) - seen - decisions] == []
    assert decisions & seen


def test_every_picture_can_be_heard():
    for picture in (ROOT / "docs" / "images").glob("*.svg"):
        # Our own files: nothing hostile is read here.
        root = ElementTree.parse(picture).getroot()
        words = {child.tag.rpartition("}")[2]: child.text or "" for child in root}
        assert len(words.get("title", "")) > 10, picture.name
        assert len(words.get("desc", "")) > 100, picture.name
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == "t d"
