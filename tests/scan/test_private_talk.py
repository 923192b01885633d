"""N3: private talk; kindness about the work is none."""

from __future__ import annotations

import pytest

from alongside.scan.finders.private_talk import FINDER
from alongside.scan.sighting import Confidence
from tests.scan.looking import gated, seen, sure

SAID = (
    "You looked lovely in that dress tonight",
    "I really miss you when you're not here",
    "can't stop thinking about you",
    "are you home alone",
    "do you have a boyfriend?",
    "send me a selfie",
    "what are you wearing right now",
    "You're my favourite, don't tell the others",
    "I had a dream about you",
    "you're so beautiful",
    "night night gorgeous xx",
    "fancy dinner just the two of us",
    "I wish you were older",
    "you have such a pretty smile",
    "ur so fit",
    "my wife and I are splitting up and you're the only one I can talk to",
    "thinking of u in bed",
    "I love you",
    "how was your date last night? did you kiss him",
    "I bought you a little present, come round mine to get it",
    "have you ever kissed anyone",
    "you're very mature for your age",
    "wish i could cuddle you right now",
    "u make me so happy",
    "are you still awake? I can't sleep",
    "I think about you all the time",
    "You smell amazing",
    "want to go to the cinema with me on Friday night, just us",
    "you look sexy in your costume",
    "ur legs looked amazing in those shorts",
    "I get butterflies when I see you",
    "I'm so lonely without you",
    "we have a special connection you and I",
    "hey sexy",
    "you're the best thing in my life",
    "do you think I'm attractive?",
    "send me another pic, a sexy one",
    "you're like a daughter to me, more than that really",
    "missed your face today x",
    "wuu2 tonight? bored and alone lol",
    "I wondered if you might like to go for a drink with me sometime, just us two",
)
HARMLESS = (
    "You were brilliant today, well done",
    "We missed you on Thursday, hope you're feeling better",
    "see you at training, bring a drink",
    "Happy birthday! Have a lovely day",
    "Thinking of you and your family at this sad time",
    "please send a passport photo for your card",
    "You look much stronger in the water",
    "what a beautiful goal",
    "you've got great hands, keep catching",
    "wear something warm",
    "who is picking you up? are you on your own at the station?",
    "the sleepover is on the 4th",
    "I love your energy in training",
    "sorry you couldn't sleep before the race, it happens",
    "Hope you had a good weekend, see you Tuesday",
    "bring your own lunch and drink",
    "you're a special part of this team",
    "my wife will drive the minibus",
    "how was your weekend? Training's at 6 as usual",
    "send us a photo of your team",
    "Are you alone in the van? Is there a carer with you?",
    "Can I give you a hug from all of us",
    "Fit for Saturday? Physio says you're fit to play",
    "you looked tired on the last lap, all ok?",
    "hi hun minibus at 9 x",
)


@pytest.mark.parametrize("text", SAID)
def test_it_is_seen_however_it_is_said(text: str):
    assert sure(FINDER, text)
    assert gated(FINDER, text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_looks_like_it_is_left_alone(text: str):
    assert sure(FINDER, text) == []


def test_chat_is_possible_once_and_likely_twice_but_not_beside_work():
    assert [s.confidence for s in seen(FINDER, "how was your weekend?")] == [Confidence.POSSIBLE]
    assert sure(FINDER, "how was your weekend? night sweetheart")
    assert sure(FINDER, "how was your weekend? training is at six. sleep tight") == []
