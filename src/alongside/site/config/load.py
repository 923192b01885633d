"""Find the file, read it, lay the environment over it, check the whole."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .agreement import disagreements
from .environment import apply, overrides
from .errors import ConfigError, Problem
from .places import line_of
from .schema import Config
from .suggest import keys_at, suggestion

DEFAULT_FILE = "alongside.toml"
ENVIRONMENT_FILE = "ALONGSIDE_CONFIG"


def find_file(given: Path | None = None, environ: Mapping[str, str] = os.environ) -> Path:
    """``--config``, else ``./alongside.toml``, else ``ALONGSIDE_CONFIG``; it may not exist."""
    if given is not None:
        return given
    default = Path(DEFAULT_FILE)
    named = environ.get(ENVIRONMENT_FILE)
    return Path(named) if named and not default.exists() else default


def load(given: Path | None = None, environ: Mapping[str, str] = os.environ) -> Config:
    """Read and check the configuration. Raises ``ConfigError`` with every problem found."""
    file = find_file(given, environ)
    text = _read(file)
    found = overrides(environ)
    table = apply(_parse(file, text), found)
    try:
        config = Config.model_validate(table, context={"base": file.resolve().parent})
    except ValidationError as error:
        variables = {path: name for path, (name, _) in found.items()}
        problems = [_problem(detail, file, text, variables) for detail in error.errors()]
        raise ConfigError(problems) from error
    config = config.found_at(file.resolve())
    problems = [
        Problem(
            what=d.what,
            key=".".join(d.key),
            where=file.name,
            line=line_of(text, d.key),
            mend=d.mend,
        )
        for d in disagreements(config)
    ]
    if problems:
        raise ConfigError(problems)
    return config


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ConfigError(
            [
                Problem(
                    what="there is no such file",
                    where=str(file),
                    mend="`alongside up` writes one to start from; `--config FILE` names another",
                )
            ]
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigError([Problem(what=f"it can't be read: {why}", where=str(file))]) from error


def _parse(file: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        what, _, place = said.partition(" (at line ")
        number = place.partition(",")[0]
        raise ConfigError(
            [
                Problem(
                    what=f"it is not TOML: {what[:1].lower()}{what[1:]}",
                    where=file.name,
                    line=int(number) if number.isdigit() else None,
                    mend="texts stand in quotes, lists in square brackets",
                )
            ]
        ) from error


def _problem(
    detail: ErrorDetails, file: Path, text: str, variables: Mapping[tuple[str, ...], str]
) -> Problem:
    path = tuple(str(part) for part in detail["loc"] if isinstance(part, str))
    path = tuple(part for part in path if part != "[key]")
    variable = next((n for p, n in variables.items() if path[: len(p)] == p), "")
    if not variable and line_of(text, path[:1]) is None:
        variable = next((n for p, n in variables.items() if p[: len(path)] == path), "")
    what, mend = _sentence(detail, path)
    return Problem(
        what=what,
        key=".".join(path),
        where=variable or file.name,
        line=None if variable else line_of(text, path),
        mend=mend,
    )


def _sentence(detail: ErrorDetails, path: tuple[str, ...]) -> tuple[str, str]:
    kind, given = detail["type"], detail["input"]
    context = detail.get("ctx", {})
    if kind == "extra_forbidden":
        known = keys_at(path[:-1])
        return f"there is no key `{path[-1]}` here", suggestion(path[-1], known)
    if kind == "missing":
        return "it is missing", f"add `{path[-1]}` to [{'.'.join(path[:-1]) or path[-1]}]"
    if kind == "value_error":
        return str(context.get("error", detail["msg"])), ""
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = context.get("ge", context.get("le"))
        least = "at least" if kind == "greater_than_equal" else "at most"
        return f"`{given}` is out of range: {least} {limit}", ""
    wanted = {
        "int_parsing": "a whole number",
        "int_type": "a whole number",
        "int_from_float": "a whole number",
        "bool_parsing": "true or false",
        "bool_type": "true or false",
        "string_type": "a text in quotes",
        "path_type": "a text in quotes",
        "tuple_type": 'a list, as in ["first", "second"]',
        "dict_type": "a table",
        "model_type": "a table",
        "model_attributes_type": "a table",
    }.get(kind)
    if wanted:
        return f"`{given}` is not {wanted}", ""
    return detail["msg"].lower(), ""
