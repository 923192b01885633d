"""Made-up figures, as the bench would have measured them."""

from __future__ import annotations

from bench.auditing import Auditing, Line, Took
from bench.deciding import Timing
from bench.reading import CLEAN, ORDINARY, Read, Reading
from bench.relaying import GOALS, Rate, Results, Row
from bench.report import Figures

VERSIONS = {
    "python": "3.11.7",
    "postfix": "3.7.11",
    "cores": "2",
    "system": "Debian 12",
    "mu": "1.8.14",
    "notmuch": "0.37",
}


def rate(accepted: float) -> Rate:
    return Rate(accepted=accepted, drained=accepted, took=(1.0, 2.0))


def results(gateway: float, postfix: float) -> Results:
    rows = tuple(Row(c, [rate(gateway)] * 3, [rate(postfix)] * 3) for c in GOALS)
    return Results(rows=rows, ceiling=(rate(1.0),) * 3)


def timing(best: float, goal: float | None) -> Timing:
    return Timing(what="five service users", best=best, median=2 * best, first=1.0, goal=goal)


def read(ours: float, alternation: float) -> Reading:
    """Of clean text; ordinary text is read slowly, which has no goal."""
    rows = (
        Read(CLEAN, 1.0, [ours] * 3, [alternation] * 3, [2.0] * 3),
        Read(ORDINARY, 0.5, [1.0] * 3, [1.0] * 3, [2.0] * 3),
    )
    return Reading(rows=rows, message=(300.0, 200.0, 900.0), opened=0.25)


def line(what: str, rates: list[float], cores: int = 0) -> Line:
    return Line(what, cores, [Took(rate=r, cpu=1e6 / r) for r in rates])


def audit(one: float, two: float, mu: float) -> Auditing:
    return Auditing(
        ours=(line("audit, 1 worker", [one] * 3, 1), line("audit, 2 workers", [two] * 3, 2)),
        mu=line("mu init, mu index", [mu] * 3),
        notmuch=line("notmuch new", [mu / 2] * 3),
        messages=12_000,
        octets=17_000_000,
        judged=3_600,
        findings=700,
    )


def all_well() -> Figures:
    """Every goal is reached."""
    return Figures(
        versions=VERSIONS,
        relaying=results(2000, 1000),
        deciding=[timing(149, 150)],
        reading=read(100, 2),
        auditing=audit(1500, 3000, 1000),
    )
