"""Whether a message's text can't be read here: S/MIME (RFC 8551), PGP/MIME (RFC 3156), inline PGP.

Signed mail is readable and not meant. In doubt the answer is yes: what can't be read is held or
allowed by the organisation's setting, and never taken for read.
"""

from __future__ import annotations

import re

from .headers import Headers, body_start

WINDOW = 8192
"""Octets of the body in which encrypted text must begin."""

_TYPE = re.compile(rb"^[ \t\"]*([A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+)")
_SMIME_TYPE = re.compile(rb"smime-type[ \t]*\*?[ \t]*=[ \t]*\"?([A-Za-z-]+)", re.IGNORECASE)
_COMMENT = re.compile(rb"\([^()]*\)")
_ALWAYS = frozenset({b"multipart/encrypted", b"application/pgp-encrypted"})
_SMIME = frozenset({b"application/pkcs7-mime", b"application/x-pkcs7-mime"})
_READABLE_SMIME = frozenset({b"signed-data", b"certs-only"})
_MARKS = (
    b"-----begin pgp message-----",
    b"ls0tls1crudjtibqr1agtuvtu0fhrs0tls0t",  # the same in Base64
    b"content-type: application/pgp-encrypted",
    b"content-type: multipart/encrypted",
)


def encrypted(message: bytes, headers: Headers) -> bool:
    """Whether the message, or its first part, is encrypted. Never raises."""
    if any(_says_encrypted(f.unfolded) for f in headers.all(b"content-type")):
        return True
    start = body_start(message, headers)
    window = message[start : start + WINDOW].lower()
    return any(_begins_a_line(window, mark) for mark in _MARKS)


def _begins_a_line(window: bytes, mark: bytes) -> bool:
    at = window.find(mark)
    while at >= 0:
        line = window[window.rfind(b"\n", 0, at) + 1 : at]
        if not line.strip(b" \t"):
            return True
        at = window.find(mark, at + 1)
    return False


def _says_encrypted(content_type: bytes) -> bool:
    match = _TYPE.match(_COMMENT.sub(b"", content_type))
    if match is None:
        return False
    kind = match[1].lower()
    if kind in _ALWAYS:
        return True
    if kind not in _SMIME:
        return False
    smime = _SMIME_TYPE.search(content_type)
    return smime is None or smime[1].lower() not in _READABLE_SMIME
