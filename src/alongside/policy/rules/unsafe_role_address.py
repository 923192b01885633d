"""T1: a role address that somebody restricted, or named in the concern, reads is not written to.

It is neither used nor named as a copy; in the envelope it is a guarded hold."""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding, Nature
from ..facts import Facts
from ..rule import ALL_BUT_SERVICE_USERS, Rule
from ..rulebook import Rulebook
from ..vocabulary import Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if facts.unsafe_role_address:
        yield Finding(
            rule=RULE.name,
            clause="T1",
            verdict=Verdict.HOLD,
            reason="unsafe_role_address",
            nature=Nature.GUARDED,
        )


RULE = Rule(name="unsafe_role_address", clauses=("T1",), check=check, writers=ALL_BUT_SERVICE_USERS)
