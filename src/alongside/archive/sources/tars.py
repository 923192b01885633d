"""tar, read in order: each member's header, and where its octets are (POSIX.1-2001 pax, GNU)."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass

from .octets import Octets

_BLOCK = tarfile.BLOCKSIZE
_LONGEST_NAME = 1 << 20


class BrokenTar(ValueError):
    """the tar can't be read"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member."""

    name: str
    at: int
    """Where its headers begin."""
    begin: int
    """Where its octets begin."""
    size: int
    kind: str
    """``file``, ``folder``, ``link`` or ``other``."""

    @property
    def next(self) -> int:
        return self.begin + -(-self.size // _BLOCK) * _BLOCK


def members(octets: Octets, start: int, end: int) -> Iterator[Member]:
    """The members whose headers begin in a range. Raises ``BrokenTar``, or one of ``BROKEN``."""
    at = start
    name, size = "", -1
    while start < end:
        head = octets.read_at(at, _BLOCK)
        if not head.strip(b"\0"):
            if len(head) < _BLOCK or not octets.read_at(at + _BLOCK, _BLOCK).strip(b"\0"):
                return
            at = start = at + _BLOCK
            continue
        try:
            info = tarfile.TarInfo.frombuf(head, "utf-8", "surrogateescape")
        except tarfile.HeaderError as error:
            raise BrokenTar(f"the header at octet {at} is broken: {error}") from error
        begin = at + _BLOCK
        if info.type in (tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE):
            said = octets.read_at(begin, min(info.size, _LONGEST_NAME))
            if info.type == tarfile.XHDTYPE:
                name, size = _pax(said, name, size)
            else:
                name = said.rstrip(b"\0").decode("utf-8", "surrogateescape")
        if info.type in (*_HEADERS, tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE):
            at = begin + -(-info.size // _BLOCK) * _BLOCK
            continue
        found = Member(
            name=name or info.name,
            at=start,
            begin=begin,
            size=(size if size >= 0 else info.size) if not info.isdir() else 0,
            kind=_kind(info),
        )
        yield found
        at = start = found.next
        octets.forget(at)
        name, size = "", -1


_HEADERS = (tarfile.GNUTYPE_LONGLINK, tarfile.XGLTYPE)


def _kind(info: tarfile.TarInfo) -> str:
    if info.isdir():
        return "folder"
    if info.issym() or info.islnk():
        return "link"
    return "file" if info.isreg() and not info.issparse() else "other"


def _pax(said: bytes, name: str, size: int) -> tuple[str, int]:
    """Records ``LENGTH KEY=VALUE``; broken ones say nothing."""
    while said:
        long, _, _ = said.partition(b" ")
        if not long.isdigit() or not 0 < int(long) <= len(said):
            break
        key, _, value = said[len(long) + 1 : int(long) - 1].partition(b"=")
        if key == b"path":
            name = value.decode("utf-8", "surrogateescape")
        elif key == b"size" and value.isdigit():
            size = int(value)
        said = said[int(long) :]
    return name, size
