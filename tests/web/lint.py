"""What every page of ours keeps to, asked of its HTML: headings, labels, links, nothing inline.

Each rule is a function from a page to its complaints. A complaint quotes the line of the source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

from selectolax.lexbor import LexborHTMLParser as Tree
from selectolax.lexbor import LexborNode as Node

_VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr path circle rect".split()
)
_CONTROLS = 'input:not([type="hidden"]):not([type="submit"]), select, textarea'


class Source:
    """A page: as it was sent, and as a browser reads it."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.lines = html.splitlines()
        self.tree = Tree(html)

    def where(self, node: Node) -> str:
        """The line that the element begins on, found again by its opening tag."""
        opening = (node.html or "").partition(">")[0] + ">"
        marks = [
            f'{name}="{node.attributes[name]}"'
            for name in ("id", "name", "href", "for")
            if node.attributes.get(name)
        ]
        for number, line in enumerate(self.lines, 1):
            if f"<{node.tag}" in line and (opening in line or (marks and marks[0] in line)):
                return f"line {number}: {line.strip()[:160]}"
        return opening


def lint(html: str) -> list[str]:
    source = Source(html)
    return [f"{rule.__name__}: {found}" for rule in RULES for found in rule(source)]


def is_html5_in_english(page: Source) -> Iterator[str]:
    if not page.html.lstrip().lower().startswith("<!doctype html>"):
        yield page.html[:60]
    root = page.tree.root
    if root is None or root.attributes.get("lang") != "en-GB":
        yield "the page does not say its language"


def has_a_title_and_one_heading(page: Source) -> Iterator[str]:
    titles = [node.text(strip=True) for node in page.tree.css("head title")]
    if len(titles) != 1 or not re.fullmatch(r"(Error: )?\S.* - Alongside", titles[0]):
        yield f"title {titles}"
    headings = page.tree.css("h1")
    if len(headings) != 1 or not headings[0].text(strip=True):
        yield f"{len(headings)} first headings"


def headings_do_not_jump(page: Source) -> Iterator[str]:
    last = 1
    for node in page.tree.css("main h1, main h2, main h3, main h4, main h5, main h6"):
        level = int((node.tag or "h1")[1])
        if level > last + 1:
            yield f"h{last} is followed by {page.where(node)}"
        last = level


def ids_are_unique(page: Source) -> Iterator[str]:
    seen = Counter(node.attributes.get("id") for node in page.tree.css("[id]"))
    yield from (f"`{name}` {times} times" for name, times in seen.items() if times > 1)


def references_lead_somewhere(page: Source) -> Iterator[str]:
    ids = {node.attributes.get("id") for node in page.tree.css("[id]")}
    for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        for node in page.tree.css(f"[{name}]"):
            for wanted in (node.attributes[name] or "").split():
                if wanted not in ids:
                    yield f"{name} `{wanted}`: {page.where(node)}"
    for node in page.tree.css('a[href^="#"]'):
        if (node.attributes["href"] or "")[1:] not in ids:
            yield page.where(node)


def controls_are_labelled(page: Source) -> Iterator[str]:
    labelled = {n.attributes.get("for") for n in page.tree.css("label") if n.text(strip=True)}
    for node in page.tree.css(_CONTROLS):
        given = node.attributes
        if given.get("id") not in labelled and not given.get("aria-label"):
            yield page.where(node)
    for node in page.tree.css("fieldset"):
        first = next((child for child in node.iter()), None)
        if first is None or first.tag != "legend" or not first.text(strip=True):
            yield page.where(node)


def links_and_buttons_have_words(page: Source) -> Iterator[str]:
    for node in page.tree.css("a, button, summary"):
        if not node.text(strip=True) and not node.attributes.get("aria-label"):
            yield page.where(node)
        if node.tag == "a" and not node.attributes.get("href"):
            yield f"leads nowhere: {page.where(node)}"


def images_have_words(page: Source) -> Iterator[str]:
    yield from (page.where(n) for n in page.tree.css("img") if "alt" not in n.attributes)
    for node in page.tree.css("svg"):
        if node.attributes.get("aria-hidden") != "true" and not node.css("title"):
            yield page.where(node)


def nothing_is_inline(page: Source) -> Iterator[str]:
    """What the Content-Security-Policy would silently drop; a block of JSON is never run."""
    for node in page.tree.css("style, script:not([src]), [style]"):
        if node.attributes.get("type") != "application/json":
            yield page.where(node)
    for node in page.tree.css("*"):
        if any(name.startswith("on") for name in node.attributes):
            yield page.where(node)
        if (node.attributes.get("href") or "").lower().startswith("javascript:"):
            yield page.where(node)


def what_is_posted_has_a_token(page: Source) -> Iterator[str]:
    for node in page.tree.css("form"):
        posts = (node.attributes.get("method") or "").lower() == "post"
        if posts and not node.css('input[name="csrfmiddlewaretoken"]'):
            yield page.where(node)


def errors_are_listed_at_the_top(page: Source) -> Iterator[str]:
    wrong = page.tree.css(".govuk-error-message")
    listed = page.tree.css(".govuk-error-summary__list li")
    if wrong and not listed:
        yield page.where(wrong[0])
    title = page.tree.css_first("head title")
    if listed and (title is None or not title.text().startswith("Error: ")):
        yield "the title does not begin with Error"


def tags_are_closed(page: Source) -> Iterator[str]:
    """Browsers repair what is left open, each in its own way."""
    checker = _Balance()
    checker.feed(page.html)
    yield from checker.wrong
    yield from (f"never closed: <{tag}>, line {line}" for tag, line in checker.open)


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, int]] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in _VOID:
            self.open.append((tag, self.getpos()[0]))

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self.open or self.open[-1][0] != tag:
            self.wrong.append(f"</{tag}> in line {self.getpos()[0]}, open: {self.open[-3:]}")
        if any(name == tag for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass


RULES: tuple[Callable[[Source], Iterator[str]], ...] = (
    is_html5_in_english,
    has_a_title_and_one_heading,
    headings_do_not_jump,
    ids_are_unique,
    references_lead_somewhere,
    controls_are_labelled,
    links_and_buttons_have_words,
    images_have_words,
    nothing_is_inline,
    what_is_posted_has_a_token,
    errors_are_listed_at_the_top,
    tags_are_closed,
)
