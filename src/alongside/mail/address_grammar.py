"""The grammar of address lists (RFC 5322 3.4 with its obsolete forms, 6854), read by descent."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<blank>[ \t]+)|(?P<atom>[^\x00-\x20\x7f()<>\[\]:;@\\,.\"]+)|(?P<mark>[<>:;@,.(])"
    r"|(?P<quoted>\"(?:[^\"\\]|\\.)*\")|(?P<literal>\[(?:[^\[\]\\]|\\.)*\])",
    re.DOTALL,
)
_COMMENT_PART = re.compile(r"[^()\\]+|\\.|[()]", re.DOTALL)


class Unreadable(Exception):
    """the field follows no grammar"""


class Token(NamedTuple):
    kind: str
    """atom, quoted, literal, comment, blank, end, or the mark itself."""
    text: str


def tokens(text: str) -> list[Token]:
    """The tokens of one unfolded field. Raises ``Unreadable`` where there is none to be had."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unreadable
        kind = match.lastgroup or ""
        if match[0] == "(":
            at_end = _comment_end(text, at)
            found.append(Token("comment", text[at + 1 : at_end - 1]))
            at = at_end
            continue
        found.append(Token(match[0] if kind == "mark" else kind, match[0]))
        at = match.end()
    found.append(Token("end", ""))
    return found


def _comment_end(text: str, at: int) -> int:
    depth = 0
    for match in _COMMENT_PART.finditer(text, at):
        depth += (match[0] == "(") - (match[0] == ")")
        if depth == 0:
            return match.end()
    raise Unreadable


class Reader:
    """Recursive descent over one field's tokens; what it is unsure of it says in ``doubt``."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self.addresses: list[str] = []
        self.said: list[str] = []
        """Display names and comments: shown to people, so read for addresses too."""
        self.doubt = False
        self.grouped = False

    def address_list(self) -> None:
        """Read it all. Raises ``Unreadable`` where programs could only guess."""
        stop = ","
        while stop != "end":
            words, stop = self._words_until("<,:;")
            stop = self._group(words) if stop == ":" else self._mailbox(words, stop)
            if stop == ";":
                raise Unreadable

    def _group(self, words: list[Token]) -> str:
        if not words or any(t.kind == "@" for t in words):
            raise Unreadable
        self._say(words)
        self.grouped = True
        stop = ","
        while stop != ";":
            words, stop = self._words_until("<,:;")
            stop = self._mailbox(words, stop)
            if stop in (":", "end"):
                raise Unreadable
        words, stop = self._words_until("<,:;")
        if words or stop not in (",", "end"):
            raise Unreadable
        return stop

    def _mailbox(self, words: list[Token], stop: str) -> str:
        """One mailbox or nothing, of which ``words`` and ``stop`` are read; gives the next stop."""
        if stop != "<":
            if words:
                self._spec(words)
            return stop
        self._say(words)
        self._angle()
        words, stop = self._words_until("<,:;")
        if words or stop in ("<", ":"):
            raise Unreadable
        return stop

    def _words_until(self, stops: str) -> tuple[list[Token], str]:
        """Tokens up to the next stop, without comments; blanks only between two tokens."""
        words: list[Token] = []
        while True:
            token = self._tokens[self._at]
            self._at += 1
            if token.kind == "end" or token.kind in stops:
                while words and words[-1].kind == "blank":
                    words.pop()
                return words, token.kind
            if token.kind == "comment":
                self.said.append(token.text)
                token = Token("blank", " ")
            if words or token.kind != "blank":
                words.append(token)

    def _say(self, phrase: list[Token]) -> None:
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
            raise Unreadable
        words, stop = self._words_until(">:<,;")
        if stop != ">":
            raise Unreadable
        self._spec(words)

    def _spec(self, words: list[Token]) -> None:
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


def _dotted(words: list[Token], also: str) -> bool:
    """Atoms with single dots between them, or one token of the other kind."""
    if len(words) == 1 and words[0].kind == also:
        return True
    return len(words) % 2 == 1 and all(
        t.kind == ("." if i % 2 else "atom") for i, t in enumerate(words)
    )


def _unquoted(token: Token) -> str:
    if token.kind != "quoted":
        return token.text
    return re.sub(r"\\(.)", r"\1", token.text[1:-1], flags=re.DOTALL)
