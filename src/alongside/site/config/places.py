"""Where in a TOML file a dotted key stands. For error messages: a guess is better than none."""

from __future__ import annotations

import re

Path = tuple[str, ...]
_TABLE = re.compile(r"\s*\[\[?\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*="""
)
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+)""")


def lines_of(text: str) -> dict[Path, int]:
    """Key path -> line, counted from 1; tables too."""
    found: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#"):
            continue
        if key := _KEY.match(line):
            found.setdefault(table + _split(key[1]), number)
        elif line.lstrip().startswith("[") and (header := _TABLE.match(line)):
            table = _split(header[1])
            found.setdefault(table, number)
    return found


def line_of(text: str, path: Path) -> int | None:
    """The line of the key, or of the innermost table above it that is written down."""
    lines = lines_of(text)
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


def _split(dotted: str) -> Path:
    return tuple(a or b or c for a, b, c in _PART.findall(dotted))
