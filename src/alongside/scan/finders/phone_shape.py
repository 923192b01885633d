"""Which digits are a telephone number, after Ofcom's National Telephone Numbering Plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

import phonenumbers


class Class(Enum):
    """What a number is for."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    SERVICE = "service"
    """Free, shared-cost, premium and organisations' numbers (03, 08, 09): nobody's own."""
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Number:
    """A complete number."""

    e164: str
    kind: Class
    sound: bool = True
    """Whether a number like this is given out, as far as the numbering plan tells."""


_NATIONAL = (
    (re.compile(r"7[1-9]\d{8}"), Class.MOBILE),
    (re.compile(r"1[1-9]\d{8}|1[2-9]\d{7}|2[03489]\d{8}"), Class.LANDLINE),
    (
        re.compile(r"70\d{8}|5[56]\d{8}|3[0347]\d{8}|80\d{8}|800\d{6,7}|8[4-9]\d{8}|9\d{9}"),
        Class.SERVICE,
    ),
)
_LONGEST = 15


def number(digits: str, plus: bool) -> Number | None:
    """The number that exactly these digits are; none: they are no number, or not all of one."""
    if not plus and digits.startswith("00"):
        digits, plus = digits[2:], True
        if not digits.startswith("44"):
            found = _foreign(digits)
            return found if found and found.sound else None
    if digits.startswith("44"):
        if plus or len(digits) in (12, 13):
            return british(digits[2:].removeprefix("0"))
        return None
    if plus:
        return _foreign(digits)
    if digits.startswith("0"):
        return british(digits[1:])
    return None


def british(digits: str) -> Number | None:
    """The number with these digits after its ``0`` or ``+44``."""
    for pattern, kind in _NATIONAL:
        if pattern.fullmatch(digits):
            return Number(f"+44{digits}", kind)
    return None


def _foreign(digits: str) -> Number | None:
    if not 8 <= len(digits) <= _LONGEST or digits.startswith("0"):
        return None
    try:
        parsed = phonenumbers.parse(f"+{digits}", None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    sound = phonenumbers.is_valid_number(parsed)
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return Number(e164, Class.FOREIGN, sound)
