"""Reads what arrived downstream, and the record, and says what should never have been.

Knows the cast (``tests/world.py``) by name and nothing of how the gateway decides.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from alongside.records.verify import verify
from tests.gateway.rig import Arrived
from tests.world import (
    CHLOE,
    DEV,
    DINA,
    FRANK,
    HOME,
    LENA,
    MARY,
    NORA,
    OFFICE,
    OLIVIA,
    OWEN,
    WELFARE,
)

from .rig import ask

_STAFF = frozenset({OWEN, OLIVIA, LENA, DEV, WELFARE, OFFICE})
ALONGSIDE = {
    CHLOE: _STAFF | {NORA, MARY},
    DINA: _STAFF | {NORA},
    HOME: _STAFF,
}
"""Who may be alongside when Carla writes to each of these children: Nora is restricted for Finn."""
_WORKFORCE = "@club.example"


def message_id(message: Arrived) -> str:
    found = re.search(r"^Message-ID: *(\S+)", message.head, re.IGNORECASE | re.MULTILINE)
    return found[1] if found else ""


def is_copy(message: Arrived) -> bool:
    return message.sender.startswith("copy+")


def uncopied(arrived: Iterable[Arrived]) -> list[str]:
    """Law 1: whoever of the workforce writes to a child, somebody eligible had it before."""
    had: dict[str, set[str]] = {}
    wrong = []
    for message in arrived:
        before = had.setdefault(message_id(message), set())
        if message.header("From").endswith(_WORKFORCE):
            wrong += [
                f"{message_id(message)} reached {child} before anybody else"
                for child in ALONGSIDE
                if child in message.to and not before & ALONGSIDE[child]
            ]
        before.update(message.to)
    return wrong


def told_the_restricted(arrived: Iterable[Arrived]) -> list[str]:
    """Law 6: nothing of ours reaches Chloe's father, or names her to him."""
    return [message_id(m) for m in arrived if FRANK in m.to]


def times(arrived: Iterable[Arrived], mid: str) -> Counter[str]:
    """How often a message came to each address."""
    return Counter(a for m in arrived if message_id(m) == mid for a in m.to)


def on_record(database: Path) -> set[str]:
    """Message-IDs that some entry speaks of."""
    rows = ask(database, "SELECT value FROM records_text WHERE name = 'message'")
    return {i for (value,) in rows for i in json.loads(value)["message"]["thread"]}


def sound(arrived: Iterable[Arrived], database: Path, heads: Path | None = None) -> None:
    """What must hold whatever happened: laws 1 and 6, and a record without a fault."""
    messages = list(arrived)
    assert not uncopied(messages)
    assert not told_the_restricted(messages)
    report = verify(database, heads)
    assert report.clean, [str(p) for p in report.problems]
