"""N2: nobody writes to those we serve, or to families, from a mailbox or phone of their own."""

from __future__ import annotations

from collections.abc import Iterator

from ..content import READ, finding, is_read
from ..decision import Finding
from ..facts import Facts
from ..rule import Rule
from ..rulebook import Rulebook


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if facts.own_mailbox and is_read(facts):
        yield from finding(
            rulebook,
            RULE.name,
            "N2",
            "own_mailbox",
            "use_work_address",
            rulebook.own_mailbox,
        )


RULE = Rule(name="own_mailbox", clauses=("N2",), check=check, writers=READ)
