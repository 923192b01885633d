"""The committed files are those that were built, and hold nothing that isn't ours to show."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src" / "alongside" / "web" / "static" / "web"
MANIFEST = json.loads((STATIC / "manifest.json").read_text())
THEME = (STATIC / "theme.css").read_text()


@pytest.mark.parametrize("kind", ["files", "sources"])
def test_what_is_committed_is_what_was_built(kind):
    """Fails? Run ``tools/theme/build.sh``."""
    now = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in MANIFEST[kind]}
    assert now == MANIFEST[kind]


def test_every_file_is_in_the_manifest():
    served = {str(path.relative_to(ROOT)) for path in STATIC.iterdir()}
    assert served - set(MANIFEST["files"]) == {str((STATIC / "manifest.json").relative_to(ROOT))}


def test_versions_are_those_that_the_builder_asks_for():
    asked = json.loads((ROOT / "tools" / "theme" / "package.json").read_text())
    assert asked["dependencies"] == MANIFEST["versions"]
    licences = (STATIC / "THIRD_PARTY.md").read_text()
    assert "Crown Copyright (Government Digital Service)" in licences
    assert "SIL OPEN FONT LICENSE" in licences


def test_neither_crown_nor_crest_nor_the_government_s_letters():
    assert not re.search(r"GDS Transport|crest|crown|govuk-logo", THEME, re.I)


def test_the_style_sheet_asks_only_for_files_that_are_there():
    wanted = set(re.findall(r"url\(\"?([^\")]+)\"?\)", THEME))
    assert {name for name in wanted if not (STATIC / name).exists()} == set()
    script = (STATIC / "govuk-frontend.min.js").read_text()
    assert "sourceMappingURL" not in THEME + script


def test_what_a_phone_installs_is_there():
    asked = json.loads((STATIC / "app.webmanifest").read_text())
    assert all((STATIC / icon["src"]).exists() for icon in asked["icons"])
