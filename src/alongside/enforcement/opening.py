"""Attachments opened in child processes: 2 seconds and 256 MB for each, whatever is in them.

Nothing that a document does harms the gateway: a child that dies, hangs, eats its memory or answers
nonsense is ended, and its document counts as unread.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore, Lock

from alongside.scan.reading import Attachment, Unread

from .opening_pipe import Child, Dead, Late

MOST_CHILDREN = 2
SECONDS = 2.0
"""Wall clock for one attachment, the start of a child apart."""
SECONDS_FOR_ALL = 6.0
"""For all attachments of one message, waiting for a free child included."""
LARGEST = 48_000_000
"""Octets of an attachment that is handed to a child."""
MOST_ATTACHMENTS = 50
"""Of one message; no person attaches more documents."""

Texts = dict[str, str | Unread]


class Opener:
    """Opens attachments; keeps its children for the next ones."""

    def __init__(
        self,
        *,
        children: int = MOST_CHILDREN,
        seconds: float = SECONDS,
        seconds_for_all: float = SECONDS_FOR_ALL,
        megabytes: int = 256,
        command: Sequence[str] | None = None,
    ) -> None:
        """``command`` starts another program than the child: for tests."""
        self._seconds = seconds
        self._seconds_for_all = seconds_for_all
        self._megabytes = megabytes
        self._command = command
        self._seats = BoundedSemaphore(children)
        self._idle: list[Child] = []
        self._lock = Lock()
        self._closed = False
        self._threads = ThreadPoolExecutor(children, thread_name_prefix="opening")

    async def open(self, attachments: Sequence[Attachment]) -> Texts:
        """The texts by part, an archive's members under parts of their own. Never raises for what
        an attachment holds, and never keeps the event loop waiting."""
        if not attachments:
            return {}
        until = time.monotonic() + self._seconds_for_all
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, self._open_all, attachments, until)
        except RuntimeError:  # closed meanwhile
            return {a.part: Unread(part=a.part, why="too_long") for a in attachments}

    def open_now(self, attachments: Sequence[Attachment]) -> Texts:
        """As ``open``, for callers without an event loop."""
        return self._open_all(attachments, time.monotonic() + self._seconds_for_all)

    async def close(self) -> None:
        """End the children. Waits for what is being opened, which is never for long."""
        await asyncio.get_running_loop().run_in_executor(None, self.close_now)

    def close_now(self) -> None:
        """As ``close``, for callers without an event loop."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _open_all(self, attachments: Sequence[Attachment], until: float) -> Texts:
        found: Texts = {}
        for number, attachment in enumerate(attachments):
            part = attachment.part
            if number >= MOST_ATTACHMENTS or len(attachment.octets) > LARGEST:
                found[part] = Unread(part=part, why="too_large")
            else:
                found.update(self._open_one(attachment, until))
        return found

    def _open_one(self, attachment: Attachment, until: float) -> Texts:
        part = attachment.part
        left = until - time.monotonic()
        if left <= 0 or self._closed or not self._seats.acquire(timeout=left):
            return {part: Unread(part=part, why="too_long")}
        try:
            return self._asked(attachment, until)
        except Late:
            return {part: Unread(part=part, why="too_long")}
        except Dead as problem:
            return {part: Unread(part=part, why=problem.why)}
        finally:
            self._seats.release()

    def _asked(self, attachment: Attachment, until: float) -> Texts:
        child = self._child(until)
        kept = False
        try:
            deadline = min(until, time.monotonic() + self._seconds)
            texts, kept = child.ask(attachment, deadline)
            return texts
        finally:
            # Whatever happened to a child that gave no answer, nobody asks it again.
            with self._lock:
                kept = kept and not self._closed and child.alive()
                if kept:
                    self._idle.append(child)
            if not kept:
                child.end()

    def _child(self, until: float) -> Child:
        while True:
            with self._lock:
                child = self._idle.pop() if self._idle else None
            if child is None:
                return Child.begin(self._command, self._megabytes, self._seconds, until)
            if child.alive():
                return child
            child.end()
