"""S2, S3 and S4: texts serve those who need them, groups, and emergencies; always copied.

To one person only in an emergency (S4) or where they need texts to communicate (S2). Otherwise a
group of distinct people and households (S3, pitfall 5), copied to officer or parent.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..copying import copy, exempt
from ..decision import Finding, Nature
from ..facts import Facts
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Channel, Exemption, Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    group = (
        facts.people >= rulebook.smallest_group and facts.households >= rulebook.group_households
    )
    for at, served in enumerate(facts.served):
        if facts.emergency:
            yield copy(RULE.name, "S4", at, facts, rulebook)
        elif served.need_text:
            yield copy(RULE.name, "S2", at, facts, rulebook)
        elif group or exempt(served, facts) in (Exemption.OWN_CHILD, Exemption.AUTOMATIC_MAILBOX):
            yield copy(RULE.name, "S3", at, facts, rulebook)
        else:
            yield Finding(
                rule=RULE.name,
                clause="S3",
                verdict=Verdict.REFUSE,
                reason="text_to_one",
                fix="use_group_or_email",
                nature=Nature.PLAIN,
            )
            yield copy(RULE.name, "S3", at, facts, rulebook)


RULE = Rule(
    name="copy_text",
    clauses=("S2", "S3", "S4"),
    check=check,
    channels=frozenset({Channel.TEXT}),
)
