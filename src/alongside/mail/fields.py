"""Writing header fields: folded, encoded, and never broken by what stands in them.

Lines are 78 octets where that can be done, never over 998 (RFC 5322 2.1.1).
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from alongside.policy.address import domain_of

from .words import plain

LINE = 78
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_FORBIDDEN_IN_ADDRESS = frozenset("<>(),;:\\[]")
_WORD_TEXT = 45
"""Octets of text in one encoded word: 60 of Base64 and the frame stay under 75 (RFC 2047 2)."""


class Unwritable(ValueError):
    """an address can't be written into a header"""


@lru_cache(maxsize=4096)
def mailbox(name: str, address: str) -> str:
    """``Name <address>`` as header text; only the address where there is no name.

    Raises ``Unwritable`` for an address that would read as something else.
    """
    spec = _spec(address)
    name = " ".join(plain(unicodedata.normalize("NFC", name)).split())
    if not name or name == address:
        return spec
    return f"{phrase(name)} <{spec}>"


def phrase(name: str) -> str:
    """A display name: bare, quoted, or as encoded words (RFC 2047 5.3)."""
    if not name.isascii() or "=?" in name or len(name) > 200:
        return encoded(name)
    if _ATOMS.fullmatch(name):
        return name
    return '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'


def text(value: str) -> str:
    """Unstructured text: as it is where it is plain ASCII, else as encoded words."""
    value = " ".join(plain(value).split())
    return value if value.isascii() and "=?" not in value else encoded(value)


def encoded(value: str) -> str:
    """The text as encoded words in UTF-8, none of which cuts a letter."""
    words: list[str] = []
    chunk = b""
    for letter in value:
        octets = letter.encode("utf-8", "replace")
        if len(chunk) + len(octets) > _WORD_TEXT:
            words.append(_word(chunk))
            chunk = b""
        chunk += octets
    words.append(_word(chunk))
    return " ".join(words)


def mailboxes(name: str, boxes: Iterable[str]) -> bytes:
    """The value of an address field, one mailbox after the other, folded between them."""
    return folded(name, ", ".join(boxes))


def folded(name: str, value: str) -> bytes:
    """The value folded at blanks so that lines keep to 78 octets where they can.

    Raises ``Unwritable`` where a single word is too long for any line.
    """
    lines: list[bytes] = []
    line = b""
    room = LINE - len(name) - 2
    for word in value.encode("utf-8", "replace").split(b" "):
        if line and len(line) + 1 + len(word) > room:
            lines.append(line)
            line, room = b"", LINE - 1
        line = line + b" " + word if line else word
        if len(line) > 900:
            raise Unwritable(f"a word of `{name}` is too long for a header line: shorten it")
    lines.append(line)
    return b"\r\n ".join(lines)


def _word(chunk: bytes) -> str:
    return f"=?utf-8?b?{base64.b64encode(chunk).decode('ascii')}?="


def _spec(address: str) -> str:
    local, at, domain = address.rpartition("@")
    quoted = len(local) > 1 and local[0] == local[-1] == '"'
    bare = local[1:-1] if quoted else local
    if (
        not (at and bare and domain)
        or plain(address) != address
        or (not quoted and ('"' in bare or " " in bare))
        or not _FORBIDDEN_IN_ADDRESS.isdisjoint(domain.strip("[]") + ("" if quoted else bare))
        or any(c.isspace() for c in domain + ("" if quoted else bare))
        or (quoted and re.fullmatch(r'(?:[^"\\]|\\.)*', bare) is None)
    ):
        raise Unwritable("an address of the register can't be written into a header: mend it there")
    if local.isascii() and not domain.isascii():
        return f"{local}@{domain_of(address)}"
    return address
