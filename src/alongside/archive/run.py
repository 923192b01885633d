"""The audit itself: every unit through the workers, every row into the store.

It may be ended at any time, with ctrl-C or by the power: called again, it goes on with the units
that were not finished.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from types import FrameType

from .cluster import Cluster
from .crew import Crew
from .hands import Again, Came, Done, Event, Hands, Left
from .store import Planned, Store, Totals
from .units import Unit
from .work import JudgeFactory

TICK = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sofar:
    """How far it is."""

    units: int
    units_done: int
    octets: int
    octets_done: int
    """Of the whole archive, what earlier runs did included."""
    octets_now: int = 0
    """Of this run: for the rate."""
    messages: int = 0
    """Of this run."""
    judged: int = 0
    findings: int = 0
    unreadable: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How it ended."""

    totals: Totals
    planned: Planned
    sofar: Sofar
    stopped: bool = False
    """Somebody ended it; the same command goes on."""
    left: tuple[Left, ...] = ()
    """Units that could not be gone through: the next run tries again."""


OnProgress = Callable[[Sofar], None]


@dataclass(slots=True)
class _Count:
    sofar: Sofar
    on_progress: OnProgress
    in_hand: dict[int, Sofar] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)


def audit(
    units: Iterable[Unit],
    make: JudgeFactory,
    store: Store,
    *,
    workers: int = 0,
    scheduler: str = "",
    on_progress: OnProgress = lambda sofar: None,
    on_found: Callable[[int], None] = lambda count: None,
) -> Outcome:
    """Go through all units that are not done yet. ``workers``: 0 is one a core.

    Raises ``hands.NoWorkers``, what ``sources.find`` raises, and ``RuntimeError`` where a message
    got lost between the workers and the store.
    """
    with _gently() as stop:
        planned = store.plan(units, on_found)
        sofar = Sofar(
            units=planned.units,
            units_done=planned.done,
            octets=planned.octets,
            octets_done=planned.done_octets,
        )
        count = _Count(sofar, on_progress)
        if planned.done < planned.units and not stop.is_set():
            size = min(workers or cores(), planned.units - planned.done)
            hands: Hands = Cluster(scheduler, make) if scheduler else Crew(make, size)
            with closing(hands):
                _through(store, hands, count, stop)
        totals = store.settle()
    return Outcome(
        totals=totals,
        planned=planned,
        sofar=count.sofar,
        stopped=stop.is_set() and not totals.finished,
        left=tuple(count.left),
    )


def cores() -> int:
    """Those that this program may use."""
    return len(os.sched_getaffinity(0))


def _through(store: Store, hands: Hands, count: _Count, stop: threading.Event) -> None:
    waiting = store.pending()
    more = True
    while True:
        while more and hands.free() > 0 and not stop.is_set():
            given = next(waiting, None)
            if given is None:
                more = False
            else:
                hands.give(*given)
        if not hands.busy():
            return
        for event in hands.events(TICK):
            _took(store, event, count)
        count.on_progress(_now(count))


def _took(store: Store, event: Event, count: _Count) -> None:
    """Into the store, and into the counts once it is there for good."""
    blank = replace(count.sofar, octets_now=0, messages=0, judged=0, findings=0, unreadable=0)
    if isinstance(event, Came):
        rows = event.rows
        store.add(event.unit, rows.messages, rows.unreadable)
        had = count.in_hand.get(event.unit, blank)
        count.in_hand[event.unit] = replace(
            had,
            octets_now=had.octets_now + rows.octets,
            messages=had.messages + rows.count,
            judged=had.judged + sum(r[4] for r in rows.messages),
            findings=had.findings + sum(r[-1] is not None for r in rows.messages),
            unreadable=had.unreadable + len(rows.unreadable),
        )
    elif isinstance(event, Done):
        store.done(event.unit, event.found)
        had = count.in_hand.pop(event.unit, blank)
        count.sofar = replace(_sum(count.sofar, had), units_done=count.sofar.units_done + 1)
    else:
        store.forget(event.unit)
        count.in_hand.pop(event.unit, None)
        if isinstance(event, Left):
            count.left.append(event)
        else:
            assert isinstance(event, Again)


def _now(count: _Count) -> Sofar:
    """With what is in hand."""
    sofar = count.sofar
    for had in count.in_hand.values():
        sofar = _sum(sofar, had)
    return sofar


def _sum(one: Sofar, had: Sofar) -> Sofar:
    return replace(
        one,
        octets_done=one.octets_done + had.octets_now,
        octets_now=one.octets_now + had.octets_now,
        messages=one.messages + had.messages,
        judged=one.judged + had.judged,
        findings=one.findings + had.findings,
        unreadable=one.unreadable + had.unreadable,
    )


@contextmanager
def _gently() -> Iterator[threading.Event]:
    """ctrl-C, or SIGTERM, ends after the units in hand; a second one at once."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def ask(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {s: signal.signal(s, ask) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
