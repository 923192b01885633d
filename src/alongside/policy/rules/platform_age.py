"""D10: nobody is sent to a site or app that they are too young for; an unknown age is too young."""

from __future__ import annotations

from collections.abc import Iterator

from ..content import READ, findings
from ..decision import Finding
from ..facts import Facts
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Sight


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if facts.served:
        yield from findings(
            facts, rulebook, RULE.name, "D10", "fit_for_their_age", Sight.PLATFORM_AGE
        )


RULE = Rule(name="platform_age", clauses=("D10",), check=check, writers=READ)
