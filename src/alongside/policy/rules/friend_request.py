"""N5: no service user, parent or carer is asked to be a friend or follower of a private page."""

from __future__ import annotations

from collections.abc import Iterator

from ..content import READ, findings
from ..decision import Finding
from ..facts import Facts
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Sight


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    yield from findings(facts, rulebook, RULE.name, "N5", "use_our_profiles", Sight.FRIEND_REQUEST)


RULE = Rule(name="friend_request", clauses=("N5",), check=check, writers=READ)
