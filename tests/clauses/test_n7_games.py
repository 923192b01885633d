"""Nobody is invited to play online with those who work for us."""

from __future__ import annotations

import pytest

from tests.world import CARLA, CHLOE, MARY, mail

from .told import Teller

pytestmark = pytest.mark.clause("N7")
CHAPTER = "What is written"
REFUSED = {"cites": "N7", "reason": "seen_game", "fix": "play_at_the_club"}


def test_games(tell: Teller):
    """Online together is refused; a match on Saturday is what we are for."""
    wrote = "Fancy a game of Fortnite later? I'm on from 8"
    tell("To Chloe", mail(CARLA, CHLOE), wrote=wrote).refused(**REFUSED)
    tell("To her mother", mail(CARLA, MARY), wrote=wrote).refused(**REFUSED)
    tell(
        "A game of boccia",
        mail(CARLA, CHLOE),
        wrote="The game on Saturday starts at 10. There is a games night at the hall after it.",
    ).clean()
