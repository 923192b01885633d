"""T1: a service user and somebody restricted for them are not in one conversation (pitfall 1).

The writer may be the one restricted: a no-contact order. Guarded."""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding, Nature
from ..facts import Facts, Restriction
from ..rule import ALL_BUT_SERVICE_USERS, Rule
from ..rulebook import Rulebook
from ..vocabulary import Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if facts.restriction in (Restriction.TOGETHER, Restriction.WRITER):
        yield Finding(
            rule=RULE.name,
            clause="T1",
            verdict=Verdict.HOLD,
            reason="restricted_together",
            nature=Nature.GUARDED,
        )


RULE = Rule(name="restricted_together", clauses=("T1",), check=check, writers=ALL_BUT_SERVICE_USERS)
