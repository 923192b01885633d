"""N7: invitations to play online; sport and games in the hall are none."""

from __future__ import annotations

import pytest

from alongside.scan.finders.game import FINDER
from tests.scan.looking import gated, sure

SAID = (
    "Do you fancy a match on FIFA tonight?",
    "add me on xbox",
    "wanna play roblox with me after school",
    "I'm on Fortnite most evenings, join me",
    "what's your gamertag mate",
    "come join our minecraft realm",
    "hop on cod later",
    "u playing rocket league 2nite",
    "We could play chess online sometime",
    "my PSN is madeup_coach, add me",
    "let's have a game of Among Us",
    "join my lobby",
    "get on xbox ill carry u",
    "i could beat u at mario kart online",
    "I'll invite you to my Minecraft world",
    "do you play Roblox? We could team up",
    "Are you any good at Call of Duty? Come and play with me",
    "wots ur roblox name",
    "I'm streaming on twitch later come play",
    "Fancy a quick round of Words With Friends?",
    "we need a fourth for fortnite, you in?",
    "add me on steam",
    "whats ur friend code for switch",
    "let me know when you're online and we'll play some FC 26",
    "squads on fortnite at 8?",
    "Want to race me on Zwift on Sunday?",
    "ill be on gta if u wanna join",
    "lets play online together",
    "can u get on the ps5 tonight",
    "Play 8 Ball Pool with me",
)
HARMLESS = (
    "Game on Saturday at 2pm",
    "Boccia games are at 6",
    "Join us for games night in the hall",
    "We will play a friendly against Castlegate",
    "The switch for the hoist is on the wall",
    "Commonwealth Games trials",
    "who wants to play on Sunday?",
    "bring your own controller for the power chair",
    "the steam room is shut",
    "FIFA has changed the rules on powerchair football",
    "you can play in goal",
    "cod and chips at the club",
    "we play chess on Tuesdays in the cafe",
    "raffle prize: Nintendo Switch",
    "let's play our best game yet",
    "we'll race you round the track",
    "book online to play tennis",
    "I challenge you to beat your time",
)


@pytest.mark.parametrize("text", SAID)
def test_it_is_seen_however_it_is_said(text: str):
    assert sure(FINDER, text)
    assert gated(FINDER, text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_looks_like_it_is_left_alone(text: str):
    assert sure(FINDER, text) == []
