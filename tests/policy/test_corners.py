"""What the cast seldom does: settings turned off, crowds, readers of readers, faults found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from alongside.policy import check
from alongside.policy.decide import combine, decide, judge
from alongside.policy.decision import Finding
from alongside.policy.facts import Facts, Served, Writer
from alongside.policy.laws import LAWS, Answer
from alongside.policy.obligations import CopyTo, DeliverAfter, Individualise
from alongside.policy.people import Concern, Contact
from alongside.policy.rulebook import Clause, Gate
from alongside.policy.vocabulary import (
    Category,
    Channel,
    Class,
    Exemption,
    Kind,
    Level,
    MailboxKind,
    Mode,
    Verdict,
)
from tests.casting import own, served, work
from tests.clauses.told import SECTOR, SHIPPED
from tests.world import (
    CARL,
    CARLA,
    CHLOE,
    CONCERN_THREAD,
    JUNIORS,
    MAILBOXES,
    MARY,
    OFFICE,
    OWEN,
    PEOPLE,
    STRANGER,
    WELFARE,
    mail,
    people,
)

CHILD = Served(child=True, age=14, eligible=frozenset(Kind))
ORDINARY = Facts(served=(CHILD,))


def without_level(clause: str):
    off = Clause(id=clause, level=Level.OFF)
    return replace(SHIPPED, clauses={**SHIPPED.clauses, clause: off})


def reasons(facts: Facts, rulebook=SHIPPED) -> set[str]:
    return {f.reason for f in judge(facts, rulebook)}


# Settings turned off.


@pytest.mark.parametrize(
    ("clause", "reason", "facts"),
    [
        ("E2", "prefer_the_group", ORDINARY),
        ("D5", "on_the_record", ORDINARY),
        ("S1", "prefer_email", replace(ORDINARY, channel=Channel.TEXT)),
        ("E1", "email_is_simple", replace(ORDINARY, channel=Channel.SOCIAL)),
    ],
)
def test_advice_whose_clause_is_off_is_not_given(clause, reason, facts):
    assert reason in reasons(facts)
    assert reason not in reasons(facts, without_level(clause))


@pytest.mark.clause("A1")
@pytest.mark.parametrize("gate", ["agreed", "vetted", "trained"])
def test_a_gate_that_is_not_required_stands_open(gate):
    changes: Any = {gate: None}
    never = replace(ORDINARY, **changes)
    assert combine(judge(never, SHIPPED)) is Verdict.REFUSE
    open_: Any = {gate: Gate(required=False)}
    assert combine(judge(never, replace(SHIPPED, **open_))) is Verdict.PERMIT


@pytest.mark.clause("N3")
@pytest.mark.parametrize(
    ("minute", "after", "at"),
    [
        (480, "2026-11-22T23:00+00:00", "2026-11-23T08:00+00:00"),
        (480, "2026-11-23T03:00+00:00", "2026-11-23T08:00+00:00"),
        (480, "2026-11-23T08:00+00:00", "2026-11-24T08:00+00:00"),
        (480, "2026-07-01T21:00+00:00", "2026-07-02T07:00+00:00"),
        (480, "2026-03-28T22:00+00:00", "2026-03-29T07:00+00:00"),
        (480, "2026-10-24T21:00+00:00", "2026-10-25T08:00+00:00"),
    ],
    ids=["evening", "night", "on the hour", "summer", "clocks go on", "clocks go back"],
)
def test_the_next_morning_is_by_the_clock_on_the_wall(minute, after, at):
    found = SECTOR.next_at(minute, datetime.fromisoformat(after))
    assert found == datetime.fromisoformat(at) and found.tzinfo is UTC


# Crowds, and readers of readers.


@pytest.mark.pitfall(20)
def test_a_crowd_is_never_all_of_one_door():
    crowd = tuple(
        served(f"m{n}", Category.CHILD, own(f"m{n}@family.example"), household="one home")
        for n in range(33)
    )
    register = people(more=crowd)
    d = decide(mail(CARLA, *(f"m{n}@family.example" for n in range(33))), register, SHIPPED)
    assert Individualise() in d.obligations
    few = decide(mail(CARLA, *(f"m{n}@family.example" for n in range(3))), register, SHIPPED)
    assert Individualise() not in few.obligations


def why(register, person: str, message) -> set[str]:
    return {t.why for t in decide(message, register, SHIPPED).third_parties if t.person == person}


def test_an_inbox_that_somebody_named_in_the_concern_reads_is_no_copy():
    thread = ("<new@club.example>", "<about-carl@charity.example>")
    reads = {"contacts": (work(OWEN, readers=frozenset({"carl"})),)}
    register = replace(
        people(owen=reads),
        concerns={thread[1]: Concern(id="c", named=frozenset({"carl"}))},
    )
    assert why(register, "owen", mail(CHLOE, CARLA, thread=thread)) == {"read_by_named_in_concern"}


def test_a_colleague_at_the_writers_own_address_is_no_copy():
    register = people(
        owen={"contacts": (work("office2@club.example"),)},
        carla={"contacts": (work("office2@club.example"),)},
    )
    message = mail(CARLA, CHLOE, authors=("office2@club.example",))
    assert "owen" not in {
        t.person for t in decide(message, register, SHIPPED).third_parties if t.eligible
    }


def boxes(address: str, **changes: Any):
    return tuple(replace(m, **changes) if m.address == address else m for m in MAILBOXES)


@pytest.mark.parametrize(
    ("readers", "expected"),
    [
        (frozenset(), "readers_unknown"),
        (frozenset({"chloe", "owen"}), "address_of_service_user"),
        (frozenset({"frank", "owen"}), "read_by_restricted"),
        (frozenset({"carla"}), "no_eligible_reader"),
        (frozenset({"sid"}), "no_eligible_reader"),
        (frozenset({"carl"}), "no_eligible_reader"),
        (frozenset({"ghost"}), "no_eligible_reader"),
        (frozenset({"olivia"}), "eligible"),
    ],
    ids=lambda v: v if isinstance(v, str) else ",".join(sorted(map(str, v))),
)
def test_a_role_address_counts_as_its_readers_do(readers, expected):
    register = people(mailboxes=boxes(WELFARE, readers=readers))
    found = {
        t.why
        for t in decide(mail(CARLA, CHLOE), register, SHIPPED).third_parties
        if t.address == WELFARE
    }
    assert found == {expected}


def test_a_role_address_that_is_the_restricted_persons_own_is_no_copy():
    frank = {"contacts": (own(WELFARE),)}
    d = decide(mail(CARLA, CHLOE), people(frank=frank), SHIPPED)
    found = {t.why for t in d.third_parties if t.address == WELFARE and not t.person}
    assert found == {"read_by_restricted"}


def test_a_shared_mailbox_in_the_envelope_is_there():
    d = decide(mail(CARLA, CHLOE, OFFICE), PEOPLE, SHIPPED)
    first = d.third_parties[0]
    assert (first.address, first.present, first.eligible) == (OFFICE, True, True)
    unread = people(mailboxes=boxes(OFFICE, readers=frozenset()))
    d = decide(mail(CARLA, CHLOE, OFFICE), unread, SHIPPED)
    assert not [t for t in d.third_parties if t.present and t.eligible]


def test_an_outside_automatic_mailbox_is_automatic_and_no_strangers_business():
    outside = replace(MAILBOXES[-1], address="robot@bookings.test", kind=MailboxKind.AUTOMATIC)
    register = people(mailboxes=(*MAILBOXES, outside))
    d = decide(mail("robot@bookings.test", CHLOE), register, SHIPPED)
    assert d.facts is not None and d.facts.writer is Writer.AUTOMATIC
    assert d.exemptions == (("chloe", Exemption.AUTOMATIC_MAILBOX),)
    stranger = decide(mail(STRANGER, CHLOE), register, SHIPPED)
    assert stranger.facts is not None and stranger.facts.writer is Writer.OTHER


def test_a_group_that_lists_somebody_who_is_gone_from_the_register_leaves_them():
    groups = {g: replace(x, members=(*x.members, "ghost")) for g, x in PEOPLE.groups.items()}
    register = replace(PEOPLE, groups=groups)
    d = decide(mail(CARLA, JUNIORS), register, SHIPPED)
    assert set(d.service_users) == {"chloe", "dina", "finn"}


def test_a_parent_who_also_works_is_copied_at_their_own_address_and_as_a_colleague_at_work():
    both = {
        "categories": frozenset({Category.PARENT, Category.VOLUNTEER}),
        "contacts": (own(MARY), work("mary@club.example")),
        "vetted_until": PEOPLE.persons["carl"].vetted_until,
    }
    d = decide(mail(CARLA, CHLOE), people(mary=both), SHIPPED)
    kinds = {(t.address, t.kind) for t in d.third_parties if t.person == "mary" and t.eligible}
    assert ("mary@club.example", Kind.PARENT) in kinds
    d = decide(mail(CARLA, CHLOE, "mary@club.example"), people(mary=both), SHIPPED)
    assert d.third_parties[0].person == "mary" and d.third_parties[0].present


def test_a_case_without_anybody_protected_is_sealed_all_the_same():
    d = decide(
        mail("olivia@charity.example", "lena@charity.example", thread=(CONCERN_THREAD,)),
        PEOPLE,
        SHIPPED,
    )
    assert d.klass is Class.SEALED and d.organisation == "charity"
    outside = decide(mail(CARLA, CARL, thread=(CONCERN_THREAD,)), PEOPLE, SHIPPED)
    assert outside.klass is Class.OUT_OF_SCOPE


# The laws find fault.


def answer(facts: Facts, *findings: Finding, **changes: Any) -> Answer:
    verdict = changes.pop("verdict", max((f.verdict for f in findings), default=Verdict.PERMIT))
    return Answer(facts, findings, verdict, changes.pop("rulebook", SHIPPED))


def said(*obligations: Any, verdict: Verdict = Verdict.PERMIT, **changes: Any) -> Finding:
    return Finding(
        rule="x", clause="E3", verdict=verdict, reason="copied", obligations=obligations, **changes
    )


COPIED = CopyTo(frozenset({Kind.OFFICER}), 0)
CHILDS = CopyTo(frozenset({Kind.OFFICER}), 0, required=False)
FROM_CHILD = replace(ORDINARY, writer=Writer.SERVICE_USER)
SEALED = replace(FROM_CHILD, sealed=True)


@pytest.mark.parametrize(
    ("law", "fault"),
    [
        ("no_message_leaves_one_to_one", answer(ORDINARY)),
        (
            "no_message_leaves_one_to_one",
            answer(ORDINARY, said(exemption=(0, Exemption.OWN_CHILD))),
        ),
        (
            "no_message_leaves_one_to_one",
            answer(ORDINARY, said(exemption=(0, Exemption.CONFIDENTIAL_DESTINATION))),
        ),
        (
            "no_message_leaves_one_to_one",
            answer(replace(ORDINARY, served=(replace(CHILD, eligible=frozenset()),)), said(COPIED)),
        ),
        (
            "a_third_party_is_of_an_allowed_kind",
            answer(
                replace(ORDINARY, channel=Channel.SOCIAL),
                said(CopyTo(frozenset({Kind.COLLEAGUE}), 0)),
            ),
        ),
        ("what_a_service_user_writes_arrives", answer(FROM_CHILD, said(verdict=Verdict.HOLD))),
        ("what_a_service_user_writes_arrives", answer(FROM_CHILD, said(DeliverAfter(480), CHILDS))),
        (
            "what_a_service_user_writes_arrives",
            answer(replace(FROM_CHILD, sealed=True), said(CHILDS)),
        ),
        ("what_a_service_user_writes_arrives", answer(FROM_CHILD)),
        ("what_a_service_user_writes_arrives", answer(FROM_CHILD, said(COPIED))),
        (
            "no_instant_message_is_carried",
            answer(replace(ORDINARY, channel=Channel.INSTANT_MESSAGE), said(verdict=Verdict.HOLD)),
        ),
        (
            "an_emergency_never_waits",
            answer(replace(ORDINARY, emergency=True), said(verdict=Verdict.HOLD)),
        ),
        (
            "an_emergency_never_waits",
            answer(replace(ORDINARY, emergency=True), said(DeliverAfter(480))),
        ),
        ("an_emergency_never_waits", answer(replace(ORDINARY, emergency=True), said(COPIED))),
        (
            "nobody_restricted_is_written_to",
            answer(replace(ORDINARY, unsafe_role_address=True), said(COPIED)),
        ),
        ("members_never_learn_each_other", answer(replace(ORDINARY, mutual=True), said(COPIED))),
        (
            "refusal_trumps_hold_trumps_permit",
            answer(ORDINARY, said(verdict=Verdict.REFUSE), verdict=Verdict.HOLD),
        ),
        ("shadow_stops_nothing", answer(replace(ORDINARY, mode=Mode.SHADOW), said(COPIED))),
        (
            "shadow_stops_nothing",
            answer(replace(ORDINARY, mode=Mode.SHADOW), said(verdict=Verdict.HOLD)),
        ),
        ("closed_gates_stop", answer(replace(ORDINARY, vetted=1), said(COPIED))),
        ("closed_gates_stop", answer(replace(ORDINARY, agreed=None), said(COPIED))),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_a_law_says_what_is_wrong(law, fault):
    found = LAWS[law](fault)
    assert found and found.lower()[0] == found[0]


@pytest.mark.parametrize("law", check.PROVED)
def test_no_law_finds_fault_with_an_ordinary_message_that_is_copied(law):
    findings = judge(ORDINARY, SHIPPED)
    assert check.PROVED[law](answer(ORDINARY, *findings)) is None


def test_progress_is_told_and_the_smallest_row_kept(monkeypatch):
    many = [replace(ORDINARY, minute=m % 1440) for m in range(25_000)]
    monkeypatch.setattr(check, "rows", lambda rulebook: many)
    told: list[int] = []
    report = check.run(SHIPPED, told.append, rules=())
    assert told == [10_000, 20_000] and report.rows == 25_000
    (found,) = report.counterexamples
    assert (found.law, found.facts.minute) == ("no_message_leaves_one_to_one", 720)


def test_a_contact_is_reachable_while_it_is_in_use_and_takes_mail():
    assert Contact(address="x@y.test").reachable
    changes: tuple[Any, ...] = ({"active": False}, {"bouncing": True}, {"opted_out": True})
    for change in changes:
        assert not Contact(address="x@y.test", **change).reachable
