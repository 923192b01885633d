"""The archive in pieces of work: of bounded size, and the same from run to run.

A unit's id is made of where it is and of the size and time of its files. What changed has another
id, so that it is judged anew and its old rows go; what did not is never judged twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

UNIT = 8 << 20
"""Octets of mail in one unit, about: some seconds of work, lost at most where a machine dies."""
BATCH = 512
"""Files in one unit, at most."""
LARGEST = 64 << 20
"""Octets of one message that are read; of a longer one its end is left out, and that is said."""


class Kind(StrEnum):
    """How a unit is read."""

    FILES = "files"
    """Files of a folder, each whatever it is: a message, a small mbox, a small zip."""
    MBOX = "mbox"
    """A range of an mbox, cut where messages begin."""
    ZIP = "zip"
    """A range of a zip's directory."""
    TAR = "tar"
    """A range of a tar, cut where members begin."""
    WHOLE = "whole"
    """A large member that is an archive itself: unpacked aside and read through."""
    PST = "pst"
    IMAP = "imap"
    SKIPPED = "skipped"
    """Something that is no mail, or can't be opened: one ``Unreadable``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One piece of work. Plain, so that it can be stored and sent to another machine."""

    kind: Kind
    path: str
    """The file, or the folder of ``names``; of IMAP the URL, without any password."""
    file: str
    """How the report names it: below the path that was audited."""
    start: int = 0
    end: int = 0
    """Octets of the file, unpacked where ``packing`` says so. IMAP: the first and the last UID."""
    names: tuple[str, ...] = ()
    """FILES: in the folder. IMAP: the one folder."""
    packing: str = ""
    """What lies around the octets: ``gz``, ``bz2``, ``xz``, or ``zip:N:M``, a member of a zip whose
    entry begins at N of the file and whose directory ends at M."""
    octets: int = 0
    """About how much there is to read."""
    stamp: str = ""
    """Size and time of the files, or UIDVALIDITY: another stamp is another unit."""
    why: str = ""
    """SKIPPED: the code of ``Unreadable``."""
    detail: str = ""

    @property
    def id(self) -> str:
        said = [self.kind, self.path, self.file, self.start, self.end, self.names]
        said += [self.packing, self.stamp, self.why]
        return hashlib.sha256(json.dumps(said).encode("utf-8", "surrogateescape")).hexdigest()[:32]

    def as_json(self) -> str:
        return json.dumps(asdict(self))


def from_json(text: str) -> Unit:
    """The unit that ``as_json`` wrote."""
    said = json.loads(text)
    said["names"] = tuple(said.get("names", ()))
    return Unit(**{**said, "kind": Kind(said["kind"])})


def skipped(path: str, file: str, why: str, detail: str = "", stamp: str = "") -> Unit:
    """What can't be read, as a unit of its own: it is counted and listed like any other."""
    return Unit(kind=Kind.SKIPPED, path=path, file=file, why=why, detail=detail, stamp=stamp)


class Changed(Exception):
    """the archive changed while it was read: run the audit again"""


def stamp_of(stats: Sequence[tuple[int, int]]) -> str:
    """Of sizes and times in nanoseconds."""
    if len(stats) == 1:
        return f"{stats[0][0]}.{stats[0][1]}"
    return hashlib.sha256(repr(stats).encode()).hexdigest()[:32]
