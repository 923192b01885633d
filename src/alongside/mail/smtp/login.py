"""The two ways to log in: PLAIN (RFC 4616) and LOGIN (never a standard, used by everything)."""

from __future__ import annotations

import base64
import binascii


class BadForm(Exception):
    """the login is not written as its mechanism asks"""


def text(word: str) -> str:
    """One base64 word as text. Raises ``BadForm``."""
    try:
        return base64.b64decode(word, validate=True).decode("utf-8")
    except (binascii.Error, ValueError) as error:
        raise BadForm from error


def plain(word: str) -> tuple[str, str]:
    """Username and password from ``identity NUL username NUL password``. Raises ``BadForm``.

    To act as somebody else than who logs in is not offered.
    """
    parts = text(word).split("\0")
    if len(parts) != 3 or not parts[1] or parts[0] not in ("", parts[1]):
        raise BadForm
    return parts[1], parts[2]


def word(value: str) -> str:
    """Text as one base64 word."""
    return base64.b64encode(value.encode("utf-8")).decode("ascii")
