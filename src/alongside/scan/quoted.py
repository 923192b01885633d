"""Whose words they are: what was written now, what is quoted below or between, the signature.

Plain text, line by line. A mark alone quotes nothing: in a message that answers or forwards
nothing, a line with ``>`` before it is the writer's own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from .sighting import Zone
from .signature import signature_start

LONGEST_BLOCK = 14
"""Lines over which a header block as Outlook writes it may stretch."""

_PREFIXED = re.compile(r"[ \t]{0,3}(?:>|&gt;)")
_MARK = re.compile(
    r"[\s>*_\-#=+]*(?:begin |start of )?(?:original|forwarded|urspr(?:ü|ue)ngliche|weitergeleitete)"
    r"[ -](?:message|appointment|nachricht|e-?mail)(?: (?:from|by|follows|begins|below)\b.{0,80})?"
    r"[\s:*_\-#=+]*$|[\s*_-]*(?:message (?:d'origine|transf[ée]r[ée])"
    r"|mensaje (?:original|reenviado)|neges wreiddiol)[\s:*_-]*$",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"[\s>*_]{0,9}(from|sent|date|to|cc|subject|reply-to|importance|attachments|when|where|required"
    r"|von|gesendet|an|betreff|datum|de|envoy[ée]|[àa]|objet|para|asunto|enviado|fecha"
    r"|oddi wrth|anfonwyd|at|pwnc|dyddiad)[ *_\xa0]{0,3}:",
    re.IGNORECASE,
)
_FROM = frozenset({"from", "von", "de", "oddi wrth"})
_SAID = (
    ("on ", " wrote"),
    ("on ", " said"),
    ("am ", " schrieb"),
    ("le ", " a écrit"),
    ("el ", " escribió"),
    ("il ", " ha scritto"),
    ("op ", " schreef"),
    ("w dniu ", " pisze"),
    ("ar ", " ysgrifennodd"),
)
_WROTE = re.compile(r"[^\n]{1,200}@[^\n]{1,200}\bwrote(?: on [^\n]{1,80})?:\s*$", re.IGNORECASE)
_HINTS = (
    *(">", "from:", "from*", "from :", "from\xa0", "von:", "von*", "de:", "de :", "oddi wrth"),
    *(verb for _, verb in _SAID),
    *("original", "forwarded", "nachricht", "d'origine", "transf", "reenviado", "wreiddiol"),
)
"""Without any of these, in small letters, nothing is quoted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """What the header says of a message's place in a conversation."""

    reply: bool = False
    forward: bool = False

    def __bool__(self) -> bool:
        return self.reply or self.forward


NOTHING_BEFORE = Answering()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring lines of one zone, from the start of the first to the end of the last."""

    start: int
    end: int
    zone: Zone


@dataclass(slots=True)
class _Lines:
    text: str
    starts: list[int]
    lines: list[str]
    zones: list[Zone]

    def above(self, at: int) -> bool:
        """Whether the writer wrote anything above this line."""
        return any(
            zone is Zone.BODY and line.strip()
            for zone, line in zip(self.zones[:at], self.lines[:at], strict=True)
        )

    def following(self, at: int) -> int:
        """The first line from ``at`` on that has something on it."""
        while at < len(self.lines) and not self.lines[at].strip():
            at += 1
        return at

    def quote(self, start: int, end: int) -> None:
        self.zones[start:end] = [Zone.QUOTED] * (end - start)


def stretches(
    text: str,
    answering: Answering,
    *,
    quoted: Sequence[tuple[int, int]] = (),
    signed: Sequence[int] = (),
) -> list[Stretch]:
    """The text cut by zones. ``quoted`` and ``signed`` are what HTML containers say: stretches
    that are quoted, offsets where a signature begins. Never raises."""
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
    page = _Lines(text, starts, lines, [Zone.BODY] * len(lines))
    if quoted or _hinted(text):
        _mark_quoted(page, answering, quoted)
    marks = frozenset(bisect_right(starts, offset) - 1 for offset in signed)
    _mark_signatures(page, marks)
    return _joined(page)


def _hinted(text: str) -> bool:
    small = text.lower()
    return any(hint in small for hint in _HINTS)


def _mark_quoted(page: _Lines, answering: Answering, quoted: Sequence[tuple[int, int]]) -> None:
    separators = _separators(page.lines)
    if not answering and not separators:
        return
    for start, end in quoted:
        first = bisect_right(page.starts, start) - 1
        page.quote(first, max(first, bisect_right(page.starts, max(start, end - 1))))
    at = 0
    count = len(page.lines)
    while at < count:
        if page.zones[at] is Zone.QUOTED:
            at += 1
        elif at in separators:
            after = at + separators[at]
            below = page.following(after)
            if below >= count or _is_quoted(page, below):
                page.quote(at, after)
                at = after
            elif answering and (answering.forward or page.above(at)):
                # Nothing tells where such a quotation ends: it runs to the end.
                page.quote(at, count)
                return
            else:
                at = after
        elif _PREFIXED.match(page.lines[at]):
            page.quote(at, at + 1)
            at += 1
        else:
            at += 1


def _is_quoted(page: _Lines, at: int) -> bool:
    return page.zones[at] is Zone.QUOTED or _PREFIXED.match(page.lines[at]) is not None


def _separators(lines: Sequence[str]) -> dict[int, int]:
    """The lines that announce a quotation: the first line's number, and how many they are."""
    found: dict[int, int] = {}
    at = 0
    while at < len(lines):
        length = 0 if _PREFIXED.match(lines[at]) else _separator(lines, at)
        if length:
            found[at] = length
        at += length or 1
    return found


def _separator(lines: Sequence[str], at: int) -> int:
    line = lines[at]
    if len(line) > 1000 or not line.strip():
        return 0
    if _MARK.match(line):
        below = at + 1
        while below < len(lines) and not lines[below].strip():
            below += 1
        return below - at + _block(lines, below) if _block(lines, below) else 1
    return _block(lines, at) or _attribution(lines, at)


def _block(lines: Sequence[str], at: int) -> int:
    """``From:``, ``Sent:``, ``To:``, ``Subject:``: how many lines, 0 if it is none."""
    if at >= len(lines) or len(lines[at]) > 1000:
        return 0
    first = _FIELD.match(lines[at])
    if first is None or first[1].lower() not in _FROM:
        return 0
    seen = {first[1].lower()}
    last = at
    for number in range(at + 1, min(len(lines), at + LONGEST_BLOCK)):
        if not lines[number].strip():
            if len(seen) >= 3:
                break
            continue
        field = _FIELD.match(lines[number])
        if field is not None:
            if field[1].lower() in _FROM:
                break
            seen.add(field[1].lower())
            last = number
    return last - at + 1 if len(seen) >= 3 else 0


def _attribution(lines: Sequence[str], at: int) -> int:
    """``On ..., somebody wrote:``, over up to three lines: how many they are, 0 if it is none."""
    beginning = lines[at].lstrip(" \t>*_").casefold()
    for count in (1, 2, 3):
        if at + count > len(lines):
            return 0
        last = lines[at + count - 1].rstrip(" \t*_\xa0")
        if count > 1 and not last:
            return 0
        if not last.endswith(":"):
            continue
        joined = " ".join(line.strip() for line in lines[at : at + count])[:600].casefold()
        if any(beginning.startswith(s) and v in joined for s, v in _SAID) and any(
            c.isdigit() or c == "@" for c in joined
        ):
            return count
        if count == 1 and _WROTE.match(joined):
            return 1
    return 0


def _mark_signatures(page: _Lines, marks: frozenset[int]) -> None:
    """In each run of the writer's own lines: at the end of it, if anywhere."""
    at = 0
    count = len(page.lines)
    while at < count:
        if page.zones[at] is not Zone.BODY:
            at += 1
            continue
        end = at
        while end < count and page.zones[end] is Zone.BODY:
            end += 1
        own = frozenset(m - at for m in marks if at <= m < end)
        found = signature_start(page.lines[at:end], tuple(own))
        if found is not None:
            first, stop = found
            page.zones[at + first : at + stop] = [Zone.SIGNATURE] * (stop - first)
        at = end


def _joined(page: _Lines) -> list[Stretch]:
    out: list[Stretch] = []
    count = len(page.lines)
    at = 0
    while at < count:
        end = at
        while end < count and page.zones[end] is page.zones[at]:
            end += 1
        stop = page.starts[end] - 1 if end < count else len(page.text)
        if page.text[page.starts[at] : stop].strip():
            out.append(Stretch(page.starts[at], stop, page.zones[at]))
        at = end
    return out
