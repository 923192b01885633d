"""How large a picture is, from its first octets: is it one, or an ornament of the letter head?"""

from __future__ import annotations

import struct

TINY = 2_500
"""Octets below which a picture shows nothing to read: counting pixels, lines, spacers."""
ORNAMENT = 60_000
"""Pixels up to which a picture inside the text is taken for a logo or icon (300 by 200)."""


def is_ornament(octets: bytes, *, inline: bool, size: int) -> bool:
    """Whether there is no need to say that it was not read. ``octets`` are its beginning, ``size``
    the length of all of it."""
    if size <= TINY:
        return True
    pixels = _pixels(octets)
    return inline and pixels is not None and pixels <= ORNAMENT


def _pixels(octets: bytes) -> int | None:
    """Width times height of a PNG, GIF or JPEG; none for another."""
    if octets.startswith(b"\x89PNG\r\n\x1a\n") and len(octets) >= 24:
        width, height = struct.unpack_from(">II", octets, 16)
        return int(width) * int(height)
    if octets[:6] in (b"GIF87a", b"GIF89a") and len(octets) >= 10:
        width, height = struct.unpack_from("<HH", octets, 6)
        return int(width) * int(height)
    if octets.startswith(b"\xff\xd8"):
        return _jpeg(octets)
    return None


def _jpeg(octets: bytes) -> int | None:
    at = 2
    while at + 9 <= len(octets) and octets[at] == 0xFF:
        marker = octets[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", octets, at + 5)
            return int(width) * int(height)
        at += 2 + max(2, struct.unpack_from(">H", octets, at + 2)[0])
    return None
