"""Whatever one file or member holds, read through: a message, a mailbox, an archive of these."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing

from ..rows import Raw, Unreadable
from ..units import LARGEST
from . import mbox, msg, pst, tars, zips
from .naming import inside
from .octets import BROKEN, CHUNK, InMemory, Octets, aside
from .sniff import HEAD, PACKED, Shape, claims_mail, is_paperwork, shape
from .unpacking import UNPACKERS, Unpacked

DEEPEST = 2
"""An archive in an archive is read; one more is listed."""
Found = Iterator[Raw | Unreadable]


def read(octets: Octets, file: str, *, mailbox: bool = False, depth: int = 0) -> Found:
    """All messages of one file. ``mailbox``: it lies where there are messages only (Maildir).

    Nothing is left out in silence: what is no mail is an ``Unreadable`` that says so.
    """
    try:
        yield from _read(octets, file, mailbox=mailbox, depth=depth)
    except BROKEN as error:
        yield Unreadable(file=file, place="", why=code(error), detail=said(error))


def _read(octets: Octets, file: str, *, mailbox: bool, depth: int) -> Found:
    head = octets.read_at(0, HEAD)
    found = shape(head)
    if found in PACKED:
        inner = Unpacked(octets, UNPACKERS[found.value]())
        yield from _unpacked(inner, file, mailbox=mailbox, depth=depth)
    elif found is Shape.MBOX and not mailbox:
        yield from mbox.messages(octets, file)
    elif found in (Shape.ZIP, Shape.TAR) and depth >= DEEPEST:
        detail = "an archive in an archive in an archive: unpack it and give it as a PATH"
        yield Unreadable(file=file, place="", why="broken_archive", detail=detail)
    elif found is Shape.ZIP:
        yield from zip_members(octets, file, *zips.directory(octets, octets.size), depth)
    elif found is Shape.TAR:
        yield from tar_members(octets, file, 0, sys.maxsize, depth)
    elif found is Shape.PST:
        with tempfile.NamedTemporaryFile(suffix=".pst") as copy:
            for start in range(0, octets.size, CHUNK):
                copy.write(octets.read_at(start, CHUNK))
            copy.flush()
            yield from pst.messages(copy.name, file)
    elif found is Shape.MSG:
        yield msg.message(octets.read_at(0, LARGEST + 1), file)
    else:
        yield _single(octets, file, found, mailbox=mailbox)


def _unpacked(octets: Unpacked, file: str, *, mailbox: bool, depth: int) -> Found:
    """What was in a .gz, .bz2 or .xz: one file, which may be a tar."""
    found = shape(octets.read_at(0, HEAD))
    if found is Shape.TAR:
        yield from _read(octets, file, mailbox=mailbox, depth=depth)
    elif found in (Shape.MBOX, Shape.ZIP, Shape.PST):
        with closing(aside(octets, 0, sys.maxsize)) as whole:
            yield from _read(whole, file, mailbox=mailbox, depth=depth)
    elif found in PACKED:
        detail = "it is packed twice: unpack it and give it as a PATH"
        yield Unreadable(file=file, place="", why="broken_archive", detail=detail)
    elif found is Shape.MSG:
        yield msg.message(octets.read_at(0, LARGEST + 1), file)
    else:
        yield _single(octets, file, found, mailbox=mailbox)


def _single(
    octets: Octets, file: str, found: Shape, *, mailbox: bool, size: int = 0
) -> Raw | Unreadable:
    if is_paperwork(file):
        return _not_mail(file, "it is kept by a mail program beside the mail")
    mail = mailbox or claims_mail(file)
    if found is Shape.EMPTY:
        if mail:
            return Unreadable(file=file, place="", why="not_a_message", detail="it is empty")
        return _not_mail(file, "it is empty")
    if found is Shape.OTHER and not mail:
        return _not_mail(file, "it does not begin as a message, a mailbox or an archive does")
    content = octets.read_at(0, LARGEST + 1)
    if found is Shape.EMLX:
        first, _, rest = content.partition(b"\n")
        content = rest[: int(first)]
    if found is Shape.MBOX:
        # A program that delivers into a Maildir may have left the mbox's first line in place.
        content = content.partition(b"\n")[2]
    if len(content) <= LARGEST:
        return Raw(file=file, place="", octets=content)
    size = size or (octets.size if octets.free else len(content))
    return Raw(file=file, place="", octets=content[:LARGEST], missing=size - LARGEST)


def zip_members(octets: Octets, file: str, start: int, end: int, depth: int = 0) -> Found:
    """The members of a stretch of a zip's directory. Raises one of ``BROKEN``."""
    for entry in zips.entries(octets, start, end):
        if entry.name.endswith("/"):
            continue
        name = inside(file, entry.name)
        if entry.encrypted:
            yield Unreadable(file=name, place="", why="encrypted", detail="it needs a password")
            continue
        try:
            yield from _member(octets, entry, name, depth)
        except BROKEN as error:
            yield Unreadable(file=name, place="", why=code(error), detail=said(error))


def _member(octets: Octets, entry: zips.Entry, name: str, depth: int) -> Found:
    mailbox = in_maildir(entry.name)
    if entry.size <= LARGEST:
        content = zips.read(octets, entry, LARGEST)
        yield from read(InMemory(content), name, mailbox=mailbox, depth=depth + 1)
        return
    unpacked = zips.open_entry(octets, entry)
    if shape(unpacked.read_at(0, HEAD)) in _SEVERAL:
        with closing(aside(unpacked, 0, entry.size)) as whole:
            yield from read(whole, name, mailbox=mailbox, depth=depth + 1)
        return
    found = shape(unpacked.read_at(0, HEAD))
    yield _single(unpacked, name, found, mailbox=mailbox, size=entry.size)


def tar_members(octets: Octets, file: str, start: int, end: int, depth: int = 0) -> Found:
    """The members of a stretch of a tar. Raises one of ``BROKEN``."""
    for member in tars.members(octets, start, end):
        if member.kind == "folder":
            continue
        name = inside(file, member.name)
        if member.kind != "file":
            why = "link" if member.kind == "link" else "not_mail"
            yield Unreadable(file=name, place="", why=why, detail="it is not an ordinary file")
            continue
        mailbox = in_maildir(member.name)
        found = shape(octets.read_at(member.begin, HEAD))
        if member.size > LARGEST and found not in _SEVERAL:
            begun = InMemory(octets.read_at(member.begin, LARGEST + 1))
            yield _single(begun, name, found, mailbox=mailbox, size=member.size)
            continue
        with closing(aside(octets, member.begin, member.begin + member.size)) as content:
            if content.size < member.size:
                yield Unreadable(file=name, place="", why="broken_archive", detail="it was cut off")
            else:
                yield from read(content, name, mailbox=mailbox, depth=depth + 1)


_SEVERAL = {Shape.MBOX, Shape.ZIP, Shape.TAR, Shape.PST, *PACKED}


def in_maildir(name: str) -> bool:
    """Whether a path says that it is a message of a Maildir."""
    return len(parts := name.split("/")) > 1 and parts[-2] in ("cur", "new")


def _not_mail(file: str, detail: str) -> Unreadable:
    return Unreadable(file=file, place="", why="not_mail", detail=detail)


def code(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "no_permission"
    return "io" if isinstance(error, OSError) and error.errno else "broken_archive"


def said(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[:1].lower() + error.strerror[1:]
    return str(error) or (type(error).__doc__ or "").strip()
