"""What may stand in a cell. Each reader takes the stripped text of one non-empty cell.

They raise ``CellError`` with what is wrong and how to mend it. Empty cells never reach them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

import phonenumbers

from alongside.policy.address import domain_of

from .problems import CellError
from .values import Value

ID_LENGTH = 64
NAME_LENGTH = 200
_MIDNIGHT = r"(?:[T ]00:00(?::00)?)?"
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_MIDNIGHT}")
_BRITISH = re.compile(rf"(\d{{1,2}})/(\d{{1,2}})/(\d{{4}}){_MIDNIGHT}")
_EXCEL_NUMBER = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}"
)
_NOT_IN_LOCAL = frozenset(' \t,;:<>()[]"\\')
_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})
_HOW_DATES = "write it as 2014-05-13 or 13/05/2014"
_HOW_ADDRESSES = "write the bare address, such as mia@family.example"


@dataclass(frozen=True, slots=True)
class Column:
    """How one column is read."""

    read: Callable[[str, date], Value]
    """Of the stripped text of one value, and today's date."""
    several: bool = False
    """Values are separated by ``;``."""
    ordered: bool = False
    """Several: the first comes first; else they are sorted."""
    empty: Value = ""
    """What an empty cell means."""


def identifier(cell: str, _: date) -> str:
    """An id: no spaces, no ``;``, nothing invisible, at most 64 characters."""
    check_visible(cell)
    if len(cell) > ID_LENGTH or any(c.isspace() for c in cell) or ";" in cell:
        raise CellError(
            f"`{cell[:80]}` can't be an id",
            f"use at most {ID_LENGTH} characters without spaces or `;`",
        )
    return cell


def name(cell: str, _: date) -> str:
    """Words that people read; runs of white space become one space."""
    tidy = " ".join(cell.split())
    if len(tidy) > NAME_LENGTH:
        raise CellError("it is too long", f"use at most {NAME_LENGTH} characters")
    if any(unicodedata.category(c) == "Cc" for c in tidy):
        raise CellError("it holds a control character", "type it again instead of pasting it")
    return tidy


def prose(cell: str, _: date) -> str:
    return cell


def household(cell: str, today: date) -> str:
    """Compared whatever the case: two spellings must not part a family (pitfall 4)."""
    tidy = name(cell, today).casefold()
    if len(tidy) > ID_LENGTH:
        raise CellError("it is too long", f"use at most {ID_LENGTH} characters")
    return tidy


def need(cell: str, today: date) -> str:
    return "_".join(name(cell, today).casefold().split())


def yes_no(cell: str, _: date) -> bool:
    word = cell.casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellError(f"`{cell}` is neither yes nor no", "write yes or no")


def one_of(known: Iterable[str]) -> Callable[[str, date], str]:
    """A word of a fixed list, whatever its case, with spaces or underscores."""
    allowed = tuple(known)

    def read(cell: str, _: date) -> str:
        word = "_".join(cell.casefold().replace("-", " ").split())
        if word in allowed:
            return word
        close = get_close_matches(word, allowed, n=1)
        mend = f"did you mean `{close[0]}`? " if close else ""
        raise CellError(f"`{cell}` is not known here", f"{mend}use one of {', '.join(allowed)}")

    return read


def born(cell: str, today: date) -> date:
    found = any_day(cell, today)
    if found > today:
        raise CellError(f"`{cell}` has not come yet", "give the day of birth")
    return found


def past_day(cell: str, today: date) -> date:
    found = any_day(cell, today)
    if found > today:
        raise CellError(f"`{cell}` has not come yet", "give the day on which it happened")
    return found


def any_day(cell: str, _: date) -> date:
    """A date, ISO or day first; anything else is refused rather than guessed."""
    if iso := _ISO.fullmatch(cell):
        year, month, day = (int(part) for part in iso.groups())
    elif british := _BRITISH.fullmatch(cell):
        day, month, year = (int(part) for part in british.groups())
    elif cell.isdecimal():
        raise CellError(
            f"`{cell}` is a spreadsheet's number", f"format the column as a date; {_HOW_DATES}"
        )
    else:
        raise CellError(f"`{cell}` can be read in more than one way, or in none", _HOW_DATES)
    try:
        found = date(year, month, day)
    except ValueError:
        american = day <= 12 < month
        hint = "the day comes before the month; " if american else ""
        raise CellError(f"there is no day `{cell}`", hint + _HOW_DATES) from None
    if not 1900 <= found.year <= 2199:
        raise CellError(f"the year of `{cell}` can't be right", _HOW_DATES)
    return found


def email(cell: str, _: date) -> str:
    """A bare address (RFC 5321, without quoted local parts; RFC 6531 allows other scripts)."""
    check_visible(cell)
    local, at, domain = cell.rpartition("@")
    if not at or not local or len(local.encode()) > 64 or not _NOT_IN_LOCAL.isdisjoint(local):
        raise CellError(f"`{cell}` is no e-mail address", _HOW_ADDRESSES)
    if "@" in local or local.startswith(".") or local.endswith(".") or ".." in local:
        raise CellError(f"`{cell}` is no e-mail address", _HOW_ADDRESSES)
    check_domain(cell, domain)
    return cell


def domain(cell: str, _: date) -> str:
    """A mail domain, in lower case."""
    check_visible(cell)
    bare = cell.casefold().removeprefix("@")
    check_domain(cell, bare)
    return bare


def phone(cell: str, _: date) -> str:
    """A telephone number as E.164; without a country code it is British."""
    if _EXCEL_NUMBER.fullmatch(cell):
        raise CellError(
            f"a spreadsheet rounded the number to `{cell}`",
            "format the column as text and enter the number again",
        )
    mend = "write it as 07700 900123 or +44 7700 900123"
    if any(c.isalpha() for c in cell):
        raise CellError(f"`{cell}` is no telephone number", mend)
    try:
        number = phonenumbers.parse(cell, "GB")
    except phonenumbers.NumberParseException:
        raise CellError(f"`{cell}` is no telephone number", mend) from None
    if not _whole(number):
        raise CellError(f"`{cell}` is not a whole telephone number", mend)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _whole(number: phonenumbers.PhoneNumber) -> bool:
    """Of a possible length; a British mobile number has ten digits, whatever others have."""
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible != phonenumbers.ValidationResult.IS_POSSIBLE or number.extension:
        return False
    national = str(number.national_number)
    return not (number.country_code == 44 and national[0] == "7") or len(national) == 10


def check_visible(cell: str) -> None:
    """Raises ``CellError`` for what can't be seen but would make two equal ids differ."""
    for c in cell:
        if unicodedata.category(c) in {"Cc", "Cf", "Co", "Cn"}:
            raise CellError(
                f"it holds an invisible character (U+{ord(c):04X})",
                "type it again instead of pasting it",
            )


def check_domain(cell: str, domain: str) -> None:
    """Raises ``CellError`` for what can't be a domain."""
    if not _DOMAIN.fullmatch(domain_of(f"@{domain}")):
        raise CellError(f"`{domain}` in `{cell}` is no domain", "write it as in charity.example")
