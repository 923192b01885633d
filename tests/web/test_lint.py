"""The linter finds what it is for, and points at the line."""

from __future__ import annotations

import pytest

from .lint import RULES, lint

GOOD = """<!doctype html>
<html lang="en-GB"><head><title>People - Alongside</title></head>
<body><main><h1>People</h1>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x">
<label for="q">Search</label><input id="q" name="q"><button>Search</button></form>
<a href="#q">To the search</a>
</main></body></html>"""


def broken(good: str, bad: str) -> list[str]:
    assert good in GOOD
    return lint(GOOD.replace(good, bad))


def test_a_good_page_has_no_complaints():
    assert lint(GOOD) == []


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        ("is_html5_in_english", "<!doctype html>", ""),
        ("is_html5_in_english", ' lang="en-GB"', ""),
        ("has_a_title_and_one_heading", "People - Alongside", " - Alongside"),
        ("has_a_title_and_one_heading", "<h1>People</h1>", "<h2>People</h2>"),
        ("headings_do_not_jump", "<h1>People</h1>", "<h1>People</h1><h3>A</h3>"),
        ("ids_are_unique", "<h1>", '<h1 id="q">'),
        ("references_lead_somewhere", '"#q"', '"#elsewhere"'),
        ("references_lead_somewhere", ' name="q"', ' name="q" aria-describedby="z"'),
        ("controls_are_labelled", '<label for="q">Search</label>', ""),
        ("controls_are_labelled", "<button>", "<fieldset></fieldset><button>"),
        ("links_and_buttons_have_words", "To the search", ""),
        ("links_and_buttons_have_words", ' href="#q"', ""),
        ("images_have_words", "<h1>", '<img src="a.png"><h1>'),
        ("images_have_words", "<h1>", "<svg></svg><h1>"),
        ("nothing_is_inline", "<h1>", "<h1 style='color: red'>"),
        ("nothing_is_inline", "<h1>", "<h1 onclick='go()'>"),
        ("nothing_is_inline", "#q", "javascript:go()"),
        ("nothing_is_inline", "<body>", "<body><script>go()</script>"),
        ("what_is_posted_has_a_token", "csrfmiddlewaretoken", "other"),
        ("errors_are_listed_at_the_top", "<h1>", '<p class="govuk-error-message">No</p><h1>'),
        (
            "errors_are_listed_at_the_top",
            "<h1>",
            '<ul class="govuk-error-summary__list"><li>No</li></ul><h1>',
        ),
        ("tags_are_closed", "</form>", ""),
        ("tags_are_closed", "</form>", "</form></form>"),
    ],
)
def test_each_rule_finds_its_fault(rule, good, bad):
    assert rule in {found.partition(":")[0] for found in broken(good, bad)}


def test_every_rule_is_tried():
    tried = {
        mark.args[1][n][0] for mark in test_each_rule_finds_its_fault.pytestmark for n in range(23)
    }
    assert tried == {rule.__name__ for rule in RULES}


def test_a_complaint_points_at_the_line():
    (found,) = broken('<label for="q">Search</label>', "")
    assert found.startswith('controls_are_labelled: line 5: <input id="q" name="q">')
