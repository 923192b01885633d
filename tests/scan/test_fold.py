"""A text as it is understood, and the way back to what was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.scan.fold import fold

TRICKS = (
    ("𝟎𝟕𝟕𝟎𝟎 ９００", "07700 900"),
    ("1️⃣2️⃣3️⃣", "123"),
    ("🔟", "10"),
    ("сoасh", "coach"),  # two Cyrillic letters
    ("ΑΒ", "ab"),  # Greek capitals
    ("0\u200b7\u200d7\ufeff0", "0770"),
    ("pass\u00adword", "password"),
    ("Café “ok” – it’s £5", 'cafe "ok" - it\'s £5'),
    ("＠ｆｒｅｅｍａｉｌ．ｅｘａｍｐｌｅ", "@freemail.example"),
    ("٠٧٧٠٠", "07700"),
    ("ﬁnd ℡", "find tel"),
    ("\ud800x", "\ufffdx"),
    ("İstanbul", "istanbul"),
    ("s\u0301a\u0301m\u0336", "sam"),
    ("\U000e0041hi\u202e", "hi"),
    ("🅰🅱", "ab"),
    ("½ mile", "½ mile"),
    ("Straße 🇬🇧 😊", "straße 🇬🇧 😊"),
)


@pytest.mark.parametrize(("written", "understood"), TRICKS)
def test_tricks_are_undone(written, understood):
    assert fold(written).text == understood


@pytest.mark.parametrize("text", ["Plain ASCII.", "It’s £5 – “café”, Zoë", "naïve São ø"])
def test_ordinary_english_stays_in_step(text):
    folded = fold(text)
    assert folded.places is None
    assert len(folded.text) == len(text)


def test_a_find_is_shown_as_it_was_written():
    text = "ring 0\u200b7\u200b7\u200b0\u200b0 now"
    folded = fold(text, offset=100)
    at = folded.text.index("07700")
    assert folded.span(at, at + 5) == (105, 114)
    assert folded.seen(at, at + 5) == "0\u200b7\u200b7\u200b0\u200b0"


def test_one_sign_that_stands_for_several_is_shown_whole():
    folded = fold("x 🔟 y \u200b")
    at = folded.text.index("10")
    assert folded.seen(at, at + 2) == "🔟"
    assert folded.seen(at, at + 1) == "🔟"
    assert folded.seen(at + 1, at + 1) == ""
    assert folded.span(len(folded.text), len(folded.text)) == (7, 7)


def test_a_text_of_very_many_signs_is_folded_as_one_of_few():
    strange = "".join(chr(0x4E00 + n) for n in range(200))
    folded = fold(strange + " ０７ \u200b🔟")
    assert folded.text == strange + " 07 10"


ANY = st.text(
    alphabet=st.one_of(
        st.characters(), st.sampled_from("\u200b\u00ad🔟０１️⃣еоİﬁ’–é@.\ud800\ue000 07")
    ),
    max_size=60,
)


@given(ANY)
def test_every_character_has_its_place_in_the_original(text):
    folded = fold(text, offset=7)
    assert folded.text.isascii() or folded.text == folded.text.lower()
    last = 7
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert 7 <= start < end <= 7 + len(text)
        assert start >= last
        last = start


@given(st.text(alphabet="abc 0123456789.@", max_size=40), st.data())
def test_what_can_not_be_seen_changes_nothing(text, data):
    unseen = st.text(alphabet="\u200b\u200d\u2060\u00ad\ufe0f\u202e\U000e0061", max_size=3)
    woven = "".join(c + data.draw(unseen) for c in text)
    assert fold(woven).text == text


@given(ANY)
def test_folding_twice_is_folding_once(text):
    once = fold(text).text
    assert fold(once).text == once
