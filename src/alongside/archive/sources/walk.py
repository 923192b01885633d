"""Everything below a path, in units: small files together, large ones cut."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterator

from ..units import BATCH, UNIT, Kind, Unit, skipped, stamp_of
from .cutting import large
from .naming import shown

_Stat = tuple[str, int, int]
"""Name, size, time of change in nanoseconds."""


def below(path: str, label: str) -> Iterator[Unit]:
    """The units of a file or a folder. ``label``: what stands for the path in the report."""
    try:
        said = os.stat(path)
    except OSError as error:
        yield _unreachable(path, label, error)
        return
    if not stat.S_ISDIR(said.st_mode):
        folder, name = os.path.split(path)
        if stat.S_ISREG(said.st_mode):
            # a link given by name is meant: what it points to is read
            yield from _file(os.path.realpath(path), label or name, said.st_size, said.st_mtime_ns)
        else:
            yield skipped(path, label or name, "not_mail", "it is no ordinary file")
        return
    folders = [(os.path.abspath(path), label)]
    while folders:
        folder, shown_as = folders.pop()
        inner, files, others = _listed(folder, shown_as)
        yield from others
        yield from _batches(folder, shown_as, files)
        folders += [(os.path.join(folder, name), _join(shown_as, name)) for name in inner[::-1]]


def _listed(folder: str, label: str) -> tuple[list[str], list[_Stat], list[Unit]]:
    """Folders and files in order of their names, and what is neither or can't be looked at."""
    folders: list[str] = []
    files: list[_Stat] = []
    others: list[Unit] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                path, name = entry.path, _join(label, entry.name)
                try:
                    if entry.is_symlink():
                        detail = "a link is not followed: give what it points to as a PATH"
                        others.append(skipped(path, name, "link", detail))
                    elif entry.is_dir():
                        folders.append(entry.name)
                    elif entry.is_file():
                        said = entry.stat()
                        files.append((entry.name, said.st_size, said.st_mtime_ns))
                    else:
                        others.append(skipped(path, name, "not_mail", "it is no ordinary file"))
                except OSError as error:
                    others.append(_unreachable(path, name, error))
    except OSError as error:
        others.append(_unreachable(folder, label, error))
    return sorted(folders), sorted(files), sorted(others, key=lambda u: u.path)


def _batches(folder: str, label: str, files: list[_Stat]) -> Iterator[Unit]:
    """Small files together. Where one batch ends is said by the names, so that a new file in a
    folder of thousands changes the batch it is in, and not all that follow."""
    batch: list[_Stat] = []
    octets = 0
    for name, size, time in files:
        if size > UNIT:
            yield from _file(os.path.join(folder, name), _join(label, name), size, time)
            continue
        batch.append((name, size, time))
        octets += size
        natural = len(batch) >= BATCH // 4 and zlib.crc32(os.fsencode(name)) % (BATCH // 4) == 0
        if natural or octets > UNIT or len(batch) >= BATCH:
            yield _batch(folder, label, batch, octets)
            batch, octets = [], 0
    if batch:
        yield _batch(folder, label, batch, octets)


def _batch(folder: str, label: str, files: list[_Stat], octets: int) -> Unit:
    return Unit(
        kind=Kind.FILES,
        path=folder,
        file=label,
        names=tuple(name for name, _, _ in files),
        octets=octets,
        stamp=stamp_of([(size, time) for _, size, time in files]),
    )


def _file(path: str, label: str, size: int, time: int) -> Iterator[Unit]:
    if size > UNIT:
        try:
            yield from large(path, label, f"{size}.{time}")
        except OSError as error:
            yield _unreachable(path, label, error)
        return
    yield Unit(
        kind=Kind.WHOLE, path=path, file=label, end=size, octets=size, stamp=f"{size}.{time}"
    )


def _join(label: str, name: str) -> str:
    return f"{label}/{shown(name)}" if label else shown(name)


def _unreachable(path: str, label: str, error: OSError) -> Unit:
    why = "no_permission" if isinstance(error, PermissionError) else "io"
    return skipped(path, label, why, (error.strerror or "").lower())
