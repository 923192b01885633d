"""Links as people write them: with or without a scheme, pulled apart, spelt out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..finder import Window
from ..matching import compiled
from ..wordlists import Platform, every_platform
from .providers import ENDINGS
from .squeezed import squeezed

_LINK = compiled(
    r"(?:h[tx]{2}ps?://)?(?:[a-z0-9_-]{1,63}\.)+[a-z]{2,24}\b(?::\d{1,5})?(?:[/?#][^\s<>\"'\])|]*)?"
)
GATE = (
    r"h[tx]{2}ps?://",
    r"www\.",
    r"[a-z0-9]\.[a-z]{2,24}/",
    (
        r"[a-z0-9-]{2,}\.(?:co|com|page|ai|cc|link|eu|info|art|run|fit|xyz|wales|cymru|scot|"
        r"co\.uk|org|net|uk|io|example|test|me|tv|ee|bio|social|site|online|"
        r"blog|app|gg|ly)\b"
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link in a folded text."""

    window: Window
    start: int
    end: int
    host: str
    """Without ``www.`` and ``m.``."""
    path: str
    """What follows the host, with its first slash; empty where nothing does."""
    apart: bool
    """It was put together from pieces."""

    @property
    def bare(self) -> str:
        """Without scheme, ``www.``, query and last slash."""
        return (self.host + re.split(r"[?#]", self.path)[0]).rstrip("/")

    @property
    def steps(self) -> list[str]:
        """The parts of the path."""
        return [step for step in re.split(r"[?#]", self.path)[0].split("/") if step]


def links(window: Window) -> Iterator[Link]:
    """All links of a window, those in one piece first."""
    seen: set[str] = set()
    for link in _in(window, apart=False):
        seen.add(link.bare)
        yield link
    joined = squeezed(window.folded)
    if joined is None:
        return
    view = Window(folded=joined, piece=window.piece, reply=window.reply)
    for link in _in(view, apart=True):
        if link.bare not in seen:
            yield link


def _in(window: Window, *, apart: bool) -> Iterator[Link]:
    text = window.text
    for match in _LINK.finditer(text):
        start, end = match.start(), match.end()
        said = text[start:end].rstrip(".,;:!?*-")
        end = start + len(said)
        if text[start - 1 : start] in ("@", "/", "=") or text[end : end + 1] == "@":
            continue
        scheme, _, rest = said.rpartition("://") if "://" in said[:9] else ("", "", said)
        host, path = _parted(rest)
        plain = not scheme and not host.startswith("www.") and "/" not in path
        if plain and host.rpartition(".")[2] not in ENDINGS and not _platform_of(host):
            continue
        yield Link(
            window=window,
            start=start,
            end=end,
            host=re.sub(r"^(?:www\d?|m|mobile|touch|uk|en-gb|web)\.(?=.*\.)", "", host),
            path=path,
            apart=apart,
        )


def _parted(rest: str) -> tuple[str, str]:
    at = re.search(r"[/?#:]", rest)
    if at is None:
        return rest, ""
    return rest[: at.start()], re.sub(r"^:\d+", "", rest[at.start() :])


@cache
def _hosts() -> dict[str, tuple[Platform, ...]]:
    out: dict[str, tuple[Platform, ...]] = {}
    for platform in every_platform():
        for domain in platform.domains:
            out[domain] = (*out.get(domain, ()), platform)
    return out


def _platform_of(host: str) -> tuple[Platform, str] | None:
    labels = host.split(".")
    for first in range(len(labels) - 1):
        domain = ".".join(labels[first:])
        if domain in _hosts():
            return _hosts()[domain][0], domain
    return None


def platform_of(link: Link) -> tuple[Platform, str] | None:
    """The platform that the link leads to and its domain in the list."""
    first = f"{link.host}/{link.steps[0]}" if link.steps else link.host
    if first in _hosts():
        return _hosts()[first][0], first
    return _platform_of(link.host)
