"""How days, moments, ages and counts are said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template

from alongside.web import moments

TODAY = date(2025, 6, 1)
NOW = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_london(settings):
    settings.TIME_ZONE = "Europe/London"


def rendered(text: str, **given: object) -> str:
    return Template("{% load web %}" + text).render(Context(given))


def test_a_day_says_its_year_only_if_it_is_another():
    assert moments.day(date(2025, 3, 4), TODAY) == "Tuesday 4 March"
    assert moments.day(date(2024, 3, 4), TODAY) == "Monday 4 March 2024"


@pytest.mark.parametrize(
    ("utc", "said"),
    [
        (datetime(2025, 3, 4, 18, 40, tzinfo=UTC), "Tuesday 4 March, 6:40 pm"),
        (datetime(2025, 7, 4, 23, 5, tzinfo=UTC), "Saturday 5 July, 12:05 am"),
        (datetime(2025, 7, 4, 11, 0, tzinfo=UTC), "Friday 4 July, midday"),
        (datetime(2025, 7, 4, 23, 0, tzinfo=UTC), "Saturday 5 July, midnight"),
        (datetime(2025, 7, 4, 8, 0, tzinfo=UTC), "Friday 4 July, 9:00 am"),
    ],
)
def test_a_moment_is_said_by_the_clock_on_the_wall(utc, said):
    assert moments.moment(utc, TODAY) == said


def test_a_time_without_zone_is_local():
    naive = datetime(2025, 7, 4, 9, 30)  # noqa: DTZ001
    assert moments.moment(naive, TODAY) == "Friday 4 July, 9:30 am"


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(hours=47), "1 day ago"),
        (timedelta(days=13), "13 days ago"),
        (timedelta(days=20), "2 weeks ago"),
        (timedelta(days=45), "1 month ago"),
        (timedelta(days=800), "2 years ago"),
        (timedelta(hours=-3), "in 3 hours"),
    ],
)
def test_how_long_ago(span, said):
    assert moments.ago(NOW - span, NOW) == said


@pytest.mark.parametrize(
    ("number", "words", "said"),
    [
        (1, ("message",), "1 message"),
        (4, ("message",), "4 messages"),
        (0, ("message",), "no messages"),
        (1_204, ("reply", "replies"), "1,204 replies"),
    ],
)
def test_a_count_agrees_with_its_word(number, words, said):
    assert moments.counted(number, *words) == said


def test_filters_take_what_is_missing():
    said = "{{ when|day }}{{ when|moment }}{{ when|ago }}"
    assert rendered(said, when=None) == ""
    assert rendered("{{ a|nothing }}", a=0) == "0"
    assert rendered('{{ a|nothing:"None" }}', a="") == '<span class="web-nothing">None</span>'
    assert rendered('{{ 2|counted:"reply,replies" }}') == "2 replies"


def test_ago_is_for_machines_too():
    html = rendered("{{ when|ago }}", when=datetime(2020, 3, 4, 18, 40, tzinfo=UTC))
    assert 'datetime="2020-03-04T18:40+00:00"' in html
    assert 'title="Wednesday 4 March 2020, 6:40 pm"' in html
