"""The letters of the load as they go over the wire: a text, and a logo in large ones."""

from __future__ import annotations

import base64
import random
import struct
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

_ENVELOPE = "MAIL FROM:<{sender}>\r\nRCPT TO:<{to}>\r\nDATA\r\n"
_HEAD = (
    "From: The Coach <{sender}>\r\nTo: <{to}>\r\nSubject: Training on Saturday\r\n"
    "Date: Sat, 22 Nov 2025 10:00:00 +0000\r\nMIME-Version: 1.0\r\nMessage-ID: <bench."
)
_PLAIN = "Content-Type: text/plain; charset=us-ascii\r\n"
_LOGO = (
    "Content-Type: image/png\r\nContent-Disposition: inline\r\nContent-ID: <logo>\r\n"
    "Content-Transfer-Encoding: base64\r\n"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message on the wire; a number goes between ``head`` and ``tail``."""

    envelope: bytes
    head: bytes
    tail: bytes


def letter(sender: str, to: str, size: int, text: str) -> Letter:
    """As large as ``size`` says, in octets and within 1 %: more than the text needs is a club's
    logo below it, or spaces where that would be no picture. Raises ``ValueError`` when the text
    does not fit."""
    head = _HEAD.format(sender=sender, to=to).encode()
    top = "@mail.example>\r\n"
    body = "\r\n".join(line for p in text.splitlines() for line in textwrap.wrap(p, 76) or [""])
    room = size - len(head) - len("0000000000") - len(top) - len(_PLAIN) - len(body) - 4
    if room < 0:
        raise ValueError(f"a text of {len(body)} characters does not fit into {size} octets")
    made = f"{_PLAIN}\r\n{body}{' ' * room}\r\n" if room < 1_000 else _with_logo(body, room)
    envelope = _ENVELOPE.format(sender=sender, to=to).encode()
    return Letter(envelope, head, f"{top}{made}.\r\n".encode())


def letters(pairs: Sequence[tuple[str, str]], size: int, texts: Sequence[str]) -> list[Letter]:
    """One of each pair of sender and recipient, the texts in turn."""
    return [letter(sender, to, size, texts[n % len(texts)]) for n, (sender, to) in enumerate(pairs)]


def _with_logo(body: str, room: int) -> str:
    """A picture of 240 by 120, as far as whoever reads its first octets can tell."""
    picture = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 240, 120)
    picture += random.Random(room).randbytes(int((room - 400) * 0.73))
    encoded = base64.encodebytes(picture).decode().replace("\n", "\r\n")
    return (
        'Content-Type: multipart/related; boundary="=-="\r\n\r\n'
        f"--=-=\r\n{_PLAIN}\r\n{body}\r\n"
        f"--=-=\r\n{_LOGO}\r\n{encoded}--=-=--\r\n"
    )
