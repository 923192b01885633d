"""Our own letters and replies: plain words, neutral subjects, one text for every hold."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from alongside.enforcement.codec import from_json
from alongside.enforcement.values import Answer, Dispatch, Fate, Judged, Outcome, Parcel
from alongside.mail import letters
from alongside.mail.dkim_sign import Key, KeyRing
from alongside.mail.notices import MailNotices
from alongside.mail.own import Letter, written
from alongside.mail.replies import LOOP, NO_RELAY, reply_to
from alongside.policy.decision import Decision, Finding, Nature
from alongside.policy.vocabulary import Class, Mode, Verdict
from tests.world import CARLA, CHLOE, LENA, MARY, NOW, OLIVIA, WELFARE

from .corpus import IDENTITY, message, parcel

REFERENCE = "A7K3-9QXM"
NOTICES = MailNotices(identity=IDENTITY, zone=ZoneInfo("Europe/London"), for_refusals=True)
UNTRAINED = Finding(
    rule="gates",
    clause="A1",
    verdict=Verdict.REFUSE,
    reason="not_trained",
    fix="renew_training",
    nature=Nature.GATE,
)
TOGETHER = Finding(
    rule="restricted_together",
    clause="T1",
    verdict=Verdict.HOLD,
    reason="restricted_together",
    nature=Nature.GUARDED,
)
TWO_HATS = replace(TOGETHER, reason="two_hats", nature=Nature.PLAIN)
SPOOFED = Finding(
    rule="spoofed_writer",
    clause="T1",
    verdict=Verdict.REFUSE,
    reason="spoofed_writer",
    fix="write_as_yourself",
    nature=Nature.SPOOF,
)
COPIED = Finding(
    rule="copy_email", clause="E3", verdict=Verdict.PERMIT, reason="copied", nature=Nature.COPY
)


def judged(*findings: Finding, of: Parcel | None = None) -> Judged:
    verdict = max((f.verdict for f in findings), default=Verdict.PERMIT)
    guarded = any(f.nature is Nature.GUARDED for f in findings)
    decision = Decision(
        verdict=verdict,
        klass=Class.GUARDED if guarded else Class.OPEN,
        mode=Mode.ENFORCE,
        findings=findings,
    )
    return Judged(parcel=of or parcel(trusted=True), decision=decision, reference=REFERENCE)


def text_of(row: Dispatch | None) -> str:
    assert row is not None
    assert row.content is not None
    found = message_from_bytes(row.content, policy=default)
    return str(found["Subject"]) + "\n" + str(found.get_content())


@pytest.mark.law("guarded_causes_look_alike")
@pytest.mark.pitfall(15)
def test_every_hold_has_the_same_notice_and_the_same_reply() -> None:
    causes = [judged(TOGETHER), judged(TWO_HATS), judged(replace(TOGETHER, reason="open_concern"))]
    rows = [NOTICES.held(j, NOW) for j in causes]
    assert len({row.content for row in rows if row}) == 1
    answers = [Answer(kind="held", reference=REFERENCE, judged=j) for j in causes]
    assert {reply_to(a, contact=WELFARE).octets for a in answers} == {
        b"250 2.0.0 held for the safeguarding team, reference A7K3-9QXM\r\n"
    }


def test_a_notice_is_a_row_that_the_outbox_can_send() -> None:
    row = NOTICES.held(judged(TOGETHER), NOW)
    assert row is not None
    assert (row.kind, row.channel, row.due) == ("notice", "email", NOW)
    assert row.plan["sender"] == ""
    assert row.plan["recipients"] == [CARLA]
    assert from_json(row.plan["message"]).recipients == (CARLA,)


@pytest.mark.pitfall(13)
def test_a_letter_quotes_nothing_and_comes_from_no_sender_that_bounces() -> None:
    secret = message({"Subject": "About Chloe"}, b"Meet me alone\r\n")
    row = NOTICES.held(judged(TOGETHER, of=parcel(secret, trusted=True)), NOW)
    assert row is not None
    assert row.content is not None
    found = message_from_bytes(row.content, policy=default)
    assert found["Auto-Submitted"] == "auto-replied"
    assert found["In-Reply-To"] == "<one@club.example>"
    whole = row.content.decode()
    for never in ("About Chloe", "Meet me", CHLOE, "restrict"):
        assert never not in whole
    assert "22 November 2026, 15:00" in found.get_content().replace("\n", "")
    assert "Email: welfare@charity.example\r\nPhone: 01632 960123" in found.get_content()


@pytest.mark.parametrize(
    "of",
    [
        parcel(trusted=False),
        parcel(trusted=True, sender=""),
        parcel(message({"Auto-Submitted": "auto-generated"}), trusted=True),
        parcel(message({"Precedence": "bulk"}), trusted=True),
        parcel(message({"List-Id": "<x.test>"}), trusted=True),
    ],
)
def test_no_notice_goes_to_who_may_not_have_written(of: Parcel) -> None:
    assert NOTICES.held(judged(TOGETHER, of=of), NOW) is None
    assert NOTICES.refused(judged(UNTRAINED, of=of), NOW) is None


def test_no_notice_goes_to_a_spoofed_address() -> None:
    assert NOTICES.refused(judged(SPOOFED), NOW) is None
    held = replace(SPOOFED, reason="unreadable_writer", verdict=Verdict.HOLD)
    assert NOTICES.held(judged(held), NOW) is None


def test_auto_submitted_no_is_a_person() -> None:
    of = parcel(message({"Auto-Submitted": "no", "Message-ID": None}), trusted=True)
    row = NOTICES.held(judged(TOGETHER, of=of), NOW)
    assert row is not None
    assert row.content is not None
    assert b"In-Reply-To" not in row.content


def test_notices_follow_their_settings() -> None:
    silent = replace(NOTICES, for_holds=False, for_refusals=False)
    assert silent.held(judged(TOGETHER), NOW) is None
    assert silent.refused(judged(UNTRAINED), NOW) is None
    assert NOTICES.refused(judged(TOGETHER), NOW) is None


@pytest.mark.clause("P5")
def test_a_refusal_teaches() -> None:
    said = " ".join(text_of(NOTICES.refused(judged(UNTRAINED, UNTRAINED), NOW)).split())
    assert said.count("safeguarding training is missing") == 1
    assert "This is rule A1" in said
    assert "What to do: Take the short training" in said
    assert "Email: welfare@charity.example" in said


def test_a_finding_without_a_mend_is_told_without_one() -> None:
    said = text_of(NOTICES.refused(judged(replace(UNTRAINED, fix="")), NOW))
    assert "What to do" not in said


def test_our_own_mail_is_signed_where_there_is_a_key() -> None:
    ring = KeyRing([Key("charity.example", "s1", Ed25519PrivateKey.generate())])
    row = replace(NOTICES, signer=ring).held(judged(TOGETHER), NOW)
    assert row is not None
    assert row.content is not None
    assert row.content.startswith(b"DKIM-Signature: v=1; a=ed25519-sha256")


def test_an_international_writer_is_told_in_utf_8() -> None:
    of = parcel(trusted=True, sender="zoë@club.example")
    row = NOTICES.held(judged(TOGETHER, of=of), NOW)
    assert row is not None
    assert row.plan["parameters"] == {"mail": {"SMTPUTF8": None}}


def test_an_alarm_goes_to_the_lead_without_content() -> None:
    assert NOTICES.alarm(judged(COPIED), NOW) is None
    loud = replace(NOTICES, alarmed=lambda j: (LENA, OLIVIA))
    row = loud.alarm(judged(COPIED), NOW)
    assert row is not None
    assert row.plan["recipients"] == [LENA, OLIVIA]
    whole = text_of(row)
    assert CHLOE not in whole
    assert "Training" not in whole


def test_a_failed_delivery_is_told_by_a_report() -> None:
    gone = Outcome(fate=Fate.PERMANENT, code=550, status="5.1.1", text="no such user")
    row = NOTICES.undelivered(judged(COPIED), {CHLOE: gone}, NOW)
    assert row is not None
    assert row.plan["what"] == "undelivered"
    assert NOTICES.undelivered(judged(COPIED, of=parcel(sender="")), {CHLOE: gone}, NOW) is None


ALL = [
    letters.held(to=CARLA, reference=REFERENCE, at=NOW),
    letters.released(to=CARLA, reference=REFERENCE, at=NOW),
    letters.hold_refused(to=CARLA, reference=REFERENCE, at=NOW),
    letters.refused((), to=CARLA, reference=REFERENCE, at=NOW),
    letters.overdue(to=LENA, reference=REFERENCE, at=NOW, waiting_hours=72),
    letters.alarm(to=LENA, reference=REFERENCE, at=NOW),
    letters.copies_begin(to=MARY, reference=REFERENCE, at=NOW),
]


@pytest.mark.clause("P5")
@pytest.mark.parametrize("letter", ALL, ids=lambda letter: letter.kind)
def test_every_letter_is_short_plain_and_says_whom_to_ask(letter: Letter) -> None:
    raw = written(letter, IDENTITY)
    found = message_from_bytes(raw, policy=default)
    text = found.get_content()
    assert found.get_content_type() == "text/plain"
    assert str(found["Message-ID"]).endswith("@gate.club.example>")
    assert all(len(line) <= 78 for line in raw.split(b"\r\n"))
    assert "Website: https://club.example/safe" in text
    sentences = [s for s in " ".join(letter.paragraphs).replace("\n", " ").split(". ") if s]
    assert max(len(s.split()) for s in sentences) <= 18
    for sign in ("--", "==", "**", "|"):
        assert sign not in text


def test_letters_of_one_reference_have_ids_of_their_own() -> None:
    ids = {message_from_bytes(written(a, IDENTITY))["Message-ID"] for a in ALL}
    assert len(ids) == len(ALL)


def test_other_alphabets_survive() -> None:
    letter = replace(ALL[0], paragraphs=("Grüße — " + "wörter " * 40, "From here", "> quoted"))
    identity = replace(IDENTITY, organisation="Fußball für alle", contact="", phone="", website="")
    found = message_from_bytes(written(letter, identity), policy=default)
    assert "Grüße" in found.get_content()
    assert "\n From here\r\n" in found.get_content()
    assert "Questions?" not in found.get_content()
    assert found["From"].addresses[0].display_name == "Fußball für alle"
    assert found["From"].addresses[0].addr_spec == "postmaster@gate.club.example"


# Replies


def said(answer: Answer) -> list[str]:
    return reply_to(answer, contact=WELFARE).octets.decode("ascii").splitlines()


@pytest.mark.clause("P5")
def test_a_refusal_names_clause_reason_mend_and_contact() -> None:
    lines = said(Answer(kind="refused", reference=REFERENCE, judged=judged(UNTRAINED)))
    assert all(line.startswith(("550-5.7.1 ", "550 5.7.1 ")) for line in lines)
    whole = " ".join(lines)
    assert "A1 (" in whole
    assert "training is missing" in whole
    assert "Take the short training" in whole
    assert lines[-1] == f"550 5.7.1 questions: {WELFARE}, reference {REFERENCE}"
    assert all(len(line) < 500 for line in lines)


def test_a_refusal_without_a_decision_still_says_whom_to_ask() -> None:
    reply = reply_to(Answer(kind="refused"))
    assert reply.code == 550
    assert "the safeguarding team" in reply.text


def test_nobody_to_copy_is_said_with_its_clause() -> None:
    whole = " ".join(said(Answer(kind="uncopied", reference=REFERENCE, judged=judged(COPIED))))
    assert whole.startswith("550-5.7.1 not sent")
    assert "E3 (" in whole
    assert "G2 (" in reply_to(Answer(kind="uncopied")).text


THEIRS = Outcome(fate=Fate.ACCEPTED, code=250, status="2.0.0", text="queued as 4XyZ")


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        (Answer(kind="relayed", outcome=THEIRS, judged=judged()), "250 2.0.0 queued as 4XyZ"),
        (Answer(kind="relayed"), "250 2.0.0 delivered to the next server"),
        (
            Answer(kind="queued", reference=REFERENCE),
            f"250 2.0.0 accepted for delivery, reference {REFERENCE}",
        ),
        (Answer(kind="deferred"), "451 4.3.0 not possible just now, please try again"),
        (
            Answer(
                kind="deferred",
                outcome=Outcome(fate=Fate.TEMPORARY, code=452, status="4.2.2", text="full"),
                judged=judged(),
            ),
            "452 4.2.2 not possible just now: full",
        ),
        (
            Answer(
                kind="deferred",
                outcome=Outcome(fate=Fate.TEMPORARY, code=421, text=""),
                judged=judged(),
            ),
            "451 4.4.1 not possible just now: please try again",
        ),
        (
            Answer(
                kind="failed",
                outcome=Outcome(fate=Fate.PERMANENT, code=552, status="5.2.2", text="full"),
                judged=judged(),
            ),
            "552 5.2.2 full",
        ),
        (
            Answer(kind="failed", outcome=Outcome(fate=Fate.PERMANENT, code=0), judged=judged()),
            "550 5.0.0 the next server refused it",
        ),
        (Answer(kind="failed"), "550 5.0.0 the next server refused it"),
    ],
)
def test_the_reply_is_the_true_answer(answer: Answer, reply: str) -> None:
    assert said(answer) == [reply]


def test_the_next_hops_words_name_nobody_else() -> None:
    told = Outcome(fate=Fate.TEMPORARY, code=450, status="4.2.0", text=f"<{MARY}>: greylisted")
    line = said(Answer(kind="deferred", outcome=told, judged=judged()))[0]
    assert line == "450 4.2.0 not possible just now: <(address)>: greylisted"


def test_an_unknown_answer_is_never_guessed() -> None:
    with pytest.raises(ValueError, match="no reply"):
        reply_to(Answer(kind="shrugged"))


def test_fixed_replies_are_permanent() -> None:
    assert LOOP.octets == b"554 5.4.6 this message goes round: it has passed here too often\r\n"
    assert NO_RELAY.code == 550
