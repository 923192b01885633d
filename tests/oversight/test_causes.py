"""Why it is held, in words."""

from __future__ import annotations

from alongside.oversight.causes import UNTOLD, besides, causes


def finding(reason: str, verdict: str, clause: str = "T1", told: str | None = None):
    return {"rule": "r", "clause": clause, "verdict": verdict, "told": told, "reason": reason}


def said(found) -> list[str]:
    return [c.reason for c in found]


def test_only_what_held_it_is_the_cause_and_the_rest_stands_beside():
    body = {
        "findings": [
            finding("restricted_together", "hold"),
            finding("restricted_together", "hold"),
            finding("copied", "permit", clause="E3"),
        ]
    }
    assert said(causes(body)) == ["Two people are in this message who must not be in touch."]
    assert said(besides(body)) == ["A third party gets a copy first."]
    assert [c.heading for c in besides(body)] == ["an e-mail to one person is copied"]


def test_what_the_writer_would_be_told_counts_too():
    body = {"findings": [finding("not_read", "permit", told="hold")]}
    assert said(causes(body)) == ["A part of it could not be read."]


def test_a_release_that_is_refused_afterwards_says_why():
    body = {"findings": [finding("not_vetted", "refuse", clause="A1")]}
    assert said(causes(body)) == ["The writer's vetting check is missing or out of date."]


def test_what_has_no_words_is_never_shown_as_a_code():
    assert said(causes({"findings": [finding("new_in_the_next_version", "hold")]})) == [UNTOLD]
    assert causes({}) == besides({}) == ()
