"""Every refusal names whom to ask, on whatever it rests."""

from __future__ import annotations

import pytest

from alongside.policy import explain
from alongside.policy.vocabulary import Verdict
from tests.world import CARLA, CHLOE, URSULA, mail

from .told import CARLA_PHONE, CHLOE_PHONE, CONTACT, SECTOR, Teller, chat, post, text

pytestmark = pytest.mark.clause("P5")
CHAPTER = "Contact"


def test_the_contact_stands_in_every_refusal(tell: Teller):
    """The reply names clause, reason, mend and contact, and a reference to speak of."""
    cases = (
        tell("A gate is closed", mail(URSULA, CHLOE)),
        tell("A text to one", text(CARLA_PHONE, CHLOE_PHONE)),
        tell(
            "A text to one, under the second rulebook",
            text(CARLA_PHONE, CHLOE_PHONE),
            rulebook=SECTOR,
        ),
        tell("An instant message", chat(CARLA_PHONE, CHLOE_PHONE)),
        tell("A site that can't copy", post(CARLA, CHLOE, site_can_copy=False)),
        tell("Somebody writes as somebody else", mail(CARLA, CHLOE, login=URSULA)),
    )
    for case in cases:
        assert case.decision.verdict is Verdict.REFUSE
        said = case.reply
        assert f"questions: {CONTACT}, reference A7K3-9QXM" in said
        for sentence in explain.for_writer(case.decision):
            assert sentence.clause in said and sentence.reason in said and sentence.fix in said
