"""Reading the replies of a next hop, without I/O."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_LINE = re.compile(rb"([2345][0-9]{2})(?:([ -])(.*))?", re.DOTALL)
_STATUS = re.compile(r"([245]\.[0-9]{1,3}\.[0-9]{1,3})(?: +|$)")
_LONGEST_REPLY = 64 * 1024


class Garbled(Exception):
    """the next hop sent something that is no SMTP reply"""


class Answer(NamedTuple):
    """One reply of the next hop."""

    code: int
    text: str
    """Its lines, joined by line ends, the code and the status taken off."""
    status: str = ""
    """The enhanced status (RFC 3463) where it gave one."""

    @property
    def positive(self) -> bool:
        return 200 <= self.code < 300

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")


class AnswerReader:
    """Cuts what was read into answers. A bare LF ends a line too: replies need not be guarded."""

    __slots__ = ("_buffer", "_lines", "_size")

    def __init__(self) -> None:
        self._buffer = b""
        self._lines: list[tuple[int, str]] = []
        self._size = 0

    @property
    def pending(self) -> bool:
        """Whether an answer has begun and not ended."""
        return bool(self._buffer or self._lines)

    def feed(self, octets: bytes) -> list[Answer]:
        """The answers that are complete now. Raises ``Garbled``."""
        *lines, self._buffer = (self._buffer + octets).split(b"\n")
        answers = []
        for line in lines:
            if not self._lines and (alone := _alone(line)) is not None:
                answers.append(alone)
                continue
            found = _LINE.fullmatch(line.rstrip(b"\r"))
            if found is None:
                raise Garbled
            code = int(found[1])
            if self._lines and self._lines[0][0] != code:
                raise Garbled
            self._lines.append((code, (found[3] or b"").decode("utf-8", "replace")))
            self._size += len(line)
            if found[2] != b"-":
                answers.append(_answer(code, [text for _, text in self._lines]))
                self._lines = []
                self._size = 0
        if self._size + len(self._buffer) > _LONGEST_REPLY:
            raise Garbled
        return answers


@lru_cache(maxsize=256)
def _alone(line: bytes) -> Answer | None:
    """The answer of one line only, without its LF; none for all others."""
    found = _LINE.fullmatch(line.rstrip(b"\r"))
    if found is None or found[2] == b"-":
        return None
    return _answer(int(found[1]), [(found[3] or b"").decode("utf-8", "replace")])


def _answer(code: int, texts: list[str]) -> Answer:
    found = _STATUS.match(texts[0])
    if found is None or int(found[1][0]) != code // 100:
        return Answer(code, "\n".join(texts))
    status = found[1]
    plain = [text.removeprefix(status).lstrip(" ") for text in texts]
    return Answer(code, "\n".join(plain), status)
