"""What a file is, by its first octets; its name only where they leave it open."""

from __future__ import annotations

import re
from enum import StrEnum

from . import mbox

HEAD = 8 << 10
"""How many octets it takes."""


class Shape(StrEnum):
    """What octets are."""

    MESSAGE = "message"
    EMLX = "emlx"
    MBOX = "mbox"
    ZIP = "zip"
    TAR = "tar"
    GZ = "gz"
    BZ2 = "bz2"
    XZ = "xz"
    MSG = "msg"
    PST = "pst"
    EMPTY = "empty"
    OTHER = "other"


PACKED = {Shape.GZ, Shape.BZ2, Shape.XZ}
_MAGIC = (
    (b"PK\x03\x04", Shape.ZIP),
    (b"PK\x05\x06", Shape.ZIP),
    (b"\x1f\x8b\x08", Shape.GZ),
    (b"BZh", Shape.BZ2),
    (b"\xfd7zXZ\0", Shape.XZ),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Shape.MSG),
    (b"!BDN", Shape.PST),
)
_FIELD = re.compile(
    rb"(?:^|\n)(?:Return-Path|Received|Date|From|To|Cc|Bcc|Sender|Reply-To|Subject|Message-ID"
    rb"|In-Reply-To|MIME-Version|Content-Type|Delivered-To|DKIM-Signature|Envelope-To"
    rb"|X-[A-Za-z-]+|ARC-[A-Za-z-]+|Authentication-Results)[ \t]*:",
    re.IGNORECASE,
)
_FIRST = re.compile(rb"\s*[!-9;-~]+[ \t]*:")
_EMLX = re.compile(rb"\d{1,12}[ \t]*\r?\n")
_MAIL_NAME = re.compile(r"\.(?:eml|emlx|mbox|mbx|msg|pst|ost|mht)(?:\.(?:gz|bz2|xz))?$", re.I)
_PAPERWORK = re.compile(
    r"(?:^|/)(?:dovecot[.-].*|maildirfolder|maildirsize|subscriptions|courierimap.*|\.ds_store"
    r"|thumbs\.db|desktop\.ini|.*\.msf|.*\.mozmsgs|\.uidvalidity|\.lock|\.subscriptions"
    r"|popstate\.dat|.*\.plist|msgfilterrules\.dat|\._.*)$",
    re.I,
)
_OFFICE = (b"[Content_Types].xml", b"mimetype", b"META-INF/")


def shape(head: bytes) -> Shape:
    """Of the first ``HEAD`` octets."""
    if not head:
        return Shape.EMPTY
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return Shape.OTHER if found is Shape.ZIP and _is_office(head) else found
    if head[257:262] == b"ustar":
        return Shape.TAR
    if mbox.begins(head):
        return Shape.MBOX
    if _EMLX.match(head) and _FIELD.search(head[: 4 << 10]):
        return Shape.EMLX
    if _FIRST.match(head) and len(_FIELD.findall(_block(head))) > 1:
        return Shape.MESSAGE
    return Shape.OTHER


def is_paperwork(name: str) -> bool:
    """A file that mail programs keep beside the mail, and that holds none."""
    return bool(_PAPERWORK.search(name))


def claims_mail(name: str) -> bool:
    """Whether the name says that there is mail in it."""
    return bool(_MAIL_NAME.search(name))


def _block(head: bytes) -> bytes:
    """The header block, as far as it was read."""
    return re.split(rb"\n\r?\n", head.lstrip(), maxsplit=1)[0]


def _is_office(head: bytes) -> bool:
    """A zip that is a document or a program: its first member says so."""
    return head[30 : 30 + 64].startswith(_OFFICE)
