"""Helplines that anybody may be told of: they pass wherever they stand."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_FILE = files("alongside.scan") / "words" / "en_GB" / "helplines.toml"

HELPLINES: frozenset[str] = frozenset(
    row["number"] for row in tomllib.loads(_FILE.read_text("utf-8"))["helpline"]
)
"""E.164. Numbers such as 999, 101, 111 and 116 123 are too short to be taken for anybody's."""
