"""The audit of one Maildir by a process of its own, as ``alongside audit`` does it, timed.

``python -m bench.audited CONFIGURATION MAILDIR FOLDER WORKERS`` prints a line of JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from alongside.archive import judge, sources
from alongside.archive.run import audit
from alongside.archive.scope import Scope
from alongside.archive.store import Store
from alongside.site.config import load
from alongside.site.start import start
from alongside.site.wiring import rulebook, snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """From looking for the mail, before any worker runs, to numbers that add up."""

    seconds: float
    cpu: float
    """Seconds of all processes."""
    found: int
    judged: int
    findings: int
    unreadable: int
    finished: bool


def audited(configuration: Path, maildir: Path, folder: Path, workers: int) -> Audited:
    """With the rulebook and the register of that installation, everything in scope. Raises
    ``RuntimeError`` when the reader failed on a text: what is not read costs nothing."""
    config = load(configuration)
    start(config)
    people, book = snapshot(config), rulebook(config)
    make = judge.factory(people, book, Scope(everything=True))
    begun, used = time.monotonic(), _cpu()
    with Store.open(folder, {"what": "bench"}) as store:
        outcome = audit(sources.find([str(maildir)]), make, store, workers=workers)
        seconds, cpu = time.monotonic() - begun, _cpu() - used
        said = list(store.judgements())
    totals = outcome.totals
    broken = [j.place or j.file for j in said if "text: broken" in j.unread]
    if broken:
        raise RuntimeError(f"{len(broken)} texts could not be read, as that of `{broken[0]}`")
    return Audited(
        seconds=seconds,
        cpu=cpu,
        found=totals.found,
        judged=totals.judged,
        findings=sum(len(j.findings) for j in said),
        unreadable=sum(totals.unreadable.values()),
        finished=totals.finished,
    )


def _cpu() -> float:
    """Of this process and of those that it has waited for."""
    both = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in both)


def main() -> None:
    configuration, maildir, folder, workers = sys.argv[1:]
    done = audited(Path(configuration), Path(maildir), Path(folder), int(workers))
    sys.stdout.write(json.dumps(asdict(done)) + "\n")


if __name__ == "__main__":
    main()
