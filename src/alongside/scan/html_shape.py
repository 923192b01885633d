"""HTML that no browser should be given: how costly its tree would be, and its text without a tree.

Building the tree takes time that grows with depth times length, and with the square of the
attributes of one tag: a few megabytes, well chosen, take minutes. Counted beforehand, in linear
time, by the tokens of the WHATWG standard.
"""

from __future__ import annotations

import html
import re

SMALL = 16_384
"""Characters below which no tree is too costly."""
MOST_WORK = 60_000_000
"""Tags times depth: about a tenth of a second."""
MOST_ATTRIBUTES = 2_000
LONGEST_PLAIN_LIST = 4 * MOST_ATTRIBUTES
"""Characters of a tag that can't hold too many attributes."""

_ATTRIBUTE = (
    r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+)?+)?+"
)
_TOKEN = re.compile(
    rf"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?][^>]*+>?|<(/?)([A-Za-z][^\s/>]*+)((?:[\s/]++|{_ATTRIBUTE})*+)>?",
    re.DOTALL,
)
_BARE = re.compile(r"<[^<>]*+>?")
_EACH = re.compile(_ATTRIBUTE)
_TARGET = re.compile(r"\bhref\s*+=\s*+[\"']?([^\"'\s>]++)", re.IGNORECASE)
_EMPTY = frozenset(
    "area base br col embed hr img input link meta source track wbr p li td th tr dt dd tbody "
    "thead tfoot option optgroup".split()
)
"""Elements that hold none of their own kind: void ones, and those that the next one ends."""
_RAW = frozenset({"script", "style", "template"})
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code em font i ins label mark o:p q s small span strike strong sub "
    "sup tt u wbr".split()
)


def too_costly(markup: str) -> bool:
    """Whether building the tree could take longer than a message may."""
    if len(markup) <= SMALL:
        return False
    tags = depth = deepest = 0
    opened: dict[str, int] = {}
    foreign = False
    for match in _TOKEN.finditer(markup):
        name = match[2]
        if name is None:
            continue
        tags += 1
        name = name.lower()
        if match[1]:
            # An end tag without its beginning closes nothing.
            if opened.get(name):
                opened[name] -= 1
                depth -= 1
            continue
        foreign = foreign or name in ("svg", "math", "plaintext", "xmp")
        if name not in _EMPTY:
            opened[name] = opened.get(name, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        if len(match[3]) > LONGEST_PLAIN_LIST and _attributes(match[3]) > MOST_ATTRIBUTES:
            return True
    # Inside SVG and MathML the tokens are other ones, and could hide how many there are.
    if foreign:
        tags = deepest = markup.count("<")
    return tags * deepest > MOST_WORK


def without_tree(markup: str) -> str:
    """The text between the tags, hidden or not, with the targets of links behind it."""
    out: list[str] = []
    at = 0
    skipping = ""
    for match in _TOKEN.finditer(markup):
        if not skipping:
            out.append(markup[at : match.start()])
        at = match.end()
        name = (match[2] or "").lower()
        if skipping:
            skipping = "" if match[1] and name == skipping else skipping
        elif name in _RAW and not match[1]:
            skipping = name
        elif name and name not in _INLINE:
            out.append("\n")
        if "<" in (match[3] or ""):
            # Markup within an attribute: some other parser may see it begin elsewhere.
            out.append(_BARE.sub(" ", match[3]))
        if name == "a" and (target := _TARGET.search(match[3] or "")):
            out.append(f" <{target[1]}> ")
    if not skipping:
        out.append(markup[at:])
    return html.unescape("".join(out))


def _attributes(text: str) -> int:
    return sum(1 for _ in _EACH.finditer(text))
