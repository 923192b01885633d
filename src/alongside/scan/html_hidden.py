"""Which elements of an HTML text a reader does not see: by style, attribute, or colour."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SELECTOR = re.compile(r"([a-z0-9]*)([.#])([\w-]+)$", re.IGNORECASE)
_CONTENT = re.compile(r"\bcontent\s*+:\s*+(?:\"([^\"]++)\"|'([^']++)')", re.IGNORECASE)
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|ex|%|cm|in|mm)?")
_RGB = re.compile(r"rgba?\(\s*(\d+)[,\s]+(\d+)[,\s]+(\d+)(?:[,/\s]+([\d.]+)%?)?\s*\)")
_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})(?:[0-9a-f]{2})?$")
_HINT = re.compile(
    r"display|visib|font|color|opacity|height|width|indent|left|top|mso-hide|clip|background|scale",
    re.IGNORECASE,
)
_NAMED: Mapping[str, tuple[int, int, int]] = {
    "white": (255, 255, 255),
    "black": (0, 0, 0),
    "red": (255, 0, 0),
    "blue": (0, 0, 255),
    "green": (0, 128, 0),
    "yellow": (255, 255, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "whitesmoke": (245, 245, 245),
    "ghostwhite": (248, 248, 255),
    "floralwhite": (255, 250, 240),
}
LEAST_CONTRAST = 24
"""Sum of the differences of red, green and blue below which nobody can read it."""
LONGEST_STYLE = 4_000
LONGEST_SHEET = 100_000
MOST_RULES = 2_000

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)


def declarations(style: str) -> dict[str, str]:
    """The properties of a ``style`` attribute, the last of each name."""
    if not _HINT.search(style):
        return {}
    found: dict[str, str] = {}
    for each in style[:LONGEST_STYLE].split(";"):
        name, _, value = each.partition(":")
        found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


def hides(style: Mapping[str, str]) -> bool:
    """Whether an element with these properties is not seen, its colour apart."""
    if not style:
        return False
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return True
    if style.get("mso-hide") == "all" or style.get("color") == "transparent":
        return True
    if _tiny(style.get("font-size"), 1.0) or _tiny(style.get("opacity"), 0.05):
        return True
    if _far(style.get("text-indent")) or (
        style.get("position") in ("absolute", "fixed")
        and (_far(style.get("left")) or _far(style.get("top")))
    ):
        return True
    clipped = "hidden" in (style.get("overflow"), style.get("overflow-x"), style.get("overflow-y"))
    return clipped and any(
        _tiny(style.get(p), 1.0) for p in ("height", "max-height", "width", "max-width")
    )


def colour(text: str | None) -> Colour | None:
    """Red, green and blue; none for what is no plain colour."""
    if not text:
        return None
    text = text.strip().lower().split(" ")[0] if not text.startswith("rgb") else text
    if text in _NAMED:
        return _NAMED[text]
    if match := _HEX.match(text):
        digits = match[1] if len(match[1]) == 6 else "".join(d * 2 for d in match[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if match := _RGB.match(text):
        return min(int(match[1]), 255), min(int(match[2]), 255), min(int(match[3]), 255)
    return None


def background(style: Mapping[str, str], attribute: str | None) -> Colour | None:
    """What the element sets behind its text; none where it sets nothing."""
    return (
        colour(style.get("background-color"))
        or colour(style.get("background"))
        or colour(attribute)
    )


def alike(one: Colour, other: Colour) -> bool:
    """Too alike for anybody to read one on the other."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) < LEAST_CONTRAST


@dataclass(frozen=True, slots=True)
class Looks:
    """What style and attributes make of an element, its surroundings apart."""

    hidden: bool
    behind: Colour | None
    letters: Colour | None


PLAIN = Looks(False, None, None)


@lru_cache(maxsize=2_000)
def looks(style: str, bgcolor: str | None, letters: str | None) -> Looks:
    """The same few styles stand in a message a hundred times: each is looked at once."""
    found = declarations(style)
    return Looks(
        hides(found),
        background(found, bgcolor),
        colour(found.get("color") or letters),
    )


def hidden_by_sheet(sheet: str) -> tuple[frozenset[str], list[str]]:
    """Simple selectors (``.name``, ``#name``) that a style sheet hides, and the texts that it
    writes itself (``content``)."""
    sheet = _COMMENT.sub("", sheet[:LONGEST_SHEET])
    found: set[str] = set()
    for rule in sheet.split("}", MOST_RULES)[:MOST_RULES]:
        selectors, _, style = rule.rpartition("{")
        if not hides(declarations(style)):
            continue
        for selector in selectors.rpartition("{")[2].split(","):
            if match := _SELECTOR.fullmatch(selector.strip()):
                found.add(match[2] + match[3])
    written = [m[1] or m[2] for m in _CONTENT.finditer(sheet)]
    return frozenset(found), written


def _tiny(value: str | None, limit: float) -> bool:
    """A length of next to nothing."""
    match = _LENGTH.match(value) if value else None
    if match is None:
        return False
    size = abs(float(match[1]))
    return size <= (limit if match[2] in (None, "px", "pt") else limit / 100 if size else 0)


def _far(value: str | None) -> bool:
    """Moved off the page."""
    match = _LENGTH.match(value) if value else None
    return match is not None and float(match[1]) <= -500
