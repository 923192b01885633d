"""G1: asking to keep the talk secret, or to leave out the one who is copied.

Worth more than all other sightings: who asks for it knows why somebody is copied. A surprise for
somebody else, an embargo, a password, a footer of confidentiality, and what is said to a whole
group are no such thing: there it is possible at most.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..finder import Finder, Window
from ..intents import Find, cores, eased, said, sightings, text_of, to_a_group
from ..known import Known
from ..matching import compiled
from ..meant import meant
from ..sighting import Sighting, Type
from ..wording import rows, there_are

_ASKED = "asks to keep it from others"
_LIES = "secrecy_lie"
"""``If anyone asks, say`` begins as a warning does, and is none."""
_LISTS = ("secrecy", "secrecy_hide", _LIES)
_OTHERS = compiled(r"\b(?:we|they|he|she|who|coaches|people|parents|staff)\b[^a-z0-9.!?;]+$")
"""Before "don't tell": those spoken of are not the reader."""
_NEAR = 20
"""How many characters before a find those may stand."""


def find(window: Window, known: Known) -> Iterator[Sighting]:
    text = text_of(window)
    on = there_are(known.today)
    found = [
        f
        for name in _LISTS
        for f in said(text, rows(name, on), warnings=name != _LIES)
        if not _of_others(text, f)
    ]
    found = [
        to_a_group(text, eased(text, f, "secrecy_harmless"))
        for f in meant(window, Type.SECRECY, found)
    ]
    yield from sightings(window, Type.SECRECY, found, lambda _: _ASKED)


def _of_others(text: str, find: Find) -> bool:
    """Whether it is said of somebody else that they don't tell."""
    before = text[max(0, find.start - _NEAR) : find.start]
    return find.row.startswith("do not") and bool(_OTHERS.search(before))


FINDER = Finder(
    name="secrecy",
    types=frozenset({Type.SECRECY}),
    gate=cores(_LISTS),
    find=find,
    listens=True,
)
