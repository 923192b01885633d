"""Zip archives: the names of what they hold, the texts and documents in them, within limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .. import kinds
from ..charsets import is_text, letters
from ..html import read_html
from ..reading import Unread
from .calendar import calendar_text
from .card import card_text
from .limits import LONGEST_TEXT, Texts, Unreadable
from .packages import Package

MOST_OPENED = 200
"""Members that are opened."""

_ASIDE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def archive_texts(octets: bytes, part: str, readers: Mapping[str, Callable[[bytes], str]]) -> Texts:
    """The names under the archive's own part, each member under ``archive/member``. An archive
    inside is not opened, and said. Raises ``Unreadable``."""
    package = Package(octets)
    found: Texts = {part: "\n".join(package.names())[:LONGEST_TEXT]}
    opened = length = 0
    for member in package.members:
        name = member.filename
        if any(mark in name for mark in _ASIDE):
            continue
        inside = f"{part}/{name}"
        opened += 1
        if opened > MOST_OPENED or length > LONGEST_TEXT:
            found[part + "/…"] = Unread(part=part + "/…", why="too_large")
            break
        try:
            text = _text_of(name, package.unpack(member), readers)
        except Unreadable as problem:
            found[inside] = Unread(part=inside, why=problem.why)
        except MemoryError:
            raise
        except Exception:  # as in ``texts_of``: one broken member does not hide the others
            found[inside] = Unread(part=inside, why="broken")
        else:
            length += len(text)
            found[inside] = text
    return found


def _text_of(name: str, octets: bytes, readers: Mapping[str, Callable[[bytes], str]]) -> str:
    kind = kinds.kind_of("", name, octets[:64])
    if kind in readers:
        return readers[kind](octets)
    if kind == "archive":
        raise Unreadable("too_deep")
    if kind == kinds.PICTURE:
        raise Unreadable("picture")
    if kind == kinds.SOUND:
        raise Unreadable("sound_or_video")
    if kind == kinds.ENCRYPTED:
        raise Unreadable("encrypted")
    if not is_text(octets):
        raise Unreadable("unknown_type")
    text = letters(octets).text.replace("\r\n", "\n")
    if kind == kinds.CALENDAR:
        return calendar_text(text)
    if kind == kinds.CARD:
        return card_text(text)
    return _html(text) if kind == kinds.HTML else text


def _html(text: str) -> str:
    shown = read_html(text)
    return "\n".join((shown.text, *shown.hidden))
