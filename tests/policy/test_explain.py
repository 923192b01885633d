"""Every code that a decision can hold has words; whoever may not know learns nothing."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

import alongside.policy
from alongside.policy import explain
from alongside.policy.decide import decide, judge
from alongside.policy.decision import Decision, Finding, Nature, ThirdParty
from alongside.policy.rulebook import CLAUSES, HOUSE_CLAUSES
from alongside.policy.vocabulary import Class, Exemption, Kind, Mode, Seat, Verdict
from tests.clauses.told import SECTOR, SHIPPED
from tests.world import CARLA, CHLOE, PEOPLE, URSULA, mail

from .planting import sample

SOURCE = Path(alongside.policy.__file__).parent


def literals(name: str) -> set[str]:
    """Every text that the decision point gives as this keyword."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == name:
                found |= {
                    c.value
                    for c in ast.walk(node.value)
                    if isinstance(c, ast.Constant) and isinstance(c.value, str) and c.value
                }
    return found


def test_every_reason_fix_and_clause_has_words():
    said: set[str] = set()
    for rulebook in (SHIPPED, SECTOR, replace(SHIPPED, mutual="refuse")):
        for facts in sample(rulebook, 307):
            for f in judge(facts, rulebook):
                sentence = explain.sentence(f)
                assert sentence.heading and sentence.reason
                assert bool(sentence.fix) is bool(f.fix)
                said |= {f.reason}
    assert said <= set(explain.REASONS)
    assert literals("reason") - {""} <= set(explain.REASONS)
    assert literals("fix") <= set(explain.FIXES)
    assert {str(e) for e in Exemption} <= set(explain.REASONS)


def test_nothing_has_words_that_is_never_said():
    """What rules hand to their own short words is written there as a plain text."""
    written = {
        c.value
        for path in SOURCE.rglob("*.py")
        if path.name != "explain.py"
        for c in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(c, ast.Constant) and isinstance(c.value, str)
    }
    assert set(explain.REASONS) - written == set()
    assert set(explain.FIXES) - written == set()
    assert set(explain.CLAUSES) == {*CLAUSES, *HOUSE_CLAUSES}


@pytest.mark.parametrize("words", [*explain.REASONS.values(), *explain.FIXES.values()])
def test_words_are_short_plain_sentences(words):
    assert words[0].isupper() and words.endswith(".")
    assert all(len(s.split()) <= 21 for s in re.split(r"[.:;]", words))


def test_a_code_without_words_is_an_error():
    with pytest.raises(KeyError):
        explain.sentence(
            Finding(rule="x", clause="E3", verdict=Verdict.REFUSE, reason="because of the moon")
        )


def test_the_writer_is_told_of_open_refusals_only():
    refused = decide(mail(URSULA, CHLOE), PEOPLE, SHIPPED)
    (said,) = explain.for_writer(refused)
    assert (said.clause, said.fix) == ("A1", explain.FIXES["renew_vetting"])
    assert explain.for_writer(decide(mail(CARLA, CHLOE), PEOPLE, SHIPPED)) == ()


def guarded_and_refused() -> Decision:
    guarded = Finding(
        rule="stopped_writer",
        clause="T1",
        verdict=Verdict.REFUSE,
        reason="stopped_writer",
        nature=Nature.GUARDED,
    )
    failed = replace(guarded, reason="rule_failed", nature=Nature.UNCOPYABLE)
    plain = replace(guarded, clause="A1", reason="not_vetted", nature=Nature.GATE)
    return Decision(
        verdict=Verdict.REFUSE,
        klass=Class.GUARDED,
        mode=Mode.ENFORCE,
        findings=(guarded, failed, plain),
        third_parties=tuple(
            ThirdParty(
                person=why,
                address=f"{why}@x.test",
                seat=Seat.COLLEAGUE,
                kind=Kind.COLLEAGUE,
                service_user="chloe",
                eligible=why == "eligible",
                why=why,
            )
            for why in ("eligible", "restricted", "not_vetted", "named_in_concern")
        ),
    )


@pytest.mark.law("guarded_causes_look_alike")
def test_what_is_guarded_is_shown_to_an_officer_alone():
    d = guarded_and_refused()
    assert [f.reason for f in explain.shown_findings(d, officer=False)] == ["not_vetted"]
    assert len(explain.shown_findings(d, officer=True)) == 3
    assert (explain.shown_class(d, officer=False), explain.shown_class(d, officer=True)) == (
        "open",
        "guarded",
    )
    assert [s.clause for s in explain.for_writer(d) if s.clause == "A1"] == ["A1"]
    assert [t.why for t in explain.shown_third_parties(d, officer=False)] == [
        "eligible",
        "not_vetted",
    ]
    assert len(explain.shown_third_parties(d, officer=True)) == 4


def test_codes_are_said_once():
    d = guarded_and_refused()
    assert explain.codes((*d.findings, *d.findings)) == (
        "stopped_writer",
        "rule_failed",
        "not_vetted",
    )
