"""Every row of every list of intentions finds its examples and leaves its counter-examples."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.scan.fold import fold
from alongside.scan.intents import said
from alongside.scan.platform_names import of_kind
from alongside.scan.wording import Row, rows, there_are

TODAY = date(2026, 11, 1)
LISTS = (
    "instant_messaging",
    "instant_messaging_after",
    "friend_request",
    "friend_request_after",
    "game",
    "game_after",
    "platform_age",
    "private_talk",
    "private_talk_closer",
    "secrecy",
    "secrecy_hide",
    "secrecy_lie",
)


def every_row() -> list[tuple[str, Row]]:
    on = there_are(TODAY)
    young = of_kind(on, "instant_messaging", "social", "video")
    return [(name, row) for name in LISTS for row in rows(name, on, young)]


EXAMPLES = [
    pytest.param(row, text, id=f"{name}: {row.phrase.name}: {text[:40]}")
    for name, row in every_row()
    for text in row.phrase.examples
]
COUNTEREXAMPLES = [
    pytest.param(row, text, id=f"{name}: {row.phrase.name}: {text[:40]}")
    for name, row in every_row()
    for text in row.phrase.counterexamples
]


@pytest.mark.parametrize(("row", "text"), EXAMPLES)
def test_a_row_finds_its_examples(row: Row, text: str):
    assert said(fold(text).text, [row])


@pytest.mark.parametrize(("row", "text"), COUNTEREXAMPLES)
def test_a_row_leaves_its_counterexamples(row: Row, text: str):
    assert not said(fold(text).text, [row])


def test_every_row_has_both():
    lacking = [row.phrase.name for _, row in every_row() if not row.phrase.counterexamples]
    assert lacking == []
