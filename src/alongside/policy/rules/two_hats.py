"""G1: somebody with two hats at one address is asked about, never guessed (pitfall 9)."""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding
from ..facts import Facts
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if any(s.ambiguous for s in facts.served):
        yield Finding(
            rule=RULE.name,
            clause="G1",
            verdict=Verdict.HOLD,
            reason="two_hats",
            fix="use_one_hat_address",
        )


RULE = Rule(name="two_hats", clauses=("G1",), check=check)
