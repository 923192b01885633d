"""Pages for what goes wrong: each says what to do next, and none needs more than it has."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from alongside.web import errors

from .page import Page, PageClient, check

pytestmark = pytest.mark.urls("tests.web.urls")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/nowhere", 404, "Page not found"),
        ("/deny", 403, "You can’t open this page"),
        ("/400", 400, "That request can’t be read"),
        ("/expired", 403, "This page was open too long"),
    ],
)
def test_each_says_what_happened_and_where_to_go(pages: PageClient, path, status, heading):
    page = pages.get(path, status=status)
    assert page.heading == heading
    assert page.links("main") == {"Go to the start page": "/"}


@pytest.mark.django_db
def test_who_denies_may_say_why(pages: PageClient):
    assert "Only the captain opens this." in pages.get("/deny", status=403).text


@pytest.mark.django_db
def test_a_crash_says_whose_fault_it_is(pages: PageClient):
    pages.client.raise_request_exception = False
    assert "our fault, not yours" in pages.get("/crash", status=500).text


def test_a_crash_needs_neither_context_nor_database():
    check("500", render_to_string("web/errors/500.html"))


def test_a_crash_of_the_page_for_crashes_is_still_a_page(monkeypatch: pytest.MonkeyPatch):
    def broken(name: str) -> str:
        raise ValueError("no style sheet")

    monkeypatch.setattr(errors, "render_to_string", broken)
    page = Page(errors.broken(RequestFactory().get("/")))
    assert page.status == 500
    check("500", page.source.html)
