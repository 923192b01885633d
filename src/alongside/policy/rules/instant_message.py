"""I1: instant messaging with service users, never; another rulebook may allow it in groups.

Where it is allowed, a group is big enough, enough vetted adults see all of it, and a third party
of the clause is in the conversation: nobody can be copied from outside.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..copying import copy
from ..decision import Finding, Nature
from ..facts import Facts
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Channel, Level, Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if not facts.served:
        return
    level = rulebook.clauses["I1"].level
    if level is Level.NEVER:
        yield _never("instant_messaging", "use_email_or_text")
        return
    if facts.people < rulebook.smallest_group or facts.households < rulebook.group_households:
        yield _never("group_too_small", "use_email_or_text")
    if facts.vetted_adults < rulebook.vetted_adults:
        yield _never("too_few_vetted_adults", "use_email_or_text")
    for at in range(len(facts.served)):
        yield copy(RULE.name, "I1", at, facts, rulebook, can_add=False)


def _never(reason: str, fix: str) -> Finding:
    return Finding(
        rule=RULE.name,
        clause="I1",
        verdict=Verdict.REFUSE,
        reason=reason,
        fix=fix,
        nature=Nature.NEVER,
    )


RULE = Rule(
    name="instant_message",
    clauses=("I1",),
    check=check,
    channels=frozenset({Channel.INSTANT_MESSAGE}),
)
