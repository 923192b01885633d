"""How the house is built: sizes, floors, names."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import alongside

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "alongside"
MODULES = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)
TEXTS = sorted(
    path
    for folder in ("src", "tests", "docs", "bench", "tools")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".md", ".toml", ".csv", ".sh", ".txt", ".eml"}
)
LONGEST = 300
FORBIDDEN = {"process", "manager", "utils", "helper", "helpers", "data"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_no_module_is_longer_than_three_hundred_lines(module):
    lines = len(module.read_text().splitlines())
    assert lines <= LONGEST


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_every_module_says_what_it_is_for(module):
    text = module.read_text()
    assert module.name == "__init__.py" or text.startswith('"""')


def test_no_module_and_no_function_has_a_name_that_says_nothing():
    named = [name(p) for p in MODULES if p.stem in FORBIDDEN or p.parent.name in FORBIDDEN]
    defined = [
        f"{name(p)}: {found}"
        for p in MODULES
        for found in re.findall(r"^\s*(?:async )?def (\w+)|^class (\w+)", p.read_text(), re.M)
        if {part.lower() for part in found} & FORBIDDEN
    ]
    assert named + defined == []


def test_imports_run_downward_only():
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_the_changelog_says_the_version():
    first = re.search(r"(?m)^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text())
    assert first, "CHANGELOG.md has no line such as `## 0.1.0`"


def test_every_package_of_ours_can_be_imported_without_django():
    code = (
        "import sys, alongside.policy, alongside.access, alongside.enforcement.values, "
        "alongside.enforcement.protocols; "
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert Path(alongside.__file__).is_relative_to(SOURCE)


_DOMAIN = re.compile(r"[\w.+%-]+@((?:[a-z0-9-]+\.)+[a-z]{2,})\b", re.I)
_REAL = {"gmail.com", "googlemail.com"}
"""Providers whose way of spelling addresses is part of the product."""


def test_no_address_outside_example_and_test_is_written_anywhere():
    found = [
        f"{name(path)}: {match[0]}"
        for path in TEXTS
        for match in _DOMAIN.finditer(path.read_text(errors="replace"))
        if not match[1].lower().endswith((".example", ".test", ".invalid", ".localhost"))
        and match[1].lower() not in _REAL
    ]
    assert found == []


_MOBILE = re.compile(r"(?<!\d)(?:\+44\s?|0)7\d{3}[\s-]?\d{3}[\s-]?\d{3}(?!\d)")


def test_no_mobile_number_outside_ofcom_s_drama_range_is_written_anywhere():
    found = [
        f"{name(path)}: {match[0]}"
        for path in TEXTS
        for match in _MOBILE.finditer(path.read_text(errors="replace"))
        if not re.sub(r"^\+44|\D", "", match[0]).lstrip("0").startswith("7700900")
    ]
    assert found == []
