"""Details as people give them who knew nothing of the reader: one example and one that looks alike
for each rule."""

from __future__ import annotations

import pytest

from alongside.scan.sighting import Type
from tests.scan.scanning import found


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Type.HOME_ADDRESS, "Ah stay at Dunvarlich, Kirk Brae. Mind the dug."),
        (Type.HOME_ADDRESS, "Post it to me, Manor Barn, Little Issop"),
        (Type.HOME_ADDRESS, "We're the end terrace past the chippy on Mill Brow."),
        (Type.HOME_ADDRESS, "sat nav says TR28 6PL and im the only bungalow"),
        (Type.HOME_ADDRESS, "im at 40 wenlock crecsent if u need ur armbands"),
        (Type.HOME_ADDRESS, "Gifts to her mum's please: Mrs Osei, 102 Magpie Way, Harrowfield."),
        (Type.HOME_ADDRESS, "you know the flats behind Morrisons? number 22. mine"),
        (Type.EMAIL_ADDRESS, "try angharadwyn at hotmail."),
        (Type.EMAIL_ADDRESS, "him himself: robbo.skips\n@\npostbox.example"),
        (Type.HANDLE, "The name I use on Ravelry. It's PurlyQueenOfLeith and it has tips"),
        (Type.HANDLE, "Bedwars? SirBlocksalot_mu is me. get on."),
        (Type.HANDLE, "It's nigelontherings, all one word, on Instagram."),
        (Type.PERSONAL_SITE, "Our Huw films a sign a week on a site of his: hands-up-huw.test."),
        (Type.PERSONAL_SITE, "I've kept notes for years. They're at achyheadagnes.example."),
        (Type.PERSONAL_SITE, "look at percys-pistons.example. I made that website myself"),
        (Type.PHONE, "7700 900158 put a nought in front, ma phone keeps eatin it"),
    ],
)
def test_what_people_give_away_is_seen(kind, text):
    assert found(text, kind)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Type.HOME_ADDRESS, "We play at 4 Chapel Lane, the old Institute; ring the bell."),
        (Type.HOME_ADDRESS, 'Do not say where you live, not even "the flats behind Asda".'),
        (Type.HOME_ADDRESS, "For the post: Camp Skelby, Forest Road, Skelby."),
        (Type.EMAIL_ADDRESS, "My portfolio lives at joaquim-draws dot example."),
        (Type.EMAIL_ADDRESS, "use made-up data, mail 'someone@somewhere.test'"),
        (Type.EMAIL_ADDRESS, "not on mail, the door's open at discord.gg/crewmadeup"),
        (Type.EMAIL_ADDRESS, "Passenger assistance: assist@coastlinerail.example"),
        (Type.HANDLE, "The RNLI are @RNLI on X if you want tide warnings"),
        (Type.HANDLE, "On Insta, a name such as firstname_surname_2011 tells plenty"),
        (Type.HANDLE, "Team names are on the board: Flat_Whites and Insta_Rollers. No Insta."),
        (Type.PERSONAL_SITE, "I booked us in. They're at kelpie-hostel.example."),
        (Type.PHONE, "Boyle's Chemist stocks the spacer. They're on 01632 960 212."),
        (Type.PHONE, "Their fault line is 020 7946 0900, quote the serial."),
    ],
)
def test_what_only_looks_so_is_let_be(kind, text):
    assert found(text, kind) == []
