"""E3 and G2: an e-mail to one service user, or to several, is copied to a third party."""

from __future__ import annotations

from collections.abc import Iterator

from ..copying import copy
from ..decision import Finding
from ..facts import Facts
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Channel


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    group = (
        facts.people >= rulebook.smallest_group and facts.households >= rulebook.group_households
    )
    for at in range(len(facts.served)):
        yield copy(RULE.name, "G2" if group else "E3", at, facts, rulebook)


RULE = Rule(
    name="copy_email",
    clauses=("E3", "G2"),
    check=check,
    channels=frozenset({Channel.EMAIL}),
)
