"""The same units on a Dask cluster, for archives that outgrow one machine.

Every machine of the cluster needs the archive at the same path, and Alongside installed. The store
stays here. A unit that the cluster gives up (a worker that dies of it again and again) is gone
through on this machine, which finds the message that it was.
"""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import queue
from collections.abc import Iterator
from typing import Any

from .crew import Crew
from .hands import Again, Came, Done, Event, Left, NoWorkers
from .units import Changed, Kind, Unit
from .work import Judge, JudgeFactory, Rows, rows_of

log = logging.getLogger("alongside.archive")

MISSING = (
    "the scheduler needs the package `distributed`, which is not installed:"
    " pip install 'alongside[cluster]'"
)
_AHEAD = 2
"""Units that lie ready for each thread of the cluster."""


class Cluster:
    """The workers behind a scheduler (``hands.Hands``)."""

    def __init__(self, address: str, make: JudgeFactory) -> None:
        """Raises ``NoWorkers``."""
        try:
            from distributed import Client
        except ImportError as error:
            raise NoWorkers(MISSING) from error
        try:
            connect: Any = Client
            self._client = connect(address, timeout=20, set_as_default=False)
        except (OSError, ValueError) as error:
            raise NoWorkers(f"no scheduler answers at `{address}`: {error}") from error
        threads = sum(self._client.nthreads().values())
        if not threads:
            self._client.close()
            raise NoWorkers(f"the scheduler at `{address}` has no workers: start some first")
        self._most: int = threads * _AHEAD
        self._make_here = make
        self._make = self._client.scatter(pickle.dumps(make), broadcast=True, hash=True)
        self._units: dict[int, Unit] = {}
        self._ended: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
        self._here: Crew | None = None

    def free(self) -> int:
        return self._most - len(self._units)

    def busy(self) -> bool:
        return bool(self._units) or (self._here is not None and self._here.busy())

    def give(self, number: int, unit: Unit) -> None:
        self._units[number] = unit
        future = self._client.submit(judge_unit, unit, self._make, pure=False, retries=1)
        future.add_done_callback(lambda done: self._ended.put((number, done)))

    def events(self, seconds: float) -> Iterator[Event]:
        try:
            number, future = self._ended.get(timeout=seconds)
        except queue.Empty:
            pass
        else:
            yield from self._ending(number, future)
        if self._here is not None and self._here.busy():
            yield from self._here.events(0.01)

    def close(self) -> None:
        self._client.close()
        if self._here is not None:
            self._here.close()

    def _ending(self, number: int, future: Any) -> Iterator[Event]:
        unit = self._units.pop(number)
        if future.status != "finished":
            error = future.exception()
            if isinstance(error, Changed):
                yield Left(number, unit.file or unit.path, "it changed while it was read")
                return
            log.warning(
                "the cluster gave up on `%s` (%s: %s): it is read on this machine",
                unit.file or unit.path,
                type(error).__name__,
                error,
            )
            yield Again(number)
            yield from self._on_this_machine(number, unit)
            return
        found = 0
        for rows in future.result():
            found += rows.count
            yield Came(number, rows)
        yield Done(number, found)

    def _on_this_machine(self, number: int, unit: Unit) -> Iterator[Event]:
        if self._here is None:
            self._here = Crew(self._make_here, 1)
        while self._here.free() < 1:
            yield from self._here.events(1.0)
        self._here.give(number, unit)


_judges: dict[str, Judge] = {}


def judge_unit(unit: Unit, make: bytes) -> list[Rows]:
    """What a worker of the cluster runs. It makes its judge once and keeps it.

    Raises ``FileNotFoundError`` where the archive is not at the same path there, ``Changed``.
    """
    if unit.kind not in (Kind.IMAP, Kind.SKIPPED):
        os.stat(unit.path)
    name = hashlib.sha256(make).hexdigest()
    if name not in _judges:
        _judges.clear()
        _judges[name] = pickle.loads(make)()
    return list(rows_of(unit, _judges[name]))
