"""Looking at pages as somebody, and what the record heard of it."""

from __future__ import annotations

import json
from typing import Any

from alongside.records.models import Entry, Text
from tests.accounts.club import signed_in
from tests.web.page import Page, PageClient


def by(person: str) -> PageClient:
    return PageClient(signed_in(person))


def decide(person: str, url: str, **answers: str) -> Page:
    """Fill a form in, look at the page that asks once more, confirm it: the page it leads to."""
    visitor = by(person)
    visitor.get(url)
    asked = visitor.post(url, answers)
    assert not asked.errors, asked.errors
    assert "Yes, " in " ".join(asked.buttons())
    carried = {
        str(n.attributes["name"]): str(n.attributes["value"])
        for n in asked.all("main input[type=hidden]")
        if n.attributes["name"] != "csrfmiddlewaretoken"
    }
    answer = visitor.client.post(url, {**carried, "confirmed": "yes"})
    if answer.status_code == 200:
        return Page(answer)
    return visitor.get(answer.headers["Location"])


def heard(*what: str) -> list[dict[str, Any]]:
    """The bodies of the record's entries of these kinds of change, the oldest first."""
    bodies = [json.loads(row.body)["body"] for row in Entry.objects.order_by("id")]
    return [body for body in bodies if body.get("what") in what]


def texts() -> list[str]:
    """The personal texts that the record keeps apart."""
    return [
        bytes(row.value or b"").decode() for row in Text.objects.order_by("entry_id", "position")
    ]
