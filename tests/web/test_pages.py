"""Long lists, a page at a time."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from alongside.web.pages import Sheet, paginate


def sheet(query: str, items: int = 430) -> Sheet[int]:
    return paginate(RequestFactory().get(f"/people{query}"), range(items), size=25)


def test_the_first_page_leads_on():
    first = sheet("")
    assert (first.first, first.last, first.total) == (1, 25, 430)
    assert (first.previous_url, first.next_url) == ("", "?page=2")
    assert [one.number for one in first.numbers] == [1, 2, None, 18]
    assert first.numbers[0].current


def test_the_words_of_a_search_stay_from_page_to_page():
    assert sheet("?q=ann+a&page=3").next_url == "?q=ann+a&page=4"


@pytest.mark.parametrize(("asked", "first"), [("nonsense", 1), ("0", 426), ("99", 426), ("", 1)])
def test_nonsense_is_a_page_too(asked, first):
    assert sheet(f"?page={asked}").first == first


def test_a_short_list_has_no_numbers():
    assert sheet("", 25).numbers == ()
    assert (sheet("", 0).first, sheet("", 0).last) == (0, 0)
