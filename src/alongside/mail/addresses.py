"""Whom an address field names (RFC 5322 with its obsolete forms, 2047, 6532, 6854).

Two answers: the addresses, and whether there can be no doubt about them. Mail programs disagree
about malformed fields, and a writer may count on it; so in doubt every address that some program
could take is listed, and ``readable`` is false. An address in a display name or a comment that is
not the mailbox's own puts a field in doubt as well: people believe what they are shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from alongside.policy.address import key

from .address_grammar import Reader, Unreadable, tokens
from .words import decoded, plain, text_of

LONGEST = 131_072
"""Characters of one field that are read as a grammar; of more, only what looks like an address."""
LONGEST_ADDRESS = 1000
"""Longer ones are nobody's, and would only fill memory."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/?^_`{|}~-]+"
_SPEC = rf"{_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
_SIMPLE = re.compile(
    rf"(?:(?:\"[A-Za-z0-9 ,.'()_-]*\" ?|[A-Za-z0-9 .'_-]*)<({_SPEC})>|({_SPEC}))(?:,[ \t]*|\Z)"
)
"""One mailbox of a list as nearly all mail writes it, in which nothing can hide."""
_BETWEEN = re.compile(r"[\s<>(),;:\"\[\]\\]+")


class Reading(NamedTuple):
    """What one address field names."""

    addresses: tuple[str, ...]
    """As written, each once; in doubt everything that could be meant."""
    readable: bool
    """No doubt whom the field names. An empty field is readable and names nobody."""
    grouped: bool = False
    """Group syntax was used (RFC 6854), which programs show in different ways."""


def read(value: bytes) -> Reading:
    """Read the value of an address field, folded or not. Never raises."""
    return _read_once(value) if len(value) <= _SHORT else _read(value)


def _read(value: bytes) -> Reading:
    text = text_of(value.replace(b"\r\n", b"")).strip(" \t")
    simple = _simple(text)
    if simple is not None:
        return Reading(_unique(simple), True)
    if len(text) > LONGEST:
        return Reading(_unique(like_addresses(text)), False)
    try:
        reader = Reader(tokens(text))
        reader.address_list()
    except Unreadable:
        return Reading(_unique(like_addresses(text)), False)
    found = tuple(a for a in _unique(reader.addresses) if len(a) <= LONGEST_ADDRESS)
    known = {key(a) for a in found}
    shown = [a for said in reader.said for a in like_addresses(said) if key(a) not in known]
    doubt = (
        reader.doubt
        or len(found) < len(set(reader.addresses))
        or any(_strange(a) for a in found)
        or any(_breaks_lines(said) for said in reader.said)
    )
    if doubt:
        shown.extend(like_addresses(text))
    readable = not (doubt or shown)
    return Reading(_unique((*found, *shown)), readable, reader.grouped)


_SHORT = 1024
_read_once = lru_cache(maxsize=2048)(_read)
"""Each leg of a message asks again whom its fields name."""


def _simple(text: str) -> list[str] | None:
    """The addresses of a list of simple mailboxes; None where one of them is not so simple."""
    found: list[str] = []
    at = 0
    while at < len(text):
        match = _SIMPLE.match(text, at)
        if match is None or match.end() - at > LONGEST_ADDRESS:
            return None
        found.append(match[1] or match[2])
        at = match.end()
    return found


def _strange(address: str) -> bool:
    """Encoded words or characters that can't be seen inside an address."""
    return "=?" in address or plain(address) != address


def _breaks_lines(said: str) -> bool:
    """A display name or comment in which a line end or another control character hides."""
    text = decoded(said)
    return not text.isprintable() and any(unicodedata.category(c) == "Cc" for c in text)


def like_addresses(text: str) -> Iterator[str]:
    """Whatever a person or a lenient program could take for an address, encoded words included."""
    for said in dict.fromkeys((text, decoded(text))):
        seen = plain(unicodedata.normalize("NFKC", said))
        for word in _BETWEEN.split(seen):
            if "@" not in word:
                continue
            parts = [p.strip("'`.<>|*") for p in word.split("@")]
            for local, domain in pairwise(parts):
                if local and domain and len(local) + len(domain) < LONGEST_ADDRESS:
                    yield f"{local}@{domain}"


def _unique(addresses: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(addresses))
