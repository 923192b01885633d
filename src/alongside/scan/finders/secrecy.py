"""G1: asking to keep the talk secret, or to leave out the one who is copied.

Worth more than all other sightings: who asks for it knows why somebody is copied. A surprise for
somebody else, a password, a footer of confidentiality are no such thing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..finder import Finder, Window
from ..intents import said, sightings, text_of
from ..known import Known
from ..sighting import Sighting, Type
from ..wording import gates, rows, there_are

_ASKED = "asks to keep it from others"


def find(window: Window, known: Known) -> Iterator[Sighting]:
    found = said(text_of(window), rows("secrecy", there_are(known.today)))
    yield from sightings(window, Type.SECRECY, found, lambda _: _ASKED)


FINDER = Finder(
    name="secrecy",
    types=frozenset({Type.SECRECY}),
    gate=(*gates("secrecy"),),
    find=find,
)
