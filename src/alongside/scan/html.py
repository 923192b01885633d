"""HTML as its reader sees it: the shown text, what is quoted in it, what is hidden, where links go.

The tree is lexbor's, the one that browsers agree on; what would take it too long is read without
a tree, and said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .html_hidden import (
    LONGEST_STYLE,
    PLAIN,
    WHITE,
    Colour,
    alike,
    hidden_by_sheet,
    looks,
)
from .html_shape import too_costly, without_tree
from .html_writer import Writer

LONGEST = 4_000_000
"""Characters of one HTML text that are read as a tree."""
LONGEST_TARGET = 2_000
PICTURE_INLINE = 4_000
"""Characters of a picture within the HTML from which on it is more than an ornament."""

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol "
    "optgroup option p pre search section summary table tbody tfoot thead tr ul".split()
)
_UNSEEN = frozenset({"script", "style", "template", "head", "datalist", "noembed", "noframes"})
_PUT = frozenset({"br", "td", "th", "img", "input", "pre", "textarea", "listing", "xmp"})
"""Elements that put something themselves, or change how what is in them is put."""
_LINKS = {"a": "href", "area": "href", "iframe": "src", "form": "action", "embed": "src"}
_QUOTE_NAMES = re.compile(
    r"(?:^|[\s_])(?:gmail_quote(?:_container)?|gmail_attr|yahoo_quoted|protonmail_quote"
    r"|tutanota_quote|moz-cite-prefix|moz-forward-container|zmail_extra|OLK_SRC_BODY_SECTION"
    r"|mail-editor-reference-message-container|mimestream_quote|cf-quoted|WordSection_quote)(?:$|\s)",
    re.IGNORECASE,
)
_NAMES = re.compile(r"quot|cite|signature|Rply|append|attr|forward|OLK|reference|stop", re.I)
"""Without any of these a name says nothing."""
_REST_NAMES = re.compile(r"(?:^|\s)(?:x_)*(?:divRplyFwdMsg|appendonsend|stopSpelling)(?:$|\s)")
_SIGNATURE_NAMES = re.compile(
    r"(?:^|[\s_])(?:gmail_signature|moz-signature|ms-outlook-mobile-signature|Signature"
    r"|protonmail_signature_block(?:-user)?|signature)(?:$|\s)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What an HTML text shows."""

    text: str
    quoted: tuple[tuple[int, int], ...] = ()
    """Stretches of ``text`` inside a container for quotations, in order."""
    signed: tuple[int, ...] = ()
    """Where a container for a signature begins."""
    hidden: tuple[str, ...] = ()
    """Texts that the reader does not see, one by one."""
    pictures: int = 0
    """Pictures written into the HTML itself."""
    costly: bool = False
    """Read without a tree: what is hidden and what is quoted is not told apart."""


def read_html(markup: str) -> Shown:
    """The text of a page or of a message's HTML part. Never raises."""
    if len(markup) > LONGEST or too_costly(markup):
        return Shown(text=without_tree(markup), costly=True)
    # lexbor takes UTF-8: half a surrogate pair can't be written in it.
    tree = LexborHTMLParser(markup.encode("utf-8", "replace"))
    walk = _Walk()
    for sheet in tree.css("style"):
        walk.read_sheet(sheet.text() or "")
    if (base := tree.css_first("base[href]")) is not None:
        walk.base = (base.attributes.get("href") or "")[:LONGEST_TARGET]
    root = tree.root
    if root is not None:
        walk.through(root)
    return walk.shown()


@dataclass(slots=True)
class _Open:
    """An element that is being read, and what is to be put back behind it."""

    node: LexborNode
    tag: str
    writer: Writer
    background: Colour
    kept: bool
    target: str = ""
    began: int = 0
    quotes: bool = False
    hides: bool = False
    reversed: bool = False


@dataclass(slots=True)
class _Walk:
    writer: Writer = field(default_factory=Writer)
    behind: Colour = WHITE
    kept: bool = False
    """Blanks and line ends stand as they are written (``pre``)."""
    base: str = ""
    unseen: frozenset[str] = frozenset()
    quoting: int = 0
    quote_began: int = 0
    rest: bool = False
    quoted: list[tuple[int, int]] = field(default_factory=list)
    signed: list[int] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    pictures: int = 0

    def read_sheet(self, sheet: str) -> None:
        names, written = hidden_by_sheet(sheet)
        self.unseen |= names
        self.hidden.extend(written)

    def through(self, root: LexborNode) -> None:
        stack: list[_Open] = []
        node: LexborNode | None = root
        while node is not None:
            opened = self._enter(node)
            if opened is not None and (child := node.first_child) is not None:
                stack.append(opened)
                node = child
                continue
            if opened is not None:
                self._leave(opened)
            following = node.next if node is not root else None
            while following is None and stack:
                self._leave(last := stack.pop())
                following = last.node.next if last.node is not root else None
            node = following

    def shown(self) -> Shown:
        text = "".join(self.writer.out)
        if self.rest or self.quoting:
            self.quoted.append((self.quote_began, len(text)))
        return Shown(
            text=text,
            quoted=tuple(self.quoted),
            signed=tuple(self.signed),
            hidden=tuple(t for t in self.hidden if t.strip()),
            pictures=self.pictures,
        )

    def _enter(self, node: LexborNode) -> _Open | None:
        """None for what has no inside to be read."""
        tag = node.tag
        if tag == "-text":
            text = node.text_content or ""
            (self.writer.put_as_is if self.kept else self.writer.put)(text)
            return None
        if tag == "-comment":
            comment = node.comment_content or ""
            if comment.startswith("[if"):  # Outlook shows it
                self.hidden.append(without_tree(comment.partition(">")[2].rpartition("<!")[0]))
            return None
        if tag is None or tag in _UNSEEN:
            return None
        attributes = node.attributes if tag[0] != "-" else {}
        if tag in _BLOCKS:
            self.writer.line()
        opened = _Open(node, tag, self.writer, self.behind, self.kept)
        if attributes:
            self._look(opened, attributes)
        if tag == "blockquote" and not opened.quotes:
            self._quote(opened)
        if tag in _PUT or "title" in attributes:
            self._put_element(tag, attributes)
        opened.began = len(self.writer.out)
        return opened

    def _look(self, opened: _Open, attributes: dict[str, str | None]) -> None:
        """What the attributes say of the element: hidden, quoted, a signature, a link."""
        style = (attributes.get("style") or "")[:LONGEST_STYLE]
        seen_as = (
            looks(style, attributes.get("bgcolor"), attributes.get("color"))
            if (style or "bgcolor" in attributes or "color" in attributes)
            else PLAIN
        )
        self.behind = seen_as.behind or self.behind
        letters = seen_as.letters
        if (
            seen_as.hidden
            or "hidden" in attributes
            or (letters is not None and alike(letters, self.behind))
            or (self.unseen and self._named_unseen(attributes))
        ):
            if self.writer is opened.writer and opened.tag not in ("body", "html"):
                opened.hides = True
                self.writer = Writer()
        if "class" in attributes or "id" in attributes:
            names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
            if _NAMES.search(names):
                self._look_at_names(opened, names)
        if opened.tag == "bdo" and (attributes.get("dir") or "").lower() == "rtl":
            opened.reversed = True
            self.writer.catch_up()
        if opened.tag in _LINKS:
            opened.target = self._target(attributes.get(_LINKS[opened.tag]) or "")

    def _look_at_names(self, opened: _Open, names: str) -> None:
        if self.writer.length and self.writer is not opened.writer:
            return
        if _REST_NAMES.search(names) and not self.rest:
            self.writer.line()
            if not self.quoting:
                self.quote_began = self.writer.length
            self.rest = True
        elif _QUOTE_NAMES.search(names):
            self._quote(opened)
        elif _SIGNATURE_NAMES.search(names) and not self.quoting and not opened.hides:
            self.writer.line()
            self.signed.append(self.writer.length)

    def _quote(self, opened: _Open) -> None:
        opened.quotes = True
        if opened.writer is self.writer:
            self.writer.line()
            if not self.quoting and not self.rest:
                self.quote_began = self.writer.length
        self.quoting += 1

    def _put_element(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "br":
            self.writer.put_as_is("\n")
        elif tag in ("td", "th"):
            self.writer.put(" ")
        elif tag == "img":
            if alt := attributes.get("alt"):
                self.writer.put(f" {alt} ")
            source = (attributes.get("src") or "")[: PICTURE_INLINE + 1]
            self.pictures += source[:5].lower() == "data:" and len(source) > PICTURE_INLINE
        elif tag == "input":
            if (attributes.get("type") or "").lower() != "hidden":
                self.writer.put(attributes.get("value") or attributes.get("placeholder") or "")
        else:
            self.kept = self.kept or tag in ("pre", "textarea", "listing", "xmp")
        if title := attributes.get("title"):
            self.hidden.append(title)

    def _leave(self, opened: _Open) -> None:
        writer = self.writer
        if opened.reversed:
            backwards = "".join(writer.out[opened.began :])[::-1]
            del writer.out[opened.began :]
            writer.out.append(backwards)
        if opened.target:
            said = "".join(writer.out[opened.began :])
            if not _says(said, opened.target):
                writer.put(f" <{opened.target}>")
        if opened.hides:
            self.hidden.append("".join(writer.out))
            self.writer = opened.writer
        if opened.tag in _BLOCKS or opened.quotes:
            self.writer.line()
        if opened.quotes:
            self.quoting -= 1
            if not self.quoting and not self.rest:
                self.quoted.append((self.quote_began, self.writer.length))
        self.behind = opened.background
        self.kept = opened.kept

    def _named_unseen(self, attributes: dict[str, str | None]) -> bool:
        classes = (attributes.get("class") or "").split()
        return f"#{attributes.get('id')}" in self.unseen or any(
            f".{name}" in self.unseen for name in classes
        )

    def _target(self, written: str) -> str:
        target = "".join(written.split())[:LONGEST_TARGET]
        if not target or target.startswith("#") or target[:11].lower() == "javascript:":
            return ""
        if self.base and ":" not in target[:12]:
            try:
                return urljoin(self.base, target)
            except ValueError:
                return target
        return target


def _says(words: str, target: str) -> bool:
    """Whether the words of a link are its target already."""
    bare = target.casefold()
    for scheme in ("https://", "http://", "mailto:", "tel:", "sms:"):
        bare = bare.removeprefix(scheme)
    said = "".join(words.split()).casefold().removeprefix("http://").removeprefix("https://")
    return said.rstrip("/") == bare.rstrip("/")
