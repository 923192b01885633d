"""Writing to the group is better than writing to one person; we say so, and stop nothing."""

from __future__ import annotations

import pytest

from tests.world import CARLA, CHLOE, DINA, JUNIORS, PIP, mail, people

from .told import SECTOR, Teller

pytestmark = pytest.mark.clause("E2")
CHAPTER = "E-mail"


def test_advice_for_one_and_none_for_a_group(tell: Teller):
    """A group is what the rulebook counts as one: distinct people, distinct households."""
    tell("Carla writes to Chloe", mail(CARLA, CHLOE)).sent(copy="owen", cites="E3").advises(
        "E2", "prefer_the_group"
    )
    case = tell("Carla writes to the juniors", mail(CARLA, JUNIORS))
    case.sent(copy={"chloe": "owen", "dina": "owen", "finn": "owen"}, cites="G2")
    assert "prefer_the_group" not in [f.reason for f in case.decision.findings]
    tell(
        "Carla writes to two of one household",
        mail(CARLA, CHLOE, PIP),
        people=people(pip={"household": "chloe and mary"}),
    ).sent(copy="owen", cites="E3").advises("E2", "prefer_the_group")
    tell(
        "Two are no group under the second rulebook", mail(CARLA, CHLOE, DINA), rulebook=SECTOR
    ).sent(copy="owen", cites="E3").advises("E2", "prefer_the_group")
    urgent = tell("No advice in an emergency", mail(CARLA, CHLOE, urgent=True))
    urgent.sent(copy="owen", cites="E3", reason="copied_at_once")
    assert "prefer_the_group" not in [f.reason for f in urgent.decision.findings]
