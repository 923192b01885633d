"""G1: who asks for secrecy, or to leave out whoever is copied, asks to be alone with somebody we
serve. It waits for an officer, who hears of it whatever becomes of the message; its writer hears no
more than of any other hold. An emergency goes, and the officer hears of it all the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..content import READ, action_on, is_read, those_of
from ..decision import Finding, Nature
from ..facts import Facts
from ..obligations import Review
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Action, Sight, Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if not facts.sightings or not is_read(facts):
        return
    for seen in those_of(facts, Sight.SECRECY):
        held = action_on(seen, rulebook) is Action.HOLD
        stops = held and not facts.emergency
        yield Finding(
            rule=RULE.name,
            clause="G1",
            verdict=Verdict.HOLD if stops else Verdict.PERMIT,
            reason="secrecy",
            fix="ask_the_officer" if stops else "",
            nature=Nature.GUARDED,
            obligations=(Review(rulebook.inform_hours, "secrecy"),) if held else (),
            told=Verdict.HOLD if held and not stops else None,
        )


RULE = Rule(name="secrecy", clauses=("G1",), check=check, writers=READ)
