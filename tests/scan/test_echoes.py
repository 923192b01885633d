"""One thing seen twice is one sighting; nothing that counts for more is lost with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alongside.scan.echoes import without_echoes
from alongside.scan.reading import Piece, Reading
from alongside.scan.scan import scan
from alongside.scan.sighting import Confidence, Sighting, Type, Zone

from .scanning import NOBODY, look


def seen(
    kind: Type, start: int, end: int, sure: Confidence = Confidence.LIKELY, **more: object
) -> Sighting:
    one = Sighting(type=kind, start=start, end=end, text="", understood=f"{kind}", confidence=sure)
    return replace(one, **more)  # type: ignore[arg-type]


ADDRESS = seen(Type.EMAIL_ADDRESS, 10, 30)
MESSAGE = seen(Type.INSTANT_MESSAGING, 10, 30)


@pytest.mark.parametrize("kind", [Type.HANDLE, Type.PROFILE_LINK, Type.PERSONAL_SITE])
def test_what_lies_within_a_mail_address_is_that_address(kind):
    assert without_echoes([ADDRESS, seen(kind, 12, 30)]) == [ADDRESS]


def test_what_only_touches_a_mail_address_stays():
    beside = seen(Type.HANDLE, 25, 40)
    assert without_echoes([ADDRESS, beside]) == [ADDRESS, beside]


def test_a_handle_surer_than_the_address_stays():
    handle = seen(Type.HANDLE, 12, 30, Confidence.CERTAIN)
    assert handle in without_echoes([ADDRESS, handle])


def test_the_writers_own_stays():
    handle = seen(Type.HANDLE, 12, 30, own=True)
    assert handle in without_echoes([ADDRESS, handle])


def test_a_number_within_a_mail_address_stays():
    number = seen(Type.PHONE, 10, 21)
    assert without_echoes([number, ADDRESS]) == [number, ADDRESS]


def test_a_friend_request_that_is_an_invitation_to_messages_is_one_of_them():
    assert without_echoes([seen(Type.FRIEND_REQUEST, 5, 12), MESSAGE]) == [MESSAGE]


def test_a_friend_request_surer_than_the_invitation_stays():
    asked = seen(Type.FRIEND_REQUEST, 5, 12, Confidence.CERTAIN)
    assert without_echoes([asked, MESSAGE]) == [asked, MESSAGE]


def test_a_friend_request_elsewhere_stays():
    asked = seen(Type.FRIEND_REQUEST, 30, 40)
    assert without_echoes([MESSAGE, asked]) == [MESSAGE, asked]


def _twice(first: Zone = Zone.BODY, part: str = "html", again: Zone = Zone.BODY) -> list[Sighting]:
    one, two = "Ring me on 07700 900123.", "Ring me on <07700 900123>"
    pieces = (
        Piece(start=0, end=len(one), zone=first),
        Piece(start=len(one) + 1, end=len(one) + 1 + len(two), zone=again, part=part),
    )
    found = scan(Reading(text=f"{one}\n{two}", pieces=pieces), NOBODY)
    return [s for s in found if s.type is Type.PHONE]


@pytest.mark.parametrize("part", ["html", "forwarded/html"])
def test_a_detail_in_the_text_and_its_html_is_one_sighting_the_first(part):
    (only,) = _twice(part=part)
    assert only.part == ""


@pytest.mark.parametrize("part", ["subject", "letter.txt", "xhtml"])
def test_a_detail_in_another_part_is_another_sighting(part):
    assert len(_twice(part=part)) == 2


def test_what_the_html_says_itself_is_not_hidden_behind_a_quotation():
    found = _twice(first=Zone.QUOTED)
    assert [s.part for s in found if s.zone is Zone.BODY] == ["html"]


def test_a_surer_one_in_the_html_stays():
    found = _twice(first=Zone.SIGNATURE)
    assert max(s.confidence for s in found) is Confidence.CERTAIN


def test_twice_in_the_html_alone_is_two():
    one = "07700 900123 and again: 07700 900123"
    pieces = (Piece(start=0, end=len(one), part="html"),)
    found = scan(Reading(text=one, pieces=pieces), NOBODY)
    assert len([s for s in found if s.type is Type.PHONE]) == 2


def test_a_name_in_an_address_that_is_spelt_out_is_no_handle():
    kinds = {s.type for s in look("my yahoo is big_dave_77")}
    assert kinds == {Type.EMAIL_ADDRESS}
