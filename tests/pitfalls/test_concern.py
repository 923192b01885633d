"""Pitfalls 14 and 15: reports are never slowed, and nobody is tipped off."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from alongside.enforcement.values import Answer, Judged, Parcel
from alongside.mail.identity import Identity
from alongside.mail.notices import MailNotices
from alongside.mail.replies import reply_to
from alongside.policy import explain
from alongside.policy.decision import Part
from alongside.policy.message import Message
from alongside.policy.vocabulary import Class, Mode, Verdict
from tests.clauses.told import CONTACT, REFERENCE
from tests.world import (
    BEA_AND_GUS,
    CARLA,
    CHLOE,
    CONCERN_THREAD,
    DORA_BOTH,
    FRANK,
    HOME,
    LADO,
    MARY,
    NORA,
    NOW,
    SID,
    STRANGER,
    mail,
    people,
)

from .judging import judged

# 14. Confidential destinations.


@pytest.mark.pitfall(14)
@pytest.mark.parametrize("writer", [CARLA, SID, CHLOE, MARY, STRANGER, "reception@club.example"])
@pytest.mark.parametrize("mode", list(Mode))
def test_whoever_writes_to_a_confidential_destination_is_never_slowed_nor_recorded(writer, mode):
    case = judged(mail(writer, LADO, "desk@police.example"), mode=mode)
    case.passes(Class.CONFIDENTIAL)
    assert not case.decision.in_scope
    assert not case.decision.obligations and not case.decision.unknown


@pytest.mark.pitfall(14)
def test_a_whole_domain_and_everything_below_it_is_confidential():
    for address in ("report@desk.north.police.example", "X@Helpline.Example"):
        judged(mail(CARLA, address)).passes(Class.CONFIDENTIAL)
    judged(mail(CARLA, "desk@notpolice.example")).passes(Class.OUT_OF_SCOPE)


@pytest.mark.pitfall(14)
def test_beside_others_its_leg_leaves_first_and_is_nobodys_business():
    case = judged(mail(CARLA, CHLOE, LADO))
    case.sent(copy="owen", cites="E3")
    first = case.decision.routes[0]
    assert (first.part, first.address) == (Part.CONFIDENTIAL, LADO)


# 15. Tipping off.

GUARDED = {
    "a restriction": mail(CARLA, CHLOE, FRANK),
    "a no-contact order": mail(NORA, HOME),
    "an unsafe address": mail(CARLA, BEA_AND_GUS),
    "a suspension": mail(SID, CHLOE),
    "a concern": mail(CARLA, CHLOE, thread=("<a@club.example>", CONCERN_THREAD)),
}
ORDINARY = {
    "two hats": mail(CARLA, DORA_BOTH),
    "encryption": mail(CARLA, CHLOE, encrypted=True),
}


def as_held(message: Message) -> Judged:
    case = judged(message)
    assert case.decision.verdict is Verdict.HOLD
    same = replace(message, authors=(CARLA,), envelope_from=CARLA, thread=("<1@club.example>",))
    content = b"From: x\r\nMessage-ID: <1@club.example>\r\n\r\nHello\r\n"
    return Judged(
        parcel=Parcel(message=same, content=content, fingerprint=""),
        decision=case.decision,
        reference=REFERENCE,
    )


@pytest.mark.pitfall(15)
@pytest.mark.law("guarded_causes_look_alike")
@pytest.mark.parametrize("cause", [*GUARDED, *ORDINARY])
def test_all_holds_look_alike_to_everybody_but_an_officer(cause):
    d = as_held((GUARDED | ORDINARY)[cause]).decision
    assert (d.klass is Class.GUARDED) is (cause in GUARDED)
    assert explain.for_writer(d) == ()
    assert explain.shown_findings(d, officer=False) == ()
    assert explain.shown_class(d, officer=False) == "held"
    assert explain.shown_third_parties(d, officer=False) == ()
    assert explain.shown_findings(d, officer=True) == d.findings
    assert explain.shown_class(d, officer=True) == str(d.klass)


@pytest.mark.pitfall(15)
@pytest.mark.law("guarded_causes_look_alike")
def test_reply_and_notice_are_the_same_for_every_cause():
    notices = MailNotices(
        identity=Identity(
            host="gateway.charity.example",
            organisation="Example Sports Charity",
            contact=CONTACT,
            domains=frozenset({"charity.example"}),
        ),
        zone=ZoneInfo("Europe/London"),
    )
    held = [as_held(m) for m in (GUARDED | ORDINARY).values()]
    replies = {
        reply_to(Answer(kind="held", reference=REFERENCE, judged=j), contact=CONTACT).octets
        for j in held
    }
    assert replies == {b"250 2.0.0 held for the safeguarding team, reference A7K3-9QXM\r\n"}
    rows = [notices.held(j, NOW) for j in held]
    assert None not in rows
    assert len({row.content for row in rows if row}) == 1


@pytest.mark.pitfall(15)
@pytest.mark.law("guarded_causes_look_alike")
@pytest.mark.parametrize("cause", GUARDED)
def test_a_guarded_cause_beside_a_refusal_is_not_told(cause):
    """The gate refuses; what is guarded besides stays with the officer."""
    expired = {"vetted_until": None}
    register = people(carla=expired, nora=expired, sid=expired)
    d = judged(GUARDED[cause], people=register).decision
    assert d.verdict is Verdict.REFUSE
    told = {s.reason for s in explain.for_writer(d)}
    assert told == {explain.REASONS["not_vetted"]}
    shown = {f.reason for f in explain.shown_findings(d, officer=False)}
    assert "not_vetted" in shown
    assert not shown & {"restricted_together", "unsafe_address", "stopped_writer", "open_concern"}
    assert explain.shown_class(d, officer=False) == "open"
    whys = {t.why for t in explain.shown_third_parties(d, officer=False)}
    assert not whys & {"restricted", "named_in_concern", "not_active"}


@pytest.mark.pitfall(15)
def test_a_suspension_is_not_told_in_teach_either():
    judged(mail(SID, CHLOE), mode=Mode.TEACH).held(
        cites="T1", reason="stopped_writer", guarded=True
    )
