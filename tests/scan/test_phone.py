"""N1, N2: telephone numbers, however they are written; and the many numbers that are none."""

from __future__ import annotations

import pytest

from alongside.scan.finders.helplines import HELPLINES
from alongside.scan.sighting import Confidence, Type
from tests.scan.scanning import CLUB, NOBODY, found, how_sure, look

MOBILE = "+447700900123"
WAYS = (
    "07700 900123",
    "07700900123",
    "(07700) 900 123",
    "07700-900-123",
    "07700.900.123",
    "07700/900/123",
    "077 00 900 123",
    "07 700 900 123",
    "0 7 7 0 0 9 0 0 1 2 3",
    "0-7-7-0-0-9-0-0-1-2-3",
    "+44 7700 900123",
    "+44 (0)7700 900123",
    "+44.7700.900.123",
    "0044 7700 900 123",
    "00 44 7700 900123",
    "447700900123",
    "(0)7700 900 123",
    "tel:+447700900123",
    "sms:07700900123",
    "07700..900..123",
    "07700*900*123",
    "07🏊700🏊900🏊123",
    "0\u200b7700\u200b900123",
    "０７７００　９００１２３",
    "𝟎𝟕𝟕𝟎𝟎𝟗𝟎𝟎𝟏𝟐𝟑",
    "0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣",
    "O77OO 9OO l23",
    "07700\n900123",
    "07700\nthen 900\nthen 123",
    "07700 is the first bit then 900 then 123",
    "It starts 07700. Then 900. Then 123.",
    "it begins 077 00 900 and ends one two three",
    "oh seven seven double oh, nine hundred, one two three",
    "zero seven seven zero zero nine zero zero one two three",
    "oh double seven double oh nine double oh one two three",
    "nought double seven double nought nine hundred one twenty three",
    "plus four four, seven seven zero zero, nine zero zero, one two three",
    "Zero77 0 0 nine00 one23",
    "ohsevensevenohoh 900 onetwothree",
    "zer0 7 sev3n 00 9 hundred 1 two thr33",
    "0x7x7x0x0x9x0x0x1x2x3",
    "dim saith saith dim dim, naw dim dim, un dau tri",
    "0 lengths missed\n77 is my lucky number\n00 excuses\n900 metres\n123 metres of that fly",
    "077 (lol) 00 (lol) 900 (lol) 123",
    "mob07700900123",
)


@pytest.mark.parametrize("text", WAYS)
def test_a_mobile_number_is_understood_however_it_is_written(text):
    assert found(text, Type.PHONE, least=Confidence.CERTAIN) == [MOBILE]
    assert found(f"Hi Ella, {text} if you are late", Type.PHONE) == [MOBILE]


OTHERS = (
    ("ring me at home, 01632 960345", "+441632960345"),
    ("Ring the flat: 020 7946 0712.", "+442079460712"),
    ("on the landline after tea, 028 9649 6207", "+442896496207"),
    ("my Aussie one till the 20th: +61 491 570 156", "+61491570156"),
    ("US sim til friday +1 202 555 0143", "+12025550143"),
    ("oh one six three two, nine six oh, five five two", "+441632960552"),
    ("my number is 7700 900123", MOBILE),
    ("Ring me on seven seven double-zero nine hundred one two three, nought at the front", MOBILE),
    ("Dad could text me, 77 009 00 123 (put a zero first)", MOBILE),
    ("Phone David on 01632960788 for the width", "+441632960788"),
    ("two: 07700 900456 or 07700 900457", "+447700900456"),
    ("at 6 07700 900123 bring 2 bibs", MOBILE),
    ("my French one is 0033 1 99 00 12 34", "+33199001234"),
)


@pytest.mark.parametrize(("text", "number"), OTHERS)
def test_other_numbers_are_understood_too(text, number):
    assert number in found(text, Type.PHONE)


NO_NUMBERS = (
    "Camp starts 03/08/2026 at 11:00 and ends 07/08/2026 at 15:00",
    "Slots: 07:15-08:30, 09:15-10:30, 14:05-15:20, 16:00-17:10",
    "07.15 08.30 09.45 10.15 11.30 doors",
    "Q1 8-12 Q2 17-22 Q3 31-30, 41-38 at the end",
    "16.05, 16.35, 17.05, 17.40 and 20.12 (was 20.40)",
    "Nos. to print: 4 5 6 7 8 9 10 11 12 14 15 23",
    "Order 7718 / AT-20931, invoice 30417 for £86.50",
    "sort code 07-00-93, account 12345678",
    "card 4929 0712 3456 7890",
    "Join: https://video.example/j/07700900123 at 10",
    "https://shop.example/item?id=07700900123&x=1",
    "chair RGK-07700900123-B",
    "NHS 943 476 5919, charity 1123456, company 01234567",
    "ISBN 978-0-7700-9001-3",
    "£07,700,900.12 raised",
    "HB4 7QT, ///basket.lemon.prime, room 12, coach F",
    "certificate 001234567890 ends 0412",
    "1:19.44 (36.90 / 42.54), 1:20.02, 2:58.11",
    "one, two, three, seven seven, nine hundred people came",
    "Girls 50 free 34.87 41.20 41.96 100 back 1:19.44",
    "DOB 07/07/2009, height 1.77, weight 70.5",
    "2026-11-01 07:00 2026-11-02 09:00",
    "5 Sept: welcome back\n12 Sept: a climbing wall\n19 Sept: a film\n26 Sept: games",
)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_other_figures_are_no_telephone_numbers(text):
    assert found(text, Type.PHONE) == []


def test_what_counts_something_else_is_only_possible():
    for text in ("order number 07700900123", "Meeting ID: 077 0090 0123", "ref 07700900123"):
        assert how_sure(text, Type.PHONE) == [Confidence.POSSIBLE]


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("01632 960123", Confidence.LIKELY),
        ("my number is 01632 960123", Confidence.CERTAIN),
        ("01632 960123 (that's my own)", Confidence.CERTAIN),
        ("call the leisure centre on 01632 960123", Confidence.POSSIBLE),
        ("book with the hotel on 01632 960123", Confidence.POSSIBLE),
        ("the hub's own number is 01632 960123", Confidence.POSSIBLE),
        ("the coach's own number is 01632 960123", Confidence.CERTAIN),
        ("You won't get us. Their front desk is 01632 960123", Confidence.POSSIBLE),
        ("Bunce's shoe shop (tel. 01632 960123) who give us boots", Confidence.POSSIBLE),
        ("No personal numbers: ring the switchboard on 01632 960123", Confidence.POSSIBLE),
        ("give us a wee ring, 01632 960123", Confidence.CERTAIN),
        ("premium line 0909 879 0123", Confidence.POSSIBLE),
        ("tickets 0345 555 0123", Confidence.POSSIBLE),
        ("07700 900 12", Confidence.POSSIBLE),
        ("7700900123", Confidence.POSSIBLE),
        ("departs 0715 from the bank, 120 Union Road, returns 1830", Confidence.POSSIBLE),
        ("text 7700900123", Confidence.LIKELY),
    ],
)
def test_how_sure_it_is_depends_on_what_is_said(text, sure):
    assert how_sure(text, Type.PHONE) == [sure]


def test_the_beginning_of_a_number_alone_is_nothing():
    assert look("my phone is below\n\n0 double 7") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Office 01632 960100 or the work mobile 07700 900500",
        "we have you down as 07700 900377",
        "+44 (0)1632 960 100",
        "oh one six three two nine six oh one double oh",
    ],
)
def test_registered_numbers_and_the_recipients_own_pass(text):
    assert look(text, CLUB) == ()
    assert found(text, Type.PHONE, NOBODY)


@pytest.mark.parametrize(
    "text",
    ["999", "101", "111", "116 123", "Childline 0800 1111", "NSPCC: 0808 800 5000", "0800 555 111"],
)
def test_emergency_and_helpline_numbers_pass(text):
    assert look(text) == ()


def test_helplines_are_numbers_in_full():
    assert len(HELPLINES) > 30
    assert all(number.startswith("+44") and number[1:].isdigit() for number in HELPLINES)


def test_the_writers_own_number_is_certain_whatever_stands_around_it():
    for text in ("order number 07700900123", "call the office on 07700 900123"):
        (sighting,) = look(text, CLUB)
        assert sighting.own
        assert sighting.confidence is Confidence.CERTAIN


def test_the_whole_of_a_split_number_is_shown():
    (sighting,) = look("my number begins 077 00 900 and ends one two three ok")
    assert sighting.text == "077 00 900 and ends one two three"
