"""The reader's figures in lines, in words and as JSON."""

from __future__ import annotations

import statistics
from typing import Any

from .reading import FASTEST, Read, Reading

_HEAD = (
    "reading, one core",
    "reader",
    "new gate",
    "`re` alternation",
    "ratio",
    "finders, no gate",
    "goal",
)


def missed(reading: Reading) -> list[str]:
    """The goals that were not reached, in words."""
    found = []
    for row in reading.rows:
        if row.goals is None:
            continue
        fastest, times = row.goals
        if row.rate < fastest:
            found.append(f"reading, {row.what}: {row.rate:.1f} MB/s, the goal is {fastest:g}")
        if row.ratio < times:
            found.append(f"reading, {row.what}: {row.ratio:.1f} times `re`, the goal is {times:g}")
    return found


def lines(reading: Reading) -> list[tuple[str, ...]]:
    return [_HEAD, *(_line(row) for row in reading.rows)]


def _line(row: Read) -> tuple[str, ...]:
    return (
        row.what,
        _speed(row.rate),
        _speed(row.fresh),
        _speed(statistics.median(row.alternation)),
        f"{row.ratio:,.1f}",
        _speed(statistics.median(row.exact)),
        f"{row.goals[0]:g} MB/s, {row.goals[1]:g}" if row.goals else "",
    )


def _speed(rate: float) -> str:
    """Of what is a hundred times slower too."""
    return f"{rate:,.0f} MB/s" if rate >= FASTEST / 10 else f"{rate:.2f} MB/s"


def sentence(reading: Reading) -> str:
    return (
        "Decoding and reading one ordinary message of 2 kB: "
        f"{statistics.median(reading.message):,.0f} µs. Of the corpus's ordinary messages without "
        f"a sighting, the gate opens for {reading.opened:.0%}."
    )


def as_json(reading: Reading) -> dict[str, Any]:
    return {
        "rows": [
            {
                "what": row.what,
                "ratio": row.ratio,
                "goals": row.goals,
                "fresh_mb_s": row.fresh,
                "reader_mb_s": row.ours,
                "alternation_mb_s": row.alternation,
                "exact_mb_s": row.exact,
            }
            for row in reading.rows
        ],
        "message_us": reading.message,
        "opened": reading.opened,
    }
