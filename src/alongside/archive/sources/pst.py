"""Outlook's .pst, taken apart by ``readpst`` (of pst-utils) in a temporary folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ..rows import Raw, Unreadable
from ..units import LARGEST
from .naming import inside

PROGRAM = "readpst"
_NEEDS = f"`{PROGRAM}` is not installed: it comes with pst-utils (apt-get install pst-utils)"


def messages(path: str, file: str) -> Iterator[Raw | Unreadable]:
    """Its messages, folder by folder; without the program, or where it fails, that is said."""
    program = shutil.which(PROGRAM)
    if program is None:
        yield Unreadable(file=file, place="", why="needs_program", detail=_NEEDS)
        return
    with tempfile.TemporaryDirectory(prefix="alongside-pst-") as folder:
        # -e: a file for each message; -D: deleted ones too; -q: quiet; -b: no rich text bodies
        command = [program, "-e", "-D", "-b", "-q", "-o", folder, os.path.abspath(path)]
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, check=False, cwd=folder
        )
        said = (done.stdout + done.stderr).decode("utf-8", "replace").strip()
        found = 0
        for name in sorted(_files(Path(folder))):
            found += 1
            yield _one(Path(folder) / name, inside(file, name))
        if done.returncode or not found:
            detail = said[-300:] or f"`{PROGRAM}` ended with {done.returncode} and found nothing"
            yield Unreadable(file=file, place="", why="broken_archive", detail=detail)


def _one(path: Path, name: str) -> Raw | Unreadable:
    size = path.stat().st_size
    if path.suffix != ".eml":
        detail = "it is no message, but something beside: an appointment, a contact"
        return Unreadable(file=name, place="", why="not_mail", detail=detail)
    with path.open("rb") as file:
        octets = file.read(LARGEST)
    return Raw(file=name, place="", octets=octets, missing=max(0, size - LARGEST))


def _files(folder: Path) -> Iterator[str]:
    for here, _, names in os.walk(folder):
        yield from (os.path.relpath(os.path.join(here, name), folder) for name in names)
