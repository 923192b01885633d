"""T1: where ``From`` claims the workforce but can't be read for certain, a person looks first."""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding, Nature
from ..facts import Facts, Identity
from ..rule import EVERYBODY, Rule
from ..rulebook import Rulebook
from ..vocabulary import Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if facts.identity is Identity.UNREADABLE:
        yield Finding(
            rule=RULE.name,
            clause="T1",
            verdict=Verdict.HOLD,
            reason="unreadable_writer",
            fix="send_with_one_from",
            nature=Nature.SPOOF,
        )


RULE = Rule(name="unreadable_writer", clauses=("T1",), check=check, writers=EVERYBODY)
