"""Reading one message or text for the command line: among the register's people, or without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from alongside.enforcement.known import known_for
from alongside.enforcement.opening import Opener
from alongside.policy.decide import decide
from alongside.policy.message import Message
from alongside.policy.vocabulary import Channel
from alongside.scan.known import Known
from alongside.scan.message import read_message, with_opened
from alongside.scan.reading import Reading, plain
from alongside.scan.scan import scan
from alongside.scan.sighting import Sighting

from .config import Config
from .wiring import rulebook, snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One input."""

    name: str
    content: bytes
    plain: bool
    rest: Mapping[str, Any] = field(default_factory=dict)
    """What a line of JSON Lines held besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    reading: Reading
    sightings: tuple[Sighting, ...]

    def place(self, sighting: Sighting) -> tuple[int, int]:
        """Line and column of where it begins, from 1."""
        text, at = self.reading.text, sighting.start
        return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def nobody(today: date) -> Known:
    """No register at all: everything that looks like a detail is one."""
    return Known(today=today)


def among(config: Config, sender: str, recipients: tuple[str, ...], now: datetime) -> Known:
    """The register's people, with this writer and these readers where they are given."""
    people, book = snapshot(config), rulebook(config)
    message = Message(
        channel=Channel.EMAIL,
        at=now,
        recipients=recipients,
        authors=(sender,) if sender else (),
        envelope_from=sender,
        trusted=True,
    )
    decision = decide(message, people, book)
    return known_for(decision, people, now.astimezone(book.zone).date())


@contextmanager
def closing_opener() -> Iterator[Opener]:
    """Opens files in a child, which is ended afterwards."""
    opener = Opener()
    try:
        yield opener
    finally:
        opener.close_now()


def scanned(item: Item, known: Known, opener: Opener) -> Scanned:
    """What is seen in one input; its files are opened in a child."""
    if item.plain:
        reading = plain(item.content.decode("utf-8", "replace"))
    else:
        reading = read_message(item.content)
        if reading.attachments:
            reading = with_opened(reading, opener.open_now(reading.attachments))
    return Scanned(reading=reading, sightings=scan(reading, known))
