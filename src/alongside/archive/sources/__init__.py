"""Where the archive's mail is: ``find`` cuts it into units of work, ``messages`` reads one.

Formats are told by what is in a file, not by its name. Whatever is found and is no mail, or can't
be read, comes out as an ``Unreadable`` that says why; nothing is left out in silence.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from ..rows import Raw, Unreadable
from ..units import Unit
from . import imap, walk
from .imap import is_url
from .naming import shown
from .reading import messages


class NotThere(Exception):
    """there is no such file or folder"""


def find(paths: Sequence[str]) -> Iterable[Unit]:
    """The units of all paths (files, folders, ``imap:`` URLs), the same for the same archive.

    Raises ``NotThere`` before anything else, and ``imap.ImapError``.
    """
    for path in paths:
        if not is_url(path) and not os.path.exists(path):
            raise NotThere(f"there is no file or folder `{path}`")
    return _found(paths, labels(paths))


def labels(paths: Sequence[str]) -> list[str]:
    """What stands before the names of each path in the report; nothing where there is one."""
    if len(paths) == 1:
        return [""]
    found: list[str] = []
    for path in paths:
        name = path if is_url(path) else os.path.basename(os.path.abspath(path))
        name = shown(name)
        found.append(name if name not in found else f"{name} ({len(found) + 1})")
    return found


def _found(paths: Sequence[str], labels: Sequence[str]) -> Iterator[Unit]:
    for path, label in zip(paths, labels, strict=True):
        if is_url(path):
            yield from imap.units(path, label)
        else:
            yield from walk.below(path, label)


__all__ = ["NotThere", "Raw", "Unreadable", "find", "is_url", "labels", "messages"]
