"""Nobody is in a conversation who must not be; what can't be judged for certain waits; and why a
message waits, only an officer learns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alongside.policy.obligations import Review
from alongside.policy.people import Mailbox
from alongside.policy.vocabulary import MailboxKind, Mode, Standing
from tests.world import (
    BEA_AND_GUS,
    CARL,
    CARLA,
    CHLOE,
    CONCERN_THREAD,
    FRANK,
    HOME,
    LENA,
    MAILBOXES,
    MARY,
    NORA,
    OLIVIA,
    SID,
    WELFARE,
    mail,
    people,
)

from .told import SECTOR, SHIPPED, Teller

pytestmark = pytest.mark.clause("T1")
CHAPTER = "Terms"
THREAD = ("<new@club.example>", CONCERN_THREAD)


def test_restricted_people(tell: Teller):
    """A service user and somebody restricted for them, named together, are held."""
    tell("Carla writes to Chloe and her restricted father", mail(CARLA, CHLOE, FRANK)).held(
        cites="T1", reason="restricted_together", guarded=True
    )
    tell("He is named in the header only", mail(CARLA, CHLOE, named=(CHLOE, FRANK))).held(
        cites="T1", reason="restricted_together", guarded=True
    )
    tell("In teach too", mail(CARLA, CHLOE, FRANK), mode=Mode.TEACH).held(
        cites="T1", reason="restricted_together", guarded=True
    )
    tell("Nora may have no contact with Finn, and writes to him", mail(NORA, HOME)).held(
        cites="T1", reason="restricted_together", guarded=True
    )
    tell("Carla writes to Bea where Gus reads too", mail(CARLA, BEA_AND_GUS)).held(
        cites="T1", reason="unsafe_address", guarded=True
    )
    tell("Bea writes from there", mail(BEA_AND_GUS, CARLA)).arrives(copy="owen")
    read = tuple(
        replace(m, readers=m.readers | {"frank"}) if m.address == WELFARE else m for m in MAILBOXES
    )
    tell(
        "The role address in the envelope is read by Frank as well",
        mail(CARLA, CHLOE, WELFARE),
        people=people(mailboxes=read),
    ).held(cites="T1", reason="unsafe_role_address", guarded=True)


def test_who_is_suspended_or_has_left(tell: Teller):
    """Held to those we serve and their families, free among colleagues."""
    tell("Sid, who is suspended, writes to Chloe", mail(SID, CHLOE)).held(
        cites="T1", reason="stopped_writer", guarded=True
    )
    tell("Sid writes to Mary, a parent", mail(SID, MARY)).held(
        cites="T1", reason="stopped_writer", guarded=True
    )
    tell("Sid writes to Carl", mail(SID, CARL)).passes()


def test_an_open_concern(tell: Teller):
    """Its own people write in it, sealed; others of the workforce don't write to a child in it."""
    tell("Olivia, Lena and Mary speak of it", mail(OLIVIA, LENA, MARY, thread=THREAD)).arrives(
        sealed=True
    )
    tell("Carla answers Chloe in it", mail(CARLA, CHLOE, thread=THREAD)).held(
        cites="T1", reason="open_concern", guarded=True
    )
    tell("Chloe answers in it", mail(CHLOE, CARLA, thread=THREAD)).arrives(
        copy="owen"
    ).never_copies("carl")


def test_who_wrote_it(tell: Teller):
    """Nobody writes as somebody else; where it can't be told, somebody looks first."""
    tell("Sid signs in and writes as Carla", mail(CARLA, CHLOE, login=SID)).refused(
        cites="T1", reason="spoofed_writer", fix="write_as_yourself"
    )
    tell("Several From fields name Carla", mail(CARLA, CHLOE, authors_readable=False)).held(
        cites="T1", reason="unreadable_writer"
    )
    uncertain = tell(
        "From names Chloe, and her mother Mary sent it", mail(CHLOE, CARLA, envelope_from=MARY)
    )
    uncertain.arrives(copy="owen").owes(Review(24, "uncertain_writer"))


def test_what_nobody_else_could_read(tell: Teller):
    """Encrypted mail to somebody we serve is held; told in teach."""
    for title, rulebook in (("Under the shipped rulebook", SHIPPED), ("Under the second", SECTOR)):
        tell(title, mail(CARLA, CHLOE, encrypted=True), rulebook=rulebook).held(
            cites="T1", reason="encrypted"
        )
    tell("In teach", mail(CARLA, CHLOE, encrypted=True), mode=Mode.TEACH).sent(
        copy="owen", cites="E3"
    )


def test_unknown_readers(tell: Teller):
    """A role address whose readers nobody knows is neither used nor named."""
    unread = Mailbox(address=WELFARE, kind=MailboxKind.ROLE, organisation="charity")
    tell(
        "Owen is away, and nobody knows who reads the role address",
        mail(CARLA, CHLOE),
        people=people(owen={"standing": Standing.LEFT}, mailboxes=(unread, *MAILBOXES[1:])),
    ).sent(copy="olivia", cites="E3")
