"""On a site that can copy somebody, somebody is copied; elsewhere the talk stays, and the officer
hears of it."""

from __future__ import annotations

import pytest

from alongside.policy.obligations import Inform, RecordReason
from alongside.policy.vocabulary import Exemption, Mode, Verdict
from tests.world import CARLA, CHLOE, OWEN, UNKNOWN_LOCAL, mail

from .told import SECTOR, Teller, post

pytestmark = pytest.mark.clause("G3")
CHAPTER = "Good practice"


def test_a_site_that_can_copy(tell: Teller):
    """The third party is the officer; nobody else will do."""
    tell("Carla writes to Chloe on a site that can copy", post(CARLA, CHLOE)).sent(
        copy="owen", cites="G3"
    ).never_copies("mary", "carl")


def test_a_site_that_cannot(tell: Teller):
    """A should that can't be met needs the writer's reason; the officer is told within a day."""
    told = {"site_can_copy": False}
    tell("Without a reason", post(CARLA, CHLOE, **told)).refused(
        cites="G3", reason="no_third_party", fix="give_reason"
    )
    tell("With a reason", post(CARLA, CHLOE, reason="She wrote to our page first.", **told)).sent(
        cites="G3", reason="should_not_met", uncopied=Exemption.SHOULD_NOT_MET
    ).owes(RecordReason()).owes(Inform(24, "should_not_met"))
    tell("The officer is in the talk", post(CARLA, CHLOE, OWEN, **told)).sent(
        copy="owen", cites="G3"
    ).owes(Inform(24, "site_cannot_copy"))
    tell("The reason is a blank", post(CARLA, CHLOE, reason="  ", **told)).refused(
        cites="G3", reason="no_third_party", fix="give_reason"
    )
    tell(
        "The second rulebook says must: no reason is good enough",
        post(CARLA, CHLOE, reason="She wrote to our page first.", **told),
        rulebook=SECTOR,
    ).refused(cites="G3", reason="no_third_party", fix="add_third_party")
    tell(
        "Nobody knows whose profile of ours it is, on a site that can copy",
        post(UNKNOWN_LOCAL, CHLOE),
    ).sent(copy="owen", cites="G3")
    tell("The same without a copy in shadow", post(CARLA, CHLOE, **told), mode=Mode.SHADOW).sent(
        cites="G3", reason="no_third_party"
    ).would_be(Verdict.REFUSE)


def test_what_a_child_writes_on_a_site(tell: Teller):
    """It arrives; on a site of somebody else's we copy nothing."""
    tell("Chloe writes to Carla on a site", post(CHLOE, CARLA)).arrives()
    tell("Chloe writes to Carla by e-mail", mail(CHLOE, CARLA)).arrives(copy="owen")
