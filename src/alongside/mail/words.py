"""Encoded words (RFC 2047), read leniently: whatever some mail program would decode is decoded."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
import unicodedata

_WORD = re.compile(r"=\?([^?\s]{1,64})\?([bBqQ])\?([^?\r\n]*)\?=")
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
_NOT_MAIL = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"})
"""Codecs of Python's that no mail program has, some of them slow on hostile input."""


def text_of(value: bytes) -> str:
    """A header value as text: UTF-8 (RFC 6532) where it is that, else what Latin-1 makes of it."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def decoded(text: str) -> str:
    """The text with its encoded words decoded; blanks between two of them fall away."""
    if "=?" not in text:
        return text
    out: list[str] = []
    run: list[bytes] = []
    charset = ""
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        adjacent = bool(end) and not between.strip(" \t\r\n")
        if not adjacent or match[1].casefold() != charset:
            out.append(_in_charset(run, charset))
            run = []
        if not adjacent:
            out.append(between)
        # Words of one charset are joined before decoding: some senders cut inside a letter.
        charset = match[1].casefold()
        run.append(_content(match[2], match[3]))
        end = match.end()
    return "".join((*out, _in_charset(run, charset), text[end:]))


def plain(text: str) -> str:
    """Without characters that can't be seen: format marks, soft hyphens, controls."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c in "\t " or unicodedata.category(c) not in ("Cf", "Cc"))


def _content(how: str, text: str) -> bytes:
    raw = text.encode("utf-8", "surrogatepass")
    if how in "qQ":
        return _HEX.sub(lambda m: bytes.fromhex(m[1].decode()), raw.replace(b"_", b" "))
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except binascii.Error:
        return raw


def _in_charset(run: list[bytes], charset: str) -> str:
    content = b"".join(run)
    if not content:
        return ""
    try:
        codec = codecs.lookup(charset.partition("*")[0])
        if codec.name.replace("-", "_") not in _NOT_MAIL:
            return content.decode(codec.name, "replace")
    except (LookupError, ValueError):
        # An unknown charset, or a codec that is none of text: Latin-1 shows what ASCII is in it.
        return content.decode("latin-1")
    return content.decode("latin-1")
