"""The child that opens attachments: reads one document after another from a pipe, answers texts.

A program of its own, so that a hostile document meets a process with little memory, little time,
no files, no network and nothing worth stealing. The parent is ``opening``.

A question is two lengths (big-endian, 4 octets each), the kind and the octets; an answer is one
length and JSON: ``last``, whether the child ends behind it, and ``texts``, a list of ``[part, text,
why]`` where either ``text`` or ``why`` is null. A length of 0, sent once, says that it is ready.
"""

from __future__ import annotations

import contextlib
import encodings
import importlib
import json
import logging
import mmap
import os
import pkgutil
import resource
import struct
import sys
from collections.abc import Mapping

import pypdf

from alongside.scan.documents import READERS, Read, texts_of
from alongside.scan.reading import Attachment, Unread

QUESTION = struct.Struct(">II")
ANSWER = struct.Struct(">I")
PART = "\0"
"""Stands in an answer for the attachment's own part, which the child is not told."""
ROOM = 128
"""Megabytes that must be left of its memory for the next document; a child that has less ends
itself behind its answer, and a fresh one begins."""

_CODECS_LEFT_OUT = frozenset({"mbcs", "oem", "idna", "punycode", "bz2_codec", "aliases"})


def main(megabytes: int, seconds: int, readers: Mapping[str, Read] = READERS) -> None:
    """Answer until the parent closes the pipe."""
    sys.stdout = sys.stderr  # nobody prints between the answers
    logging.disable()
    _learn()
    confine(megabytes)
    _write(ANSWER.pack(0))  # ready
    while (question := _read(QUESTION.size)) is not None:
        length, size = QUESTION.unpack(question)
        kind, octets = _read(length), _read(size)
        if kind is None or octets is None:
            return
        _allow(seconds)
        rows = _opened(kind.decode("ascii", "replace"), octets, readers)
        del octets
        last = not _has_room(min(ROOM, megabytes // 2))
        _answer(rows, last)
        if last:
            return


def confine(megabytes: int) -> None:
    """Limit this process for good: its memory; no file, socket, or child from now on."""
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    # A socket or file would need a descriptor past the three that are there.
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    with contextlib.suppress(ValueError, OSError):  # not on every system
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _allow(seconds: int) -> None:
    """So much more processor time, for the case that the parent is not there to end this one."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _learn() -> None:
    """Codecs are modules, and modules are files: read now what can't be opened later."""
    for module in pkgutil.walk_packages(pypdf.__path__, "pypdf."):
        if not module.name.endswith("__main__"):
            with contextlib.suppress(ImportError):
                importlib.import_module(module.name)
    for module in pkgutil.iter_modules(encodings.__path__):
        if module.name not in _CODECS_LEFT_OUT:
            with contextlib.suppress(ImportError):
                importlib.import_module(f"encodings.{module.name}")
    importlib.import_module("charset_normalizer").from_bytes("ёжик".encode("koi8_r") * 20).best()


def _opened(
    kind: str, octets: bytes, readers: Mapping[str, Read]
) -> list[tuple[str, str | None, str | None]]:
    try:
        texts = texts_of(Attachment(part=PART, kind=kind, octets=octets), readers)
    except MemoryError:
        return [(PART, None, "too_large")]
    return [
        (part, None, found.why) if isinstance(found, Unread) else (part, found, None)
        for part, found in texts.items()
    ]


def _has_room(megabytes: int) -> bool:
    try:
        mmap.mmap(-1, megabytes * 1024 * 1024).close()
    except (OSError, ValueError):
        return False
    return True


def _read(size: int) -> bytes | None:
    """None at the end of the pipe."""
    octets = bytearray()
    while len(octets) < size:
        step = os.read(0, min(size - len(octets), 1 << 20))
        if not step:
            return None
        octets += step
    return bytes(octets)


def _answer(rows: list[tuple[str, str | None, str | None]], last: bool) -> None:
    try:
        content = json.dumps({"last": last, "texts": rows}).encode("ascii")
    except MemoryError:
        rows = [(PART, None, "too_large")]
        content = json.dumps({"last": last, "texts": rows}).encode("ascii")
    _write(ANSWER.pack(len(content)) + content)


def _write(octets: bytes) -> None:
    left = memoryview(octets)
    while left:
        left = left[os.write(1, left) :]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
