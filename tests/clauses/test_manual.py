"""The manual is what the clause tests say, and says of every clause what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from alongside.policy.rulebook import CLAUSES, HOUSE_CLAUSES
from alongside.policy.vocabulary import Verdict
from tests.world import PERSONS

from . import manual
from .told import CONTACT

PAGE = Path(__file__).parents[2] / "docs" / "generated" / "clauses.md"


def test_the_page_is_what_the_tests_say():
    said = PAGE.read_text("utf-8")
    assert said.endswith(manual.manual()), "run `make docs`"


def test_the_page_is_the_same_each_time():
    assert manual.manual() == manual.manual()


def test_every_clause_of_messages_has_its_section():
    assert {s.clause for s in manual.sections()} == {*CLAUSES, *HOUSE_CLAUSES}


@pytest.mark.parametrize("section", manual.sections(), ids=lambda s: s.clause)
def test_every_section_says_something_and_no_title_stands_twice_in_a_paragraph(section):
    assert section.opening.endswith(".")
    for paragraph in section.paragraphs:
        titles = [c.title for c in paragraph.cases]
        assert titles and len(titles) == len(set(titles))
        assert paragraph.title.endswith(".")


def test_everybody_of_the_cast_in_a_case_is_introduced():
    introduced = " ".join((*manual.CAST, *manual.CAST.values()))
    said = " ".join(f"{c.title} {c.sentence}" for s in manual.sections() for c in s.cases)
    names = {p.name for p in PERSONS if re.search(rf"\b{p.name}\b", said)}
    assert {n for n in names if not re.search(rf"\b{n}\b", introduced)} == set()


@pytest.mark.clause("P5")
def test_every_refusal_in_the_manual_names_the_contact():
    refused = [
        c for s in manual.sections() for c in s.cases if c.decision.verdict is Verdict.REFUSE
    ]
    assert len(refused) > 20
    for case in refused:
        assert f"questions: {CONTACT}" in case.reply, case.title
