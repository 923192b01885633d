"""E-mail, and the group's own address, is the good and simple way."""

from __future__ import annotations

import pytest

from alongside.policy.vocabulary import Exemption
from tests.world import (
    CARL,
    CARLA,
    CARLA_PRIVATE,
    CHLOE,
    DINA,
    HOME,
    JUNIORS,
    MARY,
    OWEN,
    STRANGER,
    mail,
    people,
)

from .told import Teller, post

pytestmark = pytest.mark.clause("E1")
CHAPTER = "E-mail"


def test_a_group_address(tell: Teller):
    """Its leads, officers and listed senders write to all members through it, one by one."""
    tell("Carla, who leads the juniors, writes to them", mail(CARLA, JUNIORS)).sent(
        copy={"chloe": "owen", "dina": "owen", "finn": "owen"}, cites="G2"
    ).reaches(CHLOE, DINA, HOME)
    tell("Carl, whom the group does not name, writes to it", mail(CARL, JUNIORS)).arrives().reaches(
        CARLA, OWEN
    )
    tell("Carla writes from her private mailbox", mail(CARLA_PRIVATE, JUNIORS)).arrives().reaches(
        OWEN
    )
    tell("A stranger writes to it", mail(STRANGER, JUNIORS)).arrives().reaches(CARLA, OWEN)
    tell("Mary, a parent, writes to it", mail(MARY, JUNIORS)).arrives().reaches(CARLA, OWEN)
    tell("Chloe answers all", mail(CHLOE, JUNIORS, CARLA)).arrives(copy="owen").reaches(CARLA, OWEN)


def test_a_group_behind_which_nobody_is(tell: Teller):
    """Where no lead or officer can be reached the sender is told, and nothing is lost."""
    left = people(without=("owen", "olivia", "lena", "dev", "carla"), mailboxes=())
    tell("A stranger writes to it", mail(STRANGER, JUNIORS), people=left).refused(
        cites="T1", reason="nobody_there", fix="write_to_the_contact"
    )


def test_advice_on_other_channels(tell: Teller):
    """On a social site we say that e-mail is the simple way."""
    tell(
        "Carla writes on a site, with a reason",
        post(CARLA, CHLOE, site_can_copy=False, reason="She asked there."),
    ).sent(cites="G3", reason="should_not_met", uncopied=Exemption.SHOULD_NOT_MET).advises(
        "E1", "email_is_simple"
    )
