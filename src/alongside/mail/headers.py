"""The header block of a raw message, read on bytes and changed without touching the rest.

Line ends are CRLF and nothing else (the SMTP front refuses bare CR and LF). Reading is tolerant and
says so: a line that is no field (RFC 5322, 2.2) is kept in its place as an unnamed field, and every
field below it is ``doubtful``, because other programs may take it for text of the body.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import NamedTuple

_NAME = re.compile(rb"([!-9;-~]+)([ \t]*):")
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_CRLF = b"\r\n"


class Field(NamedTuple):
    """One header field as it stands in the message."""

    name: bytes
    """Lower case; empty for a line that is no field."""
    raw: bytes
    """The whole field: name, colon, folded value and the last CRLF."""
    start: int
    """Where in ``raw`` the value begins."""
    doubtful: bool
    """Some programs read it otherwise: below a garbage line, a blank before the colon, an empty
    folded line, a control character."""

    @property
    def value(self) -> bytes:
        """The value with its folding, without the last CRLF."""
        return self.raw[self.start :].removesuffix(_CRLF)

    @property
    def unfolded(self) -> bytes:
        """The value on one line, without blanks around it."""
        return self.raw[self.start :].replace(_CRLF, b"").strip(b" \t")


@dataclass(frozen=True, slots=True)
class Headers:
    """The fields in order, and where the rest of the message begins."""

    fields: tuple[Field, ...]
    end: int
    """Offset in the message of the empty line that closes the block (or of its end)."""
    garbage: bool
    """Whether some line was no field."""
    _index: dict[bytes, list[Field]] = dataclass_field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """By name; filled when it is asked for the first time."""

    def all(self, name: bytes) -> Sequence[Field]:
        """Every field of this name (lower case), in order."""
        return self._by_name().get(name, ())

    def text(self, name: bytes) -> bytes:
        """The first field's value on one line; empty where there is none."""
        found = self._by_name().get(name)
        return found[0].unfolded if found else b""

    def _by_name(self) -> Mapping[bytes, Sequence[Field]]:
        index = self._index
        if not index:
            for f in self.fields:
                if f.name:
                    index.setdefault(f.name, []).append(f)
        return index

    def joined(self) -> bytes:
        """The block as bytes, byte for byte."""
        return b"".join(f.raw for f in self.fields)

    def replaced(self, fields: Iterable[Field]) -> Headers:
        """A block of other fields for the same message."""
        return Headers(tuple(fields), self.end, self.garbage)


def split(message: bytes) -> Headers:
    """Read the header block. Never raises; the body is not looked at and not copied."""
    end = _end(message)
    fields: list[Field] = []
    garbage = False
    for raw in _logical_lines(message[:end]):
        match = _NAME.match(raw)
        if match is None:
            # A leading mbox line is read alike by everybody and puts nothing in doubt.
            if fields or not raw.startswith((b"From ", b">From ")):
                garbage = True
            fields.append(Field(b"", raw, 0, True))
            continue
        doubtful = garbage or match[2] != b"" or _odd(raw)
        fields.append(Field(match[1].lower(), raw, match.end(), doubtful))
    return Headers(tuple(fields), end, garbage)


def tail(message: bytes, headers: Headers) -> bytes:
    """The empty line and the body, exactly as received: the one copy of the body."""
    return message[headers.end :]


def body_start(message: bytes, headers: Headers) -> int:
    """Offset of the first byte of the body, behind the empty line."""
    return headers.end + 2 if message.startswith(_CRLF, headers.end) else headers.end


def field(name: str, value: bytes) -> Field:
    """A field of our own from a value that is folded already. Raises ``ValueError`` for a value
    that would end the field or the block: a line end not followed by a blank, an empty line."""
    raw = name.encode("ascii") + b": " + value + _CRLF
    if len(_logical_lines(raw)) != 1 or _odd(raw):
        raise ValueError(f"the value of `{name}` would break the header: fold or encode it first")
    return Field(name.lower().encode("ascii"), raw, len(name) + 1, False)


def without(headers: Headers, unwanted: Callable[[Field], bool]) -> Headers:
    """The block without the fields that ``unwanted`` picks; the rest byte for byte."""
    kept = [f for f in headers.fields if not unwanted(f)]
    return headers if len(kept) == len(headers.fields) else headers.replaced(kept)


def with_field(headers: Headers, new: Field) -> Headers:
    """The block with one field of this name: in the place of the first, else at the top.

    At the top, because whatever a program takes for the end of the block comes after it.
    """
    kept: list[Field] = []
    placed = False
    for f in headers.fields:
        if f.name != new.name:
            kept.append(f)
        elif not placed and not f.doubtful:
            kept.append(new)
            placed = True
    return headers.replaced(kept if placed else (new, *kept))


def _end(message: bytes) -> int:
    if message.startswith(_CRLF):
        return 0
    found = message.find(b"\r\n\r\n")
    return len(message) if found < 0 else found + 2


def _logical_lines(block: bytes) -> list[bytes]:
    """The block cut at each CRLF that no blank follows; every piece keeps its line ends."""
    lines: list[bytes] = []
    start = at = 0
    while (found := block.find(_CRLF, at)) >= 0:
        at = found + 2
        if block[at : at + 1] not in (b" ", b"\t"):
            lines.append(block[start:at])
            start = at
    if start < len(block):
        lines.append(block[start:])
    return lines


def _odd(raw: bytes) -> bool:
    """A control character, or a folded line of blanks only, which for some ends the block."""
    if (
        raw.count(b"\n") == 1
        and raw.endswith(_CRLF)
        and _CONTROL.search(raw, 0, len(raw) - 2) is None
    ):
        return False
    lines = raw.removesuffix(_CRLF).split(_CRLF)
    return any(_CONTROL.search(line) for line in lines) or not all(
        line.strip(b" \t") for line in lines[1:]
    )
