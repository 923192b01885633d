"""T1: what nobody else can read is not sent to a service user unseen (pitfall 26)."""

from __future__ import annotations

from collections.abc import Iterator

from ..decision import Finding
from ..facts import Facts
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Verdict


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    if facts.encrypted and facts.served and rulebook.encrypted == "hold":
        yield Finding(
            rule=RULE.name,
            clause="T1",
            verdict=Verdict.HOLD,
            reason="encrypted",
            fix="send_unencrypted",
        )


RULE = Rule(name="encrypted", clauses=("T1",), check=check)
