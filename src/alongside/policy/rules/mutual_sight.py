"""T3: service users of different households, and two supporters, do not learn of each other.

The list of recipients alone can tell that somebody is disabled (pitfall 20): each gets an envelope
and a header of their own, unless the rulebook refuses or allows it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding, Nature
from ..facts import Facts
from ..obligations import Individualise
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Channel, Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if not facts.mutual or rulebook.mutual == "allow":
        return
    if rulebook.mutual == "refuse":
        yield Finding(
            rule=RULE.name,
            clause="T3",
            verdict=Verdict.REFUSE,
            reason="visible_to_each_other",
            fix="use_the_group",
        )
        return
    yield Finding(
        rule=RULE.name,
        clause="T3",
        verdict=Verdict.PERMIT,
        reason="individualised",
        nature=Nature.COPY,
        obligations=(Individualise(),),
    )


RULE = Rule(
    name="mutual_sight",
    clauses=("T3",),
    check=check,
    channels=frozenset({Channel.EMAIL, Channel.TEXT}),
)
