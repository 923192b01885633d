"""XML, told as a stream of elements and text: no tree, no entities of its own, nothing fetched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from xml.parsers import expat

from .limits import Unreadable

DEEPEST = 2_000
_STEP = 65_536


class Reader(Protocol):
    """Whoever is told what stands in a document. Names come without their namespace."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def characters(self, text: str) -> None: ...


def read_xml(octets: bytes, reader: Reader) -> None:
    """Tell the reader what stands in a document. Raises ``Unreadable`` for what is no XML, and for
    entities that the document declares (no office program writes any)."""
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Unreadable("too_deep")
        reader.start(_local(name), {_local(k): v for k, v in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(_local(name))

    def declared(*_: object) -> int:
        raise Unreadable("broken")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = reader.characters
    parser.EntityDeclHandler = declared
    parser.ExternalEntityRefHandler = declared
    try:
        for at in range(0, len(octets), _STEP):
            parser.Parse(octets[at : at + _STEP], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as problem:
        raise Unreadable("broken") from problem


def _local(name: str) -> str:
    return name.rpartition(":")[2]
