"""Nobody is sent to a site or app that they are too young for. An unknown age is too young."""

from __future__ import annotations

import pytest

from tests.world import ADA, CARLA, CHLOE, HOME, MARY, mail

from .told import Teller

pytestmark = pytest.mark.clause("D10")
CHAPTER = "What is written"
REFUSED = {"cites": "D10", "reason": "seen_platform_age", "fix": "fit_for_their_age"}
WROTE = "Sign up to TikTok and post your best dance for the club challenge"


def test_too_young_for_it(tell: Teller):
    """By the youngest reader's age, and the platform's on that day."""
    tell("To Finn, who is ten", mail(CARLA, HOME), wrote=WROTE).refused(**REFUSED)
    tell("To Chloe, who is fourteen", mail(CARLA, CHLOE), wrote=WROTE).clean()
    tell("To Ada, who is grown up", mail(CARLA, ADA), wrote=WROTE).clean()
    tell("To Chloe's mother", mail(CARLA, MARY), wrote=WROTE).clean()
    tell(
        "A video to watch",
        mail(CARLA, HOME),
        wrote="Watch the turn at https://www.youtube.com/watch?v=madeup00000 before Thursday",
    ).clean()
