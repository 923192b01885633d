"""S4: an emergency goes at once, and somebody looks at it afterwards (law 5, pitfall 33)."""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding, Nature
from ..facts import Facts
from ..obligations import Review
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Channel, Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if facts.emergency and facts.served:
        yield Finding(
            rule=RULE.name,
            clause="S4",
            verdict=Verdict.PERMIT,
            reason="emergency",
            nature=Nature.COPY,
            obligations=(Review(rulebook.emergency_review_hours, "emergency"),),
        )


RULE = Rule(
    name="emergency_review",
    clauses=("S4",),
    check=check,
    channels=frozenset({Channel.EMAIL, Channel.TEXT, Channel.SOCIAL}),
)
