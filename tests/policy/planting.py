"""Changed copies of the shipped rulebook, and quicker checks of them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from alongside.policy import check, rulebook_file, table
from alongside.policy.facts import Facts
from alongside.policy.rule import Rule
from alongside.policy.rulebook import Rulebook
from alongside.policy.rulebook_file import parse
from alongside.policy.rules import RULES

TEXT = (
    Path(rulebook_file.__file__).parent.joinpath("rulebooks/online-safeguarding.toml").read_text()
)


def planted(*changes: tuple[str, str]) -> Rulebook:
    """The shipped rulebook with these texts replaced. Raises ``InvalidRulebook``."""
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return parse(text, "changed.toml")


def section(name: str) -> str:
    """The text of one section of the shipped rulebook, with its header."""
    start = TEXT.index(f"[{name}]")
    return TEXT[start : TEXT.index("\n\n", start)]


def sample(rulebook: Rulebook, step: int) -> tuple[Facts, ...]:
    """Every so many rows of the table; they hang on the rulebook's numbers only."""
    asked = tuple(getattr(rulebook, n) for n in _NUMBERS)
    if (asked, step) not in _SAMPLES:
        _SAMPLES[asked, step] = tuple(islice(table.rows(rulebook), 0, None, step))
    return _SAMPLES[asked, step]


_NUMBERS = (
    "smallest_group",
    "group_households",
    "direct_from_age",
    "supporters_too_under",
    "vetted_adults",
    "quiet",
    "agreed",
    "vetted",
    "trained",
)
_SAMPLES: dict[tuple[tuple[Any, ...], int], tuple[Facts, ...]] = {}


def thinned(
    rulebook: Rulebook,
    rules: Iterable[Rule] = RULES,
    *,
    step: int = 97,
    monkeypatch: pytest.MonkeyPatch,
) -> check.Report:
    """``check.run`` over every so many rows of the table: what it finds, the whole one does too."""
    with monkeypatch.context() as change:
        change.setattr(check, "rows", lambda of: sample(of, step))
        return check.run(rulebook, rules=rules)
