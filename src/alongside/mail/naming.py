"""Naming more people in an address field without losing, doubling or hiding anybody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from alongside.policy.address import key

from . import addresses, fields
from .headers import Field, Headers, field, with_field

_TAG = re.compile(rb"(?<=[^\s<>,;:\"+@])\+urgent(?=@)", re.IGNORECASE)
_TAGGED = (b"to", b"cc", b"reply-to", b"apparently-to")


def present(found: Iterable[Field]) -> frozenset[str]:
    """Keys of the addresses that these fields name beyond doubt. What only a lenient reading
    finds does not count: a display name that looks like the officer's address is no copy."""
    sure = [addresses.read(f.value) for f in found if not f.doubtful]
    return frozenset(key(a) for r in sure if r.readable for a in r.addresses)


def added(
    headers: Headers,
    name: str,
    boxes: Mapping[str, str],
    *,
    base: Sequence[Field] = (),
    elsewhere: frozenset[str] = frozenset(),
) -> Headers:
    """The block in which the field ``name`` names these mailboxes too (key -> as written).

    What stands in the field stays as it is; where there is no such field yet, ``base`` gives what
    it begins with. Whoever is named already, or ``elsewhere``, is not named again.
    """
    source = headers.all(name.lower().encode("ascii")) or base
    sound = all(not f.doubtful and addresses.read(f.value).readable for f in source)
    there = elsewhere | (present(source) if sound else frozenset())
    missing = [text for k, text in boxes.items() if k not in there]
    if not missing:
        return headers
    ours = fields.mailboxes(name, missing)
    old = [v for v in (_TAG.sub(b"", f.value).strip(b" \t\r\n,") for f in source) if v]
    if sound:
        parts = [*old, ours]
    elif old and _one_line(old[0]).startswith(_one_line(ours)) and not source[0].doubtful:
        return headers
    else:
        # Behind an open quote or comment ours would be swallowed; in front it stands for everybody.
        parts = [ours, *old]
    return with_field(headers, field(name, b",\r\n ".join(parts)))


def without_tags(headers: Headers) -> Headers:
    """The recipients' fields without ``+urgent``: a reply must not declare an emergency again."""
    if not any(f.name in _TAGGED and b"+" in f.raw for f in headers.fields):
        return headers
    changed: list[Field] = []
    for f in headers.fields:
        if f.name in _TAGGED and b"+" in f.raw:
            f = f._replace(raw=f.raw[: f.start] + _TAG.sub(b"", f.raw[f.start :]))
        changed.append(f)
    return headers.replaced(changed)


def _one_line(value: bytes) -> bytes:
    return value.replace(b"\r\n", b"")
