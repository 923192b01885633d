"""Reading and writing the content of a message (RFC 5321 4.5.2): whole buffers, no lines."""

from __future__ import annotations

_END = b"\r\n.\r\n"
_SMALL = 1024 * 1024


def strict(content: bytes) -> bool:
    """Whether every line ends with CR LF and there is no other CR, LF or NUL (SMTP smuggling)."""
    pairs = content.count(b"\r\n")
    return content.count(b"\r") == pairs and content.count(b"\n") == pairs and b"\0" not in content


def stuffed(content: bytes) -> bytes:
    """The content with transport dots and a line end at its end; the final dot is not added."""
    if content.startswith(b"."):
        content = b"." + content
    content = content.replace(b"\r\n.", b"\r\n..")
    return content if content.endswith(b"\r\n") or not content else content + b"\r\n"


class ContentReader:
    """Finds the end of a message in a growing buffer, looking at each octet about once.

    Holds a third more than ``limit`` at most: a message of dots only is a third longer on the wire.
    Beyond that it forgets what came and only looks for the end, so that the session stays in step.
    """

    __slots__ = ("_cursor", "_keep", "_limit", "too_big")

    def __init__(self, limit: int) -> None:
        self._cursor = 0
        self._limit = limit
        self._keep = limit + limit // 3 + 16
        self.too_big = False

    def start(self, buffer: bytearray) -> None:
        """A new message begins with what is in the buffer."""
        # The line end of the DATA command is the one before a dot at the very beginning.
        buffer[:0] = b"\r\n"
        self._cursor = 0
        self.too_big = False

    def read(self, buffer: bytearray) -> bytes | None:
        """The raw content, dots and all, taken from the buffer; None while the end is not there.

        Afterwards ``too_big`` says that it was longer than can be kept, and the content is empty.
        """
        end = buffer.find(_END, self._cursor)
        if end < 0:
            if self.too_big or len(buffer) > self._keep:
                self.too_big = True
                del buffer[:-4]
            self._cursor = max(0, len(buffer) - 4)
            return None
        self.too_big = self.too_big or end > self._keep
        with memoryview(buffer) as view:
            raw = b"" if self.too_big else bytes(view[2 : end + 2])
        del buffer[: end + 5]
        return raw

    def fits(self, content: bytes) -> bool:
        """Whether the content without its dots keeps to the limit (RFC 1870 3)."""
        return not self.too_big and len(content) <= self._limit


def unstuffed(raw: bytes) -> bytes:
    """The content without transport dots, in one pass."""
    if raw.startswith(b"."):
        raw = raw[1:]
    return raw.replace(b"\r\n.", b"\r\n")


def longest_line(content: bytes) -> int:
    """Octets of the longest line, without its line end."""
    return max(map(len, content.split(b"\r\n")))
