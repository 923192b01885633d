"""Who has not agreed, is not vetted or not trained does not write to those we serve."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alongside.policy.vocabulary import Mode, Verdict
from tests.world import CARL, CARLA, CHLOE, MARY, OFFICE, TODAY, URSULA, mail, people

from .told import SECTOR, Teller

pytestmark = pytest.mark.clause("A1")
CHAPTER = "Agreement"
AGREE = {"cites": "A1", "reason": "not_agreed", "fix": "agree_to_the_policy"}
VETTING = {"cites": "A1", "reason": "not_vetted", "fix": "renew_vetting"}
TRAINING = {"cites": "A1", "reason": "not_trained", "fix": "renew_training"}


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_agreement(tell: Teller):
    """Unknown is none. It holds for ever in the shipped rulebook, and a year in the second."""
    tell(
        "Carla never agreed", mail(CARLA, CHLOE), people=people(carla={"agreed_on": None})
    ).refused(**AGREE)
    tell(
        "Her agreement is dated tomorrow",
        mail(CARLA, CHLOE),
        people=people(carla={"agreed_on": days_ago(-1)}),
    ).refused(**AGREE)
    old = people(carla={"agreed_on": days_ago(2000)})
    tell("She agreed years ago", mail(CARLA, CHLOE), people=old).sent(copy="owen", cites="E3")
    tell(
        "She agreed years ago, and the rulebook asks each year",
        mail(CARLA, CHLOE),
        people=old,
        rulebook=SECTOR,
    ).refused(**AGREE)
    tell(
        "She agreed a year and 28 days ago: the last day of grace",
        mail(CARLA, CHLOE),
        people=people(carla={"agreed_on": days_ago(365 + 28)}),
        rulebook=SECTOR,
    ).sent(copy="owen", cites="E3")


def test_vetting(tell: Teller):
    """It holds to its last day, with no grace; unknown is none."""
    tell("Ursula's vetting ran out yesterday", mail(URSULA, CHLOE)).refused(**VETTING)
    tell(
        "Carla's vetting ends today",
        mail(CARLA, CHLOE),
        people=people(carla={"vetted_until": TODAY}),
    ).sent(copy="owen", cites="E3")
    tell(
        "Nobody knows of any vetting",
        mail(CARLA, CHLOE),
        people=people(carla={"vetted_until": None}),
    ).refused(**VETTING)


def test_training(tell: Teller):
    """It has 28 days of grace."""
    tell(
        "Carla's training ran out 28 days ago",
        mail(CARLA, CHLOE),
        people=people(carla={"trained_until": days_ago(28)}),
    ).sent(copy="owen", cites="E3")
    tell(
        "It ran out 29 days ago",
        mail(CARLA, CHLOE),
        people=people(carla={"trained_until": days_ago(29)}),
    ).refused(**TRAINING)
    tell(
        "Nobody knows of any training",
        mail(CARLA, CHLOE),
        people=people(carla={"trained_until": None}),
    ).refused(**TRAINING)


def test_where_the_gates_stand(tell: Teller):
    """Towards those we serve only; from teach upward; never before an emergency."""
    tell("Ursula writes to a colleague", mail(URSULA, CARL)).passes()
    parent = tell("Ursula writes to a parent", mail(URSULA, MARY)).arrives()
    assert not parent.decision.findings
    tell("Ursula writes to Chloe, in teach", mail(URSULA, CHLOE), mode=Mode.TEACH).refused(
        **VETTING
    )
    tell("In shadow", mail(URSULA, CHLOE), mode=Mode.SHADOW).sent(
        cites="A1", reason="not_vetted"
    ).would_be(Verdict.REFUSE)
    tell("As an emergency", mail(URSULA, CHLOE, urgent=True)).sent(
        copy="owen", cites="E3", reason="copied_at_once"
    )
    tell(
        "A shared mailbox writes, and one of its readers is not vetted",
        mail(OFFICE, CHLOE),
        people=people(carl={"vetted_until": None}),
    ).refused(**VETTING)
