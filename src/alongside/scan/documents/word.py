"""Word documents (Office Open XML): the text of every part that a page shows, and its links."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .limits import Sheet, Unreadable
from .markup import read_xml
from .packages import Package

_PARTS = re.compile(
    r"word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes|comments|glossary/document)\.xml$"
)
_LINKS = re.compile(r"word/_rels/.*\.rels$")
_FIRST = "word/document"


class _Text:
    """Paragraphs as lines."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._inside = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("t", "delText", "instrText"):
            self._inside += 1
        elif name == "tab":
            self._sheet.put("\t")
        elif name in ("br", "cr"):
            self._sheet.put("\n")
        elif name == "noBreakHyphen":
            self._sheet.put("-")
        elif name == "docPr" and (said := attributes.get("descr")):
            self._sheet.put(f" {said} ")

    def end(self, name: str) -> None:
        if name in ("t", "delText", "instrText"):
            self._inside -= 1
        elif name == "p":
            self._sheet.line()
        elif name == "tc":
            self._sheet.put("\t")

    def characters(self, text: str) -> None:
        if self._inside > 0:
            self._sheet.put(text)


class Targets:
    """The outside targets that a package's relations name."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") == "External":
            target = attributes.get("Target", "")
            if attributes.get("Type", "").endswith("/hyperlink"):
                self._sheet.put(f"<{target}>\n")

    def end(self, name: str) -> None:
        pass

    def characters(self, text: str) -> None:
        pass


def word_text(octets: bytes) -> str:
    """Raises ``Unreadable``."""
    package = Package(octets)
    names = [n for n in package.names() if _PARTS.match(n)]
    if not any(n.startswith(_FIRST) for n in names):
        raise Unreadable("broken")
    sheet = Sheet()
    for _, part in package.each(sorted(names, key=lambda n: (not n.startswith(_FIRST), n))):
        read_xml(part, _Text(sheet))
        sheet.line()
    for _, part in package.each(n for n in package.names() if _LINKS.match(n)):
        read_xml(part, Targets(sheet))
    return sheet.text()
