"""Those we serve don't learn of each other through us: the list of recipients alone can tell that
somebody is disabled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alongside.policy.obligations import Individualise
from alongside.policy.vocabulary import Mode
from tests.world import CARLA, CHLOE, DINA, HOME, JUNIORS, MARY, PIP, SAM, mail, people

from .told import SHIPPED, Teller

pytestmark = pytest.mark.clause("T3")
CHAPTER = "Terms"


def individual(case) -> bool:
    return Individualise() in case.decision.obligations


def test_each_alone(tell: Teller):
    """Service users of different households, and supporters of different families."""
    assert individual(tell("Carla writes to Chloe and Dina", mail(CARLA, CHLOE, DINA)))
    assert individual(tell("Carla writes to two parents", mail(CARLA, MARY, SAM)))
    assert not individual(tell("Carla writes to Chloe and her mother", mail(CARLA, CHLOE, MARY)))
    assert not individual(
        tell(
            "Carla writes to two of one household",
            mail(CARLA, CHLOE, PIP),
            people=people(pip={"household": "chloe and mary"}),
        )
    )
    assert individual(
        tell(
            "Nobody knows where Chloe and Pip live",
            mail(CARLA, CHLOE, PIP),
            people=people(chloe={"household": ""}, pip={"household": ""}),
        )
    )
    assert individual(
        tell("Dina is named in the header only", mail(CARLA, CHLOE, named=(CHLOE, DINA)))
    )


def test_groups_are_written_to_one_by_one(tell: Teller):
    """Nobody sees another member, nor another's parent."""
    tell("Carla writes to the juniors", mail(CARLA, JUNIORS)).reaches(CHLOE, DINA, HOME)


def test_other_settings(tell: Teller):
    """A rulebook may refuse it, or allow it."""
    refusing = replace(SHIPPED, mutual="refuse")
    tell("A rulebook that refuses", mail(CARLA, CHLOE, DINA), rulebook=refusing).refused(
        cites="T3", reason="visible_to_each_other", fix="use_the_group"
    )
    case = tell("The same in teach", mail(CARLA, CHLOE, DINA), rulebook=refusing, mode=Mode.TEACH)
    case.sent(copy="owen", cites="T3", reason="visible_to_each_other")
    allowing = replace(SHIPPED, mutual="allow")
    assert not individual(
        tell("A rulebook that allows", mail(CARLA, CHLOE, DINA), rulebook=allowing)
    )
