"""Environment overrides: ``ALONGSIDE_GATEWAY__MODE=shadow`` is ``gateway.mode``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PREFIX = "ALONGSIDE_"
SEPARATOR = "__"

Path = tuple[str, ...]


def overrides(environ: Mapping[str, str]) -> dict[Path, tuple[str, str]]:
    """Key path -> (variable, value). Names below the second level keep their case."""
    found = {}
    for name, value in environ.items():
        if not name.startswith(PREFIX) or SEPARATOR not in name:
            continue
        section, *rest = name[len(PREFIX) :].split(SEPARATOR)
        path = (section.lower(), *(p.lower() if i == 0 else p for i, p in enumerate(rest)))
        found[path] = (name, value)
    return found


def apply(table: dict[str, Any], found: Mapping[Path, tuple[str, str]]) -> dict[str, Any]:
    """The table with the overrides in it; the one given is left alone."""
    merged = _copy(table)
    for path, (_, value) in sorted(found.items()):
        inner = merged
        for part in path[:-1]:
            below = inner.get(part)
            if not isinstance(below, dict):
                below = inner[part] = {}
            inner = below
        inner[path[-1]] = value
    return merged


def _copy(table: dict[str, Any]) -> dict[str, Any]:
    return {k: _copy(v) if isinstance(v, dict) else v for k, v in table.items()}
