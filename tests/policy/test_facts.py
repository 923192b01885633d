"""Facts are a closed table: kept as JSON and read back, and all that a rule may read."""

from __future__ import annotations

import ast
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from alongside.policy import rules
from alongside.policy.facts import Facts, Restriction, Served, Writer
from alongside.policy.rule import EVERYBODY, Rule
from alongside.policy.rulebook import CLAUSES, HOUSE_CLAUSES, Rulebook
from alongside.policy.rules import RULES
from alongside.policy.vocabulary import Channel, Kind, Mode
from tests.clauses.told import SECTOR, SHIPPED

from .planting import sample

RULE_FILES = sorted(p for p in Path(rules.__file__).parent.glob("*.py") if p.name != "__init__.py")
WITHOUT_A_RULE = {
    "P5": "not a judgement: every refusal names the contact (mail/replies.py, tests/clauses)",
}
"""Clauses of messages that no rule cites, and why."""
CITED_ELSEWHERE = {"T1": "rule_failed cites it for a rule that fails (policy/failing.py)"}


@pytest.mark.parametrize("rulebook", [SHIPPED, SECTOR], ids=lambda r: r.name)
def test_facts_are_the_same_when_they_come_back_from_the_record(rulebook):
    for facts in sample(rulebook, 1_009):
        kept = facts.as_json()
        assert Facts.from_json(kept) == facts
        assert kept == Facts.from_json(kept).as_json()


def test_kept_facts_are_plain_and_their_sets_sorted():
    facts = Facts(
        mode=Mode.TEACH,
        restriction=Restriction.WRITER,
        served=(Served(child=True, eligible=frozenset(Kind)),),
    )
    kept = facts.as_json()
    assert (kept["mode"], kept["restriction"], kept["agreed"]) == (1, "writer", 0)
    assert kept["served"][0]["eligible"] == sorted(str(k) for k in Kind)
    assert Facts.from_json(kept) == facts
    assert Facts.from_json({}) == Facts()


def test_unknown_facts_are_an_error():
    with pytest.raises(ValueError, match="'weather'"):
        Facts.from_json({"weather": "wet"})
    with pytest.raises(ValueError, match="tired"):
        Facts.from_json({"writer": "tired"})


# What a rule may read.


class Watched:
    """Stands for a value, and raises for whatever is no field of it."""

    def __init__(self, value: Any, allowed: set[str], asked: set[str]) -> None:
        self._value, self._allowed, self._asked = value, allowed, asked

    def __getattr__(self, name: str) -> Any:
        if name not in self._allowed:
            raise AssertionError(f"a rule reads `{name}`")
        self._asked.add(name)
        found = getattr(self._value, name)
        return tuple(watched(s) for s in found) if name == "served" else found


def watched(value: Any) -> Any:
    names = {f.name for f in fields(value)}
    return Watched(value, names, set())


READ_OF_A_RULEBOOK = {f.name for f in fields(Rulebook)} - {"mode", "clause_modes", "confidential"}


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_a_rule_reads_nothing_but_facts_and_rulebook(rule: Rule):
    """And says the same of them each time."""
    for rulebook in (SHIPPED, SECTOR):
        book: Any = Watched(rulebook, READ_OF_A_RULEBOOK, set())
        for facts in sample(rulebook, 1_009):
            said = tuple(rule.check(watched(facts), book))
            assert said == tuple(rule.check(facts, rulebook))


ALLOWED = {
    "__future__",
    "collections.abc",
    "..content",
    "..copying",
    "..decision",
    "..facts",
    "..obligations",
    "..rule",
    "..rulebook",
    "..vocabulary",
}


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda p: p.stem)
def test_a_rules_file_imports_nothing_else(path: Path):
    imported = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add("." * node.level + (node.module or ""))
    assert imported <= ALLOWED


def test_every_rule_file_is_one_rule_in_the_list_that_can_be_read_aloud():
    files = {p.stem for p in RULE_FILES}
    assert {r.name for r in RULES} == files
    assert len(RULES) == len(files)
    for path in RULE_FILES:
        assert getattr(rules, path.stem).RULE in RULES
        assert "RULE = Rule(" in path.read_text("utf-8")


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_a_rule_names_each_channel_it_speaks_for_and_cites_only_its_clauses(rule: Rule):
    assert rule.channels and rule.channels <= set(Channel)
    assert rule.writers and rule.writers <= EVERYBODY == set(Writer)
    assert set(rule.clauses) <= {*CLAUSES, *HOUSE_CLAUSES}
    cited = set()
    for rulebook in (SHIPPED, SECTOR, replace(SHIPPED, mutual="refuse")):
        for facts in sample(rulebook, 307):
            cited |= {f.clause for f in rule.check(facts, rulebook)}
            assert {f.rule for f in rule.check(facts, rulebook)} <= {rule.name}
    assert cited == set(rule.clauses)


def test_every_clause_of_messages_has_a_rule_or_a_reason():
    cited = {c for r in RULES for c in r.clauses}
    missing = {*CLAUSES, *HOUSE_CLAUSES} - cited
    assert missing == set(WITHOUT_A_RULE)
    assert set(CITED_ELSEWHERE) <= cited


def test_every_rules_file_says_which_clause_it_carries_out():
    for rule in RULES:
        said = getattr(rules, rule.name).__doc__
        assert said and any(c in said for c in rule.clauses), rule.name
