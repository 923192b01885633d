"""How files and members are named in the report: whatever somebody called them."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LONGEST = 400


def shown(name: str) -> str:
    """Without what would disturb a page or a table; a name that is no UTF-8 keeps its octets."""
    said = _CONTROL.sub(_escaped, name)
    return said if len(said) <= _LONGEST else f"{said[:200]}...{said[-200:]}"


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def inside(file: str, member: str) -> str:
    """A member of an archive; it is never written anywhere, so its name can't lead astray."""
    return f"{file}/{shown(member).lstrip('/')}"
