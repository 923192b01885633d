"""T1: nobody writes as somebody else of the workforce.

``From`` or ``Sender`` names a person of the workforce while the login or the envelope belongs to
another known person, and ``Sender`` does not say so.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding, Nature
from ..facts import Facts, Identity
from ..rule import EVERYBODY, Rule
from ..rulebook import Rulebook
from ..vocabulary import Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if facts.identity is Identity.SPOOFED:
        yield Finding(
            rule=RULE.name,
            clause="T1",
            verdict=Verdict.REFUSE,
            reason="spoofed_writer",
            fix="write_as_yourself",
            nature=Nature.SPOOF,
        )


RULE = Rule(name="spoofed_writer", clauses=("T1",), check=check, writers=EVERYBODY)
