"""D5: what is written to a service user is a document; it goes on the record, and we say so."""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding
from ..facts import Facts
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Level, Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if facts.served and rulebook.clauses["D5"].level is not Level.OFF:
        yield Finding(rule=RULE.name, clause="D5", verdict=Verdict.PERMIT, reason="on_the_record")


RULE = Rule(name="on_the_record", clauses=("D5",), check=check)
