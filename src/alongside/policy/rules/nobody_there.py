"""T1: a group behind which nobody can be reached takes no mail; nothing is lost silently."""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding, Nature
from ..facts import Facts
from ..rule import EVERYBODY, Rule
from ..rulebook import Rulebook
from ..vocabulary import Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if facts.nobody:
        yield Finding(
            rule=RULE.name,
            clause="T1",
            verdict=Verdict.REFUSE,
            reason="nobody_there",
            fix="write_to_the_contact",
            nature=Nature.UNCOPYABLE,
        )


RULE = Rule(name="nobody_there", clauses=("T1",), check=check, writers=EVERYBODY)
