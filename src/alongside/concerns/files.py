"""Which files are taken as evidence, and keeping them: by their hash, as they came."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from django.db import transaction

from alongside.access.actor import Actor
from alongside.enforcement.values import Text

from .entries import add
from .kinds import NoteKind
from .models import Concern, Evidence, EvidenceBytes, Note

LARGEST = 10 * 1024 * 1024
MOST = 10
"""Files to one report."""


class Wrong(StrEnum):
    """Why a file is not taken."""

    TOO_LARGE = "too_large"
    EMPTY = "empty"
    TYPE = "type"
    TOO_MANY = "too_many"
    TROUBLE = "trouble"


REASONS = {
    Wrong.TOO_LARGE: "it is larger than 10 MB",
    Wrong.EMPTY: "it is empty",
    Wrong.TYPE: "it is not a kind of file that we can keep",
    Wrong.TOO_MANY: f"there were more than {MOST} files",
    Wrong.TROUBLE: "something went wrong while it was kept",
}


class Refused(ValueError):
    """the file is not taken"""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(REASONS[wrong])
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was given; ``raw`` need not go on after ``LARGEST`` bytes and one."""

    name: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class _Sort:
    type: str
    begins: tuple[tuple[int, bytes], ...] = ()
    """Where, and with what, such a file begins: one of these."""


_ISO = ((4, b"ftyp"),)
TYPES = {
    "png": _Sort("image/png", ((0, b"\x89PNG\r\n\x1a\n"),)),
    "jpg": _Sort("image/jpeg", ((0, b"\xff\xd8\xff"),)),
    "jpeg": _Sort("image/jpeg", ((0, b"\xff\xd8\xff"),)),
    "gif": _Sort("image/gif", ((0, b"GIF8"),)),
    "webp": _Sort("image/webp", ((8, b"WEBP"),)),
    "heic": _Sort("image/heic", _ISO),
    "pdf": _Sort("application/pdf", ((0, b"%PDF-"),)),
    "zip": _Sort("application/zip", ((0, b"PK\x03\x04"), (0, b"PK\x05\x06"))),
    "mp4": _Sort("video/mp4", _ISO),
    "mov": _Sort("video/quicktime", _ISO),
    "m4a": _Sort("audio/mp4", _ISO),
    "mp3": _Sort("audio/mpeg", ((0, b"ID3"), (0, b"\xff"))),
    "ogg": _Sort("audio/ogg", ((0, b"OggS"),)),
    "opus": _Sort("audio/ogg", ((0, b"OggS"),)),
    "txt": _Sort("text/plain"),
    "eml": _Sort("message/rfc822"),
}
"""Pictures, a chat's export (a text or a zip), voice messages, films, mails. By the ending."""
ACCEPT = ",".join(f".{ending}" for ending in TYPES)


def check(upload: Upload) -> str:
    """The type of the file. Raises ``Refused``."""
    if len(upload.raw) > LARGEST:
        raise Refused(Wrong.TOO_LARGE)
    if not upload.raw:
        raise Refused(Wrong.EMPTY)
    sort = TYPES.get(_ending(upload.name))
    if sort is None or not _fits(sort, upload.raw):
        raise Refused(Wrong.TYPE)
    return sort.type


def keep(
    actor: Actor, concern: Concern, upload: Upload, *, text: str = "", nameless: bool = False
) -> Note:
    """Keep a file with its row and entry. ``nameless``: its name might tell whose it was.

    Raises ``Refused``. Who may do it is the caller's question.
    """
    sort = check(upload)
    ending = _ending(upload.name)
    digest = hashlib.sha256(upload.raw).hexdigest()
    name = f"evidence-{digest[:8]}.{ending}" if nameless else _tidy(upload.name)
    with transaction.atomic():
        note = add(
            actor,
            concern,
            NoteKind.EVIDENCE,
            body={"size": len(upload.raw), "type": sort},
            texts=(Text(name="name", value=name), Text(name="sha256", value=digest)),
            text=text,
        )
        kept = Evidence.objects.create(
            note=note, sha256=digest, size=len(upload.raw), name=name, type=sort
        )
        EvidenceBytes.objects.create(evidence=kept, raw=upload.raw)
    return note


def _fits(sort: _Sort, raw: bytes) -> bool:
    if not sort.begins:
        return b"\0" not in raw[:4096]
    return any(raw[at : at + len(sign)] == sign for at, sign in sort.begins)


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lstrip(".").lower()


def _tidy(name: str) -> str:
    """The name alone, without what a header or a terminal would trip over."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c for c in last if c.isprintable() and c not in '"<>|:*?')
    return plain[-200:] or "evidence"
