"""N1: what can't be read is said, never passed over in silence; where nothing could be read because
we erred, it waits (law 11).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..content import READ, finding, is_read
from ..decision import Finding
from ..facts import Facts, Unread
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Action


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if facts.unread is Unread.NOTHING or not is_read(facts):
        return
    action = Action.HOLD if facts.unread is Unread.ALL else rulebook.unread
    yield from finding(rulebook, RULE.name, "N1", "not_read", "send_it_readable", action)


RULE = Rule(name="not_read", clauses=("N1",), check=check, writers=READ)
