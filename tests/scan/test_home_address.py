"""N1: where the writer lives; never a venue, a club or the reader's own address."""

from __future__ import annotations

import pytest

from alongside.scan.sighting import Confidence, Type
from tests.scan.scanning import found, how_sure

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
    ],
)
def test_other_addresses_are_nothing(text):
    assert found(text, Type.HOME_ADDRESS) == []


@pytest.mark.parametrize(
    "text",
    ["come round to my house after", "you can stay at ours", "BBQ at mine", "pop over to mine"],
)
def test_an_invitation_to_the_home_is_likely(text):
    assert how_sure(text, Type.HOME_ADDRESS) == [Confidence.LIKELY]


def test_an_invitation_with_the_address_is_one_sighting():
    assert how_sure("come round to mine, 31 Alder Way", Type.HOME_ADDRESS) == [Confidence.CERTAIN]


def test_what_only_invites_is_less_sure_than_what_says_whose_home_it_is():
    assert how_sure("just knock, 3 Dunlin Close", Type.HOME_ADDRESS) == [Confidence.LIKELY]
    assert how_sure("I live at 3 Dunlin Close", Type.HOME_ADDRESS) == [Confidence.CERTAIN]
