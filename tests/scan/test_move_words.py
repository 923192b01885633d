"""Every row of the wide lists of invitations finds its examples, and leaves what is not its."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.scan.finders.cues import cue
from alongside.scan.fold import fold
from alongside.scan.intents import finds, said
from alongside.scan.matching import compiled
from alongside.scan.platform_names import of_kind
from alongside.scan.wording import Row, rows, spelt_out, there_are
from alongside.scan.wordlists import Phrase, phrases

TODAY = date(2026, 11, 1)
WIDE = ("instant_messaging_wide", "friend_request_wide", "game_wide")
CUES = (
    "instant_messaging_invites",
    "instant_messaging_talk",
    "friend_request_befriends",
    "friend_request_not_ours",
    "game_together",
    "game_in_person",
    "platform_age_asked",
    "platform_age_grown",
)


def _rows(key: str) -> list[object]:
    on = there_are(TODAY)
    young = of_kind(on, "instant_messaging", "social", "video")
    return [
        pytest.param(row, text, id=f"{name}: {row.phrase.name}: {text[:30]}")
        for name in WIDE
        for row in rows(name, on, young)
        for text in getattr(row.phrase, key)
    ]


def _cues(key: str) -> list[object]:
    return [
        pytest.param(phrase, text, id=f"{name}: {phrase.name}: {text[:30]}")
        for name in CUES
        for phrase in phrases(name)
        for text in getattr(phrase, key)
    ]


def _stands(phrase: Phrase, text: str) -> bool:
    pattern = compiled(rf"\b(?:{spelt_out(phrase.pattern, {})})\b")
    return pattern.search(fold(text).text) is not None


@pytest.mark.parametrize(("row", "text"), _rows("examples"))
def test_a_row_finds_its_examples(row: Row, text: str):
    assert list(finds(fold(text).text, [row]))


@pytest.mark.parametrize(("row", "text"), _rows("counterexamples"))
def test_a_row_leaves_its_counterexamples(row: Row, text: str):
    assert not said(fold(text).text, [row])


@pytest.mark.parametrize(("phrase", "text"), _cues("examples"))
def test_a_cue_stands_in_its_example(phrase: Phrase, text: str):
    assert _stands(phrase, text)


@pytest.mark.parametrize(("phrase", "text"), _cues("counterexamples"))
def test_a_cue_does_not_stand_in_its_counterexample(phrase: Phrase, text: str):
    assert not _stands(phrase, text)


def test_every_row_has_both():
    lacking = [
        phrase.name
        for name in (*WIDE, *CUES)
        for phrase in phrases(name)
        if not (phrase.examples and phrase.counterexamples)
    ]
    assert lacking == []


@pytest.mark.parametrize("name", CUES)
def test_a_cue_is_found_from_word_to_word(name: str):
    assert cue(name).search("xyzzy") is None
