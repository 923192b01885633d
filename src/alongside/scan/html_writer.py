"""Text as a browser lays it out: runs of blanks are one, a block begins on a line of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_BLANKS = re.compile(r"[ \t\n\f\r]+")


@dataclass(slots=True)
class Writer:
    """Text that grows, blanks squeezed as a browser does."""

    out: list[str] = field(default_factory=list)
    length: int = 0
    blank: bool = False
    """A blank is due before the next word."""
    fresh: bool = True
    """At the beginning of a line."""

    def put(self, text: str) -> None:
        words = text
        if "  " in text or "\n" in text or "\t" in text or "\r" in text or "\f" in text:
            words = _BLANKS.sub(" ", text)
        if words == " ":
            self.blank = not self.fresh
            return
        if not words:
            return
        if words[0] == " ":
            self.blank = not self.fresh
            words = words[1:]
        self.catch_up()
        self.blank = words[-1] == " "
        self._add(words[:-1] if self.blank else words)
        self.fresh = False

    def put_as_is(self, text: str) -> None:
        if text:
            self.blank = False
            self._add(text)
            self.fresh = text[-1] == "\n"

    def catch_up(self) -> None:
        """Put the blank that is due: what comes is to stand alone."""
        if self.blank and not self.fresh:
            self._add(" ")
        self.blank = False

    def line(self) -> None:
        """A new line, unless at the beginning of one."""
        if not self.fresh:
            self.put_as_is("\n")

    def _add(self, text: str) -> None:
        self.out.append(text)
        self.length += len(text)
