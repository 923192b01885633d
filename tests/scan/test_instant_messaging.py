"""I1: invitations to instant messaging, by link, by name, by picture, unnamed."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.scan.finders.instant_messaging import FINDER
from alongside.scan.sighting import Confidence, Zone
from tests.scan.looking import gated, seen, sure

SAID = (
    "Are you on WhatsApp by any chance? I can send the map there",
    "pop me a message on WhatsApp when you land",
    "I've popped you in the squad's WhatsApp",
    "shall we make a gc on snap for the relay team",
    "Message me on there instead, my WhatsApp's 07700 900123",
    "whats ur whatsap",
    "Would it be easier if I WhatsApped you the plan?",
    "come on discord later we r all on there",
    "You can find me on Signal under my name",
    "I prefer Telegram if that's ok with you",
    "do u hav tele",
    "hit me up on viber",
    "ive made a group chat on insta for u lot",
    "Drop me your WhatsApp and I'll send the photos",
    "If you'd like to chat more, my Messenger is always open",
    "can we facetime about ur splints",
    "Scan this to join our WhatsApp community",
    "I'll send it to your WhatsApp",
    "u got wapp?",
    "msg me on the yellow app",
    "add me on the ghost app",
    "sn@pchat me",
    "txt is rubbish, get signal on your phone so we can talk properly",
    "I'm putting together a WhatsApp group for the volunteers and athletes, who's in?",
    "Join the conversation: t.me/madeupgroup",
    "lets swap snaps",
    "can u give me ur discord",
    "we should talk on messenger instead of here",
    "Have you downloaded Telegram yet?",
    "video call me on whatsapp tonight",
    "I saw you're on WhatsApp now so I'll message you there",
    "ping us a dm",
    "my dms are open if u need to talk",
    "Just DM me if you need anything",
    "send me a dm",
    "message me privately on facebook",
    "I'd rather chat over WhatsApp to be honest",
    "You could leave me a voice note on WhatsApp",
    "WhatsApp works best for me",
    "use this link to chat with me m.me/madeup.coach",
    "im on kik if u want 2 talk",
    "u on msgr?",
    "we r moving the chat 2 discord",
    "the team chat has moved to Discord, here's the invite",
    "drop ur snap below",
    "I can only send big videos over WhatsApp, are you on it?",
    "Feel free to WhatsApp me any time, day or night",
    "Shall I create a WhatsApp for just the two of us?",
)
HARMLESS = (
    "We are not able to use WhatsApp with athletes, so please email",
    "If somebody from the club asks for your Snapchat, tell us",
    "Parents run their own WhatsApp group, ask another mum about it",
    "Please don't contact coaches by Messenger",
    "Give a clear signal to the driver",
    "Stand on the line and wait",
    "The WhatsApp group has been closed down, please use email",
    "No we don't have a WhatsApp",
    "Wear the discs on your lanyard",
    "The photographer will snap the team at 3",
    "Teams meeting at 4 with the office",
    "Zoom link for the AGM is below",
    "We had a talk about staying safe on Snapchat and Discord",
    "our social media policy says staff must never add young people on Snapchat",
    "the branch fell with a snap",
    "I deleted WhatsApp as it's not allowed for coaches",
    "message me on this number if you're late",
    "text me if you're running late",
    "call me on the club mobile",
    "message the office on the club number",
    "Please email me directly with your sizes",
    "ring me when you get to the station",
    "there is a messenger bag in lost property",
    "I'm going to kick off the meeting at 6",
    "He's got the ball on a wire",
    "send me a message if lost",
    "we use the Spond app for all team messages",
    "Tell me which app you use for your AAC",
    "the other one is green",
    "Telegram Street car park",
    "the app shows your booking",
)


@pytest.mark.parametrize("text", SAID)
def test_it_is_seen_however_it_is_said(text: str):
    assert sure(FINDER, text)
    assert gated(FINDER, text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_looks_like_it_is_left_alone(text: str):
    assert sure(FINDER, text) == []


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("https://wa.me/447700900123", "whatsapp"),
        ("join here: https://chat.whatsapp.com/MadeUpInvite", "whatsapp"),
        ("t.me/made_up_squad", "telegram"),
        ("our server: discord.gg/madeup", "discord"),
        ("https://www.snapchat.com/add/made.up", "snapchat"),
        ("m.me/made.up.coach", "messenger"),
    ],
)
def test_a_link_is_certain_and_names_the_service(text: str, service: str):
    (sighting,) = seen(FINDER, text)
    assert (sighting.confidence, sighting.understood) == (Confidence.CERTAIN, service)


@pytest.mark.parametrize(
    "text",
    ["me.me/made.up", "https://notwa.me.example/x", "see at.me/there", "write to jo@t.me.example"],
)
def test_a_longer_name_is_another_site(text: str):
    assert sure(FINDER, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "message me on wh@tsapp",
        "message me on w h a t s a p p",
        "message me on what's app",
        "message me on Whats-App",
        "add me on snapch4t",
        "message me on what\u200bsapp",
        "message me on 𝐖𝐡𝐚𝐭𝐬𝐀𝐩𝐩",
        "message me, on *WhatsApp*",
        "message me on\nWhatsApp",
    ],
)
def test_tricks_with_the_name_do_not_help(text: str):
    assert sure(FINDER, text)


def test_the_name_and_the_whole_phrase_are_told():
    (sighting,) = seen(FINDER, "Hi Leah. Message me on WhatsApp tonight")
    assert sighting.text == "Message me on WhatsApp"
    assert (sighting.start, sighting.end) == (9, 31)
    assert (sighting.understood, sighting.clause) == ("whatsapp", "I1")


def test_what_is_quoted_is_possible_at_most():
    assert [s.confidence for s in seen(FINDER, "wa.me/447700900123", zone=Zone.QUOTED)] == [
        Confidence.POSSIBLE
    ]


def test_what_stands_in_the_signature_is_likely_at_most():
    assert [s.confidence for s in seen(FINDER, "wa.me/447700900123", zone=Zone.SIGNATURE)] == [
        Confidence.LIKELY
    ]


def test_the_subject_of_an_answer_is_the_other_s():
    assert sure(FINDER, "Re: are you on snap?", part="subject") == []
    assert sure(FINDER, "are you on snap?", part="subject")


def test_a_service_counts_while_there_is_it():
    assert sure(FINDER, "add me on skype", today=date(2025, 5, 4))
    assert sure(FINDER, "add me on skype", today=date(2025, 5, 5)) == []


@pytest.mark.parametrize(
    "text",
    [
        "I know it's not allowed but message me on WhatsApp",
        "message me on WhatsApp, even though it's against the rules",
        "I don't check my e-mail, message me on WhatsApp",
    ],
)
def test_who_breaks_the_rule_is_not_quoting_it(text: str):
    assert sure(FINDER, text)
