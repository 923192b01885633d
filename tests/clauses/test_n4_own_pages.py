"""The pages of those who work for us stay their own; the organisation's pass."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.world import CARLA, CHLOE, MARY, ORGANISATIONS, mail, people

from .told import Teller

pytestmark = pytest.mark.clause("N4")
CHAPTER = "What is written"
REFUSED = {"cites": "N4", "reason": "seen_profile_link", "fix": "use_our_profiles"}


def test_a_link_to_a_page(tell: Teller):
    """Somebody's own page is refused; the registered page, a news story, a video pass."""
    hers = "Photos are on https://www.facebook.com/carla.made.up"
    tell("To Chloe", mail(CARLA, CHLOE), wrote=hers).refused(**REFUSED)
    tell("To her mother", mail(CARLA, MARY), wrote=hers).refused(**REFUSED)
    tell(
        "The club's own page, to a parent",
        mail(CARLA, MARY),
        wrote="Results are on https://www.facebook.com/exampleclub",
        people=people(
            organisations=tuple(
                replace(o, profiles=("facebook:exampleclub",)) for o in ORGANISATIONS
            )
        ),
    ).clean()
    tell(
        "A news story",
        mail(CARLA, MARY),
        wrote="We are in the news: https://news.example/2026/11/swimmers-win-gold",
    ).clean()
