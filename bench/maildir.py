"""A Maildir of the made-up charity's mail, and its register: what audit and indexers read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.archive.making import make

from alongside.archive import sources
from alongside.archive.rows import Raw
from alongside.people.demo import Demo

_PARTS = ("cur", "new", ".Sent/cur")


@dataclass(frozen=True, slots=True, kw_only=True)
class Maildir:
    folder: Path
    messages: int
    octets: int
    lists: Demo
    """The register as files to import."""


def maildir(folder: Path, messages: int) -> Maildir:
    """So many messages, and some 2 % of them twice, in one Maildir below the folder. Raises
    ``ValueError`` when one of them could not be taken out of the archive that was made first."""
    made = make(folder / "made", messages)
    inside = folder / "Maildir"
    for part in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp"):
        (inside / part).mkdir(parents=True)
    count = octets = 0
    for unit in sources.find([str(made.archive)]):
        for found in sources.messages(unit):
            if not isinstance(found, Raw):
                continue  # the index of its mail program
            place = inside / _PARTS[count % len(_PARTS)] / f"{count:09}.M1P1.mail:2,S"
            place.write_bytes(found.octets)
            count += 1
            octets += len(found.octets)
    if count != made.messages:
        raise ValueError(f"{made.messages} messages were made, and {count} came out")
    return Maildir(folder=inside, messages=count, octets=octets, lists=made.lists)
