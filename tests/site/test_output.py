"""How commands put numbers and names into words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from alongside.records.views import EntryView
from alongside.site.cli.record import _who
from alongside.site.plurals import counted


@pytest.mark.parametrize(
    ("number", "several", "said"),
    [
        (0, "", "0 messages"),
        (1, "", "1 message"),
        (2, "", "2 messages"),
        (20_000, "", "20,000 messages"),
        (1, "post", "1 message"),
        (2, "post", "2 post"),
    ],
)
def test_one_is_one_and_all_else_are_several(number, several, said):
    assert counted(number, "message", several) == said


def entry(kind: str, body: dict[str, Any], *persons: tuple[str, str]) -> EntryView:
    return EntryView(
        chain="gateway/x/1",
        seq=1,
        at=datetime(2026, 3, 2, tzinfo=UTC),
        kind=kind,
        reference="A7K3-9QXM",
        verdict="",
        organisation="club",
        guarded=False,
        sealed=False,
        by="",
        persons=persons,
        clauses=(),
        body=body,
    )


def copied(person: str, seat: str) -> dict[str, Any]:
    return {"leg": "1", "person": person, "seat": seat, "serves": ["tess"]}


def test_a_role_mailbox_that_was_copied_is_named_once():
    role = copied("", "organisation_officer")
    assert _who(entry("outcome", {"copies": [role, role]})) == ["role mailbox (third party)"]
    both = {"copies": [copied("olive", "group_officer"), copied("", "programme_mailbox")]}
    assert _who(entry("outcome", both, ("olive", "third_party"))) == [
        "olive (third party)",
        "programme mailbox (third party)",
    ]


def test_other_entries_name_their_persons_only():
    assert _who(entry("purged", {"copies": 3, "unknown": 1})) == []
    assert _who(entry("outcome", {"answer": "in_doubt"})) == []
    assert _who(entry("decided", {}, ("carl", "writer"))) == ["carl (writer)"]
