"""Nobody asks a service user, a parent or a carer to be a friend or follower."""

from __future__ import annotations

import pytest

from tests.world import CARLA, CHLOE, MARY, mail

from .told import Teller

pytestmark = pytest.mark.clause("N5")
CHAPTER = "What is written"
REFUSED = {"cites": "N5", "reason": "seen_friend_request", "fix": "use_our_profiles"}


def test_requests(tell: Teller):
    """Asked for or announced; following instructions is something else."""
    wrote = "I've sent you a friend request on Facebook, please accept it"
    tell("To Chloe", mail(CARLA, CHLOE), wrote=wrote).refused(**REFUSED)
    tell("To her mother", mail(CARLA, MARY), wrote=wrote).refused(**REFUSED)
    tell(
        "Friends and followers of another sort",
        mail(CARLA, CHLOE),
        wrote="Bring a friend on Thursday, and follow the signs to the small pool.",
    ).clean()
