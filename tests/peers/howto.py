"""The how-to page as it is run: its own lines, with nothing changed but where things are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[2] / "docs/how-to/beside-postfix.md"
_BLOCK = re.compile(r"^```(?P<kind>\S.*)\n(?P<text>(?:.*\n)*?)```$", re.MULTILINE)


@cache
def blocks() -> tuple[tuple[str, str], ...]:
    """Each block that names its language: ``sh``, ``sh back``, ``sh other-server``, ``toml``."""
    return tuple((m["kind"], m["text"]) for m in _BLOCK.finditer(PAGE.read_text()))


def script(kind: str, places: Mapping[str, str]) -> str:
    """All commands of one kind, in the order of the page, with these places for the page's.

    A place that the page does not name is a mistake of the test.
    """
    text = "".join(text for k, text in blocks() if k == kind)
    assert text, f"the page has no block of the kind `{kind}`"
    for told, real in places.items():
        assert told in text, f"the page's `{kind}` commands do not say `{told}`"
        text = text.replace(told, real)
    return text


def configuration() -> dict[str, Any]:
    """The lines of ``alongside.toml``."""
    (text,) = (text for kind, text in blocks() if kind == "toml")
    return tomllib.loads(text)
