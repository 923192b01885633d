"""The check can fail: take any rule away, and it finds what comes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alongside.policy import check
from alongside.policy.obligations import CopyTo
from alongside.policy.rules import RULES
from alongside.policy.vocabulary import Kind, Verdict
from tests.clauses.told import SECTOR, SHIPPED

from .planting import thinned

ADVICE = {
    "better_way": "says what is better (E1, E2, S1), and asks nothing",
    "on_the_record": "says that it is a document (D5), and asks nothing",
}
"""Rules without which no law is broken, and why."""
NEEDED = {
    "spoofed_writer": "nobody_writes_as_somebody_else",
    "unreadable_writer": "nobody_writes_as_somebody_else",
    "stopped_writer": "who_is_stopped_reaches_nobody",
    "restricted_together": "nobody_restricted_is_written_to",
    "unsafe_address": "nobody_restricted_is_written_to",
    "unsafe_role_address": "nobody_restricted_is_written_to",
    "open_concern": "an_open_concern_is_closed_to_others",
    "instant_message": "no_message_leaves_one_to_one",
    "gates": "closed_gates_stop",
    "too_young": "the_young_are_written_to_through_their_supporters",
    "two_hats": "two_hats_are_never_guessed",
    "nobody_there": "nothing_is_lost_behind_a_group",
    "encrypted": "what_nobody_could_read_waits",
    "copy_email": "no_message_leaves_one_to_one",
    "copy_text": "no_message_leaves_one_to_one",
    "copy_social": "no_message_leaves_one_to_one",
    "child_writes": "what_a_service_user_writes_arrives",
    "supporters_too": "supporters_get_theirs_where_it_is_asked",
    "mutual_sight": "members_never_learn_each_other",
    "quiet_hours": "quiet_hours_wait",
    "emergency_review": "an_emergency_is_looked_at",
    "private_details": "nothing_private_is_given_away",
    "move_elsewhere": "nobody_is_asked_elsewhere",
    "friend_request": "nobody_is_befriended",
    "online_game": "nobody_is_asked_to_play",
    "platform_age": "nobody_is_sent_where_they_are_too_young",
    "private_talk": "private_talk_is_told_and_stops_nothing",
    "secrecy": "secrecy_is_put_in_front_of_an_officer",
    "own_mailbox": "nobody_writes_from_a_mailbox_of_their_own",
    "not_read": "what_could_not_be_read_is_said",
}
"""Rule -> a law that is broken without it."""
ONLY_IN_THE_SECOND = {"too_young", "quiet_hours"}
STEP = 151


def without(name: str):
    return [r for r in RULES if r.name != name]


def test_every_rule_is_needed_or_is_advice():
    assert {r.name for r in RULES} == NEEDED.keys() | ADVICE.keys()
    assert not NEEDED.keys() & ADVICE.keys()


@pytest.mark.parametrize("rulebook", [SHIPPED, SECTOR], ids=lambda r: r.name)
def test_with_all_rules_nothing_is_found(rulebook, monkeypatch):
    assert thinned(rulebook, step=STEP, monkeypatch=monkeypatch).proved


@pytest.mark.parametrize("name", NEEDED)
def test_without_a_rule_the_check_finds_what_comes_of_it(name, monkeypatch):
    rulebook = SECTOR if name in ONLY_IN_THE_SECOND else SHIPPED
    report = thinned(rulebook, without(name), step=STEP, monkeypatch=monkeypatch)
    assert not report.proved
    assert NEEDED[name] in {c.law for c in report.counterexamples}


@pytest.mark.parametrize("name", ADVICE)
def test_without_advice_nothing_changes(name, monkeypatch):
    assert thinned(SHIPPED, without(name), step=STEP, monkeypatch=monkeypatch).proved


def mend(name: str, **changes):
    """A rule whose findings say something else."""

    def check_otherwise(rule):
        def said(facts, rulebook):
            return tuple(replace(f, **changes) for f in rule.check(facts, rulebook))

        return replace(rule, check=said)

    return [check_otherwise(r) if r.name == name else r for r in RULES]


@pytest.mark.parametrize(
    ("name", "changes", "law"),
    [
        ("child_writes", {"verdict": Verdict.HOLD}, "what_a_service_user_writes_arrives"),
        ("child_writes", {"verdict": Verdict.REFUSE}, "what_a_service_user_writes_arrives"),
        ("instant_message", {"verdict": Verdict.HOLD}, "no_instant_message_is_carried"),
        ("copy_email", {"verdict": Verdict.HOLD}, "an_emergency_never_waits"),
        ("copy_email", {"obligations": ()}, "no_message_leaves_one_to_one"),
        (
            "copy_email",
            {"obligations": (CopyTo(frozenset({Kind.PARENT}), 0),)},
            "no_message_leaves_one_to_one",
        ),
        ("gates", {"verdict": Verdict.PERMIT}, "closed_gates_stop"),
        ("spoofed_writer", {"verdict": Verdict.HOLD}, "nobody_writes_as_somebody_else"),
    ],
    ids=str,
)
def test_a_rule_that_says_something_else_is_found(name, changes, law, monkeypatch):
    report = thinned(SHIPPED, mend(name, **changes), step=STEP, monkeypatch=monkeypatch)
    assert law in {c.law for c in report.counterexamples}


def test_the_laws_are_all_held_against_every_row():
    assert len(check.PROVED) == 29
