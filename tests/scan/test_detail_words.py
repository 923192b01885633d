"""Every row of the lists that speak of details finds its examples and leaves what is not its."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files

import phonenumbers
import pytest

from alongside.scan.fold import fold
from alongside.scan.intents import finds
from alongside.scan.matching import compiled
from alongside.scan.wording import Row, rows, spelt_out, there_are
from alongside.scan.wordlists import Phrase, phrases

CUES = (
    "counted", "email_own", "email_role", "first_names", "handle_name", "handle_own",
    "home_not_own", "home_own",
    "no_handle", "no_secret", "number_others", "number_own", "other_sites", "password_given",
    "password_lesson", "personal_site", "pictures", "telephone",
)  # fmt: skip
SENTENCES = ("home_invitation", "password_asked")
WORDS = files("alongside.scan") / "words"


def _cued(key: str) -> list[object]:
    return [
        pytest.param(phrase, text, id=f"{name}: {phrase.name}: {text[:30]}")
        for name in CUES
        for phrase in phrases(name)
        for text in getattr(phrase, key)
    ]


def _said(key: str) -> list[object]:
    return [
        pytest.param(row, text, id=f"{name}: {row.phrase.name}: {text[:30]}")
        for name in SENTENCES
        for row in rows(name, there_are(date(2026, 11, 1)))
        for text in getattr(row.phrase, key)
    ]


def _matches(phrase: Phrase, text: str) -> bool:
    pattern = compiled(rf"\b(?:{spelt_out(phrase.pattern, {})})")
    return pattern.search(fold(text).text) is not None


@pytest.mark.parametrize(("phrase", "text"), _cued("examples"))
def test_a_cue_is_found_in_its_example(phrase, text):
    assert _matches(phrase, text)


@pytest.mark.parametrize(("phrase", "text"), _cued("counterexamples"))
def test_a_cue_is_not_found_in_what_is_not_its(phrase, text):
    pattern = compiled(rf"\b(?:{spelt_out(phrase.pattern, {})})\b")
    assert pattern.search(fold(text).text) is None


@pytest.mark.parametrize(("row", "text"), _said("examples"))
def test_a_sentence_is_found_in_its_example(row: Row, text: str):
    assert list(finds(fold(text).text, [row]))


@pytest.mark.parametrize(("row", "text"), _said("counterexamples"))
def test_a_sentence_is_not_found_in_what_is_not_its(row: Row, text: str):
    assert not list(finds(fold(text).text, [row]))


def test_every_helpline_is_written_as_it_is_rung():
    lines = tomllib.loads((WORDS / "en_GB" / "helplines.toml").read_text("utf-8"))["helpline"]
    assert len({line["number"] for line in lines}) == len(lines)
    for line in lines:
        number = phonenumbers.parse(line["written"], "GB")
        e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        assert e164 == line["number"], line["name"]


def test_every_provider_has_domains_and_no_name_is_another_ones():
    providers = tomllib.loads((WORDS / "providers.toml").read_text("utf-8"))["provider"]
    names = [name for one in providers for name in one["names"]]
    assert len(set(names)) == len(names)
    assert all(one["domains"] for one in providers)
