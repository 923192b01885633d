"""The labelled corpus of messages and texts, entry by entry; ``measure`` is what it is for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from alongside.scan.sighting import Type

FOLDER = Path(__file__).parent
SPLITS = ("tune", "holdout")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the corpus; ``README.md`` beside this says what each field means."""

    id: str
    kind: str
    to: str
    youngest: int | None
    subject: str
    text: str
    theirs: tuple[str, ...]
    labels: tuple[tuple[Type, str], ...]
    hard: str


def files(split: str) -> list[Path]:
    """The files of one split, in order of name."""
    return sorted((FOLDER / split).glob("*.jsonl"))


def entries(split: str) -> Iterator[Entry]:
    """Every line of one split."""
    for path in files(split):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line:
                yield entry(json.loads(line))


def entry(line: Mapping[str, Any]) -> Entry:
    """One decoded line; ``KeyError`` or ``ValueError`` where it is not as the README says."""
    return Entry(
        id=line["id"],
        kind=line["kind"],
        to=line["to"],
        youngest=line["youngest"],
        subject=line.get("subject", ""),
        text=line["text"],
        theirs=tuple(line["theirs"]),
        labels=tuple((Type(label["type"]), label["text"]) for label in line["labels"]),
        hard=line["hard"],
    )


def quotes(one: Entry) -> bool:
    """Whether the entry answers something that stands quoted in it."""
    return bool(re.search(r"(?m)^>|^On .{1,200}wrote:\s*$|^-+ ?Original Message", one.text))


def content(one: Entry) -> bytes:
    """The entry as a message on the wire."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "Active Together <coaches@activetogether.example>"
    message["To"] = "reader@home.example"
    message["Date"] = "Sun, 01 Nov 2026 10:00:00 +0000"
    message["Message-ID"] = f"<{one.id}@activetogether.example>"
    message["Subject"] = one.subject
    if quotes(one):
        message["In-Reply-To"] = "<before@home.example>"
    message.set_content(one.text, charset="utf-8")
    return message.as_bytes()
