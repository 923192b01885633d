"""N1: names on social sites, in chats and in games; and what only looks like one."""

from __future__ import annotations

import pytest

from alongside.scan.sighting import Confidence, Type
from tests.scan.scanning import CLUB, found, how_sure, look

HANDLES = (
    ("insta: coach.sam", "instagram:coach.sam"),
    ("my insta is @coach_sam", "instagram:coach_sam"),
    ("find me on tiktok - coachsam99", "tiktok:coachsam99"),
    ("snap: sam.c", "snapchat:sam.c"),
    ("@coach.sam on x", "x:coach.sam"),
    ("ig coachleo_made_up 🏊", "instagram:coachleo_made_up"),
    ("disc0rd: mo_madeup#4471", "discord:mo_madeup#4471"),
    ("i n s t a : l e o n _ m a d e u p", "instagram:leon_madeup"),
    ("try Instagram, andy dot prentice dot made dot up", "instagram:andy.prentice.made.up"),
    ("do u have bereal?? im callmekris_made_up", "bereal:callmekris_made_up"),
    ("You'll find me on Facebook under Hilary Made-Up Fenn", "facebook:hilary made-up fenn"),
    ('I\'m on Strava as "Terry W (made up)". Follow me', "strava:terry w (made up"),
    ("my roblox name is TurboTed_madeup", "roblox:turboted_madeup"),
    ("insta: coachsam", "instagram:coachsam"),
    ("my discord is coachsam", "discord:coachsam"),
    ("Tag me in it, ＠krisfilms.made.up", "@krisfilms.made.up"),
    ("If you type sorchamadeup into Instagram I come up first", "instagram:sorchamadeup"),
    ("my user name is the same on all, sly.fox.22, insta tiktok wherever", "instagram:sly.fox.22"),
    ("search Bronagh Made-Up Minds on Facebook", "facebook:bronagh made-up minds"),
)


@pytest.mark.parametrize(("text", "understood"), HANDLES)
def test_a_name_on_a_site(text, understood):
    assert understood in found(text, Type.HANDLE)


@pytest.mark.parametrize(
    "text",
    [
        "training @ 6pm",
        "training @6pm and @everyone bring water",
        "Follow us @ActiveTogether on Instagram",
        "Follow Active Together on Facebook",
        "facebook.com/activetogether is the proper page",
        "Instagram: photos are up",
        "The takeover on Instagram is on Friday",
        "noah_spins on tiktok is brilliant",
        "3 x 8 @ 30, 5 x 3 @ 42.5",
        "See the file team_sheet.docx on the shared drive",
        "The route for Strava is river_loop_easy.gpx",
        "Strap on chair 6 has snapped so 5 chairs only",
        "the e.g. list on facebook, i.e. the club page",
        "my spotify password is redkite22",
    ],
)
def test_what_only_looks_like_a_name_or_is_registered_is_none(text):
    assert found(text, Type.HANDLE, CLUB) == []


def test_a_name_with_nothing_around_it_is_only_possible():
    assert how_sure("well done @coach.sam", Type.HANDLE) == [Confidence.POSSIBLE]


def test_a_federations_name_is_only_possible():
    assert how_sure("Follow @ParalympicsGB on insta", Type.HANDLE) == [Confidence.POSSIBLE]


def test_a_mail_address_is_no_name():
    assert found("email me lenny_b AT freemail DOT example", Type.HANDLE) == []
    assert found("lenny_b@freemail.example", Type.HANDLE) == []


def test_the_writers_own_name_is_certain():
    for text in ("insta: sam.poole", "@sam.poole"):
        (sighting,) = [s for s in look(text, CLUB) if s.type is Type.HANDLE]
        assert (sighting.own, sighting.confidence) == (True, Confidence.CERTAIN)
