"""T1: nothing goes to an address of a service user that somebody restricted reads (pitfall 6).

Guarded, and an exception for the officer: the family needs another address."""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding, Nature
from ..facts import Facts, Restriction
from ..rule import ALL_BUT_SERVICE_USERS, Rule
from ..rulebook import Rulebook
from ..vocabulary import Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if facts.restriction is Restriction.UNSAFE_ADDRESS:
        yield Finding(
            rule=RULE.name,
            clause="T1",
            verdict=Verdict.HOLD,
            reason="unsafe_address",
            nature=Nature.GUARDED,
        )


RULE = Rule(name="unsafe_address", clauses=("T1",), check=check, writers=ALL_BUT_SERVICE_USERS)
