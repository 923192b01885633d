"""What sentences mean, beyond the phrases: cutting, pieces, the first look, the network."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.scan import meant as meant_module
from alongside.scan.finder import Window
from alongside.scan.fold import fold
from alongside.scan.intents import Find
from alongside.scan.known import Known
from alongside.scan.meaning import meaning as meaning_module
from alongside.scan.meaning.files import read
from alongside.scan.meaning.first import first
from alongside.scan.meaning.inputs import shown
from alongside.scan.meaning.kinds import KINDS
from alongside.scan.meaning.meaning import Meaning, meaning
from alongside.scan.meaning.network import logits
from alongside.scan.meaning.pieces import Pieces
from alongside.scan.meaning.units import Sentence, sentences
from alongside.scan.meant import HARDLY, LIKELY, NEVER, POSSIBLE, meant
from alongside.scan.reading import Piece, plain
from alongside.scan.scan import scan
from alongside.scan.sighting import Confidence, Type, Zone

PIECES = Pieces(read("pieces.txt").split("\n")[:-1])


def cut(text):
    return [text[s.start : s.end] for s in sentences(text)]


@given(st.text(alphabet="ab.!? \n-,;1", max_size=900))
def test_sentences_are_all_of_the_text_but_blanks_in_order(text):
    those = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(those))
    assert (
        "".join(text[s.start : s.end] for s in those).split()
        == "".join(text[s.start : s.end] for s in those).split()
    )
    kept = {n for s in those for n in range(s.start, s.end)}
    assert all(sign.isspace() for n, sign in enumerate(text) if n not in kept)
    assert all(0 < s.end - s.start <= 281 for s in those)


def test_a_line_that_a_mail_program_broke_is_one_sentence_with_the_next():
    wrapped = "could you please not mention to your mum that i gave you the\nmoney for the bus"
    assert cut(wrapped) == [wrapped]
    assert cut("hi femi\nsee you there") == ["hi femi", "see you there"]
    assert cut("bring:\n- boots\n- a coat") == ["bring:", "- boots", "- a coat"]
    assert cut('she said "stop." then we went') == ['she said "stop."', "then we went"]


def test_a_very_long_sentence_is_cut_where_it_breathes():
    long = ", ".join(["word word word"] * 60)
    assert all(part.endswith(",") for part in cut(long)[:-1])
    assert len(cut("x" * 1000)) == 4


def test_words_are_cut_into_the_longest_pieces_that_there_are():
    few = Pieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "what", "##s", "##app", "'", "😍", "wh"])
    assert few.of("whatsapp what") == [4, 5, 6, 4]
    assert few.of("what's 😍") == [4, 7, 1, 8]
    assert few.of("what-app") == [4, 1, 1]
    assert few.of("whatx whx") == [1, 1]
    assert few.of("") == []
    assert few.of("what" * 20) == [1]


def test_the_pieces_are_the_models_and_none_stands_twice():
    those = read("pieces.txt").split("\n")[:-1]
    assert len(set(those)) == len(those)
    assert those[0] == "[PAD]"
    assert {"mum", "secret", "##ing", "😍"} <= set(those)


def test_a_sentence_is_shown_with_a_little_of_its_neighbours():
    text = "one two. three four. five six."
    those = sentences(text)
    (middle,) = shown(text, those, [1], PIECES)
    assert sum(middle.own) == len(PIECES.of("three four.")) + 1
    assert len(middle.pieces) == len(middle.own) == 3 + 3 * 3
    (only,) = shown("alone", sentences("alone"), [0], PIECES)
    assert only.own[:2] == (0, 0)


def test_the_first_look_weighs_pieces_and_those_that_stand_side_by_side():
    look = first(
        '{"least": 0.5, "pieces": {"b": 1.0}, "pairs": {"b c": 2.0}}', {"a": 0, "b": 1, "c": 2}
    )
    assert look.weights([[1], [], [1, 2], [0, 2], [2], [1, 1]]) == [
        pytest.approx(1.0),
        float("-inf"),
        pytest.approx(3.0 / 3**0.5),
        0.0,
        0.0,
        pytest.approx(2.0 / 3**0.5),
    ]
    assert look.weights([]) == []


def test_two_sentences_make_no_pair():
    look = first('{"least": 0.5, "pieces": {}, "pairs": {"a b": 2.0}}', {"a": 0, "b": 1})
    assert look.weights([[0], [1], [0, 1]]) == [0.0, 0.0, pytest.approx(2.0 / 3**0.5)]


def test_a_sentence_is_judged_alike_alone_and_among_others():
    chance = random.Random(5)
    words = "please tell your mum about the pool on friday and bring the blue kit".split()
    texts = [" ".join(chance.choices(words, k=chance.randint(1, 30))) for _ in range(40)]
    those = [shown(t, sentences(t), [0], PIECES)[0] for t in texts]
    together = logits(those)
    for one, told in zip(those, together, strict=True):
        assert logits([one])[0] == told
        assert len(told) == len(KINDS)
    assert logits([]) == []


SAYINGS = [
    (Type.SECRECY, "it would be best if your mother never heard about the lift on tuesday"),
    (Type.SECRECY, "get rid of this once you've read it, will you"),
    (Type.PRIVATE_TALK, "i keep thinking about your smile, the evenings are so empty without you"),
    (
        Type.INSTANT_MESSAGING,
        "give me a shout on whatsapp instead, it's quicker than these e-mails",
    ),
    (Type.FRIEND_REQUEST, "i sent you a request on facebook last night, have you seen it?"),
    (Type.GAME, "get online tonight and we can do a few rounds of fortnite together"),
    (Type.PASSWORD, "what do you type in to open your tablet? i can set it up for you"),
]


@pytest.mark.parametrize(("kind", "text"), SAYINGS)
def test_what_is_said_in_other_words_is_heard(kind, text):
    found = scan(plain(text), Known(today=meant_day(), youngest=11))
    assert kind in {s.type for s in found if s.confidence >= Confidence.LIKELY}


@pytest.mark.parametrize(
    "text",
    [
        "training is at six on thursday and the pool is warm again, so bring a friend",
        "thank you for telling us. we had to pass it on to the officer, as we said we would",
        "the surprise for coach ann is on friday, so not a word to her, everybody",
        "you swam beautifully on saturday and we all missed you at the party afterwards",
    ],
)
def test_what_only_sounds_like_it_is_let_go(text):
    found = scan(plain(text), Known(today=meant_day(), youngest=11))
    assert [s for s in found if s.confidence >= Confidence.LIKELY] == []


def meant_day():
    from tests.scan.looking import TODAY

    return TODAY


class Told:
    """A network that says one thing of everything."""

    def __init__(self, logit, sentences_):
        self._all = tuple([logit] * len(KINDS))
        self._sentences = sentences_

    def around(self, start, end):
        return self._all

    def hopeful(self):
        return [(s, self._all) for s in self._sentences]


def weighed(monkeypatch, logit, finds, *, heard=(), zone=Zone.BODY):
    monkeypatch.setattr(meant_module, "meaning", lambda _: Told(logit, heard))
    window = Window(folded=fold("x" * 40), piece=Piece(start=0, end=40, zone=zone))
    return meant(window, Type.SECRECY, finds)


def find(sure):
    return Find(start=0, end=10, confidence=sure, row="a row")


def test_a_phrase_that_only_sounds_like_it_becomes_possible(monkeypatch):
    low = HARDLY - 0.1
    assert weighed(monkeypatch, low, [find(Confidence.LIKELY)])[0].confidence == Confidence.POSSIBLE
    kept = weighed(monkeypatch, HARDLY, [find(Confidence.LIKELY)])
    assert kept[0].confidence == Confidence.LIKELY


@pytest.mark.parametrize(
    ("logit", "sure"),
    [
        (HARDLY, Confidence.CERTAIN),
        (HARDLY - 0.1, Confidence.LIKELY),
        (NEVER, Confidence.LIKELY),
        (NEVER - 0.1, Confidence.POSSIBLE),
    ],
)
def test_what_is_certain_waits_for_a_person_where_the_network_doubts_it(monkeypatch, logit, sure):
    (one,) = weighed(monkeypatch, logit, [find(Confidence.CERTAIN)])
    assert one.confidence == sure


def test_a_link_is_certain_whatever_is_said_around_it(monkeypatch):
    link = Find(start=0, end=10, confidence=Confidence.CERTAIN, row="link")
    assert weighed(monkeypatch, -20.0, [link]) == [link]


def test_a_possible_phrase_that_is_heard_too_is_likely(monkeypatch):
    (one,) = weighed(monkeypatch, LIKELY, [find(Confidence.POSSIBLE)])
    assert one.confidence == Confidence.LIKELY
    (one,) = weighed(monkeypatch, LIKELY - 0.1, [find(Confidence.POSSIBLE)])
    assert one.confidence == Confidence.POSSIBLE


def test_what_no_phrase_says_is_heard_once_and_never_certain(monkeypatch):
    heard = [Sentence(5, 9), Sentence(20, 30)]
    found = weighed(monkeypatch, 9.0, [find(Confidence.CERTAIN)], heard=heard)
    assert [(f.start, f.end, f.confidence) for f in found] == [
        (0, 10, Confidence.CERTAIN),
        (20, 30, Confidence.LIKELY),
    ]
    (one,) = weighed(monkeypatch, POSSIBLE, [], heard=[Sentence(20, 30)])
    assert one.confidence == Confidence.POSSIBLE
    assert weighed(monkeypatch, POSSIBLE - 0.1, [], heard=[Sentence(20, 30)]) == []


@pytest.mark.parametrize("zone", [Zone.QUOTED, Zone.SIGNATURE])
def test_what_is_not_written_now_is_left_to_the_phrases(monkeypatch, zone):
    found = weighed(
        monkeypatch, -20.0, [find(Confidence.LIKELY)], heard=[Sentence(20, 30)], zone=zone
    )
    assert found == [find(Confidence.LIKELY)]


def test_each_sentence_is_judged_once(monkeypatch):
    asked = []

    def counted(those):
        asked.extend(those)
        return logits(those)

    monkeypatch.setattr(meaning_module, "logits", counted)
    text = "don't tell your mum about this. the pool is warm."
    told = Meaning(text)
    list(told.hopeful())
    told.around(0, 5)
    list(told.hopeful())
    assert len(asked) == len({one.pieces for one in asked})


def test_a_text_with_nothing_in_it_is_no_reason_to_ask_the_network():
    assert not meaning("the minibus leaves at half past seven")
    assert not meaning("")
    assert meaning("don't tell your mum about us")
    assert re.fullmatch(r"[\d. ]*", "1. 2.")
