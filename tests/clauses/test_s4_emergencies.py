"""In an emergency one person may be texted, or written to in any way we carry: at once, copied to
everybody who can be, with a look at it afterwards."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from alongside.policy.obligations import Review
from alongside.policy.vocabulary import Mode, Verdict
from tests.world import (
    CARLA,
    CARLA_PRIVATE,
    CHLOE,
    FRANK,
    HOME,
    NORA,
    SID,
    STRANGER,
    URSULA,
    mail,
    people,
)

from .told import CARLA_PHONE, CHLOE_PHONE, SECTOR, Teller, chat, text

pytestmark = pytest.mark.clause("S4")
CHAPTER = "Texts"


def test_a_text_to_one_child(tell: Teller):
    """It leaves at once; everyone eligible is copied; somebody looks at it within a day."""
    case = tell("Carla texts Chloe: urgent", text(CARLA_PHONE, CHLOE_PHONE, urgent=True))
    case.sent(copy="owen", cites="S4", reason="copied_at_once")
    case.owes(Review(24, "emergency"))
    assert len(case.owed["chloe"]) > 2
    tell(
        "At night, under a rulebook with quiet hours",
        text(CARLA_PHONE, CHLOE_PHONE, urgent=True, at=datetime(2026, 11, 22, 23, 0, tzinfo=UTC)),
        rulebook=SECTOR,
    ).sent(copy="owen", cites="S4", reason="copied_at_once")
    nobody = people(without=("owen", "olivia", "lena", "dev", "mary", "carl"), links={})
    tell(
        "Nobody can be copied: it leaves all the same",
        text(CARLA_PHONE, CHLOE_PHONE, urgent=True),
        people=nobody,
    ).sent(copy={"chloe": None}, cites="S4", reason="copied_at_once")


def test_an_e_mail_to_one_child(tell: Teller):
    """The tag `+urgent` on the address says so, and passes gates, hours and ordinary holds."""
    tell("Ursula's vetting ran out, and she writes: urgent", mail(URSULA, CHLOE, urgent=True)).sent(
        copy="owen", cites="E3", reason="copied_at_once"
    )
    tell("It is encrypted", mail(CARLA, CHLOE, urgent=True, encrypted=True)).sent(
        copy="owen", cites="E3", reason="copied_at_once"
    )
    tell("In teach", mail(CARLA, CHLOE, urgent=True), mode=Mode.TEACH).sent(
        copy="owen", cites="E3", reason="copied_at_once"
    )
    tell("In shadow", mail(CARLA, CHLOE, urgent=True), mode=Mode.SHADOW).sent(
        cites="E3", reason="copied_at_once"
    ).would_be(Verdict.PERMIT)


def test_what_even_an_emergency_does_not_pass(tell: Teller):
    """Instant messaging, spoofs, suspended writers; who is restricted is dropped from it."""
    tell(
        "Carla calls an emergency on a messenger", chat(CARLA_PHONE, CHLOE_PHONE, urgent=True)
    ).refused(cites="I1", reason="instant_messaging", fix="use_email_or_text")
    tell("Sid, who is suspended, calls one", mail(SID, CHLOE, urgent=True)).held(
        cites="T1", reason="stopped_writer", guarded=True
    )
    tell(
        "Somebody else signs in and writes as Carla", mail(CARLA, CHLOE, login=SID, urgent=True)
    ).refused(cites="T1", reason="spoofed_writer", fix="write_as_yourself")
    tell("Frank is in it too", mail(CARLA, CHLOE, FRANK, urgent=True)).sent(
        copy="owen", cites="E3", reason="copied_at_once"
    ).reaches(CHLOE).never_copies("frank")
    tell("Nora, who may not write to Finn, calls one", mail(NORA, HOME, urgent=True)).held(
        cites="T1", reason="restricted_together", guarded=True
    )


def test_who_may_call_one(tell: Teller):
    """The workforce, proven, from an organisational address; others' mail is ordinary."""
    tell("Carla from her private mailbox", mail(CARLA_PRIVATE, CHLOE, urgent=True)).sent(
        copy="owen", cites="E3"
    )
    tell("A stranger writes to Chloe: urgent", mail(STRANGER, CHLOE, urgent=True)).arrives()
