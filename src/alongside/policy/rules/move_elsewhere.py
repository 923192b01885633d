"""I1: nobody is invited to instant messaging, in whatever words."""

from __future__ import annotations

from collections.abc import Iterator

from ..content import READ, findings
from ..decision import Finding
from ..facts import Facts
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Sight


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    yield from findings(
        facts, rulebook, RULE.name, "I1", "use_email_or_text", Sight.INSTANT_MESSAGING
    )


RULE = Rule(name="move_elsewhere", clauses=("I1",), check=check, writers=READ)
