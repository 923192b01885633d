"""What was read of a message on its way in, kept for the legs on its way out."""

from __future__ import annotations

from dataclasses import dataclass, field

from alongside.enforcement.values import Parcel

from .headers import Headers, split

Written = tuple[bytes, bytes]
"""The header block with its signature, and the empty line with the body."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The header block of these very bytes."""

    content: bytes
    headers: Headers
    composed: dict[tuple[object, ...], Written] = field(default_factory=dict)
    """By what a leg says of third parties: the legs that say the same differ in nothing else."""


def reading_of(parcel: Parcel) -> Reading:
    """As it was read when it came; anew where the parcel comes from the record."""
    known = parcel.reading
    if isinstance(known, Reading) and known.content is parcel.content:
        return known
    return Reading(parcel.content, split(parcel.content))
