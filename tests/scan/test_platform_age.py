"""D10: platforms for older people than the youngest reader."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.scan.finders.platform_age import FINDER
from alongside.scan.sighting import Confidence, Zone
from tests.scan.looking import gated, seen, sure

SAID = (
    "Follow us on Instagram for all the photos!",
    "Sign up to TikTok to see our dances",
    "join our facebook group",
    "download snapchat so u can send us ur videos",
    "we have a new Instagram page, give us a follow",
    "Post your photos on Facebook and tag us",
    "like and share on insta",
    "Why not make a TikTok of your trick shot and tag us?",
    "message us on WhatsApp with your answer",
    "subscribe to our YouTube channel",
    "add me on snap",
    "You can vote on our Instagram story",
    "join us on Discord for the quiz",
    "come and find us on TikTok",
    "put a comment on our facebook post",
    "get insta so you can see the pics",
    "we're on TikTok! Follow @activetogether",
    "Enter by sharing this on Facebook",
    "Don't forget to like us on Facebook",
    "set up an insta account and send us your drawings",
)
HARMLESS = (
    "You are too young for Instagram, so no need to join",
    "Watch the race on YouTube: youtube.com/watch?v=madeup",
    "Your mum can see it on our Facebook page",
    "We don't put your photos on Facebook",
    "Talk on TikTok safety on Friday",
    "ask your parents to look at our Facebook page",
    "see you on Saturday x",
    "we never message children on Snapchat",
    "the photo will not go on Instagram",
)


@pytest.mark.parametrize("text", SAID)
def test_it_is_seen_however_it_is_said(text: str):
    assert sure(FINDER, text, youngest=11)
    assert gated(FINDER, text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_looks_like_it_is_left_alone(text: str):
    assert sure(FINDER, text, youngest=11) == []


@pytest.mark.parametrize(
    ("day", "youngest", "found"),
    [
        (date(2027, 3, 31), 15, False),
        (date(2027, 4, 1), 15, True),
        (date(2027, 4, 1), 16, False),
        (date(2026, 11, 1), 12, True),
        (date(2026, 11, 1), None, True),
    ],
)
def test_the_age_is_that_of_the_day(day: date, youngest: int | None, found: bool):
    text = "Follow us on TikTok for the dances"
    assert bool(sure(FINDER, text, today=day, youngest=youngest)) is found


def test_whatsapp_was_for_sixteen_and_is_for_thirteen():
    text = "join our WhatsApp group"
    assert sure(FINDER, text, today=date(2024, 4, 10), youngest=14)
    assert sure(FINDER, text, today=date(2024, 4, 11), youngest=14) == []


def test_words_are_certain_and_a_bare_link_is_possible():
    assert [s.confidence for s in seen(FINDER, "Follow us on Instagram", youngest=11)] == [
        Confidence.CERTAIN
    ]
    assert [s.confidence for s in seen(FINDER, "instagram.com/activetogether", youngest=11)] == [
        Confidence.POSSIBLE
    ]


def test_watching_a_video_takes_no_account():
    assert seen(FINDER, "https://www.youtube.com/watch?v=madeup", youngest=8) == []


def test_a_signature_and_readers_who_are_no_service_users_are_nothing():
    text = "Follow us on Instagram"
    assert seen(FINDER, text, youngest=11, zone=Zone.SIGNATURE) == []
    assert seen(FINDER, text, youngest=11, readers=False) == []
