"""A house test: every pitfall that this version answers for has a test that bears its number."""

from __future__ import annotations

import ast
from pathlib import Path

TESTS = Path(__file__).parents[1]
NUMBERS = frozenset({*range(1, 12), 14, 15, 18, 19, 20, *range(22, 28), 33})
"""DOMAIN.md's pitfalls that the mail gateway answers for. The others come with other rooms."""


def marked(name: str) -> dict[int | str, list[str]]:
    """What a marker is given -> the tests that bear it."""
    found: dict[int | str, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for test in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(test, ast.FunctionDef | ast.AsyncFunctionDef):
                for said in _arguments(test.decorator_list, name):
                    found.setdefault(said, []).append(f"{path.name}::{test.name}")
    return found


def _arguments(decorators: list[ast.expr], name: str) -> list[int | str]:
    return [
        argument.value
        for d in decorators
        if isinstance(d, ast.Call) and ast.unparse(d.func) == f"pytest.mark.{name}"
        for argument in d.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, int | str)
    ]


def test_every_pitfall_has_a_test_with_its_number():
    assert sorted(NUMBERS - marked("pitfall").keys()) == []


def test_no_test_bears_a_number_that_is_no_pitfall():
    assert {n for n in marked("pitfall") if n not in range(1, 42)} == set()


def test_this_folder_alone_has_one_for_each():
    here = {
        number
        for number, tests in marked("pitfall").items()
        if any((TESTS / "pitfalls" / t.partition("::")[0]).exists() for t in tests)
    }
    assert here >= NUMBERS
