"""Other texts go to groups, and are copied to an officer or a parent: a colleague is not enough."""

from __future__ import annotations

import pytest

from alongside.policy.vocabulary import Exemption, Mode
from tests.casting import phone
from tests.world import people

from .told import CARLA_PHONE, CHLOE_PHONE, SECTOR, Teller, text

pytestmark = pytest.mark.clause("S3")
CHAPTER = "Texts"
PIP_PHONE, PAT_PHONE = "+447700900021", "+447700900022"
_WITH_PIP = {"contacts": (phone(PIP_PHONE),)}
_WITH_PAT = {"contacts": (phone(PAT_PHONE, organisational=True),)}


def test_a_group(tell: Teller):
    """Distinct people of distinct households; how many, the rulebook says."""
    two = people(pip=_WITH_PIP)
    tell("Carla texts Chloe and Pip", text(CARLA_PHONE, CHLOE_PHONE, PIP_PHONE), people=two).sent(
        copy="owen", cites="S3"
    )
    tell(
        "Pip and Chloe live in one household: that is one to one",
        text(CARLA_PHONE, CHLOE_PHONE, PIP_PHONE),
        people=people(pip=_WITH_PIP | {"household": "chloe and mary"}),
    ).refused(cites="S3", reason="text_to_one", fix="use_group_or_email")
    tell(
        "Nobody knows where they live: each is a household",
        text(CARLA_PHONE, CHLOE_PHONE, PIP_PHONE),
        people=people(pip=_WITH_PIP | {"household": ""}, chloe={"household": ""}),
    ).sent(copy="owen", cites="S3")
    tell("Carla texts Chloe alone", text(CARLA_PHONE, CHLOE_PHONE)).refused(
        cites="S3", reason="text_to_one", fix="use_group_or_email"
    )
    tell(
        "Two are too few for the second rulebook, which asks for five",
        text(CARLA_PHONE, CHLOE_PHONE, PIP_PHONE),
        people=two,
        rulebook=SECTOR,
    ).refused(cites="S3", reason="text_to_one", fix="use_group_or_email")


def test_who_is_copied(tell: Teller):
    """Without an officer: a parent for their own child; a colleague never."""
    left = people(without=("owen", "olivia", "lena", "dev"), pip=_WITH_PIP)
    tell(
        "No officer is left: Chloe has Mary, and Pip has nobody",
        text(CARLA_PHONE, CHLOE_PHONE, PIP_PHONE),
        people=left,
    ).refused(cites="S3", reason="no_third_party", fix="add_third_party")
    tell(
        "An unknown phone of ours texts them: only an officer will do",
        text("07700 900999", CHLOE_PHONE, PIP_PHONE, login="reception@club.example"),
        people=people(pip=_WITH_PIP),
    ).sent(copy="owen", cites="S3")


def test_modes_and_exemptions(tell: Teller):
    """In teach a text to one is told, not refused, and still copied; a parent texts their child."""
    tell("Carla texts Chloe, in teach", text(CARLA_PHONE, CHLOE_PHONE), mode=Mode.TEACH).sent(
        copy="owen", cites="S3", reason="text_to_one"
    )
    tell(
        "Pat texts his own child",
        text(PAT_PHONE, PIP_PHONE),
        people=people(pip=_WITH_PIP, pat=_WITH_PAT),
    ).sent(cites="S3", reason="own_child", uncopied=Exemption.OWN_CHILD)
