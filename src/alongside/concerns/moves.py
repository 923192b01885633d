"""What may follow what in the life of a concern."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .kinds import State

MOVES: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.NEW: frozenset({State.OPEN}),
        State.OPEN: frozenset({State.CLOSING}),
        State.CLOSING: frozenset({State.OPEN, State.CLOSED}),
        State.CLOSED: frozenset({State.OPEN}),
    }
)


class Impossible(ValueError):
    """the concern does not allow it"""


def check_move(before: State, after: State) -> None:
    """Raises ``Impossible`` for a step that the table does not have."""
    if after not in MOVES[before]:
        raise Impossible(f"a concern that is {before.label.lower()} can't become {after.value}")
