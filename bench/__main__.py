"""``python -m bench [--quick] [--goals] [--check] [--docs] [--json FILE]``.

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
from pathlib import Path

from . import deciding, programs, relaying, report

_PAGE = programs.ROOT / "docs" / "explanation" / "performance.md"
_MESSAGES = {1: 150, 10: 600, 50: 600}
"""By sessions: a second or two of Postfix."""


def main() -> int:
    wanted = _arguments()
    rounds = 1 if wanted.quick else 7
    begun = time.monotonic()
    _say(f"load of the machine: {os.getloadavg()[0]:.2f} (the figures want it below 1.5)")
    timings = deciding.timings(people=5_000, rounds=3) if wanted.quick else deciding.timings()
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
        results = relaying.measure(
            Path(folder),
            relaying.GOALS if wanted.goals else relaying.CELLS,
            rounds=rounds,
            messages=lambda cell: cell.sessions + 10 if wanted.quick else _MESSAGES[cell.sessions],
            tell=_say,
        )
    versions = {**programs.versions(), "system": _system()}
    _show(results, timings)
    _say(f"measured in {time.monotonic() - begun:.0f} s")
    file = wanted.json or Path(tempfile.gettempdir()) / "alongside-bench.json"
    file.write_text(json.dumps(report.as_json(results, timings, versions), indent=1) + "\n")
    _say(f"every round: {file}")
    text = report.markdown(results, timings, versions, rounds)
    file.with_suffix(".md").write_text(text + "\n")
    if wanted.docs:
        _into_docs(text)
    missed = report.missed(results, timings)
    for line in missed:
        _out(f"goal not reached: {line}")
    return 1 if missed and wanted.check else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bench", description="The gateway beside Postfix.")
    parser.add_argument("--quick", action="store_true", help="only try that everything runs")
    parser.add_argument("--goals", action="store_true", help="measure only what has a goal")
    parser.add_argument("--check", action="store_true", help="exit 1 when a goal is not reached")
    parser.add_argument("--docs", action="store_true", help="write the tables into the documents")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where every round is written")
    return parser.parse_args()


def _show(results: relaying.Results, timings: list[deciding.Timing]) -> None:
    _out("\nMessages per second (medians); the ratio is gateway to Postfix, client to sink\n")
    _out(report.plain(report.relay_lines(results)))
    straight = relaying.median(results.ceiling, relaying.accepted)
    _out(f"\nstraight to the sink, 2 kB, 10 sessions: {straight:,.0f}\n")
    _out(report.plain(report.decide_lines(timings)) + "\n")


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
