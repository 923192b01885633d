"""The long lists beside the page: every finding, as a spreadsheet and as JSON Lines."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import tzinfo
from pathlib import Path
from typing import IO, Any

from ..rows import Finding, Judgement, Unreadable
from ..suggest import Like, Suggestion
from . import words
from .naming import Names, writer_id
from .view import Shown

_RUNS = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula."""


@contextmanager
def whole(path: Path, mode: str = "w", **options: Any) -> Iterator[IO[Any]]:
    """A file that is there whole or not at all, and that only its owner may read."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags, 0o600)

    try:
        with open(part, mode, opener=opener, **options) as file:
            yield file
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def defused(text: str) -> str:
    """A cell that no spreadsheet runs: a quotation mark stands before what looks like a formula."""
    bare = text.lstrip(" \u00a0\ufeff")
    return f"'{text}" if bare.startswith((*_RUNS, "\t", "\r", "\n")) else text


FINDING_COLUMNS = (
    "date", "time", "kind", "what", "clause", "confidence", "writer", "service_user", "age",
    "file", "place", "message_id",
)  # fmt: skip
NAMED_COLUMNS = ("writer_address", "address", "excerpt")


def findings(folder: Path, messages: Iterable[Shown], names: Names, zone: tzinfo) -> int:
    """Write ``findings.csv`` and ``findings.jsonl``; give the number of rows of each."""
    columns = (*FINDING_COLUMNS, *(NAMED_COLUMNS if names.shown else ()))
    rows = 0
    with (
        whole(folder / "findings.csv", encoding="utf-8-sig", newline="") as sheet,
        whole(folder / "findings.jsonl", encoding="utf-8") as lines,
    ):
        put = _sheet(sheet, columns)
        for shown in messages:
            for finding in shown.judgement.findings:
                row = _row(shown.judgement, finding, names, zone)
                put(row[c] for c in columns)
                at = shown.judgement.at.isoformat()
                lines.write(json.dumps({"at": at, **row}, ensure_ascii=False) + "\n")
                rows += 1
    return rows


def _row(j: Judgement, f: Finding, names: Names, zone: tzinfo) -> dict[str, Any]:
    local = j.at.astimezone(zone)
    person = names.people.persons.get(f.service_user)
    row: dict[str, Any] = {
        "date": f"{local:%Y-%m-%d}",
        "time": f"{local:%H:%M}",
        "kind": words.kind_of(f),
        "what": words.kind(words.kind_of(f)).title,
        "clause": f.clause,
        "confidence": f.confidence,
        "writer": names.of(writer_id(f)),
        "service_user": names.of(f.service_user) if f.service_user else "",
        "age": person.age(local.date()) if person is not None else None,
        "file": j.file,
        "place": j.place,
        "message_id": j.message_id,
    }
    if names.shown:
        row |= {
            "writer_id": f.writer,
            "writer_address": f.writer_address,
            "service_user_id": f.service_user,
            "address": f.address,
            "excerpt": f.excerpt,
        }
    return row


def unreadable(folder: Path, whole_ones: Iterable[Unreadable], messages: Iterable[Shown]) -> int:
    """Write ``unreadable.csv``: what could not be read at all, then parts of messages."""
    rows = 0
    with whole(folder / "unreadable.csv", encoding="utf-8-sig", newline="") as sheet:
        put = _sheet(sheet, ("file", "place", "message_id", "part", "why", "said", "detail"))
        for one in whole_ones:
            put((one.file, one.place, "", "", one.why, words.why(one.why), one.detail))
            rows += 1
        for shown in messages:
            j = shown.judgement
            for unread in j.unread:
                part, _, said = unread.rpartition(": ")
                why, _, detail = said.partition(" ")
                put((j.file, j.place, j.message_id, part, why, words.why(why), detail))
                rows += 1
    return rows


def suggestions(folder: Path, found: Iterable[Suggestion], names: Names, zone: tzinfo) -> int:
    """Write ``suggestions.csv``, strongest first. Addresses stand in it: they must be asked for."""
    rows = 0
    with whole(folder / "suggestions.csv", encoding="utf-8-sig", newline="") as sheet:
        put = _sheet(
            sheet,
            ("address", "perhaps", "reasons", "messages", "first", "last", "strength"),
        )
        for s in found:
            reasons = "; ".join(f"{words.SUGGESTED[r]} ({n:,})" for r, n in s.reasons)
            perhaps = "a child, participant or their family"
            if s.like is Like.OWN_MAILBOX:
                perhaps = f"the private mailbox of {names.of(s.person)}"
            days = (f"{at.astimezone(zone):%Y-%m-%d}" for at in (s.first, s.last))
            put((s.address, perhaps, reasons, s.messages, *days, s.strength))
            rows += 1
    return rows


def _sheet(file: IO[str], columns: Iterable[str]) -> Callable[[Iterable[Any]], None]:
    writer = csv.writer(file)
    writer.writerow(columns)

    def put(cells: Iterable[Any]) -> None:
        writer.writerow(
            [defused(c) if isinstance(c, str) else "" if c is None else c for c in cells]
        )

    return put
