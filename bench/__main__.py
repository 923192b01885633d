"""``python -m bench [--quick] [--goals] [--part PART] [--check] [--docs] [--json FILE]``.

Exit status 0 when everything was measured, whatever came of it; 1 when something failed or, with
``--check``, when a goal was not reached.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from . import (
    auditing,
    deciding,
    indexers,
    programs,
    reading,
    relaying,
    report,
    report_auditing,
    report_reading,
)

_PAGE = programs.ROOT / "docs" / "explanation" / "performance.md"
_MESSAGES = {1: 150, 10: 600, 50: 600}
"""By sessions: a second or two of Postfix."""
_PARTS = ("deciding", "reading", "relaying", "auditing")


def main() -> int:
    wanted = _arguments()
    begun = time.monotonic()
    _say(f"load of the machine: {os.getloadavg()[0]:.2f} (the figures want it below 1.5)")
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
        figures = _measured(wanted, wanted.part or _PARTS, Path(folder))
    _show(figures)
    _say(f"measured in {time.monotonic() - begun:.0f} s")
    file = wanted.json or Path(tempfile.gettempdir()) / "alongside-bench.json"
    file.write_text(json.dumps(report.as_json(figures), indent=1) + "\n")
    _say(f"every round: {file}")
    text = report.markdown(figures)
    file.with_suffix(".md").write_text(text + "\n")
    if wanted.docs:
        _into_docs(text)
    missed = report.missed(figures)
    for line in missed:
        _out(f"goal not reached: {line}")
    return 1 if missed and wanted.check else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m bench",
        description="The gateway beside Postfix, the audit beside notmuch and mu.",
    )
    parser.add_argument("--quick", action="store_true", help="only try that everything runs")
    parser.add_argument("--goals", action="store_true", help="measure only what has a goal")
    parser.add_argument(
        "--part", action="append", choices=_PARTS, help="measure only this (may be repeated)"
    )
    parser.add_argument("--check", action="store_true", help="exit 1 when a goal is not reached")
    parser.add_argument("--docs", action="store_true", help="write the tables into the documents")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where every round is written")
    wanted = parser.parse_args()
    if wanted.docs and wanted.part:
        parser.error("--docs writes all tables: leave --part out")
    return wanted


def _measured(wanted: argparse.Namespace, parts: Sequence[str], folder: Path) -> report.Figures:
    quick = wanted.quick
    versions = {**programs.versions(), "system": _system()}
    if "auditing" in parts:  # where one is missing, it is said before all the rest was measured
        versions |= indexers.versions()
    figures = report.Figures(versions=versions)
    if "deciding" in parts:
        timings = deciding.timings(people=5_000, rounds=3) if quick else deciding.timings()
        figures = replace(figures, deciding=timings)
    if "reading" in parts:
        characters = (60_000, 20_000) if quick else reading.CHARACTERS
        read = reading.measure(characters=characters, rounds=_rounds(quick, 7), tell=_say)
        figures = replace(figures, reading=read)
    if "relaying" in parts:
        results = relaying.measure(
            folder,
            relaying.GOALS if wanted.goals else relaying.CELLS,
            rounds=_rounds(quick, 7),
            messages=lambda cell: cell.sessions + 10 if quick else _MESSAGES[cell.sessions],
            tell=_say,
        )
        figures = replace(figures, relaying=results)
    if "auditing" in parts:
        audit = auditing.measure(
            folder,
            messages=200 if quick else auditing.MESSAGES,
            rounds=_rounds(quick, 3),
            tell=_say,
        )
        figures = replace(figures, auditing=audit)
    return figures


def _rounds(quick: bool, many: int) -> int:
    return 1 if quick else many


def _show(figures: report.Figures) -> None:
    if (results := figures.relaying) is not None:
        _out("\nMessages per second (medians); the ratio is gateway to Postfix, client to sink\n")
        _out(report.plain(report.relay_lines(results)))
        straight = relaying.median(results.ceiling, relaying.accepted)
        _out(f"\nstraight to the sink, 2 kB, 10 sessions: {straight:,.0f}\n")
    if figures.deciding:
        _out(report.plain(report.decide_lines(figures.deciding)) + "\n")
    if (read := figures.reading) is not None:
        _out(report.plain(report_reading.lines(read)))
        _out(f"\n{report_reading.sentence(read)}\n")
    if (audit := figures.auditing) is not None:
        _out(report.plain(report_auditing.lines(audit)))
        _out(f"\n{report_auditing.sentence(audit, figures.versions)}\n")


def _into_docs(text: str) -> None:
    """Raises ``RuntimeError`` when the page has no place for it."""
    page = _PAGE.read_text() if _PAGE.exists() else ""
    before, mark, after = page.partition(report.MARK)
    if not mark:
        raise RuntimeError(f"`{_PAGE}` has no line `{report.MARK}`")
    after = after.partition(report.END)[2] if report.END in after else after
    _PAGE.write_text(f"{before}{mark}\n\n{text}\n\n{report.END}{after}")
    _say(f"written into {_PAGE}")


def _system() -> str:
    known = platform.freedesktop_os_release()
    return f"{known['NAME'].removesuffix(' GNU/Linux')} {known.get('VERSION_ID', '')}".strip()


def _out(line: str) -> None:
    sys.stdout.write(line + "\n")


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (RuntimeError, ValueError, OSError) as error:
        _say(f"error: {error}")
        sys.exit(1)
