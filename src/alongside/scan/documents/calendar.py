"""What an appointment says (iCalendar, RFC 5545): lines unfolded, what people read of them."""

from __future__ import annotations

import re

_FOLD = re.compile(r"\n[ \t]")
_LINE = re.compile(r"([A-Za-z0-9-]+)((?:;[^:;\"]*+(?:\"[^\"]*+\"[^:;\"]*+)*+)*+):(.*)")
_NAME = re.compile(r";CN=(?:\"([^\"]*)\"|([^;:]*))", re.IGNORECASE)
_READ = frozenset(
    "summary description location comment contact url attach organizer attendee categories "
    "conference x-alt-desc x-wr-calname x-wr-caldesc resources".split()
)
_LETTERS = {"n": "\n", "N": "\n", "\\": "\\", ";": ";", ",": ","}


def unescaped(value: str) -> str:
    """A value with its backslashes undone."""
    if "\\" not in value:
        return value
    return re.sub(r"\\(.)", lambda m: _LETTERS.get(m[1], m[1]), value)


def unfolded(text: str) -> list[str]:
    """The lines of a calendar or card, folds undone."""
    return _FOLD.sub("", text.replace("\r\n", "\n")).split("\n")


def calendar_text(text: str) -> str:
    """The fields that a calendar program shows, each on its lines. Never raises."""
    out: list[str] = []
    for line in unfolded(text):
        match = _LINE.match(line)
        if match is None:
            # No line of the format: some program will show it as text.
            if line.strip():
                out.append(line)
            continue
        name = match[1].lower()
        if name not in _READ:
            continue
        for shown in _NAME.finditer(match[2]):
            out.append(shown[1] or shown[2] or "")
        out.append(unescaped(match[3]))
    return "\n".join(dict.fromkeys(line for line in out if line.strip()))
