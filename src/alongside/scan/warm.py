"""Making every pattern beforehand, so that no message waits for it."""

from __future__ import annotations

from datetime import date

from .finder import Window
from .finders import FINDERS
from .fold import fold
from .known import Known
from .reading import Piece, plain
from .scan import scan
from .sighting import Type

_SAYS = (
    "Message me on WhatsApp, add me on insta, fancy a game of Fortnite? Sign up to TikTok. "
    "My PIN is 4821, I live at 1 Mill Lane, mail sam at gmail dot com, ring 07700 900000."
)
"""Something for every finder, and for what a finder looks at only once it has found something."""
_OLDEST = 18


def warm_up(today: date) -> None:
    """Ask every finder once. Takes up to a second; the patterns are kept for as long as we run."""
    window = Window(folded=fold(_SAYS), piece=Piece(start=0, end=len(_SAYS)))
    for youngest in range(_OLDEST + 1):
        known = Known(today=today, youngest=youngest)
        for finder in FINDERS if not youngest else _OF_AGES:
            list(finder.find(window, known))
    scan(plain(_SAYS), Known(today=today))


_OF_AGES = tuple(f for f in FINDERS if Type.PLATFORM_AGE in f.types)
