"""OpenDocument texts, sheets and slides: paragraphs, cells, notes, and where links go."""

from __future__ import annotations

from collections.abc import Mapping

from .limits import Sheet, Unreadable
from .markup import read_xml
from .packages import Package

_LINES = frozenset({"p", "h", "list-item", "table-row", "annotation", "page"})
MOST_BLANKS = 1_000


class _Text:
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._targets: list[str] = []
        self._inside = 0
        """Text stands in paragraphs only."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("p", "h"):
            self._inside += 1
        elif name == "s":
            count = attributes.get("c", "1")
            self._sheet.put(" " * min(int(count) if count.isdigit() else 1, MOST_BLANKS))
        elif name == "tab":
            self._sheet.put("\t")
        elif name == "line-break":
            self._sheet.put("\n")
        elif name == "a":
            self._targets.append(attributes.get("href", ""))

    def end(self, name: str) -> None:
        if name in ("p", "h"):
            self._inside -= 1
        if name in _LINES:
            self._sheet.line()
        elif name == "table-cell":
            self._sheet.put("\t")
        elif name == "a" and self._targets and (target := self._targets.pop()):
            self._sheet.put(f" <{target}>")

    def characters(self, text: str) -> None:
        if self._inside > 0:
            self._sheet.put(" ".join(text.split("\n")))


class _Manifest:
    """Whether any file of the package is encrypted."""

    def __init__(self) -> None:
        self.encrypted = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.encrypted = self.encrypted or name == "encryption-data"

    def end(self, name: str) -> None:
        pass

    def characters(self, text: str) -> None:
        pass


def opendocument_text(octets: bytes) -> str:
    """Raises ``Unreadable``."""
    package = Package(octets)
    manifest = _Manifest()
    for _, part in package.each(("META-INF/manifest.xml",)):
        read_xml(part, manifest)
    if manifest.encrypted:
        raise Unreadable("encrypted")
    if "content.xml" not in package.names():
        raise Unreadable("broken")
    sheet = Sheet()
    for _, part in package.each(("content.xml", "styles.xml")):
        read_xml(part, _Text(sheet))
        sheet.line()
    return sheet.text()
