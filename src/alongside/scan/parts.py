"""Part after part of a message: which is text, which is an attachment, which can't be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from .fields import Block
from .gather import Gathered
from .kinds import MESSAGE, kind_of
from .leaves import File, put_file, put_text
from .mime import Entity, entities, octets, parts
from .quoted import Answering
from .sighting import Zone
from .where import Said, Where
from .wrapped import signed_content

DEEPEST = 20
"""Levels of parts in parts and messages in messages."""
MOST_PARTS = 1_000
LARGEST_TEXT = 12_000_000
"""Octets of one text part, still encoded."""
LARGEST_FILE = 64_000_000
HEAD = 65_536
"""Octets, still encoded, by which a file is told for what it is."""
LONGEST_PREAMBLE = 20_000

_GUESSED = re.compile(rb"\s*--([^\r\n]{1,200})\r?\n")
_CUSTOMARY = re.compile(
    r"\W*(?:this is (?:a|an) (?:multi-?part|mime-?encapsulated|cryptographically signed|s/mime)"
    r"|this message is in mime format|if you (?:are reading|can read) this)[^@]{0,600}$",
    re.IGNORECASE,
)
_SHOWN = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext", "text/x-amp-html"})
_PKCS7 = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})


Head = Callable[["Reader", Block, Where], tuple[Answering, frozenset[str]]]


@dataclass(slots=True)
class Reader:
    """Goes through one message. ``head`` puts what a header shows."""

    head: Head
    found: Gathered = field(default_factory=Gathered)
    left: int = MOST_PARTS

    def message(self, content: bytes, start: int, end: int, where: Where) -> None:
        """A whole message, the outer one or a nested one."""
        readings = entities(content, start, end)
        block = readings[0].block
        answering, writers = self.head(self, block, where)
        where = replace(where, answering=answering, writers=writers, said=None)
        self._each(readings, where)
        if block.stray:
            self.found.add(_plain(block.stray[:LARGEST_TEXT]), where.within(""), where.own_zone)

    def _each(self, readings: list[Entity], where: Where) -> None:
        # A header that contradicts itself is read every way; what is said twice is put once.
        if len(readings) > 1 and where.said is None:
            where = replace(where, said=Said())
        for entity in readings:
            self._entity(entity, where)

    def _entity(self, entity: Entity, where: Where) -> None:
        if self.left <= 0:
            self.found.leave(where.within(""), "too_large")
            return
        self.left -= 1
        family = entity.type.partition("/")[0]
        if family == "multipart":
            self._multipart(entity, where)
        elif entity.type in ("message/rfc822", "message/global"):
            self._nested(entity, where)
        elif entity.type in _PKCS7:
            self._pkcs7(entity, where)
        elif entity.type in _SHOWN and entity.disposition != "attachment" and not entity.name:
            self._shown(entity, where)
        else:
            self._file(entity, where)

    def _multipart(self, entity: Entity, where: Where) -> None:
        if where.depth >= DEEPEST:
            self.found.leave(where.within(""), "too_deep")
            return
        if entity.type == "multipart/encrypted":
            self.found.leave(where.within(""), "encrypted")
            return
        entity = _with_boundary(entity)
        spans, more = parts(entity, self.left)
        if not spans:
            if entity.encoding in ("base64", "quoted-printable", "x-uuencode"):
                content, _ = octets(entity, LARGEST_FILE)
                self._multipart(_alone(entity, content), replace(where, depth=where.depth + 1))
                return
            self._shown(replace(entity, type="text/plain", parameters={}, encoding=""), where)
            return
        said = Said() if entity.type == "multipart/alternative" else where.said
        inner = replace(where, depth=where.depth + 1, said=said)
        default = "message/rfc822" if entity.type == "multipart/digest" else "text/plain"
        self._around(entity, spans[0], inner)
        for start, end in spans[1:-1] if not more else spans[1:]:
            self._each(entities(entity.content, start, end, default), inner)
        if more:
            self.found.leave(where.within(""), "too_large")
        else:
            self._around(entity, spans[-1], inner)

    def _around(self, entity: Entity, span: tuple[int, int], where: Where) -> None:
        """Before the first part and behind the last: few programs show it, and some do."""
        start, end = span
        text = _plain(entity.content[start : min(end, start + LARGEST_TEXT)]).strip()
        if text and not _CUSTOMARY.match(text[:LONGEST_PREAMBLE]):
            self.found.add(text, where.within("hidden"), where.own_zone)

    def _nested(self, entity: Entity, where: Where) -> None:
        if where.depth >= DEEPEST:
            self.found.leave(where.within(entity.name or "message"), "too_deep")
            return
        content, start, end = entity.content, entity.start, entity.end
        if entity.encoding in ("base64", "quoted-printable", "x-uuencode"):
            content, _ = octets(entity, LARGEST_FILE)
            start, end = 0, len(content)
        self.nested_message(content, start, end, entity.name, where)

    def nested_message(self, content: bytes, start: int, end: int, name: str, where: Where) -> None:
        """Forwarded when somebody else wrote it; else it is what the writer attached."""
        part = where.within(self.found.own_name(name or "message"))
        if name:
            self.found.add(name, part, where.forced or Zone.ATTACHMENT)
        inner = Where(name=part, depth=where.depth + 1, forced=Zone.ATTACHMENT)
        if where.forced is Zone.QUOTED or self._by_others(content, start, end, where):
            inner = replace(inner, forced=Zone.QUOTED)
        self.message(content, start, end, inner)

    def _by_others(self, content: bytes, start: int, end: int, where: Where) -> bool:
        block = entities(content, start, end)[0].block
        _, writers = self.head(Reader(self.head), block, where)
        return bool(writers) and not writers & where.writers

    def _pkcs7(self, entity: Entity, where: Where) -> None:
        content, _ = octets(entity, LARGEST_FILE)
        inside = signed_content(content)
        if inside is None or where.depth >= DEEPEST:
            kind = entity.parameters.get("smime-type", "").lower()
            if kind != "certs-only":
                self.found.leave(where.within(entity.name), "encrypted")
            return
        inner = replace(where, depth=where.depth + 1)
        self._each(entities(inside, 0, len(inside)), inner)

    def _shown(self, entity: Entity, where: Where) -> None:
        if entity.size > LARGEST_TEXT:
            self.found.leave(where.within(""), "too_large")
        content, rubbish = octets(entity, LARGEST_TEXT)
        if rubbish:
            content = content + b"\n" + rubbish
        put_text(self.found, entity, content, where)

    def _file(self, entity: Entity, where: Where) -> None:
        first, _ = octets(entity, HEAD)
        kind = kind_of(entity.type, entity.name, first)
        if kind == MESSAGE and where.depth < DEEPEST:
            content, _ = octets(entity, LARGEST_FILE)
            self.nested_message(content, 0, len(content), entity.name, where)
            return

        def whole() -> bytes:
            content, rubbish = octets(entity, LARGEST_FILE)
            return content + b"\n" + rubbish if rubbish and kind == "text" else content

        if entity.size > LARGEST_FILE:
            self.found.leave(where.within(entity.name), "too_large")
        put_file(self.found, File(entity, kind, first, whole), where)


def _with_boundary(entity: Entity) -> Entity:
    """A boundary that the header lost is read off the first line."""
    if entity.parameters.get("boundary", "").strip():
        return entity
    match = _GUESSED.match(entity.content, entity.start, entity.end)
    if match is None:
        return entity
    boundary = match[1].decode("latin-1").rstrip()
    return replace(entity, parameters={**entity.parameters, "boundary": boundary})


def _alone(entity: Entity, content: bytes) -> Entity:
    """The same entity over its decoded content."""
    block = replace(entity.block, body=0)
    return replace(entity, content=content, block=block, end=len(content), encoding="")


def _plain(content: bytes) -> str:
    from .charsets import letters

    return letters(content).text.replace("\r\n", "\n")
