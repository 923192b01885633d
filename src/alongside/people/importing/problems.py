"""What an import has to say: problems stop it, notices do not. Both are values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend in the files before anything is taken from them."""

    file: str
    line: int = 0
    """Counted from 1, the heading included; 0 for the file as a whole."""
    column: str = ""
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{_place(self.file, self.line, self.column)}: {self.what}; {self.mend}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing that somebody should look at; the import goes on."""

    kind: str
    """collision, kept_restriction, kept_standing, kept, made, same_address, incomplete."""
    what: str
    about: tuple[str, ...] = ()
    """Ids it speaks of."""
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        place = _place(self.file, self.line, "")
        return f"{place}: {self.what}" if place else self.what


class CellError(ValueError):
    """this cell can't be read"""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend


def _place(file: str, line: int, column: str) -> str:
    parts = [file] if file else []
    if line:
        parts.append(f"line {line}")
    if column:
        parts.append(f"column {column}")
    return ", ".join(parts)
