"""How much of a document is read, and the one way to say that it can't be."""

from __future__ import annotations

from ..reading import Unread

LONGEST_TEXT = 4_000_000
"""Characters of one document."""
LARGEST_MEMBER = 32_000_000
"""Octets of one file inside a package or archive, unpacked."""
LARGEST_PACKAGE = 64_000_000
"""Octets of all files that are read of one package or archive, unpacked."""
MOST_MEMBERS = 2_000
MOST_PAGES = 2_000

Texts = dict[str, str | Unread]
"""By part."""


class Unreadable(Exception):
    """this document can't be read"""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
        """A code, as in ``Unread``."""


class Sheet:
    """Text that grows up to the limit."""

    __slots__ = ("_length", "_out")

    def __init__(self) -> None:
        self._out: list[str] = []
        self._length = 0

    def put(self, text: str) -> None:
        """Raises ``Unreadable`` when there is more than is read."""
        self._length += len(text)
        if self._length > LONGEST_TEXT:
            raise Unreadable("too_large")
        self._out.append(text)

    def line(self) -> None:
        if self._out and not self._out[-1].endswith("\n"):
            self.put("\n")

    def text(self) -> str:
        return "".join(self._out)
