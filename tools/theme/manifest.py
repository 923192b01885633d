"""Write manifest.json: which versions the committed files were made from, and their hashes."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

PACKAGES = (
    "@fontsource-variable/atkinson-hyperlegible-next",
    "axe-core",
    "govuk-frontend",
    "sass",
)
SOURCES = Path(__file__).parent
ROOT = SOURCES.parents[1]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(work: Path, out: Path) -> None:
    """Sources are hashed too, so that a change to them without a build fails the tests."""
    versions = {
        name: json.loads((work / "node_modules" / name / "package.json").read_text())["version"]
        for name in PACKAGES
    }
    files = [path for path in sorted(out.iterdir()) if path.name != "manifest.json"]
    files.append(ROOT / "tests" / "web" / "axe.min.js")
    sources = [
        path
        for path in sorted(SOURCES.iterdir())
        if path.suffix in {".scss", ".js", ".svg", ".webmanifest"}
    ]
    written = {
        "versions": versions,
        "files": {str(path.relative_to(ROOT)): digest(path) for path in files},
        "sources": {str(path.relative_to(ROOT)): digest(path) for path in sources},
    }
    (out / "manifest.json").write_text(json.dumps(written, indent=2) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
