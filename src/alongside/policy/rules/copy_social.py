"""G3: a site that can copy somebody must; one that can't keeps the talk, and the officer hears."""

from __future__ import annotations

from collections.abc import Iterator

from ..copying import copy
from ..decision import Finding
from ..facts import Facts
from ..obligations import Inform
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Channel, Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    for at in range(len(facts.served)):
        yield copy(RULE.name, "G3", at, facts, rulebook, can_add=facts.site_can_copy)
    if facts.served and not facts.site_can_copy:
        yield Finding(
            rule=RULE.name,
            clause="G3",
            verdict=Verdict.PERMIT,
            reason="stay_on_the_site",
            obligations=(Inform(rulebook.inform_hours, "site_cannot_copy"),),
        )


RULE = Rule(
    name="copy_social",
    clauses=("G3",),
    check=check,
    channels=frozenset({Channel.SOCIAL}),
)
