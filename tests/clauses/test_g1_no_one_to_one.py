"""Nobody of the workforce is alone in a conversation with one person we serve, on any channel."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.policy.obligations import Review
from alongside.policy.vocabulary import Class, Exemption, Mode
from tests.world import (
    CARL,
    CARLA,
    CHLOE,
    DORA_BOTH,
    DORA_HOME,
    DORA_WORK,
    FRANK,
    HOME,
    JUNIORS,
    LADO,
    OWEN,
    PAT,
    PIP,
    STRANGER,
    mail,
    people,
)

from .told import CARLA_PHONE, CHLOE_PHONE, SECTOR, Teller, chat, post, text

pytestmark = pytest.mark.clause("G1")
CHAPTER = "Good practice"


def test_on_every_channel(tell: Teller):
    """One adult and one child: copied where we can copy, refused where we can't."""
    tell("By e-mail", mail(CARLA, CHLOE)).sent(copy="owen", cites="E3")
    tell("By text", text(CARLA_PHONE, CHLOE_PHONE)).refused(
        cites="S3", reason="text_to_one", fix="use_group_or_email"
    )
    tell("By instant message", chat(CARLA_PHONE, CHLOE_PHONE)).refused(
        cites="I1", reason="instant_messaging", fix="use_email_or_text"
    )
    tell("By a private message on a site that can copy", post(CARLA, CHLOE)).sent(
        copy="owen", cites="G3"
    )
    tell(
        "By a private message on a site that can't", post(CARLA, CHLOE, site_can_copy=False)
    ).refused(cites="G3", reason="no_third_party", fix="give_reason")


def test_whom_it_does_not_concern(tell: Teller):
    """Colleagues, strangers, and reports to those who protect."""
    tell("Carla writes to her colleague Carl", mail(CARLA, CARL)).passes()
    tell("Carla writes to somebody outside whom nobody knows", mail(CARLA, STRANGER)).passes()
    tell("Carla reports to the local authority", mail(CARLA, LADO)).passes(Class.CONFIDENTIAL)


def test_the_young_are_written_to_through_their_families_where_a_rulebook_says_so(tell: Teller):
    """The second rulebook sets thirteen; the shipped one sets no age. Unknown is too young."""
    tell("Carla writes to Pip, who is thirteen", mail(CARLA, PIP), rulebook=SECTOR).sent(
        copy="owen", cites="E3"
    )
    tell("Carla writes to Finn, who is ten", mail(CARLA, HOME), rulebook=SECTOR).refused(
        cites="G1", reason="too_young", fix="write_to_the_supporters"
    )
    tell("The same under the shipped rulebook", mail(CARLA, HOME)).sent(copy="owen", cites="E3")
    tell(
        "Nobody knows when Chloe was born",
        mail(CARLA, CHLOE),
        people=people(chloe={"born": None}),
        rulebook=SECTOR,
    ).refused(cites="G1", reason="too_young", fix="write_to_the_supporters")
    tell(
        "Pat writes to his own child, who is ten",
        mail(PAT, PIP),
        people=people(pip={"born": date(2016, 9, 9)}),
        rulebook=SECTOR,
    ).sent(cites="E3", reason="own_child", uncopied=Exemption.OWN_CHILD)
    tell("An emergency for Finn", mail(CARLA, HOME, urgent=True), rulebook=SECTOR).sent(
        copy="owen", cites="E3", reason="copied_at_once"
    )
    tell(
        "Carla writes to Finn, in teach",
        mail(CARLA, HOME),
        rulebook=SECTOR,
        mode=Mode.TEACH,
    ).sent(copy="owen", cites="E3")


def test_two_hats(tell: Teller):
    """Who is colleague and participant is what the address says; where it says both, we ask."""
    tell("Carla writes to Dora at her work address", mail(CARLA, DORA_WORK)).passes()
    tell("Carla writes to Dora at home, where she is a participant", mail(CARLA, DORA_HOME)).sent(
        copy="office@club.example", cites="E3"
    )
    tell("Carla writes to the address that is both", mail(CARLA, DORA_BOTH)).held(
        cites="G1", reason="two_hats"
    )
    tell("The same in teach", mail(CARLA, DORA_BOTH), mode=Mode.TEACH).sent(
        copy="office@club.example", cites="E3"
    )


def test_what_a_child_writes(tell: Teller):
    """It arrives, whatever it is, and an officer gets a copy; never a parent by itself."""
    tell("Chloe writes to Carla", mail(CHLOE, CARLA)).arrives(copy="owen").never_copies("mary")
    tell("Chloe writes to her group", mail(CHLOE, JUNIORS)).arrives(copy="owen").reaches(
        CARLA, OWEN
    )
    tell("Chloe writes to the officer alone", mail(CHLOE, OWEN)).arrives(sealed=True)
    tell("Chloe writes to her restricted father", mail(CHLOE, FRANK)).arrives(copy="owen")


def test_a_call_for_secrecy(tell: Teller):
    """Whoever asks for it asks to be alone: it waits, and an officer hears of it."""
    told = tell(
        "Keep it from your mother",
        mail(CARLA, CHLOE),
        wrote="Don't tell your mum about this, it's our secret",
    ).held(cites="G1", reason="secrecy", guarded=True)
    assert any(isinstance(o, Review) and o.why == "secrecy" for o in told.decision.obligations)
    tell(
        "In an emergency it goes, and an officer hears of it",
        mail(CARLA, CHLOE, urgent=True),
        wrote="Don't tell your mum about this, it's our secret",
    ).sent(copy="owen", cites="G1", reason="secrecy")
    tell(
        "A password is kept secret",
        mail(CARLA, CHLOE),
        wrote="Never share your password with anybody, not even with us.",
    ).clean()
