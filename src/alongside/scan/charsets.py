"""Octets to letters: the declared charset where it holds, what a mail program would show where not.

Never raises. Everything that could be read in two ways (UTF-7, UTF-16 and their like, which some
programs decode and others show as they stand) is read in both.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

_NOT_MAIL = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
"""Codecs of Python's that no mail program has, some of them slow on hostile input."""
_LOOSE = frozenset({"", "us-ascii", "ascii", "utf-8", "utf8", "unknown-8bit", "x-unknown", "8bit"})
_ASCII_INSIDE = _LOOSE | {"iso-8859-1", "iso-8859-15", "windows-1252", "cp1252", "latin1"}
_PARTS_OF_LATIN = frozenset({"iso8859-1", "ascii"})
_SURROGATES = re.compile(r"[\ud800-\udfff]+")
_PRINTABLE = re.compile(rb"[\t\n\f\r -~]*")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FEWEST_FOREIGN = 16
"""Octets outside ASCII up to which letters are taken for Western: too few to guess from."""
SAMPLE = 2048
"""Octets from which an unknown charset is guessed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """What the octets say."""

    text: str
    also: str = ""
    """The other way in which some program would read them."""
    known: bool = True
    """False: the charset is not known here, and the octets are neither ASCII nor UTF-8."""


def letters(octets: bytes, charset: str = "") -> Letters:
    """The octets as text, without NULs. ``charset`` as declared; empty for none."""
    if octets.isascii() and charset.lower() in _ASCII_INSIDE and b"\0" not in octets:
        return Letters(text=octets.decode("ascii"))
    name = charset.strip(" \t\"'").partition("*")[0].lower()
    if name in _LOOSE:
        return Letters(text=_clean(_undeclared(octets)))
    codec = _codec(name)
    if codec == "":
        return _unknown(octets)
    if codec in _PARTS_OF_LATIN:
        # What is declared as Latin-1 is shown as Windows-1252 (WHATWG Encoding, 4.2).
        return Letters(text=_clean(_western(octets)))
    text = _decoded(octets, codec)
    also = ""
    if _PRINTABLE.fullmatch(octets) and not codec.startswith("iso2022"):
        seen = octets.decode("ascii")
        also = "" if seen == text else seen
    return Letters(text=_clean(text), also=also)


def is_text(octets: bytes) -> bool:
    """Whether octets of an unknown type look like text: hardly any control characters."""
    sample = octets[:SAMPLE]
    if any(sample.startswith(mark) for mark, _ in _MARKS):
        return True
    odd = sum(1 for o in sample if o < 32 and o not in b"\t\n\f\r\x1b")
    return odd * 50 <= len(sample)


@lru_cache(maxsize=512)
def _codec(name: str) -> str:
    """The codec's own name; empty for a charset that is none."""
    if len(name) > 64 or not name.isascii():
        return ""
    try:
        codec = codecs.lookup(name)
        b"x".decode(codec.name, "ignore")  # a codec that is none of text raises
    except (LookupError, ValueError, OSError):
        return ""
    plain = codec.name.replace("_", "-")
    return "" if plain in _NOT_MAIL else codec.name


def _decoded(octets: bytes, codec: str) -> str:
    try:
        return octets.decode(codec, "replace")
    except (UnicodeError, ValueError):  # some stateful codecs don't know `replace` everywhere
        return octets.decode("latin-1")


def _unknown(octets: bytes) -> Letters:
    try:
        return Letters(text=_clean(octets.decode("utf-8")))
    except UnicodeDecodeError:
        return Letters(text=_clean(_guessed(octets)), known=False)


def _undeclared(octets: bytes) -> str:
    for mark, codec in _MARKS:
        if octets.startswith(mark):
            return _decoded(octets, codec)
    if b"\0" in octets[:SAMPLE]:
        sample = octets[:SAMPLE]
        if sample[1::2].count(0) * 3 > len(sample):
            return _decoded(octets, "utf-16-le")
        if sample[::2].count(0) * 3 > len(sample):
            return _decoded(octets, "utf-16-be")
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(octets)


def _guessed(octets: bytes) -> str:
    """Not UTF-8, or not all of it: most of it may be, with a few Western letters between."""
    text = octets.decode("utf-8", "surrogateescape")
    lost = sum(len(m[0]) for m in _SURROGATES.finditer(text[:SAMPLE]))
    if lost > FEWEST_FOREIGN and lost * 3 > min(len(text), SAMPLE):
        return _by_frequency(octets)
    return _SURROGATES.sub(lambda m: _western(m[0].encode("utf-8", "surrogateescape")), text)


def _by_frequency(octets: bytes) -> str:
    """Mostly letters outside ASCII: Cyrillic, Greek, Hebrew and so on, by their frequencies."""
    from charset_normalizer import from_bytes  # slow to import, seldom needed

    best = from_bytes(octets[:SAMPLE]).best()
    codec = "" if best is None else _codec(best.encoding)
    return _decoded(octets, codec) if codec else _western(octets)


def _western(octets: bytes) -> str:
    if octets.isascii():
        return octets.decode("ascii")
    # The five octets that Windows-1252 leaves open are controls in Latin-1.
    text = octets.decode("cp1252", "surrogateescape")
    return _SURROGATES.sub(
        lambda m: m[0].encode("cp1252", "surrogateescape").decode("latin-1"), text
    )


def _clean(text: str) -> str:
    """Nobody sees a NUL, and half a surrogate pair can't be written anywhere."""
    if "\0" in text:
        text = text.replace("\0", "")
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)
