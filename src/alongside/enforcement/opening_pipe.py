"""One child that opens attachments, as its parent sees it: a question, an answer, a deadline."""

from __future__ import annotations

import contextlib
import json
import math
import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from alongside.scan.reading import Attachment, Unread

from .opening_child import ANSWER, PART, QUESTION

LARGEST_ANSWER = 64_000_000
"""Octets: text at its limit, every character written as six."""
STARTING = 5.0
"""Seconds for a fresh child to say that it is there; reading its modules is no document's fault."""

_STEP = 1 << 16
_CODES = frozenset(
    {
        "encrypted",
        "too_large",
        "too_long",
        "broken",
        "unknown_charset",
        "unknown_type",
        "too_deep",
        "picture",
        "sound_or_video",
    }
)


class Late(Exception):
    """the child took too long"""


class Dead(Exception):
    """the child ended, or answered nonsense"""

    def __init__(self, why: str = "broken") -> None:
        super().__init__(why)
        self.why = why


class Child:
    """A running child. Whoever asks it has it alone."""

    __slots__ = ("_in", "_out", "_popen")

    def __init__(self, popen: subprocess.Popen[bytes]) -> None:
        assert popen.stdin is not None and popen.stdout is not None
        self._popen = popen
        self._in = popen.stdin.fileno()
        self._out = popen.stdout.fileno()
        os.set_blocking(self._in, False)
        os.set_blocking(self._out, False)

    @classmethod
    def begin(
        cls, command: Sequence[str] | None, megabytes: int, seconds: float, until: float
    ) -> Child:
        """A fresh child, ready to be asked. Raises ``Late`` and ``Dead``."""
        # Isolated: neither the environment nor the folder that it starts in has a say.
        given = command or (sys.executable, "-I", "-m", f"{__package__}.opening_child")
        try:
            popen = subprocess.Popen(
                (*given, str(megabytes), str(math.ceil(seconds))),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=Path("/"),
                env={"PATH": os.defpath},
                bufsize=0,
            )
        except OSError as problem:
            raise Dead from problem
        child = cls(popen)
        try:
            child._read(ANSWER.size, min(until, time.monotonic() + STARTING))
        except (Late, Dead):
            child.end()
            raise
        return child

    def alive(self) -> bool:
        return self._popen.poll() is None

    def ask(self, attachment: Attachment, deadline: float) -> tuple[dict[str, str | Unread], bool]:
        """The texts of an attachment, and whether the child can be asked again. Raises ``Late`` and
        ``Dead``; it can't be asked again then."""
        kind = attachment.kind.encode("ascii", "replace")
        head = QUESTION.pack(len(kind), len(attachment.octets)) + kind
        for octets in (head, attachment.octets):
            self._write(octets, deadline)
        (length,) = ANSWER.unpack(self._read(ANSWER.size, deadline))
        if length > LARGEST_ANSWER:
            raise Dead
        return _texts(self._read(length, deadline), attachment.part)

    def end(self) -> None:
        """Kill it and take its leave; never waits for what it does."""
        with contextlib.suppress(OSError):
            self._popen.kill()
        for stream in (self._popen.stdin, self._popen.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(timeout=5)

    def _write(self, octets: bytes, deadline: float) -> None:
        left = memoryview(octets)
        while left:
            self._wait(self._in, deadline, to_write=True)
            try:
                left = left[os.write(self._in, left[:_STEP]) :]
            except BlockingIOError:
                continue
            except OSError as problem:
                raise self._dead() from problem

    def _read(self, size: int, deadline: float) -> bytes:
        octets = bytearray()
        while len(octets) < size:
            self._wait(self._out, deadline, to_write=False)
            try:
                step = os.read(self._out, min(size - len(octets), 1 << 20))
            except BlockingIOError:
                continue
            if not step:
                raise self._dead()
            octets += step
        return bytes(octets)

    def _wait(self, descriptor: int, deadline: float, *, to_write: bool) -> None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise Late
        # ``poll``, because ``select`` knows no descriptors past 1023 and a gateway has them.
        poll = select.poll()
        poll.register(descriptor, select.POLLOUT if to_write else select.POLLIN)
        if not poll.poll(left * 1000):
            raise Late

    def _dead(self) -> Dead:
        """It closed its pipe. Out of processor time, it was ended for that."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(timeout=0.5)
        code = self._popen.returncode
        return Dead("too_long" if code == -24 else "broken")


def _texts(answer: bytes, part: str) -> tuple[dict[str, str | Unread], bool]:
    """What the child says, believed no further than its form: it may be in a document's hands."""
    try:
        said = json.loads(answer)
        found: dict[str, str | Unread] = {}
        for named, text, why in said["texts"]:
            # Every part it speaks of stands within the attachment that it was asked about.
            if not named.startswith(PART):
                raise Dead
            name = part + named.removeprefix(PART)
            if isinstance(text, str):
                found[name] = text.encode("utf-8", "replace").decode("utf-8")
            elif why in _CODES:
                found[name] = Unread(part=name, why=why)
            else:
                raise Dead
        again = said["last"] is False
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise Dead from problem
    if part not in found:
        raise Dead
    return found, again
