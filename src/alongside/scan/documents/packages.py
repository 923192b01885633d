"""Zip packages, opened with care: unpacked piece by piece and never past the limit."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable

from .limits import LARGEST_MEMBER, LARGEST_PACKAGE, MOST_MEMBERS, Unreadable

_STEP = 65_536
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""An Office document with a password is no package but a compound file around one."""


class Package:
    """A zip file, and how much of it was unpacked."""

    __slots__ = ("_left", "_zip", "members")

    def __init__(self, octets: bytes) -> None:
        if octets.startswith(_OLE):
            raise Unreadable("encrypted" if b"E\0n\0c\0r\0y\0p\0t\0" in octets else "unknown_type")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(octets))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as problem:
            raise Unreadable("broken") from problem
        self.members = [m for m in self._zip.infolist() if not m.is_dir()]
        if len(self.members) > MOST_MEMBERS:
            raise Unreadable("too_large")
        self._left = LARGEST_PACKAGE

    def names(self) -> list[str]:
        return [m.filename for m in self.members]

    def unpack(self, name: str | zipfile.ZipInfo) -> bytes:
        """One member, unpacked. ``file_size`` is the sender's word and is not believed."""
        member = self._zip.getinfo(name) if isinstance(name, str) else name
        if member.flag_bits & 1:
            raise Unreadable("encrypted")
        limit = min(LARGEST_MEMBER, self._left)
        out: list[bytes] = []
        size = 0
        try:
            with self._zip.open(member) as stream:
                while step := stream.read(_STEP):
                    size += len(step)
                    if size > limit:
                        raise Unreadable("too_large")
                    out.append(step)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as problem:
            raise Unreadable("broken") from problem
        finally:
            self._left -= size
        return b"".join(out)

    def each(self, names: Iterable[str]) -> Iterable[tuple[str, bytes]]:
        """The members of these names that are there, unpacked one by one."""
        present = set(self.names())
        for name in names:
            if name in present:
                yield name, self.unpack(name)
