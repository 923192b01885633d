"""From the bytes of a CSV file to rows of text with their line numbers.

Forgiving where a spreadsheet is known to be odd (byte order mark, ``;`` or tab for ``,``, line
ends, a ``sep=`` line, empty columns and rows at the end, short rows), and strict wherever guessing
could put a value under the wrong name.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from .problems import Problem

SEPARATORS = (",", ";", "\t")
_UTF8 = "save it as `CSV UTF-8 (comma delimited)`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    line: int
    """Where it begins in the file."""
    cells: dict[str, str]
    """Column -> stripped text; every column of the heading is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    file: str
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(file: str, content: bytes, known: Iterable[str]) -> Table:
    """Read one file. What can't be read becomes problems, and then there are no rows."""
    written = _decoded(file, content)
    if isinstance(written, Problem):
        return Table(file=file, problems=(written,))
    names = tuple(known)
    skipped, lines = _without_sep_line(written)
    separator = _separator(lines, names)
    problems: list[Problem] = []
    rows: list[Row] = []
    heading: list[str] | None = None
    try:
        for line, cells in _numbered(lines, separator, skipped):
            if not any(cells):
                continue
            if heading is None:
                heading = [_column(cell) for cell in cells]
                problems.extend(_heading_problems(file, line, heading, names))
                continue
            row = {c: cells[n] if n < len(cells) else "" for n, c in enumerate(heading) if c}
            stray = [n + 1 for n, cell in enumerate(cells) if cell and not _named(heading, n)]
            problems.extend(
                Problem(
                    file=file,
                    line=line,
                    column=str(n),
                    what="there is a value in a column without a heading",
                    mend="put text that holds the separator into double quotes, or clear the cell",
                )
                for n in stray
            )
            rows.append(Row(line=line, cells=row))
    except _Torn as torn:
        problems.append(
            Problem(
                file=file,
                line=torn.line,
                what=f"the row can't be read ({torn})",
                mend="look for a double quote that is opened and not closed",
            )
        )
    if heading is None and not problems:
        problems.append(
            Problem(file=file, what="it is empty", mend=f"begin with a heading: {','.join(names)}")
        )
    return Table(
        file=file,
        columns=tuple(c for c in heading or () if c),
        rows=() if problems else tuple(rows),
        problems=tuple(problems),
    )


class _Torn(Exception):
    """the row can't be read"""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def _decoded(file: str, content: bytes) -> str | Problem:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem(file=file, what="it is written in UTF-16, not UTF-8", mend=_UTF8)
    if content.startswith(b"PK\x03\x04"):
        return Problem(file=file, what="it is a spreadsheet, not a CSV file", mend=_UTF8)
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        written = content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        return Problem(file=file, line=line, what="it is not written in UTF-8", mend=_UTF8)
    if "\0" in written:
        line = written.count("\n", 0, written.index("\0")) + 1
        return Problem(file=file, line=line, what="it holds a null character", mend=_UTF8)
    return written


def _without_sep_line(written: str) -> tuple[int, str]:
    first, end, rest = written.partition("\n")
    if first.strip().casefold() in {f"sep={s}".strip() for s in SEPARATORS} and end:
        return 1, rest
    return 0, written


def _separator(written: str, known: tuple[str, ...]) -> str:
    """The separator under which the heading has the most columns that we know."""
    first = next((line for line in written.splitlines() if line.strip(" ,;\t")), "")

    def found(separator: str) -> int:
        return sum(_column(cell.strip('" ')) in known for cell in first.split(separator))

    return max(SEPARATORS, key=found)


def _numbered(written: str, separator: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(written, newline=""), delimiter=separator, strict=True)
    while True:
        line = skipped + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            raise _Torn(line, str(wrong)) from wrong
        yield line, [cell.strip() for cell in cells]


def _column(cell: str) -> str:
    return "_".join(cell.strip().casefold().split())


def _named(heading: list[str], n: int) -> bool:
    return n < len(heading) and heading[n] != ""


def _heading_problems(
    file: str, line: int, heading: list[str], known: tuple[str, ...]
) -> Iterator[Problem]:
    for column in dict.fromkeys(c for c in heading if c):
        if column not in known:
            close = get_close_matches(column, known, n=1)
            hint = f"did you mean `{close[0]}`? " if close else ""
            yield Problem(
                file=file,
                line=line,
                column=column,
                what=f"the column `{column}` is not known",
                mend=f"{hint}the columns are {','.join(known)}",
            )
        elif heading.count(column) > 1:
            yield Problem(
                file=file,
                line=line,
                column=column,
                what=f"the column `{column}` is there twice",
                mend="remove one of the two",
            )
