"""Who reads what in the bench of the reader, and that both sides ask the same of a text."""

from __future__ import annotations

import pytest
from bench.alternation import alternation, translated
from bench.prose import KNOWN, prose

from alongside.scan.finders import FINDERS
from alongside.scan.fold import fold
from alongside.scan.gate import Gate
from alongside.scan.reading import plain
from alongside.scan.scan import scan
from bench import reading
from tests.corpus import entries


@pytest.fixture(scope="module")
def made():
    return prose(8_000, 8_000)


def test_clean_prose_passes_the_gate_and_ordinary_prose_has_no_sighting(made):
    gate = Gate(FINDERS)
    assert not any(gate.asked(fold(text).text) for text in made.clean)
    assert not any(scan(plain(text), KNOWN) for text in made.ordinary)
    assert 0 < made.opened < 1
    for texts in (made.clean, made.ordinary):
        assert 8_000 <= sum(map(len, texts)) < 12_000
        assert len(set(texts)) == len(texts)


def test_the_same_seed_makes_the_same_prose(made):
    assert prose(8_000, 8_000) == made
    assert prose(8_000, 8_000, seed=1).clean != made.clean


def test_the_alternation_finds_something_where_the_gate_opens_and_nowhere_else():
    gate, other = Gate(FINDERS), alternation(p for f in FINDERS for p in f.gate)
    opened = 0
    for entry in list(entries("tune"))[::12]:
        text = fold(entry.text).text
        asked = bool(gate.asked(text, listen=False))
        assert (other.search(text) is not None) is asked, entry.id
        opened += asked
    assert 10 < opened


def test_each_pattern_of_the_gate_is_translated():
    for finder in FINDERS:
        for pattern in finder.gate:
            assert translated(pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"a\z", "ba", True),
        (r"a\z", "ba\n", False),
        (r"\\pL", r"a\pL", True),
        (r"\\z", r"\z.", True),
        (r"\bsnap\b", "snapé", True),
        (r"snap\b?s", "snaps", True),
    ],
)
def test_what_re2_writes_otherwise_means_the_same(pattern, text, found):
    assert (alternation([pattern]).search(text) is not None) is found


@pytest.mark.parametrize(
    "pattern", [r"\pL", r"\p{Greek}", r"\\\pL", r"[[:alpha:]]", r"(?U)a+", r"\x{263a}", "a("]
)
def test_what_cannot_be_said_otherwise_is_no_peer(pattern):
    with pytest.raises(ValueError, match="the gate's"):
        alternation([pattern])


def test_a_small_run_fills_every_row():
    told: list[str] = []
    measured = reading.measure(characters=(6_000, 6_000), rounds=2, tell=told.append)
    assert [row.what for row in measured.rows] == [reading.CLEAN, reading.ORDINARY]
    for row in measured.rows:
        assert row.fresh > 0
        for side in (row.ours, row.alternation, row.exact):
            assert len(side) == 2
            assert min(side) > 0
    assert len(measured.message) == 2
    assert len(told) == 3


def test_a_side_that_sees_something_in_clean_text_is_no_measure():
    sides = reading._Sides(reading.CLEAN, ["My private number is 07700 900123."])
    with pytest.raises(ValueError, match="was seen in text with nothing to see"):
        sides.reader()
    with pytest.raises(ValueError, match="in text with nothing to find"):
        sides.stdlib()
