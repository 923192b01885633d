"""The chain: how an entry is written down so that nobody can change it unseen. Pure.

An entry's hash covers the hash before it, the name of its chain, its number and its canonical body.
The body never holds a personal text: it holds a salted commitment, so that the text itself, kept
apart, can be erased and the chain stays valid.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from alongside.enforcement.chance import octets

GENESIS = "0" * 64
"""What stands before the first entry of every chain."""
DESK = "desk"
"""The chain of every process that is not a gateway."""
SALT_BYTES = 16
_SEQUENCE_BITS = 40


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands; also the head of a chain, which is its last place."""

    chain: str
    seq: int
    hash: str


def entry_id(number: int, seq: int) -> int:
    """An entry's primary key, which follows from its chain's number and its own.

    So nobody needs a database sequence, the key can't be changed unseen, and reading by key is
    reading chain after chain.
    """
    return (number << _SEQUENCE_BITS) | seq


def sequence_of(key: int) -> int:
    """An entry's number in its chain, from its primary key."""
    return key & ((1 << _SEQUENCE_BITS) - 1)


def timestamp(at: datetime) -> str:
    """ISO 8601 in UTC with microseconds. Raises ``ValueError`` for a time without a zone."""
    if at.tzinfo is None:
        raise ValueError(f"the time `{at.isoformat()}` has no zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def instant(text: str) -> datetime:
    """The time that ``timestamp`` wrote."""
    return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)


def canonical(value: Any) -> str:
    """The one way to write a value: JSON in ASCII, keys sorted, nothing between, no floats.

    ASCII, because what arrives by mail may hold bytes that are no UTF-8, and such a message must be
    recorded as well. Raises ``ValueError`` for a float, a key that is no text, a time without a
    zone, or a type that JSON doesn't have.
    """
    return _written(_plain(value))


def detached(value: Any) -> str:
    """JSON for a part that is kept beside the entry and committed to as it is written.

    As ``canonical``, but floats may stand in it: nobody writes it a second time.
    """
    return _written(_plain(value, floats=True))


def salt() -> bytes:
    """Fresh random bytes: without them, whoever guesses an erased text could prove the guess."""
    return octets(SALT_BYTES)


def commitment(salt: bytes, value: bytes) -> str:
    """What the hashed body says of a detachable part. Hexadecimal SHA-256."""
    return sha256(salt + value).hexdigest()


def entry_hash(previous: str, chain: str, seq: int, body: str) -> str:
    """The hash of an entry. Line ends part the fields: none of the first three can hold one."""
    return sha256(f"{previous}\n{chain}\n{seq}\n{body}".encode()).hexdigest()


def _written(plain: Any) -> str:
    return _encode(plain)


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_PLAIN = frozenset({str, int, bool, type(None)})
"""Types that stand in JSON as they are; most of an entry is of these."""
_LISTS = frozenset({list, tuple})


def _plain(value: Any, *, floats: bool = False) -> Any:
    """The value in JSON's own types. A set is written in order, so that it has one form."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is dict or (kind not in _LISTS and isinstance(value, Mapping)):
        for key in value:
            if not isinstance(key, str):
                raise ValueError(f"the key `{key!r}` of a record must be text")
        return {
            key: part if type(part) in _PLAIN else _plain(part, floats=floats)
            for key, part in value.items()
        }
    if kind in _LISTS or isinstance(value, list | tuple):
        return [part if type(part) in _PLAIN else _plain(part, floats=floats) for part in value]
    if isinstance(value, str | int):
        return value
    if isinstance(value, set | frozenset):
        return sorted((_plain(part, floats=floats) for part in value), key=_written)
    if isinstance(value, datetime):
        return timestamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and floats:
        return value
    raise ValueError(f"a record can't hold a {type(value).__name__}: write it as text or a number")
