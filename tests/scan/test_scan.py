"""The door of the reader: every text, of any length, looked through once and in order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.scan.fold import fold
from alongside.scan.reading import Piece, Reading, plain
from alongside.scan.scan import AROUND, STRETCH, WINDOW, scan, stretches
from alongside.scan.sighting import Confidence, Type, Zone
from tests.scan.scanning import CLUB, NOBODY, look

PARTS = (
    "07700 900123", "oh seven", "double", "sam", "@", "freemail.example",
    " at ", " dot ", "insta: ",
    "instagram.com/", "coach.sam", "my number is ", "I live at 14 High Street", "password: ",
    "Tiger22", "\u200b", "🔟", "\ud800", "+44 (0)", "\n", " ", "(", "/", "://", "https://bit.ly/x",
    "pin 4821", "AB1 2CD", "é", "０７７", "—", "fb fb ", "_", "0x7x",
    "#1234", "Sam Fenn on Facebook",
)  # fmt: skip
ANYTHING = st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=8)), max_size=25).map(
    "".join
)


@given(ANYTHING)
def test_no_text_is_too_strange(text):
    reading = plain(text)
    sightings = scan(reading, CLUB)
    assert list(sightings) == sorted(sightings, key=lambda s: (s.start, s.end, s.type))
    for sighting in sightings:
        assert sighting.text == text[sighting.start : sighting.end]
        assert sighting.text
    for kind in Type:
        those = [s for s in sightings if s.type is kind]
        assert all(a.end <= b.start for a, b in pairwise(those))


@given(st.text(alphabet="a 0\u200b🔟é", max_size=300), st.integers(1, 40))
def test_stretches_cover_a_text_once(text, size):
    spans = []
    for stretch in stretches(text, 5, size):
        folded = stretch.folded
        at_end = stretch.end == len(folded.text)
        end = 5 + len(text) if at_end else folded.span(stretch.end, stretch.end)[0]
        spans.append((folded.span(stretch.first, stretch.first)[0], end))
    assert all(a[1] == b[0] for a, b in pairwise(spans))
    assert spans[-1][1] == 5 + len(text)


@pytest.mark.parametrize("size", [STRETCH, WINDOW, STRETCH + AROUND, 2 * WINDOW])
@pytest.mark.parametrize("before", [0, 1, 5, 11, 12, 13, 20])
def test_a_number_at_the_edge_of_a_stretch_is_seen_once_and_whole(size, before):
    text = "x " * ((size - before) // 2) + "07700 900123" + " y" * STRETCH
    (sighting,) = look(text)
    assert sighting.text == "07700 900123"
    assert sighting.understood == "+447700900123"


def test_every_detail_of_a_long_text_is_seen():
    lines = [
        f"line {n}: coach{n % 7}_made_up{n} on insta, 07700 900{n % 1000:03}" for n in range(900)
    ]
    sightings = look("\n".join(lines))
    assert sum(s.type is Type.PHONE for s in sightings) == 900
    assert sum(s.type is Type.HANDLE for s in sightings) == 900


def test_any_number_of_signs_that_can_not_be_seen_hides_nothing():
    hidden = ("\u200b" * 40_000).join("07700900123")
    (sighting,) = look("call " + hidden + " x")
    assert sighting.understood == "+447700900123"
    assert sighting.text == hidden


def test_text_made_to_be_slow_is_not():
    for piece in (
        "fb ",
        "0 7 ",
        "a.",
        "(",
        "sam at ",
        "my password is ",
        "one ",
        "14 high ",
        "@",
        "_a",
    ):
        look(piece * (60_000 // len(piece)))


def test_what_somebody_else_wrote_is_only_possible():
    for zone, most in ((Zone.QUOTED, Confidence.POSSIBLE), (Zone.SIGNATURE, Confidence.LIKELY)):
        (sighting,) = look("my number is 07700 900456", CLUB, zone)
        assert (sighting.zone, sighting.confidence) == (zone, most)


@pytest.mark.parametrize("zone", list(Zone))
@pytest.mark.parametrize(
    "text",
    ["07700 900123", "sam.poole@freemail.example", "instagram.com/sam.poole", "ig sam.poole"],
)
def test_the_writers_own_details_are_certain_in_every_zone(text, zone):
    (sighting,) = [s for s in look(text, CLUB, zone) if s.own]
    assert sighting.confidence is Confidence.CERTAIN
    assert sighting.clause == "N2"


def test_pieces_are_read_each_in_its_place():
    text = "Lift\nring 07700 900456\n> 07700 900457"
    pieces = (
        Piece(start=0, end=4, part="subject"),
        Piece(start=5, end=22),
        Piece(start=22, end=len(text), zone=Zone.QUOTED),
    )
    first, second = scan(Reading(text=text, pieces=pieces), NOBODY)
    assert (first.text, first.zone) == ("07700 900456", Zone.BODY)
    assert (second.text, second.zone) == ("07700 900457", Zone.QUOTED)


def test_an_empty_text_holds_nothing():
    assert look("") == ()
    assert [s.folded.text for s in stretches("", 0)] == [""]


AAC = (
    "[swim] [tomorrow] [no] . [pool] [broken] . [sorry] . [next week] [yes]",
    "👋 Sam. 🏊 Thursday. 🚌 4 o'clock. 👩‍🏫 Hana there. 😀",
    "i cum 2 swiming 2moro n bring my AFOs n my PECS book",
    "Tomorrow training finish when? 8. Me there 6 early. You help carry goals please thank you",
    "She has cerebral palsy, uses a hoist and signs BSL and Makaton. Peg feed at 2.",
)


@pytest.mark.parametrize("text", AAC)
def test_symbols_and_unusual_spelling_are_never_a_sighting_by_themselves(text):
    assert look(text) == ()


def test_the_fold_is_what_is_searched():
    assert fold("ｉｎｓｔａ: coach.sam").text == "insta: coach.sam"
    assert look("ｉｎｓｔａ: coach.sam")[0].text == "coach.sam"
