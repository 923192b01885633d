"""The reader and the decision point don't know each other; what they say is the same."""

from __future__ import annotations

from alongside.policy.content import SIGHT_OF
from alongside.policy.rulebook import CLAUSES
from alongside.policy.vocabulary import Sight, Sureness
from alongside.scan.sighting import CLAUSE_OF, OWN_CLAUSE, Confidence, Type


def test_types_of_sightings_are_the_same_words():
    assert {t.value for t in Type} == {s.value for s in Sight}
    assert set(SIGHT_OF.values()) == set(Sight)


def test_how_sure_it_is_has_the_same_steps():
    assert [(c.name, int(c)) for c in Confidence] == [(s.name, int(s)) for s in Sureness]


def test_every_sighting_is_cited_under_a_clause_of_every_rulebook():
    assert set(CLAUSE_OF) == set(Type)
    assert {*CLAUSE_OF.values(), OWN_CLAUSE} <= set(CLAUSES)
