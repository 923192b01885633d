"""The structure of a message (RFC 2045, 2046): its parts, where they begin and end, their octets.

Works on offsets into the one message, so that nothing is copied but what is read. Every program
draws the lines a little otherwise; what any of them shows is handed on.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field

from .charsets import letters
from .fields import Block, parameters, read_block, words

MOST_READINGS = 3
"""Ways in which an entity with several ``Content-Type`` fields is read."""

_TOKEN = re.compile(r"[a-z0-9-]+")
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/=\r\n]")
_LATE_BREAK = re.compile(rb"=[ \t]+(\r?\n)")
_LINE_END = b"\r\n"


@dataclass(frozen=True, slots=True)
class Entity:
    """A message or a part of one."""

    content: bytes
    """The whole message in which it stands."""
    block: Block
    end: int
    type: str
    """``text/plain``, in lower case."""
    parameters: dict[str, str] = field(default_factory=dict)
    encoding: str = ""
    disposition: str = ""
    name: str = ""
    """The file name, where it has one."""

    @property
    def start(self) -> int:
        return self.block.body

    @property
    def size(self) -> int:
        return max(0, self.end - self.start)

    @property
    def charset(self) -> str:
        return self.parameters.get("charset", "")

    @property
    def inline(self) -> bool:
        """Belongs to the text, as pictures in HTML do."""
        return self.disposition != "attachment" and b"content-id" in self.block.values


def entities(content: bytes, start: int, end: int, default: str = "text/plain") -> list[Entity]:
    """What begins at ``start``: one entity, or several readings of it where its header
    contradicts itself and programs choose differently."""
    block = read_block(content, start, end)
    values = block.values
    types = [t.decode("latin-1") for t in dict.fromkeys(values.get(b"content-type", ()))] or [""]
    codes = list(dict.fromkeys(_token(c) for c in values.get(b"content-transfer-encoding", ())))
    found: list[Entity] = []
    for kind in types[:MOST_READINGS]:
        for code in (codes or [""])[:MOST_READINGS]:
            found.append(_entity(content, block, end, kind, code, default))
    return found


def _entity(
    content: bytes, block: Block, end: int, written: str, encoding: str, default: str
) -> Entity:
    kind, given = parameters(written)
    disposition, placed = parameters(block.first(b"content-disposition"))
    name = placed.get("filename") or _named(given.get("name", ""))
    if "/" not in kind.strip("/"):
        kind = "multipart/mixed" if kind.startswith("multipart") else default
    return Entity(
        content, block, end, kind, given, encoding, disposition, " ".join(words(name).split())
    )


def _named(name: str) -> str:
    """The header was read as Latin-1, for the boundary's sake: a name may be UTF-8."""
    try:
        return letters(name.encode("latin-1")).text
    except UnicodeEncodeError:  # an encoded word
        return name


def _token(value: bytes) -> str:
    match = _TOKEN.search(value.decode("latin-1").lower())
    return match[0] if match else ""


def parts(entity: Entity, most: int) -> tuple[list[tuple[int, int]], bool]:
    """Where the parts of a multipart entity begin and end: the preamble first and the epilogue
    last; empty where its boundary does not occur. True when there are more than ``most``."""
    boundary = entity.parameters.get("boundary", "").rstrip()
    if not boundary:
        return [], False
    content, end = entity.content, entity.end
    line = b"--" + boundary.encode("latin-1", "replace")
    found: list[tuple[int, int]] = []
    begin = at = entity.start
    closed = False
    while not closed and (at := content.find(line, at, end)) >= 0:
        after = at + len(line)
        if at > entity.start and content[at - 1] not in _LINE_END:
            at = after
            continue
        stop, closing = _line_end(content, after, end)
        if stop < 0:
            at = after
            continue
        if len(found) > most:
            return found, True
        found.append((begin, _without_line_end(content, begin, at)))
        begin = at = stop
        closed = closing
    if not found:
        return [], False
    found.append((begin, end))
    if not closed:
        found.append((end, end))  # never closed: the last part runs to the end, no epilogue
    return found, False


def _line_end(content: bytes, after: int, end: int) -> tuple[int, bool]:
    """Past the end of the boundary's line, and whether it closes; -1 if the line goes on."""
    closing = content.startswith(b"--", after)
    at = after + 2 if closing else after
    while at < end and content[at] in b" \t":
        at += 1
    if at >= end:
        return end, closing
    if content.startswith(_LINE_END, at):
        return at + 2, closing
    return (at + 1 if content[at] in _LINE_END else -1), closing


def _without_line_end(content: bytes, begin: int, at: int) -> int:
    """The line end before a boundary belongs to it."""
    if at > begin and content[at - 1] == 0x0A:
        at -= 1
    if at > begin and content[at - 1] == 0x0D:
        at -= 1
    return at


def octets(entity: Entity, largest: int) -> tuple[bytes, bytes]:
    """The decoded content, of at most ``largest`` encoded octets, and what stood between base64
    that is none: a program that gives up decoding shows it, and list programs append text there.
    """
    raw = entity.content[entity.start : min(entity.end, entity.start + largest)]
    if entity.encoding == "base64":
        return _base64(raw)
    if entity.encoding == "quoted-printable":
        if b"= " in raw or b"=\t" in raw:
            raw = _LATE_BREAK.sub(rb"=\1", raw)
        return binascii.a2b_qp(raw), b""
    if entity.encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return uudecoded(raw), b""
    return raw, b""


def _base64(raw: bytes) -> tuple[bytes, bytes]:
    if not _NO_BASE64.search(raw):
        return _runs(raw), b""
    lines = raw.splitlines()
    odd = [_NO_BASE64.search(line.strip()) is not None for line in lines]
    rubbish = b"\n".join(line for line, is_odd in zip(lines, odd, strict=True) if is_odd)
    # A line of words behind the code is text; taken for code it would shift all that follows.
    wordy = next((n for n, line in enumerate(lines) if b" " in line.strip()), len(lines))
    whole = _runs(b"\n".join(lines[:wordy]))
    if wordy == 0 or any(
        len(x) > 7 and not o for x, o in zip(lines[wordy:], odd[wordy:], strict=True)
    ):
        whole += b"\n" + _runs(raw)  # and a program that reads on, all the same
    return whole, rubbish


def _runs(raw: bytes) -> bytes:
    cut = raw.find(b"=")
    if cut < 0 or not raw[cut:].strip(b"=\r\n\t "):
        return _decoded(raw)
    # Codes one after another, each with its padding: some programs stop at the first, others don't.
    return b"".join(_decoded(run) for run in re.split(rb"=[=\s]*", raw))


def _decoded(run: bytes) -> bytes:
    try:
        return binascii.a2b_base64(run)
    except binascii.Error:
        kept = b"".join(_NO_BASE64.sub(b"", run).replace(b"=", b"").split())
        whole = kept[: len(kept) - 1] if len(kept) % 4 == 1 else kept
        return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def uudecoded(raw: bytes) -> bytes:
    """The octets of a uuencoded file, up to the first line that is none."""
    out: list[bytes] = []
    for line in raw.splitlines():
        if line.startswith(b"begin "):
            continue
        if line.strip() in (b"end", b"`"):
            break
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            expected = (((line[:1] or b" ")[0] - 32) & 63) * 4 // 3 + 2
            try:  # some programs write more than they announce
                out.append(binascii.a2b_uu(line[:expected]))
            except binascii.Error:
                break
    return b"".join(out)
