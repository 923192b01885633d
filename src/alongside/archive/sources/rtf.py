"""The packing of rich text in Outlook's files (MS-OXRTFCP)."""

from __future__ import annotations

import struct

_BEGIN = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What the dictionary holds before anything was written (MS-OXRTFCP, 2.1.2.1)."""
_SIZE = 4096
_LARGEST = 16 << 20


def unpacked(octets: bytes) -> bytes:
    """The rich text. Raises ``ValueError`` where it is no such packing, or far too much."""
    if len(octets) < 16:
        raise ValueError("packed rich text is too short")
    _, size, kind, _ = struct.unpack("<4L", octets[:16])
    if kind == 0x414C454D:  # "MELA": not packed
        return octets[16 : 16 + size]
    if kind != 0x75465A4C:  # "LZFu"
        raise ValueError("packed rich text has an unknown kind")
    ring = bytearray(_BEGIN.ljust(_SIZE, b"\0"))
    write = len(_BEGIN)
    out = bytearray()
    at = 16
    while at < len(octets) and len(out) < min(size, _LARGEST):
        flags = octets[at]
        at += 1
        for bit in range(8):
            if at >= len(octets):
                break
            if not flags >> bit & 1:
                found = octets[at : at + 1]
                at += 1
            else:
                pair = int.from_bytes(octets[at : at + 2], "big")
                at += 2
                begin, count = pair >> 4, (pair & 0xF) + 2
                if begin == write:
                    return bytes(out)
                # A reference may reach into what it writes itself: octet by octet.
                for n in range(count):
                    ring[(write + n) % _SIZE] = ring[(begin + n) % _SIZE]
                out += bytes(ring[(write + n) % _SIZE] for n in range(count))
                write = (write + count) % _SIZE
                continue
            ring[write] = found[0]
            write = (write + 1) % _SIZE
            out += found
    return bytes(out)
