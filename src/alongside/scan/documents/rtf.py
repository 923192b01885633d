"""Rich Text Format: the words between the control words."""

from __future__ import annotations

import codecs
import re

from .limits import Sheet, Unreadable

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+"
    rb"|([^\\{}\r\n]+)",
    re.DOTALL,
)
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict object themedata colorschememapping datastore"
    b" latentstyles listtable listoverridetable rsidtbl generator filetbl revtbl xmlnstbl mmathPr"
    b" panose falt bkmkstart bkmkend".split()
)
_BREAKS = {b"par": "\n", b"line": "\n", b"row": "\n", b"page": "\n", b"sect": "\n", b"tab": "\t"}
_SIGNS = {
    b"cell": "\t",
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
}
_ESCAPED = {b"~": "\xa0", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n"}
DEEPEST = 5_000


class _State:
    __slots__ = ("after", "skip")

    def __init__(self, skip: bool = False, after: int = 1) -> None:
        self.skip = skip
        self.after = after
        """How many characters stand in for one that is given as ``\\u``."""


class _Rtf:
    def __init__(self) -> None:
        self.sheet = Sheet()
        self.codec = "cp1252"
        self.stack: list[_State] = []
        self.now = _State()
        self.pending = 0
        """Stand-ins still to be left out."""
        self.octets: list[int] = []

    def read(self, octets: bytes) -> None:
        for match in _TOKEN.finditer(octets):
            word, number, code, sign, brace, text = match.groups()
            if code is not None:
                self._code(int(code, 16))
                continue
            self._flush()
            if word is not None:
                self._word(word, number, octets, match.end())
            elif brace is not None:
                self._brace(brace)
            elif sign is not None:
                self._sign(sign)
            elif text is not None:
                self._put(text.decode(self.codec, "replace"))
        self._flush()

    def _code(self, code: int) -> None:
        if self.pending:
            self.pending -= 1
        elif not self.now.skip:
            self.octets.append(code)

    def _flush(self) -> None:
        if self.octets:
            self.sheet.put(bytes(self.octets).decode(self.codec, "replace"))
            self.octets.clear()

    def _put(self, text: str) -> None:
        left_out = min(self.pending, len(text))
        self.pending -= left_out
        if not self.now.skip:
            self.sheet.put(text[left_out:])

    def _brace(self, brace: bytes) -> None:
        self.pending = 0
        if brace == b"{":
            if len(self.stack) >= DEEPEST:
                raise Unreadable("too_deep")
            self.stack.append(self.now)
            self.now = _State(self.now.skip, self.now.after)
        elif self.stack:
            self.now = self.stack.pop()

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            # A destination that old programs don't know: links (fldinst) are among them.
            return
        self._put(_ESCAPED.get(sign, ""))

    def _word(self, word: bytes, number: bytes | None, octets: bytes, at: int) -> None:
        value = int(number) if number else 0
        if word in _SKIPPED:
            self.now.skip = True
        elif word == b"bin":
            # Raw octets follow: their braces mean nothing, but none are skipped unseen either.
            self.now.skip = True
        elif word == b"ansicpg":
            self.codec = _codec(value)
        elif word == b"uc":
            self.now.after = max(0, min(value, 8))
        elif word == b"u" and number:
            if not self.now.skip:
                self._wide(value & 0xFFFF)
            self.pending = self.now.after
        elif word in _BREAKS:
            self._put(_BREAKS[word])
        elif word in _SIGNS:
            self._put(_SIGNS[word])

    def _wide(self, unit: int) -> None:
        self.sheet.put(chr(unit))


def rtf_text(octets: bytes) -> str:
    """Raises ``Unreadable``."""
    if not octets.lstrip().startswith(b"{\\rtf"):
        raise Unreadable("broken")
    reader = _Rtf()
    reader.read(octets)
    text = reader.sheet.text()
    # Characters outside the first plane come as two halves.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _codec(page: int) -> str:
    name = {10000: "mac_roman", 65001: "utf-8", 0: "cp1252"}.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
