"""G1: asking for secrecy, or to leave out whoever is copied."""

from __future__ import annotations

import pytest

from alongside.scan.finders.secrecy import FINDER
from alongside.scan.fold import fold
from alongside.scan.matching import compiled
from alongside.scan.wording import spelt_out
from alongside.scan.wordlists import Phrase, phrases
from tests.scan.looking import gated, sure

SAID = (
    "Don't tell anyone about this",
    "This is our little secret, ok?",
    "Let's keep this between us",
    "Please delete this message after you've read it",
    "no need to cc your mum",
    "dont tell ur dad i messaged u",
    "Keep this to yourself please",
    "Take your mum off the copy when you reply",
    "I'd rather you didn't mention it to the club",
    "can we leave Rosalind out of this",
    "just reply to me not to everyone",
    "don't let your mum see this",
    "Promise you won't say anything?",
    "You mustn't tell your parents",
    "make sure you delete our chat",
    "this has to stay a secret",
    "No one else needs to know about this",
    "I won't tell if you don't",
    "Could you write to my personal email instead so the office isn't copied",
    "remove the welfare officer from the email when you answer",
    "what happens between us stays between us",
    "say nothing to your carer",
    "keep schtum about the lift home",
    "let's not tell Coach Ann",
    "it's better your mum doesn't know about our chats",
    "can you clear your messages",
    "don't show anyone this pic",
    "dont say owt 2 ur mam",
    "please don't forward this to anyone",
    "I could get into a lot of trouble if people found out",
    "tell your mum you're at a friend's",
    "hide this from your parents",
    "nobody can know about us",
    "without your parents knowing",
    "you don't have to tell your support worker everything",
    "just between ourselves",
    "ssh don't tell",
    "keep this one off the record",
    "don't copy anyone in when you reply",
)
HARMLESS = (
    "Don't tell me you've forgotten your kit again!",
    "Please don't share this link publicly",
    "don't forget to tell your mum about the trip",
    "Keep your password to yourself",
    "This email is confidential and may be privileged",
    "the surprise party for Jo is a secret",
    "please reply to me by Friday",
    "delete the old version of the form",
    "keep quiet during the match please",
    "It's no secret that we love this club",
    "Please tell your parents about this",
    "tell no one your PIN",
    "the hall is quiet after 8",
    "nobody knows the draw yet",
    "don't let anyone rush you",
    "Let us know if you don't want photos shared",
    "we won't tell anyone your results",
    "the key is between the two doors",
    "leave your phone in the box",
    "cc the office in please",
    "Only reply to me if you can't come",
    "please copy your mum in when you reply",
    "Never keep a secret for an adult",
    "You can always tell us, we won't be cross",
    "don't say you can't, say you can't yet",
    "make sure nobody leaves without signing out",
    "take the covers off the chairs",
    "If you don't want the office to see your medical form, hand it to the nurse",
)


@pytest.mark.parametrize("text", SAID)
def test_it_is_seen_however_it_is_said(text: str):
    assert sure(FINDER, text)
    assert gated(FINDER, text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_looks_like_it_is_left_alone(text: str):
    assert sure(FINDER, text) == []


@pytest.mark.parametrize(
    "text",
    [
        'We practise saying no. "Don\'t tell your mum." If anybody says that, tell us.',
        "Never mind if someone asks you to keep a secret: tell Rosalind",
    ],
)
def test_a_lesson_that_shows_the_words_is_nothing(text: str):
    assert sure(FINDER, text) == []


HARMLESS_LISTS = ("secrecy_harmless", "private_talk_harmless", "greeting_group")


@pytest.mark.parametrize(
    "row", [p for name in HARMLESS_LISTS for p in phrases(name)], ids=lambda p: p.name
)
def test_what_makes_it_harmless_is_told_from_what_does_not(row: Phrase):
    pattern = compiled(spelt_out(row.pattern, {}))
    assert [text for text in row.examples if not pattern.search(fold(text).text)] == []
    assert [text for text in row.counterexamples if pattern.search(fold(text).text)] == []


def test_what_is_said_to_a_group_is_possible_at_most():
    assert sure(FINDER, "Don't mention this to the others")
    assert sure(FINDER, "Dear all, don't mention this to the others") == []


def test_a_lie_to_tell_is_seen_though_it_begins_as_a_warning_does():
    assert sure(FINDER, "if anyone from the club rings say you're sick")
