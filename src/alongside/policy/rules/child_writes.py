"""T1: what a child writes arrives, and an officer gets a copy (law 3, pitfall 12).

Never a parent by itself. Where nobody can be copied it arrives all the same. An adult's own
message is not copied; one whose writer is uncertain is, as a child's would be.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding, Nature
from ..facts import Facts, Identity, Writer
from ..obligations import CopyTo, Review
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Channel, Kind, Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if facts.sealed:
        return
    uncertain = facts.identity is Identity.UNCERTAIN
    children = any(s.child for s in facts.served)
    for at, served in enumerate(facts.served):
        if not served.child and (children or not uncertain):
            continue
        reachable = Kind.OFFICER in served.eligible
        hours = rulebook.inform_hours
        obligations: list[CopyTo | Review] = [CopyTo(frozenset({Kind.OFFICER}), at, required=False)]
        if uncertain:
            obligations.append(Review(hours, "uncertain_writer"))
        if not reachable:
            obligations.append(Review(hours, "nobody_to_copy"))
        yield Finding(
            rule=RULE.name,
            clause="T1",
            verdict=Verdict.PERMIT,
            reason="child_writes",
            nature=Nature.COPY,
            obligations=tuple(obligations),
        )


RULE = Rule(
    name="child_writes",
    clauses=("T1",),
    check=check,
    channels=frozenset({Channel.EMAIL, Channel.TEXT}),
    writers=frozenset({Writer.SERVICE_USER}),
)
