"""A test client that lints every page it fetches and gives it back parsed.

page = PageClient(client).get("/people", status=200)
assert page.heading == "People"
assert page.links()["Ann Archer"] == "/people/ann"
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.test import Client
from selectolax.lexbor import LexborNode as Node

from .lint import Source, lint


class Page:
    """A page that was fetched."""

    def __init__(self, response: Any) -> None:
        self.response = response
        self.status: int = response.status_code
        self.source = Source(response.content.decode())

    @property
    def title(self) -> str:
        return self.one("head title").text(strip=True)

    @property
    def heading(self) -> str:
        return _words(self.one("h1"))

    @property
    def text(self) -> str:
        """What is read in the main part, with spaces as a reader sees them."""
        return _words(self.one("main"))

    @property
    def errors(self) -> list[str]:
        return [_words(node) for node in self.all(".govuk-error-summary__list li")]

    @property
    def banners(self) -> list[str]:
        return [_words(node) for node in self.all(".govuk-notification-banner__heading")]

    def links(self, within: str = "body") -> dict[str, str]:
        """Where each link leads, by its words."""
        return {_words(n): str(n.attributes["href"]) for n in self.all(f"{within} a[href]")}

    def buttons(self, within: str = "main") -> list[str]:
        return [_words(node) for node in self.all(f"{within} button:not([hidden])")]

    def all(self, selector: str) -> list[Node]:
        return list(self.source.tree.css(selector))

    def one(self, selector: str) -> Node:
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} elements match `{selector}`"
        return found[0]

    def words(self, selector: str) -> list[str]:
        return [_words(node) for node in self.all(selector)]


class PageClient:
    """Around Django's own client. Each answer is linted unless it leads elsewhere or is no page."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, url: str, *, status: int = 200, **query: Any) -> Page:
        return self._read(url, status, self.client.get(url, query or None))

    def post(
        self, url: str, sent: Mapping[str, Any] | None = None, *, status: int = 200, **more: Any
    ) -> Page:
        return self._read(url, status, self.client.post(url, dict(sent or {}), **more))

    def sent_on(self, url: str, sent: Mapping[str, Any] | None = None, *, to: str) -> None:
        """A form that was accepted leads to another page, so that reloading sends nothing."""
        response = self.client.post(url, dict(sent or {}))
        if response.status_code == 200:
            raise AssertionError(f"{url} was shown again: {Page(response).errors}")
        assert (response.status_code, response.headers.get("Location")) == (302, to)

    def _read(self, url: str, status: int, response: Any) -> Page:
        assert response.status_code == status, f"{url} answered {response.status_code}"
        page = Page(response)
        if "html" in response.headers.get("Content-Type", ""):
            check(url, response.content.decode())
        return page


def check(url: str, html: str) -> None:
    complaints = lint(html)
    assert not complaints, f"{url}:\n  " + "\n  ".join(complaints)


def _words(node: Node) -> str:
    return " ".join(node.text().split())
