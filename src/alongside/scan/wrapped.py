"""Text inside signed wrapping: opaque S/MIME (RFC 8551, 3.5.2), which every program unwraps.

Only the content is taken out; nothing is verified, and nothing that is encrypted is there to read.
"""

from __future__ import annotations

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
"""The object identifier with its tag and length."""
_DATA = bytes.fromhex("06092a864886f70d010701")
_OCTETS, _OCTETS_OF_OCTETS, _EXPLICIT = 0x04, 0x24, 0xA0
MOST_CHUNKS = 100_000
DEEPEST = 4


def signed_content(octets: bytes) -> bytes | None:
    """The message inside a ``SignedData``; none where there is no such thing. Never raises."""
    if octets.find(_SIGNED_DATA, 0, 64) < 0:
        return None
    at = octets.find(_DATA, 0, 2048)
    if at < 0:
        return None
    at += len(_DATA)
    if octets[at : at + 1] != bytes([_EXPLICIT]):
        return None
    head = _length(octets, at + 1)
    if head is None:
        return None
    out: list[bytes] = []
    _strings(octets, head[0], out, 0)
    return b"".join(out) or None


def _strings(octets: bytes, at: int, out: list[bytes], depth: int) -> int:
    """Collect the octet string at ``at``, whole or in chunks; where it ends."""
    tag = octets[at] if at < len(octets) else -1
    head = _length(octets, at + 1)
    if head is None or tag not in (_OCTETS, _OCTETS_OF_OCTETS) or depth > DEEPEST:
        return len(octets)
    start, length = head
    if tag == _OCTETS:
        end = len(octets) if length is None else start + length
        out.append(octets[start:end])
        return end
    end = len(octets) if length is None else min(len(octets), start + length)
    at = start
    while at < end and len(out) < MOST_CHUNKS and octets[at : at + 2] != b"\0\0":
        at = _strings(octets, at, out, depth + 1)
    return at + 2 if length is None else end


def _length(octets: bytes, at: int) -> tuple[int, int | None] | None:
    """Where the content begins and how long it is; a length of none goes on to its end mark."""
    if at >= len(octets):
        return None
    first = octets[at]
    if first < 0x80:
        return at + 1, first
    if first == 0x80:
        return at + 1, None
    count = first & 0x7F
    if count > 6 or at + 1 + count > len(octets):
        return None
    return at + 1 + count, int.from_bytes(octets[at + 1 : at + 1 + count], "big")
