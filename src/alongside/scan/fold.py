"""A text as it is understood: small letters, look-alikes and tricks undone, and the way back."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from .lookalikes import LATIN, OUT_OF_STEP, alphabet


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. ``text`` is searched; ``span`` says where a find stood in the original."""

    text: str
    original: str
    offset: int = 0
    """Where the original begins in ``Reading.text``."""
    places: Places | array[int] | None = None
    """For each character of ``text`` its place in the original; none: they are in step."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in ``Reading.text`` of what stands at ``text[start:end]``."""
        if self.places is None:
            return self.offset + start, self.offset + end
        if start >= end:
            at = self.places[start] if start < len(self.places) else len(self.original)
            return self.offset + at, self.offset + at
        return self.offset + self.places[start], self.offset + self.places[end - 1] + 1

    def seen(self, start: int, end: int) -> str:
        """What stands there in the original."""
        first, last = self.span(start, end)
        return self.original[first - self.offset : last - self.offset]


_PUNCTUATION = (("\u2019", "'"), ("\u2018", "'"), ("\u201c", '"'), ("\u201d", '"'))
_MARKS = (("\u2013", "-"), ("\u2014", "-"), ("\u2026", "."), ("\u20ac", "$"), ("\u2022", "*"))
_HARMLESS = _PUNCTUATION + _MARKS
"""What word processors put in, one sign for one."""
_SOFT_HYPHEN = "\u00ad"
_FEW = 40
"""Different signs that are cheaper replaced one by one."""
_LOST = re.compile(f"{OUT_OF_STEP}+")


def fold(text: str, offset: int = 0) -> Folded:
    """Small letters, compatibility forms, look-alike letters as the letters they look like, and
    nothing that can't be seen.

    Plain English with the signs of word processors and the letters of Western Europe is folded
    at the speed of copying, and stays in step with the original.
    """
    if text.isascii():
        return Folded(text.lower(), text, offset)
    simple = text
    for sign, plain in _HARMLESS:
        simple = simple.replace(sign, plain)
    if simple.isascii():
        return Folded(simple.lower(), text, offset)
    if _SOFT_HYPHEN not in simple:
        try:
            octets = simple.encode("latin-1")
        except UnicodeEncodeError:
            pass
        else:
            return Folded(octets.translate(LATIN).decode("latin-1"), text, offset)
    return _undone(simple, text, offset)


def _undone(simple: str, text: str, offset: int) -> Folded:
    """The long way, for texts with signs that are left out or stand for several."""
    signs = alphabet()
    strange = {sign for sign in set(simple) if sign > "\x7f"}
    if len(strange) <= _FEW:
        changed = simple
        for sign in strange:
            meaning = signs.singles.get(ord(sign))
            if meaning is not None:
                changed = changed.replace(sign, meaning)
        changed = changed.lower()
    else:
        changed = simple.translate(signs.singles).lower()
    if OUT_OF_STEP not in changed:
        return Folded(changed, text, offset)
    several = {sign: signs.several[sign] for sign in strange if sign in signs.several}
    places = Places(changed, simple, several)
    if not several:
        return Folded(changed.replace(OUT_OF_STEP, ""), text, offset, places)
    return Folded(_settled(changed, simple, several), text, offset, places)


def _settled(changed: str, simple: str, several: Mapping[str, str]) -> str:
    parts: list[str] = []
    at = 0
    for lost in _LOST.finditer(changed):
        start, end = lost.span()
        parts.append(changed[at:start])
        parts += [several.get(sign, "") for sign in simple[start:end]]
        at = end
    parts.append(changed[at:])
    return "".join(parts)


class Places:
    """For each character of a folded text its place in the original, made when first asked for."""

    __slots__ = ("_changed", "_places", "_several", "_simple")

    def __init__(self, changed: str, simple: str, several: Mapping[str, str]) -> None:
        self._changed, self._simple, self._several = changed, simple, several
        self._places: array[int] | None = None

    def __len__(self) -> int:
        return len(self._made())

    def __getitem__(self, at: int) -> int:
        return self._made()[at]

    def _made(self) -> array[int]:
        if self._places is None:
            self._places = places = array("L")
            at = 0
            for lost in _LOST.finditer(self._changed):
                start, end = lost.span()
                places.extend(range(at, start))
                for place in range(start, end) if self._several else ():
                    places.extend([place] * len(self._several.get(self._simple[place], "")))
                at = end
            places.extend(range(at, len(self._changed)))
        return self._places
