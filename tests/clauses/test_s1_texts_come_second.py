"""A text is the second choice: e-mail comes first, and we say so."""

from __future__ import annotations

import pytest

from tests.world import CARLA, CHLOE, DINA_PHONE, mail

from .told import CARLA_PHONE, CHLOE_PHONE, SECTOR, Teller, text

pytestmark = pytest.mark.clause("S1")
CHAPTER = "Texts"


def test_advice_that_stops_nothing(tell: Teller):
    """It is said beside whatever else is decided."""
    tell("Carla texts Chloe and Dina", text(CARLA_PHONE, CHLOE_PHONE, DINA_PHONE)).sent(
        copy="owen", cites="S3"
    ).advises("S1", "prefer_email")
    case = tell("Carla texts Dina, who is deaf", text(CARLA_PHONE, DINA_PHONE))
    case.sent(copy="owen", cites="S2")
    assert "prefer_email" not in [f.reason for f in case.decision.findings]
    case = tell("Carla writes an e-mail", mail(CARLA, CHLOE)).sent(copy="owen", cites="E3")
    assert "prefer_email" not in [f.reason for f in case.decision.findings]
    tell(
        "The second rulebook prefers e-mail as well",
        text(CARLA_PHONE, CHLOE_PHONE),
        rulebook=SECTOR,
    ).advises("S1", "prefer_email")
