"""At night a message waits until morning, where a rulebook has quiet hours; it is never refused
for the hour."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from alongside.policy.obligations import DeliverAfter
from tests.world import CARLA, CHLOE, DINA_PHONE, MARY, mail

from .told import CARLA_PHONE, SECTOR, Teller, text

pytestmark = pytest.mark.clause("N3")
CHAPTER = "Conduct"
MORNING = 8 * 60


def at(hour: int, minute: int = 0, *, month: int = 11) -> dict[str, datetime]:
    return {"at": datetime(2026, month, 22, hour, minute, tzinfo=UTC)}


def waits(case) -> bool:
    return DeliverAfter(MORNING) in case.decision.obligations


def test_eight_to_eight(tell: Teller):
    """The second rulebook's hours, by the clock on the wall."""
    assert not waits(
        tell("At one minute to eight", mail(CARLA, CHLOE, **at(19, 59)), rulebook=SECTOR)
    )
    assert waits(tell("At eight in the evening", mail(CARLA, CHLOE, **at(20)), rulebook=SECTOR))
    assert waits(tell("At three at night", mail(CARLA, CHLOE, **at(3)), rulebook=SECTOR))
    assert not waits(tell("At eight in the morning", mail(CARLA, CHLOE, **at(8)), rulebook=SECTOR))
    assert waits(
        tell(
            "In summer, when it is 19:30 by the world's clock and 20:30 on the wall",
            mail(CARLA, CHLOE, **at(19, 30, month=7)),
            rulebook=SECTOR,
        )
    )


def test_who_does_not_wait(tell: Teller):
    """An emergency, a text to somebody who needs texts, what a child writes, mail to parents."""
    night = at(23)
    assert not waits(
        tell("An emergency", mail(CARLA, CHLOE, urgent=True, **night), rulebook=SECTOR)
    )
    assert not waits(
        tell("A text to Dina, who is deaf", text(CARLA_PHONE, DINA_PHONE, **night), rulebook=SECTOR)
    )
    assert not waits(tell("Chloe writes", mail(CHLOE, CARLA, **night), rulebook=SECTOR))
    assert not waits(tell("Carla writes to Mary", mail(CARLA, MARY, **night), rulebook=SECTOR))
    assert not waits(tell("The shipped rulebook has none", mail(CARLA, CHLOE, **night)))
