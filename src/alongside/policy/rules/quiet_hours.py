"""N3: in quiet hours a message waits until morning; it is never refused for the hour (pitfall 32).

An emergency does not wait, nor does a text to somebody who needs texts.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding
from ..facts import Facts
from ..obligations import DeliverAfter
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Channel, Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if rulebook.quiet is None or not facts.served or facts.emergency:
        return
    if facts.channel is Channel.TEXT and all(s.need_text for s in facts.served):
        return
    minute = rulebook.quiet.wait_until(facts.minute)
    if minute is not None:
        yield Finding(
            rule=RULE.name,
            clause="N3",
            verdict=Verdict.PERMIT,
            reason="quiet_hours",
            obligations=(DeliverAfter(minute),),
        )


RULE = Rule(
    name="quiet_hours",
    clauses=("N3",),
    check=check,
    channels=frozenset({Channel.EMAIL, Channel.TEXT}),
)
