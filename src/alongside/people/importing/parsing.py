"""From rows of text to typed records: every cell read, every row known by its id."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from alongside.policy.address import key

from .cells import Column
from .columns import FORMS, Form
from .problems import CellError, Problem
from .reading import Row, Table, read
from .values import MAILBOXES, Record, Sheet, Value, text

Progress = Callable[[str, int, int], None]
"""Called with a stage, how far it is and how much there is."""
_EACH = 500


def quiet(stage: str, done: int, total: int) -> None:
    """The progress that nobody watches."""


def parse(
    kind: str, file: str, content: bytes, today: date, progress: Progress = quiet
) -> tuple[Sheet, tuple[Problem, ...]]:
    """Read one file of a kind. With problems the sheet holds what could be read."""
    form = FORMS[kind]
    table = read(file, content, form.columns)
    problems = list(table.problems)
    if not problems:
        problems.extend(_missing_keys(form, table))
    records: list[Record] = []
    if not problems:
        lines: dict[str, int] = {}
        for n, row in enumerate(table.rows):
            if n % _EACH == 0:
                progress(f"reading {file}", n, len(table.rows))
            record, wrong = _record(form, table, row, today)
            if not wrong:
                wrong = _twice(form, record, lines)
            problems.extend(wrong)
            records.append(record)
        progress(f"reading {file}", len(table.rows), len(table.rows))
    sheet = Sheet(kind=kind, file=file, columns=frozenset(table.columns), records=tuple(records))
    return sheet, tuple(problems)


def _missing_keys(form: Form, table: Table) -> list[Problem]:
    return [
        Problem(
            file=table.file,
            line=1,
            column=column,
            what=f"the column `{column}` is missing",
            mend="every row needs it",
        )
        for column in form.key
        if column not in table.columns
    ]


def _record(form: Form, table: Table, row: Row, today: date) -> tuple[Record, list[Problem]]:
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for column, cell in row.cells.items():
        try:
            if not cell and column in form.key:
                raise CellError("it is empty", "every row needs it")
            values[column] = _value(form.columns[column], cell, today)
        except CellError as wrong:
            problems.append(
                Problem(
                    file=table.file,
                    line=row.line,
                    column=column,
                    what=wrong.what,
                    mend=wrong.mend,
                )
            )
    name = " ".join(text(values, column) for column in form.key)
    record = Record(
        file=table.file,
        line=row.line,
        key=key(name) if form.kind == MAILBOXES else name,
        values=values,
    )
    return record, problems


def _value(column: Column, cell: str, today: date) -> Value:
    if not cell:
        return column.empty
    if not column.several:
        return column.read(cell, today)
    read = [column.read(part.strip(), today) for part in cell.split(";") if part.strip()]
    words = dict.fromkeys(str(value) for value in read)
    return tuple(words) if column.ordered else tuple(sorted(words))


def _twice(form: Form, record: Record, lines: dict[str, int]) -> list[Problem]:
    before = lines.setdefault(record.key, record.line)
    if before == record.line:
        return []
    return [
        Problem(
            file=record.file,
            line=record.line,
            column=form.key[0],
            what=f"`{record.key}` is on line {before} already",
            mend="make one row of the two",
        )
    ]
