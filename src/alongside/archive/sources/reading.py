"""The messages of one unit.

What is packed can be read in order only. A process keeps the last stream open: the next unit of the
same file mostly lies further on, so that nothing is unpacked twice by one process.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing

from ..rows import Raw, Unreadable
from ..units import Changed, Kind, Unit, stamp_of
from . import content, imap, mbox, pst, zips
from .naming import inside, shown
from .octets import BROKEN, OnDisk, aside
from .unpacking import UNPACKERS, Unpacked

Found = Iterator[Raw | Unreadable]


def messages(unit: Unit) -> Found:
    """Everything in the unit. Raises ``Changed`` where the archive is not what was found."""
    if unit.kind is Kind.SKIPPED:
        yield Unreadable(file=unit.file, place="", why=unit.why, detail=unit.detail)
    elif unit.kind is Kind.FILES:
        yield from _files(unit)
    elif unit.kind is Kind.IMAP:
        yield from imap.messages(unit)
    elif unit.kind is Kind.PST:
        yield from pst.messages(unit.path, unit.file)
    else:
        try:
            yield from _stretch(unit)
        except BROKEN as error:
            why, said = content.code(error), content.said(error)
            yield Unreadable(file=unit.file, place=str(unit.start), why=why, detail=said)


def _stretch(unit: Unit) -> Found:
    """A range of one file."""
    with closing(OnDisk(unit.path, unit.stamp)) as file:
        if unit.kind is Kind.ZIP:
            yield from content.zip_members(file, unit.file, unit.start, unit.end)
        elif unit.kind is Kind.WHOLE and not unit.packing:
            yield from content.read(file, unit.file, mailbox=content.in_maildir(unit.path))
        elif unit.kind is Kind.WHOLE:
            with closing(aside(_stream(unit), 0, unit.end)) as whole:
                yield from content.read(whole, unit.file, depth=1)
        elif unit.kind is Kind.TAR:
            octets = _stream(unit) if unit.packing else file
            yield from content.tar_members(octets, unit.file, unit.start, unit.end)
        elif unit.packing:
            with closing(aside(_stream(unit), unit.start, unit.end)) as part:
                yield from mbox.messages(part, unit.file, shift=unit.start)
        else:
            yield from mbox.messages(file, unit.file, unit.start, unit.end)


_open: dict[tuple[str, str, str], tuple[OnDisk, Unpacked]] = {}


def _stream(unit: Unit) -> Unpacked:
    """What is packed in the file, unpacked up to where the unit begins."""
    key = unit.path, unit.packing, unit.stamp
    if key in _open and _open[key][1].base > unit.start:
        _open.pop(key)[0].close()
    if key not in _open:
        for file, _ in _open.values():
            file.close()
        _open.clear()
        file = OnDisk(unit.path, unit.stamp)
        _open[key] = file, _unpacked(file, unit.packing)
    stream = _open[key][1]
    try:
        stream.forget(unit.start)
    except BROKEN:
        _open.pop(key)[0].close()
        raise
    return stream


def _unpacked(file: OnDisk, packing: str) -> Unpacked:
    if packing in UNPACKERS:
        return Unpacked(file, UNPACKERS[packing]())
    _, at, end = packing.split(":")
    (entry,) = zips.entries(file, int(at), int(end))
    return zips.open_entry(file, entry)


def _files(unit: Unit) -> Found:
    """Each file of a batch, whatever it is; at the end, whether they are what was found."""
    folder = os.path.basename(unit.path)
    mailbox = folder in ("cur", "new") and os.path.isdir(os.path.join(unit.path, "..", "cur"))
    stats: list[tuple[int, int]] = []
    for name in unit.names:
        shown_as = inside(unit.file, name) if unit.file else shown(name)
        try:
            with closing(OnDisk(os.path.join(unit.path, name))) as file:
                said = os.stat(os.path.join(unit.path, name), follow_symlinks=False)
                stats.append((said.st_size, said.st_mtime_ns))
                yield from content.read(file, shown_as, mailbox=mailbox)
        except FileNotFoundError as error:
            raise Changed from error
        except OSError as error:
            stats.append(_stat_of(unit.path, name))
            why, detail = content.code(error), content.said(error)
            yield Unreadable(file=shown_as, place="", why=why, detail=detail)
    if stamp_of(stats) != unit.stamp:
        raise Changed


def _stat_of(folder: str, name: str) -> tuple[int, int]:
    try:
        said = os.stat(os.path.join(folder, name), follow_symlinks=False)
    except OSError as error:
        raise Changed from error
    return said.st_size, said.st_mtime_ns
