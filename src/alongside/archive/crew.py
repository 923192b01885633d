"""The workers of this machine: one process a core, each with one unit in hand.

A worker may die of a message: a parser in C crashes, memory runs out, something never ends. Then
its unit is begun again in a fresh process. If that one dies at the same message too, the message is
put down as unreadable, and the rest of the unit is read.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

from .hands import Again, Came, Done, Event, Left, NoWorkers
from .units import Changed, Unit
from .work import JudgeFactory, Rows, rows_of

HUNG = 300.0
"""Seconds over one message after which a worker counts as dead."""
_START = 120.0
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(slots=True)
class _Task:
    number: int
    unit: Unit
    avoid: dict[int, str] = field(default_factory=dict)
    deaths: dict[int, int] = field(default_factory=dict)
    """By the number of the message that was in hand."""


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    line: Connection
    at: Any
    """Shared with it: number of the message, whether it is being judged, and since when."""
    task: _Task | None = None
    ready: bool = False
    born: float = field(default_factory=time.monotonic)


class Crew:
    """Some processes that judge (``hands.Hands``)."""

    def __init__(self, make: JudgeFactory, workers: int, *, hung: float = HUNG) -> None:
        self._make = pickle.dumps(make)
        self._hung = hung
        self._again: list[_Task] = []
        self._workers = [self._worker() for _ in range(max(1, workers))]

    def free(self) -> int:
        return sum(w.task is None for w in self._workers) - len(self._again)

    def busy(self) -> bool:
        return bool(self._again) or any(w.task is not None for w in self._workers)

    def give(self, number: int, unit: Unit) -> None:
        self._hand(_Task(number, unit))

    def events(self, seconds: float) -> Iterator[Event]:
        """Raises ``NoWorkers`` where a worker ends before it is ready."""
        by_line: dict[Any, _Worker] = {w.line: w for w in self._workers}
        for line in wait(list(by_line), timeout=seconds):
            worker = by_line[line]
            try:
                # What was said before a death is heard first: the pipe keeps it.
                yield from self._heard(worker, worker.line.recv())
            except (EOFError, OSError):
                yield from self._died(worker, "the program that reads it died")
        for worker in list(self._workers):
            if self._is_stuck(worker):
                worker.process.kill()
                yield from self._died(worker, "the program that reads it did not come to an end")
        while self._again and any(w.task is None for w in self._workers):
            self._hand(self._again.pop())

    def close(self) -> None:
        for worker in self._workers:
            worker.line.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(5)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.process.close()
        self._workers = []

    def pids(self) -> list[int]:
        """Of the processes that work now."""
        return [w.process.pid for w in self._workers if w.process.pid]

    def _worker(self) -> _Worker:
        ours, theirs = _SPAWN.Pipe()
        at = _SPAWN.RawArray("d", 3)
        process = _SPAWN.Process(target=_serve, args=(theirs, self._make, at), daemon=True)
        # ctrl-C is for whoever hands out the units. A process that is only just starting would die
        # of it, so it inherits that the signal is blocked. The library's own resource tracker
        # comes first, because starting it unblocks the signal.
        resource_tracker.ensure_running()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        return _Worker(process, ours, at)

    def _hand(self, task: _Task) -> None:
        worker = next(w for w in self._workers if w.task is None)
        worker.task = task
        worker.at[:] = [0, 0, 0]
        try:
            worker.line.send((task.unit, task.avoid))
        except OSError:
            pass  # it died: its end of the line says so next time

    def _heard(self, worker: _Worker, said: tuple[str, Any]) -> Iterator[Event]:
        word, value = said
        task = worker.task
        if word == "ready":
            worker.ready = True
        elif word == "broken":
            raise NoWorkers(f"a worker can't begin: {value}")
        elif task is None:
            return
        elif word == "rows":
            yield Came(task.number, value)
        elif word == "done":
            worker.task = None
            yield Done(task.number, value)
        else:
            worker.task = None
            yield Left(task.number, task.unit.file or task.unit.path, value)

    def _died(self, worker: _Worker, how: str) -> Iterator[Event]:
        """Put another in its place; what it had in hand is begun again."""
        worker.line.close()
        worker.process.join(5)
        code = worker.process.exitcode
        if not worker.ready:
            raise NoWorkers(f"a worker ended with {code} before it began")
        task = worker.task
        self._workers[self._workers.index(worker)] = self._worker()
        if task is None:
            return
        number, judging = int(worker.at[0]), bool(worker.at[1])
        task.deaths[number] = task.deaths.get(number, 0) + 1
        if task.deaths[number] > 1:
            if not judging:
                why = f"{how} twice while it fetched message {number + 1}"
                yield Left(task.number, task.unit.file or task.unit.path, why)
                return
            task.avoid[number] = f"{how}, twice (exit status {code})"
        yield Again(task.number)
        self._again.append(task)

    def _is_stuck(self, worker: _Worker) -> bool:
        now = time.monotonic()
        if not worker.ready:
            return now - worker.born > _START
        return bool(worker.task and worker.at[1] and now - worker.at[2] > self._hung)


def _serve(line: Connection, make: bytes, at: Any) -> None:
    """What a worker's process does until its line is cut."""
    try:
        judge = pickle.loads(make)()
    except Exception as error:
        line.send(("broken", f"{type(error).__name__}: {error}"))
        return

    def mark(number: int, judging: bool) -> None:
        at[0], at[1], at[2] = number, judging, time.monotonic()

    try:
        line.send(("ready", None))
        while True:
            unit, avoid = line.recv()
            line.send(_served(line, unit, judge, avoid, mark))
    except (EOFError, OSError):
        return  # nobody is there any more


def _served(line: Connection, unit: Unit, judge: Any, avoid: Any, mark: Any) -> tuple[str, Any]:
    found = 0
    work = rows_of(unit, judge, avoid, mark)
    while True:
        try:
            batch: Rows = next(work)
        except StopIteration:
            return "done", found
        except Changed:
            return "left", "it changed while it was read"
        except Exception as error:
            return "left", f"{type(error).__name__}: {error}"
        found += batch.count
        line.send(("rows", batch))
