"""Unpredictable octets for references, leg ids and salts.

They come from the system, by the block: each call into the system gives up the interpreter, and a
message needs half a dozen of them. Nothing here is a key; keys are made by ``site.keys``.
"""

from __future__ import annotations

import os
import threading

_BLOCK = 4096


class Chance:
    """A block of the system's randomness, given out once each octet. Safe between threads."""

    def __init__(self) -> None:
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        """With nothing in hand: a child of a fork must not repeat its parent's, nor wait for a
        thread that it does not have."""
        self._lock = threading.Lock()
        self._block, self._at = b"", 0

    def octets(self, count: int) -> bytes:
        """So many octets, which nobody else gets."""
        with self._lock:
            if self._at + count > len(self._block):
                self._block, self._at = os.urandom(max(_BLOCK, count)), 0
            start = self._at
            self._at += count
            return self._block[start : self._at]


_CHANCE = Chance()
octets = _CHANCE.octets


def token(count: int) -> str:
    """So many octets in hexadecimal."""
    return octets(count).hex()
