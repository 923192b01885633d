"""N1: where the writer lives; never a venue, a club or the reader's own address."""

from __future__ import annotations

import pytest

from alongside.scan.sighting import Confidence, Type, Zone
from tests.scan.scanning import NOBODY, found, how_sure, look

HOMES = (
    ("Post it to me at 14 Larkfield Road, Otterbridge, NG38 4QP.", "14 larkfield road"),
    ("i live at 3 dunlin close just knock", "3 dunlin close"),
    (
        "We are at Flat 6, Mercer House, Canal Street, Wexcombe",
        "flat 6, mercer house, canal street",
    ),
    ("come round mine after, its number 9 Quarry Bank", "number 9 quarry bank"),
    ("my gaff is 22 tollgate rd", "22 tollgate rd"),
    ("at my house (1 Bramble End, Marrick)", "1 bramble end"),
    ("I run the card group from home. Forty-one Abbot's Walk", "forty-one abbot's walk"),
    ("New address is\n5 Kittiwake Drive\nSaltholme\nTA37 9PX", "5 kittiwake drive"),
    ("You will find us at Heron House, Mill Street, NR91 4DE", "heron house, mill street"),
    ("come 2 mine its 31 Alder Way, trampoline!!", "31 alder way"),
    ("Me postcode is PE51 8TN, number 4", "pe51 8tn, number 4"),
    ("I can be found at Flat 3, 60 Tollcross Gardens", "flat 3, 60 tollcross gardens"),
    ("she's 46 Lower Chantry, ground floor", "46 lower chantry"),
    ("Tea's at mine: Mallow Cottage, Riverside, Upper Brading.", "mallow cottage, riverside"),
    ("It can stop at Gaz's: 152 Sefton Brow", "152 sefton brow"),
    ("I've moved! Rhos Uchaf Farm, past Capel Bethel, second left", "rhos uchaf farm, past"),
    ("Sat nav HX7 3KA, that's my drive, park behind the van", "hx7 3ka"),
    ("send it 2 my house 19 st johns road", "19 st johns road"),
    ("9 Fairview Lane, Wexcombe thats where i am", "9 fairview lane"),
    ("Rolls on Friday in her front room, 5 Back Albert Street", "5 back albert street"),
    ("Ladies, my cottage: Three Chimneys, The Green, Nether Stow", "three chimneys, the green"),
)


@pytest.mark.parametrize(("text", "begins"), HOMES)
def test_a_home_is_seen(text, begins):
    (understood,) = found(text, Type.HOME_ADDRESS)
    assert begins in understood


@pytest.mark.parametrize(
    "text",
    [
        "The venue is at 2 Coronation Way, WN99 3AA.",
        "Where: Weston Arena, 2 Coronation Way, WN99 3AA",
        "Meet at the stop outside 41 Wharf Rd, the chippy",
        "Harbrook Leisure Centre (HB4 7QT) from 10.15",
        "The Old Drill Hall, Wharf Road, NM1 6DZ on Thursday",
        "Active Together, Unit 6, Canal Works, Northmere NM1 4AB",
        "We have your new address as 14 Larkfield Road",
        "We pick you up from 14 Larkfield Road at 8",
        "parking is off Mill Lane, level, 120 metres",
        "three people in the way of the 2 court",
        "sat nav NM9 2JD takes you to the wrong side",
        "a friend of mine came",
        "Hi, I'm Fergus, I'm 19, I do the juniors now.",
        "I'm 12 Stone now, says the dietician.",
        "Her race is 318, her lane is 6.",
        "We learned that one the hard way.",
        "One rubber of bridge is played at the end.",
        "We hold this address for Amina: 27 Ferryman's Row. Has it changed?",
        "Home: 103 Albermarle Road. Please check what we hold.",
        "They use a made-up one, Mr Blob of 1 Blob Street.",
        "Mr Fox lives at 1 Den Lane in our play.",
        "Their club room at 18 Sidings Lane is upstairs.",
        "We've moved! Our new office is at 9 Castle Street.",
        "They're at 7 Court Road Primary this year.",
        "They measure you at their shop, 9 Windmill Trading Estate, and your dad can ring.",
    ],
)
def test_other_addresses_are_nothing(text):
    assert found(text, Type.HOME_ADDRESS) == []


TOLD = (
    "we live two doors up from the Bay Horse on Smithy Brow, green gate",
    "I'm the bungalow right opposite the tower, with the purple shutters",
    "My road's a pain. First right, up past the allotments, we're the last pair of semis.",
    "we r 3 doors down from the chippy on mill st",
    "Call at the narrowboat Dotty Mabel, moored below Bascote locks, by the bridge.",
)


@pytest.mark.parametrize("text", TOLD)
def test_a_home_is_seen_by_how_one_finds_it(text):
    assert found(text, Type.HOME_ADDRESS)


@pytest.mark.parametrize(
    "text",
    [
        "We live by the sea, so everything rusts.",
        "I live near the pool so I can always open up.",
        "My road bike is behind the hall, next to the blue gate.",
        "I'm the one with the red hat, opposite the ticket office.",
        "Our home game is at St Mark's, next to the church, second gate.",
        "You live at the top of the hill, above the bakery, so you're first.",
        "We're the last pair on court, so wait for us.",
        "In the story Tom lives next door to the bakery, with the red door.",
    ],
)
def test_where_something_is_is_not_where_somebody_lives(text):
    assert found(text, Type.HOME_ADDRESS) == []


def test_a_house_with_a_name_in_a_signature_is_a_home_unless_a_body_signs():
    signed = "-- \nIvor Maddocks\nCraig-y-Don, Beach Road\n"
    assert [s.type for s in look(signed, zone=Zone.SIGNATURE)] == [Type.HOME_ADDRESS]
    assert not look(
        signed.replace("Ivor Maddocks", "Otterbridge Swimming Club"), NOBODY, Zone.SIGNATURE
    )


@pytest.mark.parametrize(
    "text",
    ["come round to my house after", "you can stay at ours", "BBQ at mine", "pop over to mine"],
)
def test_an_invitation_to_the_home_is_likely(text):
    assert how_sure(text, Type.HOME_ADDRESS) == [Confidence.LIKELY]


def test_an_invitation_with_the_address_is_one_sighting():
    assert how_sure("come round to mine, 31 Alder Way", Type.HOME_ADDRESS) == [Confidence.CERTAIN]


def test_an_invitation_goes_on_to_the_end_of_its_sentence():
    text = "Come over to mine, flat above the old bakery. Bring Sam"
    (seen,) = (s for s in look(text) if s.type is Type.HOME_ADDRESS)
    assert text[seen.start : seen.end].endswith("over to mine, flat above the old bakery")


def test_what_only_invites_is_less_sure_than_what_says_whose_home_it_is():
    assert how_sure("just knock, 3 Dunlin Close", Type.HOME_ADDRESS) == [Confidence.LIKELY]
    assert how_sure("I live at 3 Dunlin Close", Type.HOME_ADDRESS) == [Confidence.CERTAIN]
