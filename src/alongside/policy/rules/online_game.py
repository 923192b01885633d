"""N7: nobody we serve, and none of their families, is invited to play online with the writer."""

from __future__ import annotations

from collections.abc import Iterator

from ..content import READ, findings
from ..decision import Finding
from ..facts import Facts
from ..rule import Rule
from ..rulebook import Rulebook
from ..vocabulary import Sight


def check(facts: Facts, rulebook: Rulebook) -> Iterator[Finding]:
    yield from findings(facts, rulebook, RULE.name, "N7", "play_at_the_club", Sight.GAME)


RULE = Rule(name="online_game", clauses=("N7",), check=check, writers=READ)
