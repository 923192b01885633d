"""Short words for tests at the decision point: one message, and what became of it."""

from __future__ import annotations

from typing import Any

from alongside.policy.message import Message
from tests.clauses.told import SECTOR, SHIPPED, Teller, Told

__all__ = ["SECTOR", "SHIPPED", "copied", "judged", "may_be_the_copy", "reached"]


def judged(message: Message, **circumstances: Any) -> Told:
    """The decision on a message, with the claims that clause tests make of one."""
    return Teller()("", message, **circumstances)


def copied(message: Message, **circumstances: Any) -> dict[str, str]:
    """Service user -> whom the copy that is owed goes to first; nobody where none can."""
    case = judged(message, **circumstances)
    return {s: ranking[0] if ranking else "" for s, ranking in case.owed.items()}


def may_be_the_copy(message: Message, **circumstances: Any) -> set[str]:
    """Everybody who may be the third party of anybody in it."""
    case = judged(message, **circumstances)
    return {who for ranking in case.owed.values() for who in ranking}


def reached(message: Message, **circumstances: Any) -> set[str]:
    """The addresses that it goes to, copies aside."""
    return {r.address for r in judged(message, **circumstances).decision.routes}
