"""The project's Markdown, read the simple way: fences, links, code spans, and prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(p for p in (ROOT / "docs").rglob("*.md") if "generated" not in p.parts),
    ]
)
_FENCE = re.compile(r"^(`{3,})([^\n`]*)\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)|<img[^>]*\ssrc=\"([^\"]+)\"")
_HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fence:
    """A block between fences; ``info`` is what stands behind the first one."""

    info: str
    text: str
    start: int
    end: int
    """Where in the page its text lies."""


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def fences(text: str) -> Iterator[Fence]:
    for match in _FENCE.finditer(text):
        yield Fence(match[2].strip(), match[3], match.start(3), match.end(3))


def without_fences(text: str) -> str:
    return _FENCE.sub("", text)


def spans(text: str) -> Iterator[str]:
    """Code in running text."""
    yield from _SPAN.findall(without_fences(text))


def links(text: str) -> Iterator[str]:
    for inline, image in _LINK.findall(without_fences(text)):
        yield inline or image


def anchors(text: str) -> set[str]:
    """The names of the headings, as the usual renderers make them."""
    found = set()
    for heading in _HEADING.findall(without_fences(text)):
        plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        found.add(re.sub(r"[^\w\- ]", "", plain).replace(" ", "-"))
    return found


def prose(text: str) -> str:
    """What people read as sentences: no code, no tables, no links' targets, no headings."""
    text = without_fences(text)
    text = re.sub(r"<!--.*?-->|<[^>]+>", " ", text, flags=re.DOTALL)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    kept = [line for line in text.splitlines() if not re.match(r"\s*(\||#|---)", line)]
    joined = "\n".join(re.sub(r"^(\s*)([-*]|\d+\.) +", "\n", line) for line in kept)
    return re.sub(r"`[^`\n]*`", "it", joined)
