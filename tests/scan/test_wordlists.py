"""The word lists: dated rows, and files that are read strictly."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.scan.matching import compiled
from alongside.scan.platform_names import links, named, names
from alongside.scan.word_rows import InvalidWordList
from alongside.scan.wording import spelt_out
from alongside.scan.wordlists import (
    Platform,
    every_platform,
    minimum_age,
    phrases,
    platforms,
    read_phrases,
    read_platforms,
)

PLATFORM = '[[platform]]\nid = "madeup"\nkinds = ["social"]\nfrom = 2020-01-01\n'
AGES_OUT_OF_ORDER = """
ages = [
  { years = 13, from = 2021-01-01, source = "x" },
  { years = 16, from = 2020-01-01, source = "x" },
]
"""
PHRASE = (
    '[[phrase]]\nname = "one"\npattern = "hello"\nconfidence = "likely"\n'
    'examples = ["hello"]\nnot = ["goodbye"]\n'
)


def by_id(name: str) -> Platform:
    return next(p for p in every_platform() if p.id == name)


@pytest.mark.parametrize(
    ("name", "day", "years"),
    [
        ("whatsapp", date(2017, 1, 1), None),
        ("whatsapp", date(2024, 4, 10), 16),
        ("whatsapp", date(2024, 4, 11), 13),
        ("tiktok", date(2027, 3, 31), 13),
        ("tiktok", date(2027, 4, 1), 16),
        ("whatsapp", date(2027, 4, 1), 13),
        ("signal", date(2027, 4, 1), 13),
        ("imessage", date(2026, 11, 1), None),
    ],
)
def test_the_age_is_that_of_the_day(name: str, day: date, years: int | None):
    assert minimum_age(by_id(name), day) == years


def test_the_rule_to_come_is_marked_as_expected_wherever_it_stands():
    coming = {p.id for p in every_platform() for a in p.ages if a.since > date(2026, 12, 31)}
    assert coming == {p.id for p in every_platform() for age in p.ages if age.expected}
    assert coming == {"facebook", "instagram", "snapchat", "threads", "tiktok", "x", "youtube"}


def test_a_platform_is_there_from_its_day_until_its_day():
    def there(day: date) -> bool:
        return any(p.id == "skype" for p in platforms(day))

    assert [there(date(2003, 8, 28)), there(date(2025, 5, 4)), there(date(2025, 5, 5))] == [
        False,
        True,
        False,
    ]


def test_names_of_no_two_platforms_are_the_same():
    said = [name for p in every_platform() for name in (*p.names, *p.words)]
    assert [name for name in said if said.count(name) > 1] == []


@pytest.mark.parametrize("platform", every_platform(), ids=lambda p: p.id)
def test_every_platform_is_found_by_each_of_its_names(platform: Platform):
    asked = (platform,)
    for name in (*platform.names, *platform.words):
        assert named(name, asked) is platform
    for domain in platform.domains:
        assert compiled(links(asked)).search(f"see https://www.{domain}/made.up")


def test_a_pattern_of_no_names_matches_nothing():
    assert compiled(names(())).search("anything at all") is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("colour = 1\n", "`colour` is no key here"),
        ("names = [1]\n", "`names` must be a list of texts"),
        ('names = ["Snap"]\n', "must be in small letters"),
        ("until = 2020\n", "`until` must be a date"),
        ('ages = [{ years = 200, from = 2020-01-01, source = "x" }]\n', "`years`"),
        ("ages = [{ years = 13, from = 2020-01-01 }]\n", "`source` is missing"),
        (
            AGES_OUT_OF_ORDER,
            "must stand in order",
        ),
    ],
)
def test_a_platform_with_a_mistake_is_an_error_that_names_file_and_row(change: str, told: str):
    with pytest.raises(InvalidWordList) as error:
        read_platforms(PLATFORM + change, "some.toml")
    assert told in str(error.value)
    assert "some.toml: platform 1 `madeup`" in str(error.value)


def test_a_platform_of_no_known_kind_is_an_error():
    with pytest.raises(InvalidWordList, match="`kinds` must be of"):
        read_platforms(PLATFORM.replace("social", "pub"), "some.toml")


def test_two_rows_of_one_name_are_an_error():
    with pytest.raises(InvalidWordList, match="two rows have the id `madeup`"):
        read_platforms(PLATFORM + PLATFORM, "some.toml")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('confidence = "likely"\n', "", "`confidence` is missing"),
        ('"likely"', '"maybe"', "`confidence` must be possible, likely or certain"),
        ('examples = ["hello"]', "examples = []", "`examples` must hold at least one"),
        ('not = ["goodbye"]\n', "", "`not` is missing"),
        ('not = ["goodbye"]\n', 'not = ["goodbye"]\nnegatable = 1\n', "`negatable` must be true"),
        ('pattern = "hello"', 'pattern = ""', "`pattern` must be a text"),
        ('pattern = "hello"', 'pattern = "hello"\nweight = 3', "`weight` is no key here"),
    ],
)
def test_a_phrase_with_a_mistake_is_an_error_that_names_file_and_row(old: str, new: str, told: str):
    with pytest.raises(InvalidWordList) as error:
        read_phrases(PHRASE.replace(old, new), "en_GB/some.toml", "en_GB", {})
    assert told in str(error.value)
    assert "en_GB/some.toml: phrase 1 `one`" in str(error.value)


def test_a_file_that_is_no_toml_is_an_error():
    with pytest.raises(InvalidWordList, match=r"some\.toml: not TOML"):
        read_phrases("[[phrase", "some.toml", "en_GB", {})


def test_a_list_that_nobody_wrote_is_an_error():
    with pytest.raises(InvalidWordList, match=r"no language has a list `nothing\.toml`"):
        phrases("nothing")


def test_let_puts_named_parts_into_patterns():
    text = "[let]\nyou = 'you|u'\n" + PHRASE.replace('"hello"', '"hello <you>"', 1)
    (phrase,) = read_phrases(text, "some.toml", "en_GB", {})
    assert phrase.pattern == "hello (?:you|u)"


def test_a_name_that_nothing_stands_for_is_an_error():
    with pytest.raises(ValueError, match="`<yuo>` is unknown"):
        spelt_out("hello <yuo>", {})
