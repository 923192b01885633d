"""The figures as a table for the terminal, as JSON, and as Markdown for the documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from . import auditing, reading, relaying, report_auditing, report_reading
from .deciding import Timing
from .relaying import Results, Row, accepted, drained, median, percentile

MARK, END = "<!-- bench -->", "<!-- /bench -->"

_RELAY_HEAD = (
    "mail",
    "size",
    "sessions",
    "gateway",
    "p50 / p99",
    "Postfix accepted",
    "Postfix drained",
    "ratio",
    "goal",
)
_DECIDE_HEAD = ("deciding, 50,000 people", "best", "median", "first time", "goal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was measured; none: that part was not asked for."""

    versions: dict[str, str]
    relaying: Results | None = None
    deciding: Sequence[Timing] = ()
    reading: reading.Reading | None = None
    auditing: auditing.Auditing | None = None


def missed(figures: Figures) -> list[str]:
    """The goals that were not reached, in words."""
    rows = figures.relaying.rows if figures.relaying else ()
    found = [
        f"{row.cell.scope}, 2 kB, 10 sessions: {row.ratio:.2f} times Postfix, "
        f"the goal is {row.cell.goal:g}"
        for row in rows
        if row.cell.goal is not None and row.ratio < row.cell.goal
    ]
    found += [
        f"deciding {t.what}: {t.best:.0f} µs, the goal is {t.goal:.0f}"
        for t in figures.deciding
        if t.goal is not None and t.best >= t.goal
    ]
    found += report_reading.missed(figures.reading) if figures.reading else ()
    found += report_auditing.missed(figures.auditing) if figures.auditing else ()
    return found


def relay_lines(results: Results) -> list[tuple[str, ...]]:
    return [_RELAY_HEAD, *(_relay_line(row) for row in results.rows)]


def _relay_line(row: Row) -> tuple[str, ...]:
    cell = row.cell
    took = (percentile(row.gateway, part) for part in (0.5, 0.99))
    return (
        cell.scope,
        f"{cell.size // 1000} kB",
        str(cell.sessions),
        f"{median(row.gateway, accepted):,.0f}",
        " / ".join(f"{t:.1f} ms" for t in took),
        f"{median(row.postfix, accepted):,.0f}",
        f"{median(row.postfix, drained):,.0f}",
        f"{row.ratio:.2f}",
        f"{cell.goal:g}" if cell.goal else "",
    )


def decide_lines(timings: Iterable[Timing]) -> list[tuple[str, ...]]:
    return [
        _DECIDE_HEAD,
        *(
            (
                t.what,
                f"{t.best:.0f} µs",
                f"{t.median:.0f} µs",
                f"{t.first:.0f} µs",
                f"{t.goal:.0f} µs" if t.goal else "",
            )
            for t in timings
        ),
    ]


def plain(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def markdown(figures: Figures) -> str:
    """What stands between the marks in ``docs/explanation/performance.md``."""
    versions, parts = figures.versions, []
    machine = f"on {versions['cores']} cores with {versions['system']}, Python {versions['python']}"
    if (results := figures.relaying) is not None:
        rounds = len(results.ceiling)
        straight = f"{median(results.ceiling, accepted):,.0f} messages"
        beside = f"{machine} and Postfix {versions['postfix']}"
        parts += [
            f"Messages per second, medians of {rounds} rounds in turns, {beside}:",
            _table(relay_lines(results)),
            f"Load generator straight to the sink, 2 kB, 10 sessions: {straight} a second.",
        ]
    if figures.deciding:
        parts.append(_table(decide_lines(figures.deciding)))
    if (read := figures.reading) is not None:
        parts += [_table(report_reading.lines(read)), report_reading.sentence(read)]
    if (audit := figures.auditing) is not None:
        parts += [
            _table(report_auditing.lines(audit)),
            report_auditing.sentence(audit, versions),
        ]
    return "\n\n".join(parts)


def _table(lines: Sequence[Sequence[str]]) -> str:
    head, *rest = lines
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, rule, *rest))


def as_json(figures: Figures) -> dict[str, Any]:
    """Every round, for whoever wants to compare."""
    results, read, audit = figures.relaying, figures.reading, figures.auditing
    return {
        "versions": figures.versions,
        "relaying": [_row(row) for row in results.rows] if results else [],
        "straight": [_rate(r) for r in results.ceiling] if results else [],
        "deciding": [
            {
                "what": t.what,
                "best_us": t.best,
                "median_us": t.median,
                "first_us": t.first,
                "goal_us": t.goal,
            }
            for t in figures.deciding
        ],
        "reading": report_reading.as_json(read) if read else {},
        "auditing": report_auditing.as_json(audit) if audit else {},
        "missed": missed(figures),
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "scope": row.cell.scope,
        "size": row.cell.size,
        "sessions": row.cell.sessions,
        "ratio": row.ratio,
        "goal": row.cell.goal,
        "gateway": [_rate(r) for r in row.gateway],
        "postfix": [_rate(r) for r in row.postfix],
    }


def _rate(rate: relaying.Rate) -> dict[str, float]:
    return {
        "accepted": round(rate.accepted, 1),
        "drained": round(rate.drained, 1),
        "p50_ms": round(percentile([rate], 0.5), 2),
        "p99_ms": round(percentile([rate], 0.99), 2),
    }
