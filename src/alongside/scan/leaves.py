"""What has no parts: the text that is shown, with its zones, and the files beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from . import kinds
from .charsets import is_text, letters
from .documents.calendar import calendar_text
from .documents.card import card_text
from .flowed import is_flowed, unflowed, with_plain_line_ends
from .gather import SEPARATOR, Gathered
from .html import LONGEST, Shown, read_html
from .html_shape import without_tree
from .mime import Entity, uudecoded
from .pictures import is_ornament
from .quoted import stretches
from .reading import Attachment
from .sighting import Zone
from .where import Where

MOST_UUENCODED = 20

_HTML = frozenset({"text/html", "text/x-amp-html", "application/xhtml+xml"})
_MARKED = frozenset({"text/enriched", "text/richtext"})
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_LAID_OUT = (">", "<", "*", "_", "\u200b", "\ufeff")
"""Signs by which one alternative lays out what another says in other ways."""
_PGP = "-----BEGIN PGP MESSAGE-----"
_UU = re.compile(r"^begin [0-7]{3,4} (\S[^\n]{0,200})\n((?:[ -`]{1,90}\n)+)(?:`?\n)?end\b", re.M)


@dataclass(frozen=True, slots=True)
class File:
    """A part that is no shown text."""

    entity: Entity
    kind: str
    first: bytes
    """Its first octets, decoded."""
    whole: Callable[[], bytes]


def put_text(found: Gathered, entity: Entity, content: bytes, where: Where) -> None:
    """A text part that programs show by itself."""
    if entity.type in _HTML:
        shown = _shown(found, entity, content, where.within(""))
        _put_zones(found, shown, where, part="html" if where.said and where.said.all else "")
        _put_hidden(found, shown, where.within("hidden"), where.own_zone)
        return
    read = letters(content, entity.charset)
    text = with_plain_line_ends(read.text)
    if entity.type in _MARKED:
        text = without_tree(text)
    elif is_flowed(entity.parameters):
        text = unflowed(
            text, delete_blank=entity.parameters.get("delsp", "").strip().lower() == "yes"
        )
    if not read.known:
        found.leave(where.within(""), "unknown_charset")
    if _PGP in text:
        found.leave(where.within(""), "encrypted")
    files: list[tuple[str, str]] = []
    if "\nend" in text and _UU.search(text):
        files = [(m[1], m[2]) for m in _UU.finditer(text)][:MOST_UUENCODED]
    part = "text" if where.said and where.said.all else ""
    _put_zones(found, Shown(text=text), where, part=part)
    if read.also:
        _put_zones(found, Shown(text=with_plain_line_ends(read.also)), where, part=part)
    for name, lines in files:
        _put_uuencoded(found, name.strip(), lines, where)


def put_file(found: Gathered, file: File, where: Where) -> None:
    """An attachment: read here if that is safe, listed for opening, or said to be unread."""
    entity, kind = file.entity, file.kind
    name = entity.name or _unnamed(kind)
    part = where.within(found.own_name(name))
    if entity.name:
        found.add(entity.name, part, Zone.ATTACHMENT)
    if kind in kinds.OPENED:
        found.attachments.append(Attachment(part=part, kind=kind, octets=file.whole()))
    elif kind in (kinds.TEXT, kinds.HTML, kinds.CALENDAR, kinds.CARD):
        _put_text_file(found, file, part, where)
    elif kind == kinds.PICTURE:
        if _is_mere_text(file):
            _put_text_file(found, file, part, where)
        elif not is_ornament(file.first, inline=entity.inline, size=_size(entity)):
            found.leave(part, "picture")
    elif kind == kinds.SOUND:
        if _is_mere_text(file):
            _put_text_file(found, file, part, where)
        else:
            found.leave(part, "sound_or_video")
    elif kind == kinds.ENCRYPTED:
        found.leave(part, "encrypted")
    elif kind == kinds.MESSAGE:
        found.leave(part, "too_deep")
    elif kind != kinds.NOTHING:
        if _is_mere_text(file):
            _put_text_file(found, file, part, where)
        elif entity.size:
            found.leave(part, "unknown_type")


def _put_text_file(found: Gathered, file: File, part: str, where: Where) -> None:
    entity = file.entity
    content = file.whole()
    inline = entity.type in ("text/plain", "text/html") and entity.disposition != "attachment"
    if not is_text(content) and file.kind != kinds.HTML and b"\0" in content[:1000]:
        read = letters(content, entity.charset)
        if "charset" not in entity.parameters and not read.text.isprintable():
            found.leave(part, "unknown_type")
    if file.kind == kinds.HTML:
        shown = _shown(found, entity, content, part)
        found.add(shown.text, part, Zone.ATTACHMENT)
        _put_hidden(found, shown, part, Zone.ATTACHMENT)
        return
    read = letters(content, entity.charset)
    if not read.known:
        found.leave(part, "unknown_charset")
    text = with_plain_line_ends(read.text)
    if file.kind == kinds.CALENDAR:
        text = calendar_text(text)
    elif file.kind == kinds.CARD:
        text = card_text(text)
    if inline and not any(not p.part for p in found.pieces) and not where.name:
        # A name does not make an attachment of the text that everybody sees first.
        _put_zones(found, Shown(text=text), where, part="")
    else:
        found.add(text, part, where.forced or Zone.ATTACHMENT)
    found.add(with_plain_line_ends(read.also), part, where.forced or Zone.ATTACHMENT)


def _put_zones(found: Gathered, shown: Shown, where: Where, *, part: str) -> None:
    """The text, cut by zones; nothing where an earlier alternative says all of it."""
    text = shown.text
    cut = stretches(text, where.answering, quoted=shown.quoted, signed=shown.signed)
    if where.said is not None:
        own = _squeeze("".join(text[s.start : s.end] for s in cut if s.zone is not Zone.QUOTED))
        everything = _squeeze(text)
        said = where.said
        if not everything:
            return
        if any(own in o for o in said.own) and any(everything in a for a in said.all):
            return
        said.own.append(own)
        said.all.append(everything)
    for stretch in cut:
        zone = where.forced or stretch.zone
        found.add(text[stretch.start : stretch.end], where.within(part), zone)


def _squeeze(text: str) -> str:
    squeezed = "".join(text.split())
    for sign in _LAID_OUT:
        squeezed = squeezed.replace(sign, "")
    return squeezed.casefold()


def _shown(found: Gathered, entity: Entity, content: bytes, part: str) -> Shown:
    charset = entity.charset
    if not charset and (match := _META.search(content[:4000])):
        charset = match[1].decode("ascii", "replace")
    read = letters(content, charset)
    if not read.known:
        found.leave(part, "unknown_charset")
    shown = read_html(read.text)
    if shown.costly:
        found.leave(part, "too_large" if len(read.text) > LONGEST else "too_long")
    if shown.pictures:
        found.leave(part, "picture")
    if read.also:
        found.add(without_tree(read.also), part)
    return shown


def _put_hidden(found: Gathered, shown: Shown, part: str, zone: Zone) -> None:
    texts = dict.fromkeys(t.strip() for t in shown.hidden if t.strip() not in shown.text)
    found.add(SEPARATOR.join(texts), part, zone)


def _put_uuencoded(found: Gathered, name: str, lines: str, where: Where) -> None:
    content = uudecoded(lines.encode("latin-1", "replace"))
    part = where.within(found.own_name(name))
    kind = kinds.kind_of("", name, content)
    found.add(name, part, Zone.ATTACHMENT)
    if kind in kinds.OPENED:
        found.attachments.append(Attachment(part=part, kind=kind, octets=content))
    elif kind == kinds.PICTURE:
        found.leave(part, "picture")
    elif is_text(content):
        found.add(letters(content).text, part, Zone.ATTACHMENT)
    else:
        found.leave(part, "unknown_type")


def _is_mere_text(file: File) -> bool:
    """Declared as something else, and yet nothing but text."""
    return bool(file.first) and b"\0" not in file.first and is_text(file.first)


def _unnamed(kind: str) -> str:
    return kind if kind in (kinds.CALENDAR, kinds.CARD, kinds.PICTURE) else "attachment"


def _size(entity: Entity) -> int:
    return entity.size * 3 // 4 if entity.encoding == "base64" else entity.size
