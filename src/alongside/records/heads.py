"""The heads file: each minute one line with the head of every chain, kept outside the database.

Whoever can change the database can also make a shorter chain look whole; they can't make it agree
with a file they don't reach. So keep it on another machine or a write-once folder if you can. What
was appended after the last line, at most a minute's entries, only the database's own head vouches
for.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from . import sql
from .chain import GENESIS, canonical, instant, timestamp
from .connect import open_for_reading

log = logging.getLogger("alongside.records")

EVERY = 60.0
"""Seconds between lines."""


class Torn(ValueError):
    """a line of the heads file doesn't follow from the one before it"""


@dataclass(frozen=True, slots=True)
class Heads:
    """One line: the heads of all chains at one time."""

    at: datetime
    chains: Mapping[str, tuple[int, str]]


def append_heads(database: Path, file: Path, now: datetime) -> None:
    """Write one line and wait until it is on the disk.

    A line that a crash left unfinished is taken away first: nobody ever relied on it. Raises
    ``sqlite3.Error`` or ``OSError``; the file is then as it was.
    """
    connection = open_for_reading(database)
    try:
        chains = {chain: [seq, head] for chain, seq, head in connection.execute(sql.HEADS)}
    finally:
        connection.close()
    new = not file.exists()
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "r+b", buffering=0) as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        end, last = _last_line(stream)
        stream.truncate(end)
        line = {"at": timestamp(now), "chains": chains, "previous": _hash(last)}
        stream.write(canonical(line).encode() + b"\n")
        os.fsync(stream)
    if new:
        _settle_folder(file.parent)


async def keep_heads(
    database: Path,
    file: Path,
    *,
    every: float = EVERY,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Append a line now, each minute, and once more when cancelled. Trouble is logged; it is tried
    again at the next minute, and ``doctor`` sees how old the last line is."""
    try:
        while True:
            await asyncio.to_thread(_try, database, file, clock())
            await asyncio.sleep(every)
    finally:
        _try(database, file, clock())


def read_heads(file: Path, end: int) -> Iterator[Heads]:
    """The lines in the first ``end`` bytes. Raises ``Torn`` at the first that doesn't follow."""
    previous = b""
    with file.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if stream.tell() > end or not line.endswith(b"\n"):
                return
            line = line[:-1]
            heads, follows = _read(line, number)
            if follows != _hash(previous):
                raise Torn(f"line {number} of the heads file doesn't follow from the one before")
            previous = line
            yield heads


def _read(line: bytes, number: int) -> tuple[Heads, str]:
    try:
        said: dict[str, Any] = json.loads(line)
        chains = {chain: (int(seq), str(head)) for chain, (seq, head) in said["chains"].items()}
        return Heads(instant(said["at"]), chains), said["previous"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Torn(f"line {number} of the heads file can't be read") from error


def _try(database: Path, file: Path, now: datetime) -> None:
    try:
        append_heads(database, file, now)
    except (sqlite3.Error, OSError) as error:
        log.error("the heads file could not be written: %s", type(error).__name__)


def _last_line(stream: Any) -> tuple[int, bytes]:
    """Where the last whole line ends, and that line without its end."""
    size = stream.seek(0, os.SEEK_END)
    window = 4096
    while True:
        start = max(0, size - window)
        stream.seek(start)
        tail = stream.read(size - start)
        whole = tail.rfind(b"\n")
        before = tail.rfind(b"\n", 0, whole) if whole >= 0 else -1
        if start == 0 or before >= 0:
            return start + whole + 1, tail[before + 1 : whole] if whole >= 0 else b""
        window *= 2


def _hash(line: bytes) -> str:
    return sha256(line).hexdigest() if line else GENESIS


def _settle_folder(folder: Path) -> None:
    """A new file's name must survive a power cut as well."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
