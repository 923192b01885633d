"""What a visiting card says (vCard 2.1, 3 and 4; RFC 6350)."""

from __future__ import annotations

import binascii
import re

from ..charsets import letters
from .calendar import unescaped, unfolded

_LINE = re.compile(r"(?:[\w-]+\.)?([A-Za-z0-9-]+)((?:;[^:]*)?):(.*)")
_SKIPPED = frozenset(
    "begin end version prodid rev uid photo logo sound key kind x-abuid fburl tz geo class".split()
)


def card_text(text: str) -> str:
    """The fields that an address book shows, each on its line with its name. Never raises."""
    out: list[str] = []
    lines = unfolded(text)
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        match = _LINE.match(line)
        if match is None:
            if line.strip():
                out.append(line)
            continue
        name, given, value = match[1].lower(), match[2].lower(), match[3]
        quoted = "quoted-printable" in given
        while quoted and value.endswith("=") and at < len(lines):
            value = value[:-1] + lines[at]
            at += 1
        if name in _SKIPPED or not value.strip():
            continue
        if quoted:
            charset = re.search(r"charset=([\w-]+)", given)
            octets = binascii.a2b_qp(value.encode("utf-8", "replace"))
            value = letters(octets, charset[1] if charset else "").text
        if name in ("adr", "n", "org"):
            value = ", ".join(v.strip() for v in value.split(";") if v.strip())
        out.append(f"{name}: {unescaped(value)}")
    return "\n".join(out)
