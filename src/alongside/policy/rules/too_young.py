"""G1, where a rulebook sets an age: below it a child is written to through their supporters."""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding
from ..facts import Facts
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if not rulebook.direct_from_age:
        return
    for served in facts.served:
        if not served.child or served.own_child:
            continue
        if served.age is None or served.age < rulebook.direct_from_age:
            yield Finding(
                rule=RULE.name,
                clause="G1",
                verdict=Verdict.REFUSE,
                reason="too_young",
                fix="write_to_the_supporters",
            )
            return


RULE = Rule(name="too_young", clauses=("G1",), check=check)
