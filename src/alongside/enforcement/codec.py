"""A policy message as JSON and back: what a dispatch or a hold keeps, to be judged again."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from alongside.policy.message import Message
from alongside.policy.vocabulary import Channel

from .values import Json

_NAMES = tuple(f.name for f in fields(Message))


def to_json(message: Message) -> dict[str, Any]:
    """Plain values; tuples become lists."""
    kept: dict[str, Any] = {}
    for name in _NAMES:
        value = getattr(message, name)
        kept[name] = list(value) if isinstance(value, tuple) else value
    kept["channel"] = str(message.channel)
    kept["at"] = message.at.isoformat()
    return kept


def from_json(kept: Json) -> Message:
    """The message again. Raises ``ValueError`` or ``TypeError`` for what ``to_json`` never made."""
    values = dict(kept)
    unknown = set(values).difference(_NAMES)
    if unknown:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = tuple(value)
    values["channel"] = Channel(values["channel"])
    values["at"] = datetime.fromisoformat(values["at"])
    return Message(**values)
