"""zip, read by its directory a stretch at a time: an archive of a million files has a large one.

The directory at the end counts (APPNOTE 4.3); nothing is ever unpacked under a member's own name.
Members that overlap (a bomb made of one stream) or are longer than they say are refused.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from .octets import Octets
from .unpacking import UNPACKERS, Deflate, Stored, Unpacked, Unpacker

_END, _END64, _LOCATOR, _ENTRY, _LOCAL = (
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"PK\x06\x07",
    b"PK\x01\x02",
    b"PK\x03\x04",
)
_FULL = 0xFFFFFFFF


class BrokenZip(ValueError):
    """the directory of the zip can't be read"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One member, as the directory says."""

    name: str
    at: int
    """Where its entry in the directory begins."""
    local: int
    """Where the member itself begins."""
    method: int
    packed: int
    size: int
    crc: int
    encrypted: bool
    next: int
    """Where the next entry begins."""

    @property
    def folder(self) -> bool:
        return self.name.endswith("/")


def directory(octets: Octets, size: int) -> tuple[int, int]:
    """Where the directory begins and ends; it was read through once. Raises ``BrokenZip``."""
    tail_at = max(0, size - (1 << 16) - 22)
    tail = octets.read_at(tail_at, size - tail_at)
    found = tail.rfind(_END)
    if found < 0 or len(tail) < found + 22:
        raise BrokenZip("it has no end: it was cut off, or is one part of several")
    count, long, start = struct.unpack("<H2L", tail[found + 10 : found + 20])
    end_at = tail_at + found
    if count == 0xFFFF or long == _FULL or start == _FULL:
        locator = octets.read_at(end_at - 20, 20)
        if locator[:4] == _LOCATOR:
            (end64,) = struct.unpack("<Q", locator[8:16])
            record = octets.read_at(end64, 56)
            if record[:4] != _END64 or len(record) < 56:
                raise BrokenZip("its end is broken (zip64)")
            long, start = struct.unpack("<2Q", record[40:56])
    if start + long > end_at:
        raise BrokenZip("its directory is said to lie outside of it")
    packed = 0
    for entry in entries(octets, start, start + long):
        packed += entry.packed
        if packed > size:
            raise BrokenZip("its members share octets, as in a zip bomb")
    return start, start + long


def entries(octets: Octets, start: int, end: int) -> Iterator[Entry]:
    """The members of a stretch of the directory, in its order. Raises ``BrokenZip``."""
    while start < end:
        head = octets.read_at(start, 46)
        if len(head) < 46 or head[:4] != _ENTRY:
            raise BrokenZip(f"its directory is broken at octet {start}")
        flags, method = struct.unpack("<2H", head[8:12])
        crc, packed, size, *longs = struct.unpack("<3L3H", head[16:34])
        (local,) = struct.unpack("<L", head[42:46])
        rest = octets.read_at(start + 46, sum(longs))
        name = rest[: longs[0]]
        size, packed, local = _wide(rest[longs[0] : longs[0] + longs[1]], size, packed, local)
        after = start + 46 + sum(longs)
        yield Entry(
            name=name.decode("utf-8" if flags & 0x800 else "cp437", "replace"),
            at=start,
            local=local,
            method=method,
            packed=packed,
            size=size,
            crc=crc,
            encrypted=bool(flags & 1),
            next=after,
        )
        start = after


def open_entry(octets: Octets, entry: Entry) -> Unpacked:
    """Its octets, unpacked in order. Raises ``BrokenZip``."""
    head = octets.read_at(entry.local, 30)
    if len(head) < 30 or head[:4] != _LOCAL:
        raise BrokenZip("the member is not where the directory says")
    name, extra = struct.unpack("<2H", head[26:30])
    start = entry.local + 30 + name + extra
    return Unpacked(octets, _unpacker(entry.method), start, start + entry.packed)


def read(octets: Octets, entry: Entry, limit: int) -> bytes:
    """Its first ``limit`` octets; all of them are checked against the sum where there are no more.

    Raises ``BrokenZip`` or what ``octets.BROKEN`` lists.
    """
    found = open_entry(octets, entry).read_at(0, min(limit, entry.size) + 1)
    if len(found) > entry.size:
        raise BrokenZip("it is longer than the directory says")
    if entry.size <= limit and (len(found) < entry.size or zlib.crc32(found) != entry.crc):
        raise BrokenZip("its sum is wrong: the zip was damaged")
    return found[:limit]


def _wide(extra: bytes, size: int, packed: int, local: int) -> tuple[int, int, int]:
    """The sizes of zip64, which stand in the entry's extra field (APPNOTE 4.5.3)."""
    at = 0
    while at + 4 <= len(extra):
        kind, long = struct.unpack("<2H", extra[at : at + 4])
        if kind == 1:
            values = iter(struct.unpack(f"<{long // 8}Q", extra[at + 4 : at + 4 + long // 8 * 8]))
            size = next(values, size) if size == _FULL else size
            packed = next(values, packed) if packed == _FULL else packed
            local = next(values, local) if local == _FULL else local
            break
        at += 4 + long
    return size, packed, local


def _unpacker(method: int) -> Unpacker:
    if method == 0:
        return Stored()
    if method == 8:
        return Deflate(-15)
    if method == 12:
        return UNPACKERS["bz2"]()
    raise BrokenZip(f"it is packed in a way ({method}) that can't be read")
