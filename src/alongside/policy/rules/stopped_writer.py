"""T1: who is suspended or has left writes to no service user or supporter (pitfalls 4, 15).

Guarded: the answer is that of any hold, so that nothing tips anybody off."""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding, Nature
from ..facts import Facts, Writer
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if facts.stopped and facts.writer in (Writer.WORKFORCE, Writer.UNKNOWN_WORKFORCE):
        yield Finding(
            rule=RULE.name,
            clause="T1",
            verdict=Verdict.HOLD,
            reason="stopped_writer",
            nature=Nature.GUARDED,
        )


RULE = Rule(name="stopped_writer", clauses=("T1",), check=check)
