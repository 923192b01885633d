"""Where a text ends and its signature begins, and by what key a signature is known again.

Careful in one direction: a signature passes once it is approved, so nothing that reads like
somebody talking may become part of one.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

MOST_LINES = 12
"""Lines with something on them below the delimiter."""
MOST_LINES_AFTER_CLOSING = 10
LONGEST_LINE = 100
MOST_WORDS = 12

_DELIMITERS = frozenset({"--", "—", "––"})
_CLOSING = re.compile(
    r"(?:with |my |our |many |very |all )*"
    r"(?:(?:kind|kindest|best|warm|warmest|good)(?: regards| wishes)|best|regards|wishes|cheers|ta"
    r"|thanks(?: again| so much| very much| a lot)?|thank you(?: again| very much)?|take care"
    r"|yours(?: sincerely| faithfully| truly| ever)?|sincerely(?: yours)?|faithfully|love"
    r"|(?:all )?the best|best of luck|cofion(?: gorau| cynnes)?|diolch(?: yn fawr)?"
    r"|mvh|vg|br|kr|rgds)"
    r"(?: (?:and|&) (?:\w+ ){0,2}\w+)?[\s,.!x–—-]*$",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"[\s<*_]*(?:sent (?:from|via|with) (?:my |the |an? )?[\w .,'’®-]{2,40}"
    r"|get (?:outlook|gmail|bluemail)\b.{0,40}|sent from (?:outlook|yahoo mail)\b.{0,60}"
    r"|anfonwyd o .{2,30})(?:<[^>]{1,200}>)?[\s>*_.]*$",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"\b(?:i|i['’]?m|i['’]?ll|i['’]?ve|i['’]?d|me|my|mine|myself|you|your|yours|u|ur|let['’]?s|lets|"
    r"don['’]?t|dont|can['’]?t|pls|plz|tell|secret|between us|just us|add|snap|dm|hmu|meet|wanna|"
    r"text|txt|message|msg|ring|whatsapp|whats app|come|see|talk|chat)\b(?!\s*:)|\?",
    re.IGNORECASE,
)
_INVITES = re.compile(
    r"\b(?:i|i['’]?m|i['’]?ll|my|me|mine|add|snap|whatsapp|txt|dm|secret)\b", re.IGNORECASE
)
_SAID_OF_MAIL = re.compile(
    r"\b(?:please )?consider the environment\b|\bregistered (?:charity|company|in|office)\b"
    r"|\b(?:follow|find|visit|like|join) us\b|\bplease think before (?:you )?print",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!…]\s*$")
_LINK = re.compile(r"<[^<>\s]{1,2000}>|\bhttps?://\S+|\[(?:image|cid|logo)[^\]]{0,200}\]", re.I)
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def signature_start(lines: Sequence[str], marks: Sequence[int] = ()) -> tuple[int, int] | None:
    """The first line of the signature and the line past its last; none where there is none.

    ``lines`` are the writer's own, down to the end or to what is quoted below. ``marks`` are lines
    at which a mail program says that a signature begins.
    """
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    for start in range(end - 1, max(-1, end - 60), -1):
        if start in marks or lines[start].strip() in _DELIMITERS:
            found = _below(lines, start, end)
            if found is not None:
                return found
    return _closing(lines, end)


def looks_signed(line: str) -> bool:
    """Whether a line reads like a signature's: a name, a post, a number, an address; no talk."""
    if not line.strip():
        return True
    if _DEVICE.match(line):
        return True
    bare = _LINK.sub(" ", line).strip()
    if len(bare) > LONGEST_LINE or len(bare.split()) > MOST_WORDS:
        return False
    if _SAID_OF_MAIL.search(bare):
        return True
    if _TALK.search(bare):
        return False
    return not (_SENTENCE.search(bare) and len(bare.split()) > 6)


def signature_key(text: str) -> str:
    """SHA-256, in hexadecimal, over the signature's words: the same however it is laid out, in
    whichever case, under whichever closing, from whichever device."""
    kept = []
    for line in unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold().splitlines():
        bare = " ".join(line.split()).strip("*_| ")
        if bare and not (bare in _DELIMITERS or _CLOSING.match(bare) or _DEVICE.match(bare)):
            kept.append(bare)
    return hashlib.sha256(" ".join(" ".join(kept).split()).encode("utf-8", "replace")).hexdigest()


def _below(lines: Sequence[str], start: int, end: int) -> tuple[int, int] | None:
    """The block below a delimiter: down to the first line that is none of a signature's. Talk in
    any line makes all of it body."""
    delimited = lines[start].strip() in _DELIMITERS
    stop = start + delimited
    written = 0
    while stop < end and written < MOST_LINES and looks_signed(lines[stop]):
        written += bool(lines[stop].strip())
        stop += 1
    if not written:
        return None
    # What talks below is the body's, and then so is what stands above it.
    if any(_talks(paragraph) for paragraph in _paragraphs(lines[stop:end])):
        return None
    return start, stop


def _paragraphs(lines: Sequence[str]) -> list[str]:
    out: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            out[-1].append(line.strip())
        elif out[-1]:
            out.append([])
    return [" ".join(each) for each in out if each]


def _talks(paragraph: str) -> bool:
    """Somebody says something. A disclaimer speaks at length, to whom it may concern, and never
    in the first person."""
    bare = _LINK.sub(" ", paragraph)
    if len(bare) > LONGEST_LINE or len(bare.split()) > MOST_WORDS:
        return _INVITES.search(bare) is not None
    return not _SAID_OF_MAIL.search(bare) and _TALK.search(bare) is not None


def _closing(lines: Sequence[str], end: int) -> tuple[int, int] | None:
    """A closing with short lines below it, all the way to the end."""
    first = None
    written = 0
    for at in range(end - 1, -1, -1):
        line = lines[at]
        if not line.strip():
            continue
        if _CLOSING.match(line.strip()):
            return at, end
        if written and _DEVICE.match(line) and first is None:
            first = at
        if not looks_signed(line) or written >= MOST_LINES_AFTER_CLOSING:
            break
        if _DEVICE.match(line):
            first = at
        written += 1
    return None if first is None else (first, end)
