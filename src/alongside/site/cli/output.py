"""How commands speak: tables for people, plain lines for pipes, JSON for programs."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

import click


def say(line: str = "") -> None:
    click.echo(line)


def note(line: str) -> None:
    """For people only: standard error, so that a pipe stays clean."""
    click.echo(line, err=True)


def as_plain(value: Any) -> Any:
    """The value in terms of JSON."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return getattr(value, "word", value.value)
    if isinstance(value, Mapping):
        return {str(k): as_plain(v) for k, v in value.items()}
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(as_plain(v) for v in value)
    if isinstance(value, Iterable):
        return [as_plain(v) for v in value]
    return str(value)


def say_json(value: Any) -> None:
    click.echo(json.dumps(as_plain(value), indent=2, ensure_ascii=False))


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], none: str = "nothing") -> None:
    """A table in a terminal; elsewhere one line for each row, separated by tabs, without heads."""
    cells = [[_cell(value) for value in row] for row in rows]
    if not cells:
        note(none)
        return
    if not sys.stdout.isatty():
        for row in cells:
            click.echo("\t".join(row))
        return
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        drawn.add_column(head, overflow="fold")
    for row in cells:
        drawn.add_row(*(escape(cell) for cell in row))
    Console().print(drawn)


def fields(values: Mapping[str, object]) -> None:
    """One name and value a line; what is empty is left out."""
    shown = {name: _cell(value) for name, value in values.items()}
    width = max((len(name) for name, value in shown.items() if value), default=0)
    for name, value in shown.items():
        if value:
            click.echo(f"{name:{width}}  {value}")


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone().strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Mapping):
        return ", ".join(f"{k} {_cell(v)}" for k, v in value.items())
    if isinstance(value, str) or not isinstance(value, Iterable):
        return "" if value is None else " ".join(str(value).split())
    return ", ".join(_cell(part) for part in value)
