"""G2: under an age, where the organisation says so, the supporters marked for it get a copy too."""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding, Nature
from ..facts import Facts
from ..obligations import AlsoCopySupporters
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Channel, Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    for at, served in enumerate(facts.served):
        young = served.age is not None and served.age < rulebook.supporters_too_under
        if served.child and young and served.supporters_too and not served.own_child:
            yield Finding(
                rule=RULE.name,
                clause="G2",
                verdict=Verdict.PERMIT,
                reason="supporters_too",
                nature=Nature.COPY,
                obligations=(AlsoCopySupporters(at),),
            )


RULE = Rule(
    name="supporters_too",
    clauses=("G2",),
    check=check,
    channels=frozenset({Channel.EMAIL, Channel.TEXT}),
)
