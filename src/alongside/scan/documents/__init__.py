"""Texts in documents: pure functions from octets to text, meant to run in a child process.

Every one expects the worst: what is too large, too deep or not what it says is ``Unreadable``.
Endless work is the caller's to end (``enforcement.opening``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..reading import Attachment, Unread
from .archive import archive_texts
from .limits import Texts, Unreadable
from .opendocument import opendocument_text
from .pdf import pdf_text
from .rtf import rtf_text
from .sheets import spreadsheet_text
from .slides import slides_text
from .word import word_text

Read = Callable[[bytes], str]

READERS: Mapping[str, Read] = {
    "pdf": pdf_text,
    "word": word_text,
    "opendocument": opendocument_text,
    "rtf": rtf_text,
    "spreadsheet": spreadsheet_text,
    "slides": slides_text,
}


def texts_of(attachment: Attachment, readers: Mapping[str, Read] = READERS) -> Texts:
    """The texts of an attachment by part: its own, and those of an archive's members. What can't
    be read is ``Unread``; never raises but for want of memory."""
    part, kind = attachment.part, attachment.kind
    try:
        if kind == "archive":
            return archive_texts(attachment.octets, part, readers)
        read = readers.get(kind)
        if read is None:
            return {part: Unread(part=part, why="unknown_type")}
        return {part: read(attachment.octets)}
    except Unreadable as problem:
        return {part: Unread(part=part, why=problem.why)}
    except MemoryError:
        raise
    except Exception:  # hostile octets find every hole in a parser
        return {part: Unread(part=part, why="broken")}
