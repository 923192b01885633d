"""A text as it is understood: small letters, look-alikes and tricks undone, and the way back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. ``text`` is searched; ``span`` says where a find stood in the original."""

    text: str
    original: str
    offset: int = 0
    """Where the original begins in ``Reading.text``."""
    places: tuple[int, ...] | None = None
    """For each character of ``text`` its place in the original; none: they are in step."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in ``Reading.text`` of what stands at ``text[start:end]``."""
        if self.places is None:
            return self.offset + start, self.offset + end
        first = self.places[start]
        last = self.places[end - 1] if end > start else first - 1
        return self.offset + first, self.offset + last + 1

    def seen(self, start: int, end: int) -> str:
        """What stands there in the original."""
        first, last = self.span(start, end)
        return self.original[first - self.offset : last - self.offset]


def fold(text: str, offset: int = 0) -> Folded:
    """Small letters, compatibility forms, look-alike letters as the letters they look like, and
    nothing that can't be seen."""
    raise NotImplementedError
