"""Judges for tests of everything but judging: quick, plain, and some that go wrong on purpose.

They stand in a module of their own, because workers import them by name.
"""

from __future__ import annotations

import hashlib
import os
import re
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from alongside.archive.rows import Contact, Finding, Judgement, Raw, Result, Unreadable, What

_ID = re.compile(rb"^message-id:[ \t]*(\S+)", re.I | re.M)
_FROM = re.compile(rb"^from:[ \t]*(\S+)", re.I | re.M)
AT = datetime(2026, 5, 4, 12, tzinfo=UTC)


def plain(raw: Raw) -> Result:
    """Every message with a writer is judged; its digest is its Message-ID's."""
    head = raw.octets.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    found, wrote = _ID.search(head), _FROM.search(head)
    if found is None or wrote is None:
        return Unreadable(file=raw.file, place=raw.place, why="no_writer")
    name = found[1].decode("latin-1")
    return Judgement(
        file=raw.file,
        place=raw.place,
        message_id=name,
        digest=hashlib.sha256(name.encode()).hexdigest(),
        at=AT,
        in_scope=True,
        judged=True,
        findings=(
            Finding(what=What.ONE_TO_ONE, clause="E3", writer="priya", writer_address="p@a.test"),
        )
        if b"Subject: Transport" in head
        else (),
        contacts=(Contact(writer="priya", service_user="mia", covered=True),),
        writer="priya",
        writer_address=wrote[1].decode("latin-1"),
    )


def make() -> Callable[[Raw], Result]:
    return plain


@dataclass(frozen=True)
class Deadly:
    """Dies of the messages with a word in them: each time, or once where ``once`` is a file."""

    word: bytes
    how: str = "kill"
    once: str = ""

    def __call__(self) -> Callable[[Raw], Result]:
        return self.judge

    def judge(self, raw: Raw) -> Result:
        if self.word in raw.octets and not (self.once and Path(self.once).exists()):
            if self.once:
                Path(self.once).touch()
            if self.how == "raise":
                raise RuntimeError("something that nobody thought of")
            if self.how == "hang":
                time.sleep(600)
            os.kill(os.getpid(), signal.SIGKILL)
        return plain(raw)


@dataclass(frozen=True)
class Slow:
    """Takes its time, so that an audit can be interrupted; says on the disk that it began."""

    seconds: float
    began: str = ""

    def __call__(self) -> Callable[[Raw], Result]:
        return self.judge

    def judge(self, raw: Raw) -> Result:
        if self.began:
            Path(self.began).touch()
        time.sleep(self.seconds)
        return plain(raw)


def broken() -> Callable[[Raw], Result]:
    """A factory that makes nothing."""
    raise LookupError("the register is not there")
