"""One unit, read and judged: what a worker does, on this machine or on another."""

from __future__ import annotations

import fcntl
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from . import sources
from .rows import Judgement, Raw, Result, Unreadable
from .stored import MessageRow, message_row, unreadable_row
from .units import LARGEST, Unit

Judge = Callable[[Raw], Result]
JudgeFactory = Callable[[], Judge]
"""Makes a judge in the worker; it travels there, so it can be pickled."""

BATCH = 400
SECONDS = 1.0
"""Rows leave a worker after so many, or after so long."""
_HEAVY = 4 << 20


@dataclass(slots=True)
class Rows:
    """What a worker hands over at a time."""

    messages: list[MessageRow]
    unreadable: list[tuple[str, str, str, str]]
    octets: int = 0

    @property
    def count(self) -> int:
        return len(self.messages) + len(self.unreadable)


Mark = Callable[[int, bool], None]
"""Told before each message: its number in the unit, and whether it is being judged (or read)."""


def rows_of(
    unit: Unit,
    judge: Judge,
    avoid: Mapping[int, str] | None = None,
    mark: Mark = lambda number, judging: None,
) -> Iterator[Rows]:
    """Everything in the unit, judged, in batches.

    ``avoid``: messages that two workers died of, by their number, and how. Raises ``Changed``.
    """
    avoid = avoid or {}
    batch = Rows([], [])
    until = time.monotonic() + SECONDS
    mark(0, False)
    for number, found in enumerate(sources.messages(unit)):
        if isinstance(found, Raw):
            batch.octets += len(found.octets)
        if isinstance(found, Unreadable):
            result: Result = found
        elif number in avoid:
            why, detail = "not_a_message", avoid[number]
            result = Unreadable(file=found.file, place=found.place, why=why, detail=detail)
        else:
            mark(number, True)
            result = judged(found, judge)
        if isinstance(result, Judgement):
            batch.messages.append(message_row(result))
        else:
            batch.unreadable.append(unreadable_row(result))
        mark(number + 1, False)
        if batch.count >= BATCH or time.monotonic() > until:
            yield batch
            batch = Rows([], [])
            until = time.monotonic() + SECONDS
    yield batch


def judged(raw: Raw, judge: Judge) -> Result:
    """One result for one message, whatever the judge does."""
    try:
        if len(raw.octets) < _HEAVY:
            result = judge(raw)
        else:
            with _one_at_a_time():
                result = judge(raw)
    except Exception as error:  # INVARIANT: no message is undecided in silence
        detail = f"it could not be judged: {type(error).__name__}"
        return Unreadable(file=raw.file, place=raw.place, why="not_a_message", detail=detail)
    if raw.missing and isinstance(result, Judgement):
        said = f"message: too_large (its last {raw.missing:,} octets, after {LARGEST:,}, not read)"
        return replace(result, unread=(*result.unread, said))
    return result


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Of the workers of one account, one at a time has a very large message in hand: it takes
    several times its size. The lock goes with whoever holds it, however they end."""
    name = os.path.join(tempfile.gettempdir(), f"alongside-audit-{os.getuid()}.lock")
    lock = os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
