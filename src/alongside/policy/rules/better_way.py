"""E1, E2 and S1: the better way, as advice: e-mail before texts, the group before one person."""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding
from ..facts import Facts
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Channel, Level, Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if not facts.served or facts.emergency:
        return
    alone = facts.people < rulebook.smallest_group or facts.households < rulebook.group_households
    if facts.channel is Channel.EMAIL and alone:
        yield from _advise("E2", "prefer_the_group", rulebook)
    if facts.channel is Channel.TEXT and not all(s.need_text for s in facts.served):
        yield from _advise("S1", "prefer_email", rulebook)
    if facts.channel in (Channel.INSTANT_MESSAGE, Channel.SOCIAL):
        yield from _advise("E1", "email_is_simple", rulebook)


def _advise(clause: str, reason: str, rulebook: Rulebook) -> Iterator[Finding]:
    if rulebook.clauses[clause].level is not Level.OFF:
        yield Finding(rule=RULE.name, clause=clause, verdict=Verdict.PERMIT, reason=reason)


RULE = Rule(name="better_way", clauses=("E1", "E2", "S1"), check=check)
