"""Outlook's .msg, written: just enough of MS-CFB and MS-OXMSG that a reader takes it for one."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

_SECTOR, _MINI = 512, 64
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_TEXT, _OCTETS, _NUMBER, _TIME = 0x001F, 0x0102, 0x0003, 0x0040


@dataclass
class Storage:
    """A folder of the file: streams and folders by name."""

    streams: dict[str, bytes] = field(default_factory=dict)
    storages: dict[str, Storage] = field(default_factory=dict)


def properties(header: int, **values: str | bytes | int) -> Storage:
    """The properties of one object; names are ``p`` and the id in hexadecimal digits."""
    storage = Storage()
    rows = b"\0" * header
    for name, value in values.items():
        pid = int(name[1:], 16)
        if isinstance(value, int):
            kind = _TIME if value > 0xFFFFFFFF else _NUMBER
            rows += struct.pack("<HHLQ", kind, pid, 6, value)
            continue
        kind, octets = (
            (_TEXT, value.encode("utf-16-le")) if isinstance(value, str) else (_OCTETS, value)
        )
        storage.streams[f"__substg1.0_{pid:04X}{kind:04X}"] = octets
        rows += struct.pack("<HHLLL", kind, pid, 6, len(octets) + 2 * (kind == _TEXT), 0)
    storage.streams["__properties_version1.0"] = rows
    return storage


def outlook(
    recipients: Sequence[Storage] = (),
    attachments: Sequence[Storage] = (),
    header: int = 32,
    **values: str | bytes | int,
) -> Storage:
    """A message: at the root, or (with a header of 24) in another."""
    message = properties(header, p001A="IPM.Note", **values)
    message.storages |= {f"__recip_version1.0_#{n:08X}": r for n, r in enumerate(recipients)}
    message.storages |= {f"__attach_version1.0_#{n:08X}": a for n, a in enumerate(attachments)}
    return message


def recipient(name: str, address: str, kind: int = 1) -> Storage:
    return properties(8, p3001=name, p39FE=address, p0C15=kind)


def written(root: Storage) -> bytes:
    """The file."""
    entries: list[list[object]] = []  # name, kind, right, child, octets
    _enter(root, "Root Entry", 5, entries)
    mini = bytearray()
    mini_fat: list[int] = []
    chains: list[bytes] = []
    fat: list[int] = []

    def chain(octets: bytes) -> int:
        count = -(-len(octets) // _SECTOR)
        if not count:
            return _END
        start = len(fat)
        fat.extend([*range(start + 1, start + count), _END])
        chains.append(octets.ljust(count * _SECTOR, b"\0"))
        return start

    placed: list[tuple[int, int]] = []
    for entry in entries:
        octets = entry[4]
        assert isinstance(octets, bytes)
        if len(octets) >= 4096:
            placed.append((chain(octets), len(octets)))
        elif octets:
            start = len(mini_fat)
            count = -(-len(octets) // _MINI)
            mini_fat.extend([*range(start + 1, start + count), _END])
            mini += octets.ljust(count * _MINI, b"\0")
            placed.append((start, len(octets)))
        else:
            placed.append((_END, 0))
    placed[0] = (chain(bytes(mini)), len(mini))
    minis = chain(b"".join(struct.pack("<L", n) for n in mini_fat))
    rows = b"".join(_row(e, *p) for e, p in zip(entries, placed, strict=True))
    directory = chain(rows.ljust(-(-len(rows) // _SECTOR) * _SECTOR, b"\0"))
    fats = 1
    while (len(fat) + fats) * 4 > fats * _SECTOR:
        fats += 1
    first = len(fat)
    fat += [_FAT] * fats
    table = b"".join(struct.pack("<L", n) for n in fat).ljust(fats * _SECTOR, b"\xff")
    head = struct.pack(
        "<8s16sHHHHHHLLLLLLLLLL",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, fats),
        *(directory, 0, 4096, minis, -(-len(mini_fat) * 4 // _SECTOR), _END, 0),
    )
    difat = [*range(first, first + fats)]
    difat += [_FREE] * (109 - len(difat))
    return head + struct.pack("<109L", *difat) + b"".join(chains) + table


def _enter(storage: Storage, name: str, kind: int, entries: list[list[object]]) -> int:
    """Children hang on each other to the right: a poor tree, and a right one."""
    at = len(entries)
    entries.append([name, kind, _FREE, _FREE, b""])
    before = -1
    names = sorted([*storage.streams, *storage.storages], key=lambda n: (len(n), n.upper()))
    for each in names:
        if each in storage.streams:
            here = len(entries)
            entries.append([each, 2, _FREE, _FREE, storage.streams[each]])
        else:
            here = _enter(storage.storages[each], each, 1, entries)
        entries[before if before >= 0 else at][2 if before >= 0 else 3] = here
        before = here
    return at


def _row(entry: list[object], start: int, size: int) -> bytes:
    name, kind, right, child, _ = entry
    spelt = f"{name}\0".encode("utf-16-le")
    return struct.pack(
        "<64sHBBLLL16sLQQLQ",
        *(spelt, len(spelt), kind, 1, _FREE, right, child, b"", 0, 0, 0, start, size),
    )
