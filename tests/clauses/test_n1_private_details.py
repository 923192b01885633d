"""Private details of those who work for us stay private: numbers, addresses, accounts, pictures,
passwords. What is certain is refused, what is likely waits, what is possible is told."""

from __future__ import annotations

import pytest

from alongside.policy.vocabulary import Mode, Verdict
from tests.world import CARL, CARLA, CHLOE, JUNIORS, MARY, PAT, PIP, mail

from .told import Teller

pytestmark = pytest.mark.clause("N1")
CHAPTER = "What is written"
NUMBER = {"cites": "N1", "reason": "seen_phone", "fix": "use_work_details"}
IN_WORDS = (
    "Ring me if you get lost, it's oh seven seven\u200b oh oh, nine hundred, double one\u200b three"
)


def test_a_number(tell: Teller):
    """A private number is refused, however it is written; a registered work number passes."""
    tell("Carla's own", mail(CARLA, CHLOE), wrote="Ring me on 07700 900123 tonight").refused(
        **NUMBER
    )
    tell("In words, with marks that nobody sees", mail(CARLA, CHLOE), wrote=IN_WORDS).refused(
        **NUMBER
    )
    tell("To a parent", mail(CARLA, MARY), wrote="My mobile is 07700 900123").refused(**NUMBER)
    tell("To the group", mail(CARLA, JUNIORS), wrote="Mine is +44 7700 900 123").refused(**NUMBER)
    tell(
        "Her work number", mail(CARLA, CHLOE), wrote="The club phone is 07700 900001. See you at 6"
    ).clean()
    tell("A colleague's", mail(CARLA, CHLOE), wrote="Or ring Carl at work on 07700 900002").clean()
    tell("Chloe's own", mail(CARLA, CHLOE), wrote="Is 07700 900010 still your number?").clean()
    tell(
        "Her mother's", mail(CARLA, CHLOE), wrote="I have 07700 900011 for your mum, is it right?"
    ).clean()
    tell(
        "Times and scores",
        mail(CARLA, CHLOE),
        wrote="Kick-off 10.30, we won 21-19, 18-21, 21-17. Order 4471-9920 is here, £12.50 each.",
    ).clean()
    tell("To a colleague", mail(CARLA, CARL), wrote="Mine is 07700 900123").passes()


def test_other_details(tell: Teller):
    """An address, an account, pictures, a password."""
    tell(
        "Her own mailbox, in disguise",
        mail(CARLA, CHLOE),
        wrote="My email is carla dot coach at gmail dot com",
    ).refused(cites="N1", reason="seen_email_address", fix="use_work_details")
    tell(
        "Where she lives",
        mail(CARLA, CHLOE),
        wrote="Come round to mine on Sunday, I live at 14 Mill Lane, Ambleford AB1 2CD",
    ).refused(cites="N1", reason="seen_home_address", fix="meet_at_the_club")
    tell("An account", mail(CARLA, CHLOE), wrote="my insta is @carla_swims_made_up").refused(
        cites="N1", reason="seen_handle", fix="use_our_profiles"
    )
    tell(
        "A PIN", mail(CARLA, CHLOE), wrote="My locker PIN is 4821, help yourself to the floats"
    ).refused(cites="N1", reason="seen_password", fix="no_passwords")
    tell(
        "The hall's postcode",
        mail(CARLA, CHLOE),
        wrote="Training is at the leisure centre, Station Road, Ambleford AB1 2CD at 6 pm.",
    ).clean()


def test_modes_and_emergencies(tell: Teller):
    """One step softer in teach, only noted in shadow; an emergency goes."""
    wrote = "Ring me on 07700 900123 tonight"
    tell("In teach", mail(CARLA, CHLOE), wrote=wrote, mode=Mode.TEACH).held(
        cites="N1", reason="seen_phone"
    )
    tell("In shadow", mail(CARLA, CHLOE), wrote=wrote, mode=Mode.SHADOW).sent(
        cites="N1", reason="seen_phone"
    ).would_be(Verdict.REFUSE)
    tell("In an emergency", mail(CARLA, CHLOE, urgent=True), wrote=wrote).sent(
        copy="owen", cites="N1", reason="seen_phone"
    )
    tell("Pat to his own child", mail(PAT, PIP), wrote="Ring me on 07700 900123").clean_of("N1")
    tell("What Chloe writes is not read", mail(CHLOE, CARLA), wrote="I'm on 07700 900999").arrives(
        copy="owen"
    )
