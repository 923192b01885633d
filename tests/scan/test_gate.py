"""The gate: only the finders that have something to look for are asked, wherever it stands."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
import re2

from alongside.scan import gate
from alongside.scan.finders import FINDERS
from alongside.scan.finders.email_address import FINDER as EMAIL
from alongside.scan.finders.handle import FINDER as HANDLE
from alongside.scan.finders.home_address import FINDER as HOME
from alongside.scan.finders.links import FINDER as LINKS
from alongside.scan.finders.password import FINDER as PASSWORD
from alongside.scan.finders.phone import FINDER as PHONE
from alongside.scan.fold import fold
from alongside.scan.gate import Gate

DETAILS = Gate((PHONE, EMAIL, LINKS, HANDLE, HOME, PASSWORD))

CLEAN = (
    "The minibus leaves from the car park at half past seven, so please be there in good time. "
    "Bring a packed lunch, plenty of water and something warm to put on after the race. "
    "Court 3 is ours from 10.15 until 12.30 and the final score last week was 41-38. "
    "Subs are £4.50, or £38 for ten sessions; the form has to be back by 14 March 2026. "
    "Everybody did really well and it was lovely to see so many parents watching."
)


def test_an_ordinary_message_stops_at_the_gate():
    assert DETAILS.asked(fold(CLEAN).text) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("07700 900123", "phone"),
        ("oh seven seven double oh nine hundred", "phone"),
        ("sam@freemail.example", "email_address"),
        ("sam at gmail", "email_address"),
        ("instagram.com/sam", "links"),
        ("insta: sam", "handle"),
        ("14 Larkfield Road", "home_address"),
        ("the password is", "password"),
    ],
)
def test_a_detail_is_let_through_to_its_finder(text, name):
    assert name in {finder.name for finder in DETAILS.asked(fold(text).text)}


def test_what_stands_at_the_end_of_a_long_text_is_let_through():
    chance = random.Random(3)
    noise = "".join(chance.choice("bcdfgjk mpq.vx-yz'!\n") for _ in range(400_000))
    assert "phone" not in {f.name for f in DETAILS.asked(noise)}
    assert "phone" in {f.name for f in DETAILS.asked(noise + " ring 07700 900123")}


def test_finders_are_asked_in_their_order():
    asked = Gate(FINDERS).asked("insta: sam_made_up, 07700 900123, sam@freemail.example")
    assert [f.name for f in asked] == [f.name for f in FINDERS if f in asked]
    assert asked[0].name == "phone"


def test_a_gate_too_large_for_one_automaton_becomes_several(monkeypatch):
    whole = gate._one

    def small(patterns):
        if len(patterns) > 3:
            raise re2.error("pattern too large")
        return whole(patterns)

    monkeypatch.setattr(gate, "_one", small)
    split = Gate(FINDERS)
    monkeypatch.undo()
    assert any(len(automata) > 1 for _, automata in split._finders)
    for text in ("insta: sam_made_up, 07700 900123", CLEAN, "don't tell your mum"):
        folded = fold(text).text
        assert split.asked(folded) == Gate(FINDERS).asked(folded)


def test_a_pattern_with_a_mistake_is_an_error():
    with pytest.raises(re2.error):
        Gate([replace(PHONE, gate=("(",))])
