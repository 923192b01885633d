"""What is written online is a document: it is on the record, and we say so."""

from __future__ import annotations

import pytest

from alongside.policy.vocabulary import Class
from tests.world import ADA, CARL, CARLA, CHLOE, LADO, MARY, OLIVIA, mail

from .told import CARLA_PHONE, SECTOR, Teller, text

pytestmark = pytest.mark.clause("D5")
CHAPTER = "Conduct"


def test_said_of_what_reaches_somebody_we_serve(tell: Teller):
    """On every channel that we carry, under both rulebooks."""
    tell("Carla writes to Chloe", mail(CARLA, CHLOE)).sent(copy="owen", cites="E3").advises(
        "D5", "on_the_record"
    )
    tell("Carla writes to Ada", mail(CARLA, ADA)).sent(copy="sam", cites="E3").advises(
        "D5", "on_the_record"
    )
    tell(
        "Carla texts Dina, under the second rulebook",
        text(CARLA_PHONE, "+447700900014"),
        rulebook=SECTOR,
    ).sent(copy="owen", cites="S2").advises("D5", "on_the_record")


def test_what_is_kept_of_other_mail(tell: Teller):
    """Mail to parents is on the record too; mail between colleagues, and reports, are not."""
    parents = tell("Carla writes to Mary, a parent", mail(CARLA, MARY))
    assert parents.decision.in_scope and not parents.decision.obligations
    parents.arrives()
    tell("Mary writes to the officer alone", mail(MARY, OLIVIA)).arrives(sealed=True)
    tell("Carla writes to Carl", mail(CARLA, CARL)).passes()
    tell("Carla reports to the local authority", mail(CARLA, LADO)).passes(Class.CONFIDENTIAL)
