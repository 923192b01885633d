"""Slides (Office Open XML): what stands on them, the speaker's notes, where links go."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .limits import Sheet, Unreadable
from .markup import read_xml
from .packages import Package
from .word import Targets

_PARTS = re.compile(
    r"ppt/(?:slides|notesSlides|comments|diagrams|charts)/[^/]+\.xml$|ppt/slideMasters/[^/]+\.xml$"
)
_LINKS = re.compile(r"ppt/(?:slides|notesSlides)/_rels/.*\.rels$")


class _Text:
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._inside = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("t", "text"):
            self._inside += 1
        elif name == "br":
            self._sheet.put("\n")
        elif name == "cNvPr" and (said := attributes.get("descr")):
            self._sheet.put(f"{said}\n")

    def end(self, name: str) -> None:
        if name in ("t", "text"):
            self._inside -= 1
        elif name == "p":
            self._sheet.line()

    def characters(self, text: str) -> None:
        if self._inside > 0:
            self._sheet.put(text)


def slides_text(octets: bytes) -> str:
    """Raises ``Unreadable``."""
    package = Package(octets)
    if "ppt/presentation.xml" not in package.names():
        raise Unreadable("broken")
    sheet = Sheet()
    for _, part in package.each(sorted(n for n in package.names() if _PARTS.match(n))):
        read_xml(part, _Text(sheet))
        sheet.line()
    for _, part in package.each(n for n in package.names() if _LINKS.match(n)):
        read_xml(part, Targets(sheet))
    return sheet.text()
