"""PDF: the text of its pages, the targets of its links, what its forms hold."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from .limits import MOST_PAGES, Sheet, Unreadable

MOST_NOTES = 2_000
"""Links and notes of one page."""


def pdf_text(octets: bytes) -> str:
    """Raises ``Unreadable``: ``encrypted`` where a password is wanted. A page that shows pictures
    and no text at all is a scan of paper: ``picture``."""
    try:
        reader = PdfReader(io.BytesIO(octets), strict=False)
        # Many are locked against change only, and open with the empty password.
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("encrypted")
        return _text(reader)
    except PyPdfError as problem:
        raise Unreadable("broken") from problem


def _text(reader: PdfReader) -> str:
    sheet = Sheet()
    pictures = False
    pages = broken = 0
    for page in reader.pages:
        pages += 1
        if pages > MOST_PAGES:
            raise Unreadable("too_large")
        try:
            text = page.extract_text()
        except (MemoryError, Unreadable):
            raise
        except Exception:  # one page that can't be read does not hide the others
            broken += 1
            text = ""
        sheet.put(text)
        sheet.line()
        pictures = pictures or (not text.strip() and _shows_pictures(page))
        _put_notes(page, sheet)
    _put_form(reader, sheet)
    if not sheet.text().strip():
        if broken or not pages:
            raise Unreadable("broken")
        if pictures:
            raise Unreadable("picture")
    return sheet.text()


def _shows_pictures(page: PageObject) -> bool:
    try:
        return any(True for _ in page.images.keys())
    except Exception:  # a page that hides its pictures behind a mistake is read as one that has any
        return True


def _put_notes(page: PageObject, sheet: Sheet) -> None:
    for number, reference in enumerate(_list(page.get("/Annots"))):
        if number >= MOST_NOTES:
            raise Unreadable("too_large")
        note = _whole(reference)
        if not isinstance(note, dict):
            continue
        action = _whole(note.get("/A"))
        if isinstance(action, dict) and (target := action.get("/URI")) is not None:
            sheet.put(f"<{_said(target)}>\n")
        if (said := note.get("/Contents")) is not None:
            sheet.put(f"{_said(said)}\n")


def _put_form(reader: PdfReader, sheet: Sheet) -> None:
    fields = reader.get_fields() or {}
    for field in fields.values():
        value = field.get("/V")
        if isinstance(value, str) and value.strip():
            sheet.put(f"{value}\n")


def _whole(thing: Any) -> Any:
    return thing.get_object() if hasattr(thing, "get_object") else thing


def _list(thing: Any) -> list[Any]:
    found = _whole(thing)
    return list(found) if isinstance(found, list) else []


def _said(thing: Any) -> str:
    found = _whole(thing)
    if isinstance(found, bytes):
        return found.decode("utf-8", "replace")
    return str(found)
