"""What the components are given: small frozen values, so that a view's mistake is a type error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Tone = Literal["quiet", "info", "good", "wait", "stop", "special"]
"""What a colour means here; the words beside it always say so too."""

TONES: tuple[Tone, ...] = ("quiet", "info", "good", "wait", "stop", "special")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One item of the navigation."""

    url: str
    text: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One thing that waits: how many, since when, and the one thing to do."""

    text: str
    url: str
    action: str
    count: int | None = None
    since: datetime | None = None
    tone: Tone = "quiet"
    label: str = ""
    """The tone in words, as a tag: "Urgent". Needed with any tone but ``quiet``."""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of a list of facts. An empty value says so: see ``nothing``."""

    label: str
    value: object
    nothing: str = "Not recorded"
    url: str = ""
    action: str = ""
    """"Change"; the label is read out after it, so that links are told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened, on a time line."""

    when: datetime
    title: str
    who: str = ""
    words: str = ""
    label: str = ""
    tone: Tone = "quiet"
    url: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A table's column."""

    text: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is a link, a tag, or both."""

    text: object
    url: str = ""
    label: str = ""
    tone: Tone = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns and rows. The first cell of each row names the row."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    hide_caption: bool = False

    @property
    def lines(self) -> list[list[tuple[Cell, bool]]]:
        """Each cell with whether its column is of numbers: a template can't walk two lists."""
        return [
            [
                (cell if isinstance(cell, Cell) else Cell(_grouped(cell)), column.numeric)
                for cell, column in zip(row, self.columns, strict=True)
            ]
            for row in self.rows
        ]


def _grouped(value: object) -> object:
    """1,204 is read faster than 1204; years and numbers of things are given as text."""
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else value


class Choice(str):
    """A choice's label with a line why, for radios and boxes: ``("a", Choice("Text", "..."))``."""

    __slots__ = ("hint",)
    hint: str

    def __new__(cls, text: str, hint: str = "") -> Choice:
        made = super().__new__(cls, text)
        made.hint = hint
        return made
