"""Reading the rows of a word list strictly: every error names file and row, and how to mend it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any


class InvalidWordList(ValueError):
    """a word list can't be used"""


def table(text: str, where: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        raise InvalidWordList(f"{where}: not TOML: {trouble}") from None


def only(row: Mapping[str, Any], must: set[str], may: set[str], where: str) -> None:
    for key in sorted(must - row.keys()):
        raise InvalidWordList(f"{where}: `{key}` is missing; write it")
    for key in sorted(row.keys() - must - may):
        known = ", ".join(sorted(must | may))
        raise InvalidWordList(f"{where}: `{key}` is no key here; the keys are {known}")


def unique(names: list[str], key: str, where: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise InvalidWordList(f"{where}: two rows have the {key} `{name}`; rename one")


def text(row: Mapping[str, Any], key: str, where: str) -> str:
    if not isinstance(row[key], str) or not row[key]:
        raise InvalidWordList(f"{where}: `{key}` must be a text")
    return str(row[key])


def texts(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(t, str) and t for t in value):
        raise InvalidWordList(f"{where}: `{key}` must be a list of texts")
    return tuple(value)


def day(row: Mapping[str, Any], key: str, where: str) -> date:
    if type(row[key]) is not date:
        raise InvalidWordList(f"{where}: `{key}` must be a date such as 2024-04-11")
    value: date = row[key]
    return value


def flag(row: Mapping[str, Any], key: str, default: bool, where: str) -> bool:
    value = row.get(key, default)
    if not isinstance(value, bool):
        raise InvalidWordList(f"{where}: `{key}` must be true or false")
    return value
