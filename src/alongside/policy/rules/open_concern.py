"""T1: in the thread of an open concern only its own people write to a service user (pitfall 12).

Guarded: staff answer a disclosure through the officer."""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding, Nature
from ..facts import ConcernTie, Facts
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if facts.concern is ConcernTie.OUTSIDER:
        yield Finding(
            rule=RULE.name,
            clause="T1",
            verdict=Verdict.HOLD,
            reason="open_concern",
            nature=Nature.GUARDED,
        )


RULE = Rule(name="open_concern", clauses=("T1",), check=check)
