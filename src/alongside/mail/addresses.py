"""Whom an address field names (RFC 5322 with its obsolete forms, 2047, 6532, 6854).

Two answers: the addresses, and whether there can be no doubt about them. Mail programs disagree
about malformed fields, and a writer may count on it; so in doubt every address that some program
could take is listed, and ``readable`` is false. An address in a display name or a comment that is
not the mailbox's own puts a field in doubt as well: people believe what they are shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from alongside.policy.address import key

from .words import decoded, plain, text_of

LONGEST = 131_072
"""Characters of one field that are read as a grammar; of more, only what looks like an address."""
LONGEST_ADDRESS = 1000
"""Longer ones are nobody's, and would only fill memory."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/?^_`{|}~-]+"
_SPEC = rf"{_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
_SIMPLE = re.compile(
    rf"(?:(?:\"[A-Za-z0-9 ,.'()_-]*\" ?|[A-Za-z0-9 .'_-]*)<({_SPEC})>|({_SPEC}))(?:,[ \t]*|\Z)"
)
"""One mailbox of a list as nearly all mail writes it, in which nothing can hide."""
_TOKEN = re.compile(
    r"(?P<blank>[ \t]+)|(?P<atom>[^\x00-\x20\x7f()<>\[\]:;@\\,.\"]+)|(?P<mark>[<>:;@,.(])"
    r"|(?P<quoted>\"(?:[^\"\\]|\\.)*\")|(?P<literal>\[(?:[^\[\]\\]|\\.)*\])",
    re.DOTALL,
)
_BETWEEN = re.compile(r"[\s<>(),;:\"\[\]\\]+")
_COMMENT_PART = re.compile(r"[^()\\]+|\\.|[()]", re.DOTALL)


class Reading(NamedTuple):
    """What one address field names."""

    addresses: tuple[str, ...]
    """As written, each once; in doubt everything that could be meant."""
    readable: bool
    """No doubt whom the field names. An empty field is readable and names nobody."""
    grouped: bool = False
    """Group syntax was used (RFC 6854), which programs show in different ways."""


class _Unreadable(Exception):
    """the field follows no grammar"""


def read(value: bytes) -> Reading:
    """Read the value of an address field, folded or not. Never raises."""
    text = text_of(value.replace(b"\r\n", b"")).strip(" \t")
    simple = _simple(text)
    if simple is not None:
        return Reading(_unique(simple), True)
    if len(text) > LONGEST:
        return Reading(_unique(like_addresses(text)), False)
    try:
        reader = _Reader(_tokens(text))
        reader.address_list()
    except _Unreadable:
        return Reading(_unique(like_addresses(text)), False)
    found = tuple(a for a in _unique(reader.addresses) if len(a) <= LONGEST_ADDRESS)
    known = {key(a) for a in found}
    shown = [a for said in reader.said for a in like_addresses(said) if key(a) not in known]
    doubt = (
        reader.doubt
        or len(found) < len(set(reader.addresses))
        or any(_strange(a) for a in found)
        or any(_breaks_lines(said) for said in reader.said)
    )
    if doubt:
        shown.extend(like_addresses(text))
    readable = not (doubt or shown)
    return Reading(_unique((*found, *shown)), readable, reader.grouped)


def _simple(text: str) -> list[str] | None:
    """The addresses of a list of simple mailboxes; None where one of them is not so simple."""
    found: list[str] = []
    at = 0
    while at < len(text):
        match = _SIMPLE.match(text, at)
        if match is None or match.end() - at > LONGEST_ADDRESS:
            return None
        found.append(match[1] or match[2])
        at = match.end()
    return found


class _Token(NamedTuple):
    kind: str
    """atom, quoted, literal, comment, blank, end, or the mark itself."""
    text: str


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _Unreadable
        kind = match.lastgroup or ""
        if match[0] == "(":
            at_end = _comment_end(text, at)
            tokens.append(_Token("comment", text[at + 1 : at_end - 1]))
            at = at_end
            continue
        tokens.append(_Token(match[0] if kind == "mark" else kind, match[0]))
        at = match.end()
    tokens.append(_Token("end", ""))
    return tokens


def _comment_end(text: str, at: int) -> int:
    depth = 0
    for match in _COMMENT_PART.finditer(text, at):
        depth += (match[0] == "(") - (match[0] == ")")
        if depth == 0:
            return match.end()
    raise _Unreadable


class _Reader:
    """Recursive descent over one field's tokens; what it is unsure of it says in ``doubt``."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self.addresses: list[str] = []
        self.said: list[str] = []
        """Display names and comments: shown to people, so read for addresses too."""
        self.doubt = False
        self.grouped = False

    def address_list(self) -> None:
        stop = ","
        while stop != "end":
            words, stop = self._words_until("<,:;")
            stop = self._group(words) if stop == ":" else self._mailbox(words, stop)
            if stop == ";":
                raise _Unreadable

    def _group(self, words: list[_Token]) -> str:
        if not words or any(t.kind == "@" for t in words):
            raise _Unreadable
        self._say(words)
        self.grouped = True
        stop = ","
        while stop != ";":
            words, stop = self._words_until("<,:;")
            stop = self._mailbox(words, stop)
            if stop in (":", "end"):
                raise _Unreadable
        words, stop = self._words_until("<,:;")
        if words or stop not in (",", "end"):
            raise _Unreadable
        return stop

    def _mailbox(self, words: list[_Token], stop: str) -> str:
        """One mailbox or nothing, of which ``words`` and ``stop`` are read; gives the next stop."""
        if stop != "<":
            if words:
                self._spec(words)
            return stop
        self._say(words)
        self._angle()
        words, stop = self._words_until("<,:;")
        if words or stop in ("<", ":"):
            raise _Unreadable
        return stop

    def _words_until(self, stops: str) -> tuple[list[_Token], str]:
        """Tokens up to the next stop, without comments; blanks only between two tokens."""
        words: list[_Token] = []
        while True:
            token = self._tokens[self._at]
            self._at += 1
            if token.kind == "end" or token.kind in stops:
                while words and words[-1].kind == "blank":
                    words.pop()
                return words, token.kind
            if token.kind == "comment":
                self.said.append(token.text)
                token = _Token("blank", " ")
            if words or token.kind != "blank":
                words.append(token)

    def _say(self, phrase: list[_Token]) -> None:
        if any(t.kind in ("@", "literal", ">") for t in phrase):
            self.doubt = True
        self.said.append("".join(_unquoted(t) for t in phrase))

    def _angle(self) -> None:
        words, stop = self._words_until(">:<,;")
        if stop == ">":
            if words:
                self._spec(words)
            else:
                self.doubt = True
            return
        # An obsolete source route, <@one.test,@two.test:user@three.test>: read, never trusted.
        self.doubt = True
        while stop == "," and (not words or words[0].kind == "@"):
            words, stop = self._words_until(">:<,;")
        if stop != ":" or (words and words[0].kind != "@"):
            raise _Unreadable
        words, stop = self._words_until(">:<,;")
        if stop != ">":
            raise _Unreadable
        self._spec(words)

    def _spec(self, words: list[_Token]) -> None:
        """One addr-spec: local part, at sign, domain."""
        kinds = [t.kind for t in words]
        if "blank" in kinds:
            self.doubt = True
            words = [t for t in words if t.kind != "blank"]
        if kinds.count("@") != 1:
            self.doubt = True
            return
        middle = [t.kind for t in words].index("@")
        local, domain = words[:middle], words[middle + 1 :]
        if not _dotted(local, "quoted") or not _dotted(domain, "literal"):
            self.doubt = True
            return
        if local[0].kind == "quoted" and "@" in local[0].text:
            self.doubt = True
            self.said.append(_unquoted(local[0]))
        self.addresses.append("".join(t.text for t in words))


def _dotted(words: list[_Token], also: str) -> bool:
    """Atoms with single dots between them, or one token of the other kind."""
    if len(words) == 1 and words[0].kind == also:
        return True
    return len(words) % 2 == 1 and all(
        t.kind == ("." if i % 2 else "atom") for i, t in enumerate(words)
    )


def _unquoted(token: _Token) -> str:
    if token.kind != "quoted":
        return token.text
    return re.sub(r"\\(.)", r"\1", token.text[1:-1], flags=re.DOTALL)


def _strange(address: str) -> bool:
    """Encoded words or characters that can't be seen inside an address."""
    return "=?" in address or plain(address) != address


def _breaks_lines(said: str) -> bool:
    """A display name or comment in which a line end or another control character hides."""
    text = decoded(said)
    return not text.isprintable() and any(unicodedata.category(c) == "Cc" for c in text)


def like_addresses(text: str) -> Iterator[str]:
    """Whatever a person or a lenient program could take for an address, encoded words included."""
    for said in dict.fromkeys((text, decoded(text))):
        seen = plain(unicodedata.normalize("NFKC", said))
        for word in _BETWEEN.split(seen):
            if "@" not in word:
                continue
            parts = [p.strip("'`.<>|*") for p in word.split("@")]
            for local, domain in pairwise(parts):
                if local and domain and len(local) + len(domain) < LONGEST_ADDRESS:
                    yield f"{local}@{domain}"


def _unique(addresses: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(addresses))
