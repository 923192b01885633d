"""What is packed in a file, octet by octet in order: gzip, bzip2, xz, a member of a zip."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable
from typing import Protocol

from .octets import CHUNK, Octets

_PACKED_CHUNK = 128 << 10
_LARGE = 64 << 20
_BOMB = 200
"""Mail is never packed better than so many to one; a bomb is."""


class Unpacker(Protocol):
    """A decompressor of the standard library, made alike."""

    def feed(self, packed: bytes) -> bytes:
        """At most some ``CHUNK`` of octets; what was fed and is not unpacked yet is kept."""
        ...

    @property
    def hungry(self) -> bool:
        """Needs packed octets to go on."""
        ...

    @property
    def ended(self) -> bool:
        """At the end of what was packed."""
        ...


class Deflate:
    """zlib's way; ``wbits`` -15 without any wrapping (a member of a zip), 31 with gzip's."""

    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._unpacking = zlib.decompressobj(wbits)
        self._rest = b""

    def feed(self, packed: bytes) -> bytes:
        packed = self._rest + packed
        if self._unpacking.eof:
            packed = _next_stream(packed)
            self._rest = b""
            if not packed:
                return b""
            self._unpacking = zlib.decompressobj(self._wbits)
        out = self._unpacking.decompress(packed, CHUNK)
        self._rest = self._unpacking.unconsumed_tail or self._unpacking.unused_data
        return out

    @property
    def hungry(self) -> bool:
        return not self._rest

    @property
    def ended(self) -> bool:
        return self._unpacking.eof


class Blocks:
    """The ways of bz2 and xz, whose decompressors keep what they have not unpacked yet."""

    def __init__(self, make: Callable[[], bz2.BZ2Decompressor | lzma.LZMADecompressor]) -> None:
        self._make = make
        self._unpacking = make()
        self._rest = b""

    def feed(self, packed: bytes) -> bytes:
        if self._unpacking.eof:
            packed = _next_stream(self._rest + packed)
            self._rest = b""
            if not packed:
                return b""
            self._unpacking = self._make()
        out = self._unpacking.decompress(packed, CHUNK)
        self._rest = self._unpacking.unused_data
        return out

    @property
    def hungry(self) -> bool:
        return not self._rest if self._unpacking.eof else self._unpacking.needs_input

    @property
    def ended(self) -> bool:
        return self._unpacking.eof


def _next_stream(packed: bytes) -> bytes:
    """Several streams one behind the other are one file, and zeros behind them are nothing."""
    return packed.lstrip(b"\0")


class Stored:
    """Not packed at all."""

    hungry = True
    ended = True

    def feed(self, packed: bytes) -> bytes:
        return packed


UNPACKERS: dict[str, Callable[[], Unpacker]] = {
    "gz": lambda: Deflate(31),
    "bz2": lambda: Blocks(bz2.BZ2Decompressor),
    "xz": lambda: Blocks(lambda: lzma.LZMADecompressor(memlimit=128 << 20)),
}


class Unpacked:
    """What is packed in a stretch of a file: read in order, keeping what is not forgotten."""

    free = False

    def __init__(self, packed: Octets, unpacker: Unpacker, start: int = 0, end: int = -1) -> None:
        """``end`` of the packed stretch; -1 is the end of the file."""
        self._packed = packed
        self._unpacker = unpacker
        self._from = self._at = start
        self._until = end
        self._kept = bytearray()
        self.base = 0
        """The first octet that can still be read."""
        self.tip = 0
        """How much was unpacked so far."""
        self.over = False

    @property
    def size(self) -> int:
        return self.tip

    def read_at(self, start: int, count: int) -> bytes:
        if start < self.base:
            raise ValueError(f"octet {start} of a stream is gone by")
        while not self.over and self.tip < start + count:
            self._more()
        begin = start - self.base
        return bytes(self._kept[begin : begin + count])

    def forget(self, before: int) -> None:
        """Unpack up to there and let go of it."""
        while not self.over and self.tip < before:
            self._more()
            self._drop(min(self.tip, before))
        self._drop(min(self.tip, before))

    def _drop(self, before: int) -> None:
        if before > self.base:
            del self._kept[: before - self.base]
            self.base = before

    def _more(self) -> None:
        packed = b""
        if self._unpacker.hungry:
            count = _PACKED_CHUNK if self._until < 0 else min(_PACKED_CHUNK, self._until - self._at)
            packed = self._packed.read_at(self._at, count) if count > 0 else b""
            self._at += len(packed)
            if not packed:
                self.over = True
                if not self._unpacker.ended:
                    raise EOFError("it ends too early")
                return
        found = self._unpacker.feed(packed)
        self._kept += found
        self.tip += len(found)
        if self.tip > _LARGE and self.tip > _BOMB * (self._at - self._from):
            raise ValueError(f"it unpacks to more than {_BOMB} times its size: no mail does")
