"""N5: friend and follow requests; the organisation's own page may be followed."""

from __future__ import annotations

import pytest

from alongside.scan.finders.friend_request import FINDER
from tests.scan.looking import gated, sure

SAID = (
    "I've just added you on Facebook",
    "Accept my friend request when you get a sec",
    "pls follow me on insta @made.up",
    "whats ur tiktok",
    "I tried to add you on Facebook but couldn't find you",
    "are we friends on fb yet?",
    "send me a friend request",
    "I sent u a follow on insta",
    "look me up on facebook im the one with the dog",
    "You should follow my page, it's all about my running",
    "did you see my friend request?",
    "add me on fb",
    "could you accept me on instagram please",
    "follow 4 follow?",
    "Do you have Instagram? I'd like to follow you",
    "follow my tiktok pls",
    "I'd love to connect on LinkedIn",
    "be my friend on facebook",
    "why havent u accepted me yet on insta",
    "I've requested to follow you",
    "let's connect on Facebook",
    "what's your facebook name?",
    "im on insta too add me up",
    "you've not accepted my request",
    "Would you mind if I added you on Facebook?",
    "sub to my channel",
    "u shud follow me on insta i post vids",
    "can i follow u on snap",
    "I'm sending you a friend invite on Facebook",
)
HARMLESS = (
    "Follow the signs to the hall",
    "Add your name to the list",
    "Follow us on Facebook for updates",
    "bring a friend",
    "You can follow the race on our website",
    "Accept the invitation in the members' area",
    "Please like the club's Facebook page",
    "We never accept friend requests from members",
    "My friend Sue will meet you",
    "please add me to your emergency contacts",
    "connect the charger to the chair",
    "Your transport request has been accepted",
    "follow me to the start line when the whistle goes",
    "I'll add you to the squad list",
    "Your photo is on the club Instagram",
    "request a lift by Friday",
    "can you add me to the minibus list",
    "he was a good friend to us all",
)


@pytest.mark.parametrize("text", SAID)
def test_it_is_seen_however_it_is_said(text: str):
    assert sure(FINDER, text)
    assert gated(FINDER, text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_looks_like_it_is_left_alone(text: str):
    assert sure(FINDER, text) == []
