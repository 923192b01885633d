"""A result as a row of the store, and back. Workers make the rows: they are small to send.

Of a message out of scope nothing is kept but its place and its digest.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from .rows import Contact, Finding, Judgement, Unreadable, What

MessageRow = tuple[Any, ...]
COLUMNS = (
    "file, place, digest, in_scope, judged, uncovered, told, unfamiliar,"
    " message_id, at, moment, writer, writer_address, said"
)
"""Of a message, in the order of its row."""

_FINDING = tuple(f for f in Finding.__slots__)
_GAPS = frozenset({What.ONE_TO_ONE, What.NOT_COPIED})


def message_row(judgement: Judgement) -> MessageRow:
    """Beside what was found, what says which of several copies counts: see ``report.wanted``."""
    j = judgement
    place = clean(j.file), j.place, _octets(j.digest)
    if not j.in_scope:
        return (*place, 0, 0, 0, 0, 0, "", "", 0.0, "", "", None)
    gaps = sum(f.what in _GAPS for f in j.findings) - sum(c.covered for c in j.contacts)
    told = len(j.contacts) + len(j.findings)
    return (
        *place,
        1,
        int(j.judged),
        gaps,
        told,
        len(j.unknown),
        clean(j.message_id),
        j.at.isoformat(),
        j.at.timestamp(),
        clean(j.writer),
        clean(j.writer_address),
        _said(j),
    )


def unreadable_row(unreadable: Unreadable) -> tuple[str, str, str, str]:
    u = unreadable
    return clean(u.file), u.place, u.why, clean(u.detail)


def as_judgement(row: Sequence[Any]) -> Judgement:
    """The judgement of a row in scope."""
    file, place, digest, in_scope, judged, _, _, _, message_id, at, _, writer, address, said = row
    findings, contacts, unread, unknown = json.loads(said) if said else ((), (), (), ())
    return Judgement(
        file=file,
        place=place,
        message_id=message_id,
        digest=digest.hex(),
        at=datetime.fromisoformat(at),
        in_scope=bool(in_scope),
        judged=bool(judged),
        findings=tuple(_finding(f) for f in findings),
        contacts=tuple(
            Contact(writer=w, service_user=s, covered=bool(covered)) for w, s, covered in contacts
        ),
        unread=tuple(unread),
        unknown=tuple(unknown),
        writer=writer,
        writer_address=address,
    )


def clean(text: str) -> str:
    """Text that can be stored as UTF-8: octets that are none are written out."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def _said(j: Judgement) -> str | None:
    if not (j.findings or j.contacts or j.unread or j.unknown):
        return None
    findings = [[getattr(f, name) for name in _FINDING] for f in j.findings]
    contacts = [[c.writer, c.service_user, int(c.covered)] for c in j.contacts]
    said = [findings, contacts, j.unread, j.unknown]
    return clean(json.dumps(said, ensure_ascii=False, separators=(",", ":")))


def _finding(values: Sequence[str]) -> Finding:
    found: dict[str, Any] = dict(zip(_FINDING, values, strict=True))
    return Finding(**{**found, "what": What(found["what"])})


def _octets(digest: str) -> bytes:
    try:
        return bytes.fromhex(digest)
    except ValueError:
        return digest.encode()
