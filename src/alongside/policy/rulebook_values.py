"""What may stand for a value in a rulebook: each reader gives it back typed, or says the mend.

A reader raises ``ValueError`` with ``what is wrong|how to mend it``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from .address import domain_of, key
from .vocabulary import Action, Kind, Seat, Sight, Sureness


def text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text|write it in quotes")
    return value


def yes_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"`{value}` is neither true nor false|write true or false")
    return value


def number(least: int, most: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"`{value}` makes no sense here|give a number from {least} to {most}")
        return value

    return read


def one_of(*words: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in words:
            raise ValueError(f"`{value}` is not known|choose one of {', '.join(words)}")
        return str(value)

    return read


def enum(kind: type[StrEnum]) -> Callable[[Any], Any]:
    check = one_of(*(str(k) for k in kind))
    return lambda value: kind(check(value))


def listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f'`{value}` is not a list|write ["one", "two"]')
    return value


def third_parties(value: Any) -> frozenset[Kind]:
    read = enum(Kind)
    return frozenset(read(v) for v in listed(value))


def seats(value: Any) -> tuple[Seat, ...]:
    read = enum(Seat)
    seats = tuple(read(v) for v in listed(value))
    if sorted(seats) != sorted(Seat):
        raise ValueError(f"must name each seat once|use all of {', '.join(Seat)}")
    return seats


def destinations(value: Any) -> frozenset[str]:
    for v in listed(value):
        if not isinstance(v, str) or "." not in v:
            raise ValueError(f"`{v}` is neither an address nor a domain|give it in full")
        if "@" not in v and v.casefold().strip(".") in _TOO_WIDE:
            raise ValueError(f"`{v}` takes in far too many|name the one address or service")
    return frozenset(key(v) if "@" in v else domain_of("@" + v) for v in value)


_TOO_WIDE = frozenset(
    """
    gov.uk co.uk org.uk ac.uk sch.uk nhs.uk me.uk
    gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk live.com live.co.uk msn.com
    yahoo.com yahoo.co.uk icloud.com me.com aol.com btinternet.com sky.com virginmedia.com
    talktalk.net proton.me protonmail.com gmx.com
    """.split()
)
"""Suffixes that anybody has a name below, and providers at which children have mailboxes."""


def minute(value: Any) -> int:
    found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f'`{value}` is no time of day|write it as "20:00"')
    return int(found[1]) * 60 + int(found[2])


def zone(value: Any) -> ZoneInfo:
    try:
        return ZoneInfo(text(value))
    except (KeyError, ValueError, OSError) as trouble:
        raise ValueError(f'`{value}` is no time zone|write it as "Europe/London"') from trouble


def action(value: Any) -> Action:
    return Action[one_of(*(a.word for a in reversed(Action)))(value).upper()]


def unread(value: Any) -> Action:
    """What can't be read is said (never ``mark``), and is no reason to refuse."""
    return Action[one_of("hold", "warn")(value).upper()]


def actions(sight: Sight) -> Callable[[Any], tuple[Action, ...]]:
    """What follows from a sighting that is certain, likely, possible: never milder the surer."""
    allowed = _ALLOWED.get(sight, tuple(reversed(Action)))

    def read(value: Any) -> tuple[Action, ...]:
        words = listed(value)
        if len(words) != len(Sureness):
            raise ValueError("must be three words|one each for certain, likely and possible")
        check = one_of(*(a.word for a in allowed))
        found = tuple(Action[check(w).upper()] for w in words)
        if sorted(found, reverse=True) != list(found):
            raise ValueError("is milder where it is surer|let the strictest come first")
        if found[0] is Action.MARK:
            raise ValueError("lets what is certain pass in silence|begin with warn, hold or refuse")
        if sight is Sight.SECRECY and found[0] is not Action.HOLD:
            raise ValueError("lets a certain call for secrecy pass|begin with hold")
        return found

    return read


_ALLOWED = {
    Sight.PRIVATE_TALK: (Action.WARN, Action.MARK),
    Sight.SECRECY: (Action.HOLD, Action.MARK),
}
"""Private talk never stops a message (N3). A call for secrecy is put in front of an officer; its
writer hears no more than of any other hold."""
