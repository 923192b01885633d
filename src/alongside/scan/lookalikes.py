"""Which sign is read as which: compatibility forms, look-alike letters, what can't be seen.

After Unicode's NFKC and its list of confusables (UTS 39), cut down to what a reader of English
takes for an English letter or a digit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain

_LETTERS = {
    # Cyrillic
    "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "ё": "e", "ҽ": "e", "һ": "h", "н": "h",
    "і": "i", "ї": "i", "ј": "j", "к": "k", "ӏ": "l", "м": "m", "п": "n", "о": "o", "р": "p",
    "ԛ": "q", "г": "r", "ѕ": "s", "т": "t", "у": "y", "ү": "y", "ѵ": "v", "ԝ": "w", "х": "x",
    "з": "3", "ь": "b", "є": "e", "ґ": "r", "ӡ": "3", "ө": "o", "ғ": "f",
    "А": "a", "В": "b", "С": "c", "Ԁ": "d", "Е": "e", "Ё": "e", "Һ": "h", "Н": "h", "І": "i",
    "Ї": "i", "Ј": "j", "К": "k", "Ӏ": "l", "М": "m", "О": "o", "Р": "p", "Ԛ": "q", "Ѕ": "s",
    "Т": "t", "У": "y", "Ү": "y", "Ѵ": "v", "Ԝ": "w", "Х": "x", "З": "3", "Ь": "b", "Є": "e",
    "Г": "r", "П": "n", "Ґ": "r", "Ө": "o",
    # Greek
    "α": "a", "β": "b", "γ": "y", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o",
    "ρ": "p", "σ": "o", "ς": "c", "τ": "t", "υ": "u", "χ": "x", "ω": "w", "ϲ": "c", "ϳ": "j",
    "Α": "a", "Β": "b", "Ε": "e", "Ζ": "z", "Η": "h", "Ι": "i", "Κ": "k", "Μ": "m", "Ν": "n",
    "Ο": "o", "Ρ": "p", "Τ": "t", "Υ": "y", "Χ": "x", "Ϲ": "c",
    # Armenian and Cherokee
    "օ": "o", "ո": "n", "ս": "u", "ց": "g", "հ": "h", "զ": "q", "ѡ": "w", "Օ": "o", "Տ": "s",
    "Ꭺ": "a", "Ꭼ": "e", "Ꮋ": "h", "Ꮃ": "w", "Ꮇ": "m", "Ꮲ": "p", "Ꮯ": "c", "Ꭲ": "i", "Ꮪ": "s",
    # Latin: small capitals, dotless, phonetic, turned
    "ᴀ": "a", "ʙ": "b", "ᴄ": "c", "ᴅ": "d", "ᴇ": "e", "ꜰ": "f", "ɢ": "g", "ʜ": "h", "ɪ": "i",
    "ᴊ": "j", "ᴋ": "k", "ʟ": "l", "ᴍ": "m", "ɴ": "n", "ᴏ": "o", "ᴘ": "p", "ʀ": "r", "ꜱ": "s",
    "ᴛ": "t", "ᴜ": "u", "ᴠ": "v", "ᴡ": "w", "ʏ": "y", "ᴢ": "z", "ı": "i", "ȷ": "j", "ɑ": "a",
    "ɡ": "g", "ɩ": "i", "ɵ": "o", "ʋ": "v", "ƒ": "f", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d",
    "ħ": "h", "Ħ": "h", "ŧ": "t", "Ŧ": "t", "ø": "o", "Ø": "o", "ƅ": "b", "ɗ": "d", "ǀ": "l",
    "Ɩ": "l", "ȡ": "d", "İ": "i", "ſ": "s",
    # digits and marks
    "⓿": "0", "⍺": "a", "∣": "|", "⁄": "/", "∕": "/", "⧸": "/", "。": ".",
    "·": ".", "∙": ".", "⋅": ".", "・": ".", "•": "*",
    "‚": ",", "‛": "'",
    "′": "'", "‟": '"', "„": '"', "−": "-", "⁃": "-", "ー": "-", "⠀": " ", "⊕": "+", "➕": "+",
    "➖": "-", "\u2028": "\n", "\u2029": "\n", "\u1680": " ", "˗": "-", "ᐧ": ".", "⸱": ".",
    "🔟": "10",
}  # fmt: skip

_BLOCKS = (
    range(0x80, 0x3400),
    range(0xA640, 0xAC00),
    range(0xFB00, 0xFB07),
    range(0xFE00, 0x10000),
    range(0x104A0, 0x104AA),
    range(0x1D173, 0x1D17B),
    range(0x1D400, 0x1D800),
    range(0x1F100, 0x1F18B),
    range(0x1F51F, 0x1F520),
    range(0x1FBF0, 0x1FBFA),
    range(0xE0000, 0xE01F0),
)
"""Where signs stand that may be taken for English ones, or can't be seen."""
_SURROGATES = range(0xD800, 0xE000)
"""No characters: a text that holds one was decoded wrongly."""
_NOTHING = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_MARKED = (range(0x300, 0x370), range(0x1AB0, 0x1B00), range(0x1DC0, 0x1E00), range(0x20D0, 0x2100))
"""Accents on their own: many of them make a word hard to find, and none makes it another."""
_SELECTORS = (range(0xFE00, 0xFE10), range(0xFE20, 0xFE30), range(0x180B, 0x1810))
_ASTRAL = (range(0xE0000, 0xE01F0),)
_UNSEEN = _MARKED + _SELECTORS + _ASTRAL


OUT_OF_STEP = "\ue000"
"""Stands for a sign that is left out or means several, until that is settled."""


@dataclass(frozen=True, slots=True)
class Alphabet:
    """What signs mean."""

    singles: Mapping[int, str]
    """One sign for one, for ``str.translate``; ``OUT_OF_STEP`` for all others."""
    several: Mapping[str, str]
    """One sign that stands for several; of those out of step, the rest can't be seen."""


def meaning(sign: str) -> str:
    """What a sign is read as: itself, another, several, or nothing."""
    if sign in _LETTERS:
        return _LETTERS[sign]
    kind = unicodedata.category(sign)
    if kind == "Cf" or sign in _NOTHING or any(ord(sign) in span for span in _UNSEEN):
        return ""
    if kind == "Cs":
        return "\ufffd"
    if kind == "Zs":
        return " "
    if kind == "Pd":
        return "-"
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    if kind == "No" and unicodedata.numeric(sign) % 1:
        return sign
    return _plain(sign)


def _plain(sign: str) -> str:
    """Without accents and frames, where that leaves English letters, digits or marks."""
    parts = unicodedata.normalize("NFKD", sign)
    plain = "".join(_LETTERS.get(c, c) for c in parts if not unicodedata.combining(c)).lower()
    if plain.isascii() and plain.strip() and (len(plain) == 1 or plain.isalnum()):
        return plain
    framed = re.match(r"NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER ([A-Z])$", _name(sign))
    return framed[1].lower() if framed else sign


def _name(sign: str) -> str:
    return unicodedata.name(sign, "")


def _in_latin(code: int) -> int:
    sign = chr(code)
    meant = (meaning(sign) if code > 0x9F else sign).lower()
    return ord(meant) if len(meant) == 1 and ord(meant) < 0x100 else code


LATIN = bytes(map(_in_latin, range(0x100))).translate(
    bytes.maketrans(b"\x85\x91\x92\x93\x94\x96\x97", b" ''\"\"--")
)
"""The same for texts in Latin-1, as a table for ``bytes.translate``; and for the signs of
Windows' own charset where they were taken for Latin-1."""


@cache
def alphabet() -> Alphabet:
    """All of it: made when the first text needs it."""
    singles = {code: chr(code).lower() for code in range(0x80)}
    singles.update(dict.fromkeys(_SURROGATES, "\ufffd"))
    singles[ord(OUT_OF_STEP)] = OUT_OF_STEP
    several: dict[str, str] = {}
    for code in chain(*_BLOCKS, map(ord, _LETTERS)):
        sign = chr(code)
        meant = meaning(sign)
        if len(meant) > 1:
            several[sign] = meant
        if len(meant) != 1:
            singles[code] = OUT_OF_STEP
        elif meant != sign:
            singles[code] = meant
    return Alphabet(singles, several)
