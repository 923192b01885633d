"""Octets by their offset: of a file, of memory, and seen through a window."""

from __future__ import annotations

import lzma
import os
import tempfile
import zlib
from pathlib import Path
from typing import Protocol, Self

from ..units import Changed

CHUNK = 1 << 20
_WINDOW = 4 << 20
_IN_MEMORY = 16 << 20
BROKEN = (zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
"""What reading packed octets may raise where they are broken."""


class Octets(Protocol):
    """Something with octets at offsets."""

    free: bool
    """May be read at any offset at any time; else only from what was forgotten onwards."""

    @property
    def size(self) -> int:
        """How many there are; where they are not ``free``, how many were seen."""
        ...

    def read_at(self, start: int, count: int) -> bytes:
        """Fewer than ``count`` only at the end. Raises one of ``BROKEN``."""
        ...

    def forget(self, before: int) -> None:
        """Nothing before this offset is asked for again."""
        ...


class OnDisk:
    """An open file."""

    free = True

    def __init__(self, path: str | Path | int, stamp: str = "") -> None:
        """``path`` may be an open file's number.

        Raises ``OSError``, and ``Changed`` where the file is not the one that was found.
        """
        if isinstance(path, int):
            self._file = path
        else:
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            self._file = os.open(path, flags)
        if stamp and stamp != self.stamp:
            self.close()
            raise Changed

    @property
    def stamp(self) -> str:
        said = os.fstat(self._file)
        return f"{said.st_size}.{said.st_mtime_ns}"

    @property
    def size(self) -> int:
        return os.fstat(self._file).st_size

    def read_at(self, start: int, count: int) -> bytes:
        found = os.pread(self._file, count, start)
        while found and len(found) < count:
            more = os.pread(self._file, count - len(found), start + len(found))
            if not more:
                break
            found += more
        return found

    def forget(self, before: int) -> None:
        """The disk keeps everything."""

    def close(self) -> None:
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class InMemory:
    """Octets that are there already."""

    free = True

    def __init__(self, octets: bytes) -> None:
        self._octets = octets

    @property
    def size(self) -> int:
        return len(self._octets)

    def read_at(self, start: int, count: int) -> bytes:
        return self._octets[start : start + count]

    def forget(self, before: int) -> None:
        """Memory keeps everything."""

    def close(self) -> None:
        """Memory needs no closing."""


def aside(octets: Octets, start: int, end: int) -> InMemory | OnDisk:
    """A range where any octet can be read again: in memory, or in a file without a name."""
    found = octets.read_at(start, min(end - start, _IN_MEMORY + 1))
    if len(found) <= _IN_MEMORY:
        octets.forget(start + len(found))
        return InMemory(found)
    with tempfile.TemporaryFile() as file:
        while found:
            file.write(found)
            start += len(found)
            octets.forget(start)
            found = octets.read_at(start, min(end - start, CHUNK)) if start < end else b""
        file.flush()
        return OnDisk(os.dup(file.fileno()))


class Window:
    """Octets seen through a window of a few megabytes, for looking things up in order."""

    def __init__(self, octets: Octets, start: int, end: int) -> None:
        self.octets = octets
        self.end = end
        self._base = start
        self._seen = b""

    def at(self, start: int, count: int) -> bytes:
        """These octets, as far as they go."""
        count = min(count, self.end - start)
        if count <= 0:
            return b""
        begin = start - self._base
        if begin >= 0 and begin + count <= len(self._seen):
            return self._seen[begin : begin + count]
        return self.octets.read_at(start, count)

    def find(self, what: bytes, start: int) -> int:
        """Where it stands next, or -1. Goes on: what lies before is let go of."""
        while True:
            begin = start - self._base
            if 0 <= begin < len(self._seen):
                found = self._seen.find(what, begin)
                if found >= 0:
                    return self._base + found
                start = max(start, self._base + len(self._seen) - len(what) + 1)
                begin = start - self._base
            base = max(0, start - 1)
            self.octets.forget(base)
            fresh = self.octets.read_at(base, max(0, min(_WINDOW, self.end - base)))
            if fresh.find(what, start - base) < 0 and len(fresh) < _WINDOW:
                return -1
            self._base, self._seen = base, fresh
