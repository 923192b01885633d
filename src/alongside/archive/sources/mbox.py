"""mbox in all its dialects: where messages begin, and what their octets are.

There is no standard (RFC 4155 describes one kind). A message begins with a line ``From `` and ends
before the next. Inside a message such a line is quoted with ``>`` (mboxo, mboxrd, mboxcl), or the
field Content-Length says where the message ends (mboxcl, mboxcl2). Content-Length is believed only
where a new message, or the end, is there. Line ends may be LF or CRLF.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from ..rows import Raw, Unreadable
from ..units import LARGEST, UNIT
from .octets import BROKEN, Octets, Window

_HEAD = 8 << 10
_LONGEST_HEAD = 512 << 10
_LINE = 1 << 10
_BEFORE = b"\xef\xbb\xbf\r\n"
"""What may stand before the first message: a byte order mark, empty lines."""

_DATED = re.compile(
    rb"From .*?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\s+"
    rb"(?:[A-Z][a-z]{2}\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2})\s.*\d{4}\b[^\n]*\n"
)
"""``From somebody Mon Nov  2 19:30:00 2026``, with a zone in any place, and Thunderbird's dash."""
_KNOWN_FIELD = re.compile(
    rb"(?:>From |(?:Return-Path|Received|Date|From|To|Cc|Bcc|Sender|Reply-To|Subject|Message-ID"
    rb"|In-Reply-To|References|MIME-Version|Content-[A-Za-z]+|Status|Delivered-To|DKIM-Signature"
    rb"|Authentication-Results|Envelope-To|Mail-Followup-To|Precedence|Errors-To|Auto-Submitted"
    rb"|Mailing-List|ARC-[A-Za-z-]+|List-[A-Za-z-]+|X-[!-9;-~]+)[ \t]*:)",
    re.IGNORECASE,
)
_LENGTH = re.compile(rb"\ncontent-length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?\n")
_HEAD_END = re.compile(rb"\n\r?\n")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_UNQUOTED = re.compile(rb"\n\r?\nFrom ")


@dataclass(frozen=True, slots=True)
class Span:
    """One message: its ``From `` line begins at ``start``; the next message, or the end, there."""

    start: int
    stop: int
    counted: bool
    """Content-Length said where it ends."""


def begins(head: bytes) -> bool:
    """Whether octets begin as an mbox does."""
    head = head.lstrip(_BEFORE)
    return head.startswith(b"From ") and _is_start(head, blank=True)


def spans(octets: Octets, start: int = 0, end: int = sys.maxsize) -> Iterator[Span]:
    """The messages from ``start``, which is where one begins. Raises one of ``BROKEN``."""
    seen = Window(octets, start, end)
    head = seen.at(start, _LINE)
    if not head.startswith(b"From "):
        start += len(head) - len(head.lstrip(_BEFORE))
    while seen.at(start, 1):
        stop, counted = _stop(seen, start)
        yield Span(start, stop, counted)
        start = stop


def cuts(
    octets: Octets, size: int = UNIT, *, start: int = 0, end: int = sys.maxsize
) -> Iterator[tuple[int, int]]:
    """Ranges of about ``size`` octets that begin where messages do, for workers side by side."""
    begin = stop = start
    for span in spans(octets, start, end):
        if span.stop - begin > size and span.start > begin:
            yield begin, span.start
            begin = span.start
        stop = span.stop
    if stop > begin:
        yield begin, stop


def messages(
    octets: Octets, file: str, start: int = 0, end: int = sys.maxsize, shift: int = 0
) -> Iterator[Raw | Unreadable]:
    """The messages of a range. ``shift``: where the range begins in the file, for ``place``."""
    try:
        for span in spans(octets, start, end):
            yield _raw(octets, file, span, shift)
    except BROKEN as error:
        yield Unreadable(file=file, place=str(start), why="broken_archive", detail=str(error))


def _raw(octets: Octets, file: str, span: Span, shift: int) -> Raw:
    long = span.stop - span.start
    found = octets.read_at(span.start, min(long, LARGEST))
    content = found[found.find(b"\n") + 1 :]
    if not span.counted or not _UNQUOTED.search(content):
        content = _QUOTED.sub(rb"\1", content) if b">From " in content else content
    if long <= LARGEST:
        # The empty line before the next message is the mbox's, not the message's.
        for blank in (b"\r\n\r\n", b"\n\n"):
            if content.endswith(blank):
                content = content[: -len(blank) // 2]
                break
    missing = max(0, long - LARGEST)
    return Raw(file=file, place=str(span.start + shift), octets=content, missing=missing)


def _stop(seen: Window, start: int) -> tuple[int, bool]:
    """Where the message that begins at ``start`` ends, and whether its length was counted."""
    head = seen.at(start, _HEAD)
    over = _HEAD_END.search(head)
    if over is None and len(head) == _HEAD:
        head = seen.at(start, _LONGEST_HEAD)
        over = _HEAD_END.search(head)
    if over is not None:
        said = _LENGTH.search(head[: over.end()].lower())
        if said is not None and (seen.octets.free or int(said[1]) <= LARGEST):
            stop = _counted(seen, start + over.end() + int(said[1]))
            if stop is not None:
                return stop, True
    at = start + 5
    while True:
        at = seen.find(b"\nFrom ", at)
        if at < 0:
            return min(seen.end, seen.octets.size), False
        before = seen.at(at - 2, 2) if at > start + 1 else b""
        blank = before[-1:] == b"\n" or before == b"\n\r"
        if _is_start(seen.at(at + 1, _LINE), blank=blank):
            return at + 1, False
        at += 1


def _counted(seen: Window, stop: int) -> int | None:
    """Where the next message begins, if one does (or nothing comes) at the end of the count."""
    after = seen.at(stop - 1, _LINE)
    if not after:
        return None
    after = after[1:]
    for blank in (b"", b"\n", b"\r\n", b"\n\n", b"\r\n\r\n"):
        if after == blank:
            return stop + len(blank)
        if after.startswith(blank + b"From ") and _is_start(after[len(blank) :], blank=True):
            return stop + len(blank)
    return None


def _is_start(line: bytes, *, blank: bool) -> bool:
    """Whether a line ``From ...`` (and what follows it) begins a message.

    Prose says "From " too. With an empty line before it and a date in it, it does; without the one
    or the other, only a field that mail is known to have may follow.
    """
    first_end = line.find(b"\n") + 1
    if not first_end:
        return blank and bool(_DATED.match(line + b"\n"))
    rest = line[first_end:]
    if blank and _DATED.match(line):
        return True
    return (blank or bool(_DATED.match(line))) and bool(_KNOWN_FIELD.match(rest))
