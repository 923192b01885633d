"""Nobody reaches those we serve, or their families, from a phone or mailbox of their own."""

from __future__ import annotations

import pytest

from alongside.policy.vocabulary import Mode
from tests.casting import phone
from tests.world import CARLA, CARLA_PRIVATE, CHLOE, JUNIORS, MARY, mail, people

from .told import Teller

pytestmark = pytest.mark.clause("N2")
CHAPTER = "What is written"
REFUSED = {"cites": "N2", "reason": "own_mailbox", "fix": "use_work_address"}


def test_a_mailbox_of_ones_own(tell: Teller):
    """By the register: in From, or where answers would go."""
    tell("Carla writes to Chloe from her own", mail(CARLA_PRIVATE, CHLOE)).refused(**REFUSED)
    tell("To a parent", mail(CARLA_PRIVATE, MARY)).refused(**REFUSED)
    tell("Answers would go there", mail(CARLA, CHLOE, reply_to=(CARLA_PRIVATE,))).refused(**REFUSED)
    tell("From her work address", mail(CARLA, CHLOE)).sent(copy="owen", cites="E3", reason="copied")
    tell("In teach", mail(CARLA_PRIVATE, CHLOE), mode=Mode.TEACH).held(
        cites="N2", reason="own_mailbox"
    )


def test_a_number_that_the_register_has_as_her_own(tell: Teller):
    """Certain wherever it stands: below the message and in quoted words too."""
    carla = people().persons["carla"]
    hers = (*carla.contacts, phone("+447700900045"))
    tell(
        "Carla's private number",
        mail(CARLA, CHLOE),
        wrote="On the night it's 07700 900045",
        people=people(carla={"contacts": hers}),
    ).refused(cites="N2", reason="seen_phone", fix="use_work_details")


def test_what_is_called_urgent_from_there_is_not_stopped_for_it(tell: Teller):
    """It is no emergency, and goes as any message does."""
    tell("Tagged urgent, from her own", mail(CARLA_PRIVATE, CHLOE, urgent=True)).sent(
        copy="owen", cites="E3", reason="copied"
    )
    tell("To a group it is a stranger's", mail(CARLA_PRIVATE, JUNIORS)).clean_of("N2")
