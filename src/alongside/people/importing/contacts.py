"""From a person's columns to their contact points: which hat, and whose address it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.policy.address import domain_of, key
from alongside.policy.vocabulary import SERVICE_USERS, WORKFORCE, ContactKind, Hat

from .present import CONTACT_COLUMNS
from .values import Value, Values, words

_PERSONAL = frozenset({"personal_email", "personal_mobile"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    column: str
    position: int
    kind: ContactKind
    address: str
    key: str
    organisational: bool
    hat: Hat


def points(values: Values, local: frozenset[str]) -> tuple[Point, ...]:
    """The contact points of one row. ``local`` holds the organisations' domains.

    What stands in ``email`` and ``mobile`` of the workforce is organisational, because the
    organisation entered it there; a personal column never is. Somebody who is both workforce and
    service user wears both hats where nothing tells which (pitfall 9): at an ``email`` outside
    the organisations' domains and at a ``mobile``.
    """
    return tuple(
        Point(
            column=column,
            position=position,
            kind=ContactKind.PHONE if column.endswith("mobile") else ContactKind.EMAIL,
            address=address,
            key=key(address),
            organisational=_works(values) and column not in _PERSONAL,
            hat=_hat(values, column, address, local),
        )
        for position, (column, address) in enumerate(_all(values))
    )


def has_two_hats(values: Values) -> bool:
    """Workforce and service user at once: their hats depend on the organisations' domains."""
    return _works(values) and not SERVICE_USERS.isdisjoint(words(values, "category"))


def without_repeats(values: Values) -> tuple[Values, tuple[str, ...]]:
    """The row with every address in its first column only, and what was left out."""
    seen: set[str] = set()
    left_out: list[str] = []
    tidy: dict[str, Value] = dict(values)
    for column in CONTACT_COLUMNS:
        kept: list[str] = []
        for address in words(values, column):
            if key(address) in seen:
                left_out.append(address)
            else:
                seen.add(key(address))
                kept.append(address)
        tidy[column] = tuple(kept)
    return tidy, tuple(left_out)


def _all(values: Values) -> Iterator[tuple[str, str]]:
    for column in CONTACT_COLUMNS:
        for address in words(values, column):
            yield column, address


def _works(values: Values) -> bool:
    return not WORKFORCE.isdisjoint(words(values, "category"))


def _hat(values: Values, column: str, address: str, local: frozenset[str]) -> Hat:
    if not _works(values):
        return Hat.PARTICIPANT
    if not has_two_hats(values):
        return Hat.WORKFORCE
    if column in _PERSONAL:
        return Hat.PARTICIPANT
    return Hat.WORKFORCE if domain_of(address) in local else Hat.BOTH
