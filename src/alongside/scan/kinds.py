"""What an attachment is: by what it says, by its name, and by its first octets."""

from __future__ import annotations

from collections.abc import Mapping

TEXT, HTML, CALENDAR, CARD = "text", "html", "calendar", "card"
PICTURE, SOUND, ENCRYPTED, MESSAGE = "picture", "sound_or_video", "encrypted", "message"
NOTHING, UNKNOWN = "nothing", "unknown"
OPENED = frozenset({"pdf", "word", "opendocument", "rtf", "spreadsheet", "slides", "archive"})
"""Kinds that take a parser of their own, in a child process."""

_TYPES: Mapping[str, str] = {
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    "application/rtf": "rtf",
    "application/x-rtf": "rtf",
    "text/rtf": "rtf",
    "application/zip": "archive",
    "application/x-zip-compressed": "archive",
    "application/x-zip": "archive",
    "application/json": TEXT,
    "application/xml": TEXT,
    "application/csv": TEXT,
    "application/xhtml+xml": HTML,
    "image/svg+xml": HTML,
    "text/html": HTML,
    "text/calendar": CALENDAR,
    "application/ics": CALENDAR,
    "text/vcard": CARD,
    "text/x-vcard": CARD,
    "text/directory": CARD,
    "application/pkcs7-signature": NOTHING,
    "application/x-pkcs7-signature": NOTHING,
    "application/pgp-signature": NOTHING,
    "application/pgp-keys": NOTHING,
    "application/pgp-encrypted": ENCRYPTED,
    "message/rfc822": MESSAGE,
    "message/global": MESSAGE,
}
_ENDINGS: Mapping[str, str] = {
    "pdf": "pdf",
    "docx": "word",
    "docm": "word",
    "dotx": "word",
    "odt": "opendocument",
    "ott": "opendocument",
    "ods": "opendocument",
    "odp": "opendocument",
    "odg": "opendocument",
    "rtf": "rtf",
    "xlsx": "spreadsheet",
    "xlsm": "spreadsheet",
    "pptx": "slides",
    "ppsx": "slides",
    "pptm": "slides",
    "zip": "archive",
    "txt": TEXT,
    "text": TEXT,
    "csv": TEXT,
    "tsv": TEXT,
    "md": TEXT,
    "log": TEXT,
    "json": TEXT,
    "xml": TEXT,
    "htm": HTML,
    "html": HTML,
    "xhtml": HTML,
    "svg": HTML,
    "ics": CALENDAR,
    "vcs": CALENDAR,
    "vcf": CARD,
    "eml": MESSAGE,
    "jpg": PICTURE,
    "jpeg": PICTURE,
    "png": PICTURE,
    "gif": PICTURE,
    "heic": PICTURE,
    "webp": PICTURE,
    "bmp": PICTURE,
    "tif": PICTURE,
    "tiff": PICTURE,
    "mp3": SOUND,
    "m4a": SOUND,
    "wav": SOUND,
    "ogg": SOUND,
    "amr": SOUND,
    "mp4": SOUND,
    "mov": SOUND,
    "avi": SOUND,
    "webm": SOUND,
    "3gp": SOUND,
    "pgp": ENCRYPTED,
    "gpg": ENCRYPTED,
}
_SUBTYPES = (
    ("officedocument.wordprocessingml", "word"),
    ("ms-word.document", "word"),
    ("officedocument.spreadsheetml", "spreadsheet"),
    ("ms-excel.sheet", "spreadsheet"),
    ("officedocument.presentationml", "slides"),
    ("ms-powerpoint.presentation", "slides"),
    ("oasis.opendocument", "opendocument"),
)
_FIRST = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", PICTURE),
    (b"GIF8", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"-----BEGIN PGP MESSAGE", ENCRYPTED),
    (b"BEGIN:VCARD", CARD),
    (b"BEGIN:VCALENDAR", CALENDAR),
)


def kind_of(type_: str, name: str, first: bytes) -> str:
    """The kind of a part: ``type_`` as declared, ``first`` its first octets, decoded."""
    begins = first.lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, kind in _FIRST:
        if begins.startswith(mark):
            return kind
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    declared = _declared(type_)
    named = _ENDINGS.get(ending, "")
    if first.startswith(b"PK\x03\x04"):
        # A package: which one, its name or type says; else it is read as an archive.
        packages = [k for k in (declared, named) if k in OPENED and k not in ("pdf", "rtf")]
        return next((k for k in packages if k != "archive"), "archive")
    if declared == TEXT:
        # Programs show it as text whatever its name says.
        return named if named in (HTML, CALENDAR, CARD, MESSAGE) else TEXT
    if declared in (PICTURE, SOUND) and named in (TEXT, HTML, CALENDAR, CARD):
        return named
    return declared or named or UNKNOWN


def _declared(type_: str) -> str:
    if found := _TYPES.get(type_):
        return found
    family, _, subtype = type_.partition("/")
    if family == "image":
        return PICTURE
    if family in ("audio", "video"):
        return SOUND
    for mark, kind in _SUBTYPES:
        if mark in subtype:
            return kind
    if family in ("text", "message"):
        return TEXT
    return TEXT if subtype.endswith(("+xml", "+json")) else ""
