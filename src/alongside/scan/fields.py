"""The header block of a message or of one of its parts, read as leniently as any program would.

What no program takes for a field is handed back as text, because some show it as such.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from .charsets import letters

LONGEST_VALUE = 200_000
"""Octets of one field that are read."""
MOST_VALUES = 20
"""Fields of one name that are read."""

_FIELD = re.compile(
    rb"^(subject|from|sender|reply-to|to|cc|in-reply-to|references|organization|comments|keywords"
    rb"|content-(?:type|transfer-encoding|disposition|id|description))"
    rb"[ \t]*:[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)",
    re.IGNORECASE | re.MULTILINE,
)
_NO_FIELD = re.compile(rb"^(?![!-9;-~]+[ \t]*:)[^ \t\n][^\n]*|^[ \t]+$", re.MULTILINE)
_BEGINS = re.compile(rb"[!-9;-~]+[ \t]*:|From |>From ")
_WORD = re.compile(r"=\?([^?\s]{1,64})\?([bBqQ])\?([^?\n]*)\?=")
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
_PARAMETER = re.compile(r";\s*+([^\s=;]++)\s*+=\s*+(\"(?:[^\"\\]|\\.)*+\"?+|[^;]*+)", re.DOTALL)
_COMMENT = re.compile(r"\([^()]*\)")
_CONTINUED = re.compile(r"([^*]+)\*(?:(\d{1,3})(\*)?)?$")


@dataclass(frozen=True, slots=True)
class Block:
    """The fields that matter for reading, and where what they head begins."""

    values: Mapping[bytes, list[bytes]]
    """By name in lower case: the values, folding undone."""
    body: int
    """Offset of the body in the content."""
    stray: bytes
    """From the first line that is no field to the end of the block; nearly always empty."""

    def first(self, name: bytes) -> str:
        """The first field of this name as text, not decoded; empty where there is none."""
        found = self.values.get(name)
        return _text(found[0]) if found else ""

    def each(self, name: bytes) -> list[str]:
        """Every field of this name, encoded words decoded; of equal ones the first."""
        values = self.values.get(name)
        if values is None:
            return []
        if len(values) == 1:
            return [words(_text(values[0]))]
        return list(dict.fromkeys(words(_text(v)) for v in values))


def read_block(content: bytes, start: int = 0, end: int | None = None) -> Block:
    """The header block that begins at ``start``. Never raises."""
    end = len(content) if end is None else end
    while start < end and content[start] in b"\r\n" and _begins_later(content, start, end):
        start += 1
    stop, body = _stop(content, start, end)
    block = content[start:stop]
    if b"\r" in block:
        block = block.replace(b"\r\n", b"\n")
        if b"\n" not in block:
            block = block.replace(b"\r", b"\n")
    values: dict[bytes, list[bytes]] = {}
    for match in _FIELD.finditer(block):
        found = values.setdefault(match[1].lower(), [])
        if len(found) < MOST_VALUES:
            found.append(match[2][:LONGEST_VALUE].replace(b"\n", b"").strip())
    return Block(values, body, _stray(block))


def words(text: str) -> str:
    """The text with its encoded words (RFC 2047) decoded; blanks between two of them fall away."""
    if "=?" not in text:
        return text
    out: list[str] = []
    run: list[bytes] = []
    charset = ""
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        adjacent = bool(end) and not between.strip()
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


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """A value such as ``text/plain; charset=utf-8``: what stands first, in lower case, and the
    parameters by name, with continuations and charsets (RFC 2231) undone."""
    head = _COMMENT.sub("", value.partition(";")[0])
    found: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for match in _PARAMETER.finditer(value):
        name, text = match[1].lower(), _unquoted(match[2])
        continued = _CONTINUED.match(name)
        if continued is None:
            found.setdefault(name, words(text))
        else:
            coded = continued[2] is None or continued[3] is not None
            pieces.setdefault(continued[1], {})[int(continued[2] or 0)] = (coded, text)
    for name, numbered in pieces.items():
        found[name] = _joined([numbered[n] for n in sorted(numbered)])
    return "".join(head.split()).lower(), found


def _begins_later(content: bytes, start: int, end: int) -> bool:
    """Whether the first line below blank lines is a field: some programs skip the blank ones."""
    window = content[start : min(end, start + 1000)].lstrip(b"\r\n")
    return _BEGINS.match(window) is not None


def _stop(content: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the block ends and the body begins."""
    if start < end and content[start] in b"\r\n":
        return start, start + (2 if content.startswith(b"\r\n", start) else 1)
    best, length = end, 0
    for mark in (b"\r\n\r\n", b"\n\n", b"\n\r\n"):
        found = content.find(mark, start, min(end, best + len(mark)))
        if found >= 0 and found < best:
            best, length = found, len(mark)
    if not length and content.find(b"\n", start, end) < 0:
        found = content.find(b"\r\r", start, end)
        if found >= 0:
            best, length = found, 2
    return best, min(best + length, end)


def _stray(block: bytes) -> bytes:
    match = _NO_FIELD.search(block)
    if match is not None and match.start() == 0 and match[0].startswith((b"From ", b">From ")):
        match = _NO_FIELD.search(block, match.end())
    return b"" if match is None else block[match.start() :].strip()


def _text(value: bytes) -> str:
    if value.isascii():
        return value.replace(b"\0", b"").decode("ascii")
    return letters(value).text


def _content(how: str, text: str) -> bytes:
    raw = text.encode("utf-8", "surrogatepass")
    if how in "qQ":
        return _HEX.sub(lambda m: bytes.fromhex(m[1].decode()), raw.replace(b"_", b" "))
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return raw


def _in_charset(run: list[bytes], charset: str) -> str:
    read = letters(b"".join(run), charset)
    return f"{read.text} {read.also}" if read.also else read.text


def _unquoted(text: str) -> str:
    text = text.strip()
    if not text.startswith('"'):
        return text
    return re.sub(r"\\(.)", r"\1", text[1:].removesuffix('"'), flags=re.DOTALL)


def _joined(pieces: list[tuple[bool, str]]) -> str:
    charset = ""
    first_coded, first = pieces[0]
    if first_coded and first.count("'") >= 2:
        charset, _, rest = first.split("'", 2)
        pieces = [(True, rest), *pieces[1:]]
    octets = b"".join(
        unquote_to_bytes(text) if coded else text.encode("utf-8", "surrogatepass")
        for coded, text in pieces
    )
    return letters(octets, charset).text
