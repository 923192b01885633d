"""Numbers with what they count."""

from __future__ import annotations


def counted(number: int, one: str, several: str = "") -> str:
    """``1 message``, ``2,000 messages``; ``several`` where it isn't ``one`` with an s."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"
