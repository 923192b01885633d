"""Plain text as it is laid out: lines that were wrapped for the journey are joined (RFC 3676)."""

from __future__ import annotations

import re
from collections.abc import Mapping

MOST_EMPTY = "\n" * 40

_EMPTY = re.compile(r"\n{40,}")
_DEPTH = re.compile(r">*")


def with_plain_line_ends(text: str) -> str:
    """Every line end as a line feed, and no more than a screen of empty lines on end."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _EMPTY.sub(MOST_EMPTY, text) if MOST_EMPTY in text else text


def is_flowed(parameters: Mapping[str, str]) -> bool:
    return parameters.get("format", "").strip().lower() == "flowed"


def unflowed(text: str, *, delete_blank: bool) -> str:
    """The text with its soft line breaks undone. ``delete_blank``: ``DelSp=yes``."""
    out: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        depth = len(_DEPTH.match(line)[0])  # type: ignore[index]  # matches the empty string too
        words = line[depth:]
        words = words[1:] if words.startswith(" ") else words
        soft = words.endswith(" ") and words != "-- "
        joins = depth == open_depth and words != "-- "
        kept = words[:-1] if soft and delete_blank else words
        if joins:
            out[-1] += kept
        else:
            out.append(f"{'>' * depth} {kept}" if depth else kept)
        open_depth = depth if soft else -1
    return "\n".join(out)
