"""Spreadsheets (Office Open XML): every cell, row by row; numbers as they are stored."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .limits import LONGEST_TEXT, Sheet, Unreadable
from .markup import read_xml
from .packages import Package
from .word import Targets

_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml$")
_NOTES = re.compile(r"xl/(?:comments[^/]*|drawings/[^/]+|threadedComments/[^/]+)\.xml$")
_LINKS = re.compile(r"xl/worksheets/_rels/.*\.rels$")


class _Shared:
    """The strings that cells point at."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._now: list[str] | None = None
        self._inside = False
        self._length = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._now = []
        self._inside = name == "t" or (self._inside and name != "rPh")

    def end(self, name: str) -> None:
        if name == "si" and self._now is not None:
            self.strings.append("".join(self._now))
            self._now = None
        elif name == "t":
            self._inside = False

    def characters(self, text: str) -> None:
        if self._now is not None and self._inside:
            self._length += len(text)
            if self._length > LONGEST_TEXT:
                raise Unreadable("too_large")
            self._now.append(text)


class _Cells:
    def __init__(self, sheet: Sheet, strings: list[str]) -> None:
        self._sheet = sheet
        self._strings = strings
        self._type = ""
        self._value: list[str] | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._type = attributes.get("t", "n")
        elif name in ("v", "t", "f"):
            self._value = []

    def end(self, name: str) -> None:
        if name == "row":
            self._sheet.line()
        elif name in ("v", "t", "f") and self._value is not None:
            value = "".join(self._value)
            self._value = None
            if name == "v" and self._type == "s":
                number = int(value) if value.strip().isdigit() else -1
                value = self._strings[number] if 0 <= number < len(self._strings) else ""
            if name != "f" or "HYPERLINK" in value.upper():
                self._sheet.put(f"{value}\t")

    def characters(self, text: str) -> None:
        if self._value is not None:
            self._value.append(text)


def spreadsheet_text(octets: bytes) -> str:
    """Raises ``Unreadable``."""
    package = Package(octets)
    names = package.names()
    if "xl/workbook.xml" not in names:
        raise Unreadable("broken")
    shared = _Shared()
    for _, part in package.each(("xl/sharedStrings.xml",)):
        read_xml(part, shared)
    sheet = Sheet()
    for _, part in package.each(sorted(n for n in names if _SHEETS.match(n))):
        read_xml(part, _Cells(sheet, shared.strings))
        sheet.line()
    for _, part in package.each(n for n in names if _NOTES.match(n)):
        read_xml(part, _Cells(sheet, []))
        sheet.line()
    for _, part in package.each(n for n in names if _LINKS.match(n)):
        read_xml(part, Targets(sheet))
    return sheet.text()
