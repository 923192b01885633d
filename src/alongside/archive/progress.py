"""How far the audit is: a bar in a terminal, elsewhere a line every ten seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import IO, Any, Self

from .run import Sofar

EVERY = 10.0


class Lines:
    """For logs and pipes."""

    def __init__(self, out: IO[str], clock: Callable[[], float] = time.monotonic) -> None:
        self._out = out
        self._clock = clock
        self._began = clock()
        self._next = self._began + EVERY

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing stays open."""

    def found(self, units: int) -> None:
        self._say(lambda: f"looking: {units:,} pieces of work found so far")

    def show(self, sofar: Sofar) -> None:
        self._say(lambda: line(sofar, self._clock() - self._began))

    def _say(self, said: Callable[[], str]) -> None:
        if self._clock() >= self._next:
            self._next = self._clock() + EVERY
            self._out.write(said() + "\n")
            self._out.flush()


class Bar:
    """For people who wait."""

    def __init__(self, out: IO[str]) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self._progress: Any = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TextColumn("{task.fields[said]}"),
            console=Console(file=out),
            transient=True,
        )
        self._task = self._progress.add_task("looking", total=None, said="")
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def found(self, units: int) -> None:
        self._progress.update(self._task, said=f"{units:,} pieces of work")

    def show(self, sofar: Sofar) -> None:
        self._progress.update(
            self._task,
            description="reading",
            total=max(1, sofar.octets),
            completed=min(sofar.octets, sofar.octets_done),
            said=counts(sofar, time.monotonic() - self._began),
        )


def progress(out: IO[str] | None = None) -> Bar | Lines:
    """The one that suits where it goes: standard error, mostly."""
    out = out or sys.stderr
    return Bar(out) if out.isatty() else Lines(out)


def line(sofar: Sofar, seconds: float) -> str:
    """One plain line."""
    share = 100 * sofar.octets_done // max(1, sofar.octets)
    return f"{min(100, share)} %: {counts(sofar, seconds)}"


def counts(sofar: Sofar, seconds: float) -> str:
    """Messages, their rate, what was found and how long it will take, about."""
    rate = sofar.messages / max(seconds, 0.001)
    said = [f"{sofar.messages:,} messages", f"{rate:,.0f} a second", f"{sofar.judged:,} judged"]
    if sofar.unreadable:
        said.append(f"{sofar.unreadable:,} unreadable")
    return ", ".join([*said, remaining(sofar, seconds)])


def remaining(sofar: Sofar, seconds: float) -> str:
    """By octets, since messages to come have not been counted."""
    left = max(0, sofar.octets - sofar.octets_done)
    if not left:
        return "nearly done"
    if not sofar.octets_now:
        return "no telling yet how long"
    wait = left * seconds / sofar.octets_now
    if wait < 90:
        return f"about {max(1, round(wait))} s left"
    minutes = round(wait / 60)
    return f"about {minutes} min left" if minutes < 90 else f"about {minutes / 60:.1f} h left"
