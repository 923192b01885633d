"""Large files cut into units, each at the beginning of a message or a member."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..units import BATCH, UNIT, Kind, Unit, skipped
from . import mbox, tars, zips
from .content import in_maildir
from .naming import inside
from .octets import BROKEN, Octets, OnDisk
from .sniff import HEAD, PACKED, Shape, shape
from .unpacking import UNPACKERS, Unpacked

_CUT = {Shape.MBOX, Shape.TAR}
_ARCHIVES = {Shape.ZIP, Shape.TAR, Shape.PST, *PACKED}


def large(path: str, label: str, stamp: str) -> Iterator[Unit]:
    """The units of one large file. Raises ``OSError``; what is broken is a unit that says so."""
    with OnDisk(path) as file:
        whole = Unit(
            kind=Kind.WHOLE, path=path, file=label, octets=file.size, stamp=stamp, end=file.size
        )
        try:
            yield from _large(file, whole)
        except BROKEN as error:
            if isinstance(error, OSError) and error.errno:
                raise
            yield skipped(path, label, "broken_archive", str(error), stamp)


def _large(file: OnDisk, whole: Unit) -> Iterator[Unit]:
    found = shape(file.read_at(0, HEAD))
    if found is Shape.MBOX:
        yield from _mbox(file, whole)
    elif found is Shape.TAR:
        yield from _tar(file, whole)
    elif found is Shape.ZIP:
        yield from _zip(file, whole)
    elif found is Shape.PST:
        yield replace(whole, kind=Kind.PST)
    elif found in PACKED:
        inner = Unpacked(file, UNPACKERS[found.value]())
        packed = replace(whole, packing=found.value)
        held = shape(inner.read_at(0, HEAD))
        if held is Shape.MBOX:
            yield from _mbox(inner, packed)
        elif held is Shape.TAR:
            yield from _tar(inner, packed)
        else:
            yield whole
    else:
        yield whole


def _mbox(octets: Octets, whole: Unit) -> Iterator[Unit]:
    """Where the octets break off, what came before stands as units of its own."""
    done = 0
    try:
        for start, end in mbox.cuts(octets):
            yield replace(whole, kind=Kind.MBOX, start=start, end=end, octets=end - start)
            done = end
    except BROKEN as error:
        if octets.size > done:
            rest = octets.size - done
            yield replace(whole, kind=Kind.MBOX, start=done, end=octets.size, octets=rest)
        yield skipped(whole.path, whole.file, "broken_archive", str(error), whole.stamp)


@dataclass(slots=True)
class _Gathering:
    """Members that lie one behind the other, until they are a unit's work."""

    whole: Unit
    kind: Kind
    start: int = -1
    end: int = -1
    octets: int = 0
    count: int = 0

    def add(self, start: int, end: int, octets: int) -> None:
        if self.start < 0:
            self.start = start
        self.end = end
        self.octets += octets
        self.count += 1

    def full(self, more: int) -> bool:
        return self.count > 0 and (self.count >= BATCH or self.octets + more > UNIT)

    def unit(self) -> Iterator[Unit]:
        """What was gathered, if anything; then it begins anew."""
        if self.count:
            yield replace(
                self.whole, kind=self.kind, start=self.start, end=self.end, octets=self.octets
            )
        self.start, self.octets, self.count = -1, 0, 0


def _tar(octets: Octets, whole: Unit) -> Iterator[Unit]:
    gathered = _Gathering(whole, Kind.TAR)
    try:
        for member in tars.members(octets, 0, sys.maxsize):
            if member.kind == "file" and member.size > UNIT and not in_maildir(member.name):
                head = octets.read_at(member.begin, HEAD)
                if shape(head) is Shape.MBOX:
                    yield from gathered.unit()
                    yield from _mbox_in_tar(octets, whole, member)
                    continue
            if gathered.full(member.size):
                yield from gathered.unit()
            gathered.add(member.at, member.next, member.size)
    except BROKEN as error:
        yield from gathered.unit()
        yield skipped(whole.path, whole.file, "broken_archive", str(error), whole.stamp)
        return
    yield from gathered.unit()


def _mbox_in_tar(octets: Octets, whole: Unit, member: tars.Member) -> Iterator[Unit]:
    part = replace(whole, kind=Kind.MBOX, file=inside(whole.file, member.name))
    end = member.begin + member.size
    for start, stop in mbox.cuts(octets, start=member.begin, end=end):
        yield replace(part, start=start, end=stop, octets=stop - start)


def _zip(file: OnDisk, whole: Unit) -> Iterator[Unit]:
    gathered = _Gathering(whole, Kind.ZIP)
    for entry in zips.entries(file, *zips.directory(file, file.size)):
        if entry.size > UNIT and not entry.encrypted and not in_maildir(entry.name):
            large_one = list(_large_member(file, whole, entry))
            if large_one:
                yield from gathered.unit()
                yield from large_one
                continue
        if gathered.full(entry.size):
            yield from gathered.unit()
        gathered.add(entry.at, entry.next, entry.size)
    yield from gathered.unit()


def _large_member(file: OnDisk, whole: Unit, entry: zips.Entry) -> Iterator[Unit]:
    """An mbox (as in Google's Takeout) is cut, an archive is a unit; anything else is neither."""
    member = replace(
        whole, file=inside(whole.file, entry.name), packing=f"zip:{entry.at}:{entry.next}"
    )
    try:
        octets = zips.open_entry(file, entry)
        found = shape(octets.read_at(0, HEAD))
    except BROKEN as error:
        yield skipped(whole.path, member.file, "broken_archive", str(error), whole.stamp)
        return
    if found is Shape.MBOX:
        yield from _mbox(octets, member)
    elif found in _ARCHIVES:
        yield replace(member, kind=Kind.WHOLE, start=0, end=entry.size, octets=entry.size)
