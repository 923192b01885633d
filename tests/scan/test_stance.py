"""What takes a find back: a refusal, a rule quoted, a warning, a lesson."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.scan.finders import (
    friend_request,
    game,
    instant_messaging,
    platform_age,
    private_talk,
    secrecy,
)
from alongside.scan.fold import fold
from alongside.scan.matching import compiled
from alongside.scan.stance import refused, sentence, warned
from alongside.scan.wording import spelt_out
from alongside.scan.wordlists import Phrase, phrases
from tests.scan.looking import gated, seen

FINDERS = (
    friend_request.FINDER,
    game.FINDER,
    instant_messaging.FINDER,
    platform_age.FINDER,
    private_talk.FINDER,
    secrecy.FINDER,
)


def where(text: str, of: str = "whatsapp") -> tuple[str, int, int]:
    folded = fold(text).text
    start = folded.index(of)
    return folded, start, start + len(of)


@pytest.mark.parametrize("row", phrases("stance"), ids=lambda p: p.name)
def test_every_row_finds_its_examples_and_leaves_its_counterexamples(row: Phrase):
    pattern = compiled(spelt_out(row.pattern, {}))
    assert [text for text in row.examples if not pattern.search(fold(text).text)] == []
    assert [text for text in row.counterexamples if pattern.search(fold(text).text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "We never use WhatsApp",
        "please don't use WhatsApp",
        "WhatsApp is not allowed",
        "We don't use Snapchat, Discord, WhatsApp or Signal",
        "Our policy is that coaches use no WhatsApp",
        "You asked for a WhatsApp group? No, we can't.",
        "is there WhatsApp? No, there isn't",
    ],
)
def test_refusals_are_heard(text: str):
    assert refused(*where(text))


@pytest.mark.parametrize(
    "text",
    [
        "I don't like e-mail, so WhatsApp me",
        "Why don't you use WhatsApp",
        "I can't come. WhatsApp me",
        "I know the rule but WhatsApp me",
        "WhatsApp me. No need to write long letters",
        "don't worry, WhatsApp me",
    ],
)
def test_a_no_to_something_else_refuses_nothing(text: str):
    assert not refused(*where(text))


@pytest.mark.parametrize(
    "text",
    [
        "If anyone asks you for your WhatsApp, tell us",
        "Strangers may add you on WhatsApp",
        "Members asked for a WhatsApp group",
        'They say "add me on WhatsApp" and then ask for photos.',
        "Some of you had a WhatsApp message. It wasn't us.",
    ],
)
def test_warnings_and_reports_are_heard(text: str):
    assert warned(*where(text))


def test_a_sentence_ends_where_it_ends():
    text = "one. two whatsapp three! four"
    assert text[slice(*sentence(text, 9, 17))].strip() == "two whatsapp three!"


WORDS = st.sampled_from(
    "message me on whatsapp add insta don't tell your mum our secret 👻 \n . , ! ? \" ' play xbox "
    "u r so pretty delete this never if anyone asks wa.me/x follow us tiktok ſ İ \u200b é".split(
        " "
    )
)


@given(st.lists(WORDS | st.text(max_size=5), max_size=25).map(" ".join))
def test_no_text_raises_and_every_sighting_stands_where_it_says(text: str):
    for finder in FINDERS:
        for sighting in seen(finder, text, youngest=None):
            assert text[sighting.start : sighting.end] == sighting.text
            assert sighting.type in finder.types
            assert sighting.understood
            assert gated(finder, text) or sighting.confidence == 0


def test_half_a_surrogate_pair_raises_nothing():
    for finder in FINDERS:
        assert seen(finder, "message me on whatsapp \ud83d add me on insta", youngest=9) is not None
