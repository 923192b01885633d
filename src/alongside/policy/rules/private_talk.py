"""N3: work only. Private talk with nothing of work in it is told to the writer and marked; it never
stops a message.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..content import READ, findings
from ..decision import Finding
from ..facts import Facts
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Sight


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    yield from findings(facts, rulebook, RULE.name, "N3", "keep_to_work", Sight.PRIVATE_TALK)


RULE = Rule(name="private_talk", clauses=("N3",), check=check, writers=READ)
