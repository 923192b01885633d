"""Who needs texts to communicate is texted, one person too; copied all the same."""

from __future__ import annotations

import pytest

from alongside.policy.vocabulary import Mode
from tests.world import DINA_PHONE, people

from .told import CARLA_PHONE, CHLOE_PHONE, SECTOR, Teller, text

pytestmark = pytest.mark.clause("S2")
CHAPTER = "Texts"
_NO_OFFICER = people(
    without=("owen", "olivia", "lena", "dev"),
)


def test_a_recorded_need_opens_texts(tell: Teller):
    """The need is on record; an unknown need is none."""
    tell("Carla texts Dina, who is deaf", text(CARLA_PHONE, DINA_PHONE)).sent(
        copy="owen", cites="S2"
    )
    tell(
        "Nobody recorded Dina's need",
        text(CARLA_PHONE, DINA_PHONE),
        people=people(dina={"needs": frozenset()}),
    ).refused(cites="S3", reason="text_to_one", fix="use_group_or_email")
    tell("Carla texts Chloe, who has no such need", text(CARLA_PHONE, CHLOE_PHONE)).refused(
        cites="S3", reason="text_to_one", fix="use_group_or_email"
    )


def test_a_colleague_is_enough_for_the_need(tell: Teller):
    """Officer, colleague or parent in the shipped rulebook; the second takes no colleague."""
    tell("No officer is left", text(CARLA_PHONE, DINA_PHONE), people=_NO_OFFICER).sent(
        copy="carl", cites="S2"
    )
    tell(
        "The same under the second rulebook",
        text(CARLA_PHONE, DINA_PHONE),
        people=_NO_OFFICER,
        rulebook=SECTOR,
    ).refused(cites="S2", reason="no_third_party", fix="add_third_party")
    tell(
        "The same in teach",
        text(CARLA_PHONE, DINA_PHONE),
        people=_NO_OFFICER,
        rulebook=SECTOR,
        mode=Mode.TEACH,
    ).refused(cites="S2", reason="no_third_party", fix="add_third_party")
