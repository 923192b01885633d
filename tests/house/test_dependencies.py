"""What is installed with pip is what uv.lock says, to the hash."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def exported(name: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Package -> (version, hashes) of a requirements file."""
    text = (ROOT / name).read_text().replace("\\\n", " ")
    found = {}
    for line in filter(None, text.splitlines()):
        pinned = re.match(r"([a-z0-9._-]+)==([^\s;]+)", line)
        assert pinned, f"{name}: `{line[:60]}` is not pinned"
        found[pinned[1]] = (pinned[2], frozenset(re.findall(r"--hash=(\S+)", line)))
    return found


def locked(with_dev: bool) -> dict[str, tuple[str, frozenset[str]]]:
    """The same for what the project needs, from the lock."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    packages = {package["name"]: package for package in lock["package"]}
    wanted: set[tuple[str, str]] = set()

    def want(needs: list[dict[str, Any]]) -> None:
        for need in needs:
            for extra in ("", *need.get("extra", ())):
                if (need["name"], extra) not in wanted:
                    wanted.add((need["name"], extra))
                    package = packages[need["name"]]
                    if need["name"] == "alongside" and not extra:
                        continue
                    want(
                        package["optional-dependencies"][extra]
                        if extra
                        else package.get("dependencies", [])
                    )

    own = packages["alongside"]
    want(own["dependencies"])
    if with_dev:
        want(own["dev-dependencies"]["dev"])
    return {
        name: (packages[name]["version"], frozenset(_hashes(packages[name])))
        for name in {name for name, _ in wanted} - {"alongside"}
    }


def _hashes(package: dict[str, Any]) -> Iterator[str]:
    if "sdist" in package:
        yield package["sdist"]["hash"]
    for wheel in package.get("wheels", ()):
        yield wheel["hash"]


@pytest.mark.parametrize(
    ("name", "with_dev"), [("requirements.txt", False), ("requirements-dev.txt", True)]
)
def test_the_files_for_pip_say_what_the_lock_says(name, with_dev):
    assert exported(name) == locked(with_dev), "run `make lock`"


def test_the_lock_knows_every_dependency_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[\[<>=]", need)[0].lower() for need in asked}
    assert names - {"alongside"} <= locked(with_dev=True).keys(), "run `make lock`"
