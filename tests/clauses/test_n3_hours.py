"""Work only, at sensible hours. At night a message waits until morning, where a rulebook has quiet
hours; private talk is told to its writer. Neither ever refuses a message."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from alongside.policy.obligations import DeliverAfter
from tests.world import CARLA, CHLOE, DINA_PHONE, MARY, mail

from .told import CARLA_PHONE, SECTOR, Teller, text

pytestmark = pytest.mark.clause("N3")
CHAPTER = "Conduct"
MORNING = 8 * 60
TALK = "can't sleep, been thinking about you all evening. you looked so pretty today x"


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


def test_private_talk(tell: Teller):
    """Told to the writer; a kind word about work is nothing."""
    tell("To Chloe", mail(CARLA, CHLOE), wrote=TALK).warned(cites="N3", reason="seen_private_talk")
    tell("To her mother", mail(CARLA, MARY), wrote=TALK).warned(
        cites="N3", reason="seen_private_talk"
    )
    tell(
        "A kind word about training",
        mail(CARLA, CHLOE),
        wrote="You were brilliant in the relay today, well done! See you Thursday at training.",
    ).clean()
    tell(
        "Sorry for a loss",
        mail(CARLA, MARY),
        wrote="We are so sorry to hear about Chloe's nan. Take all the time that you need.",
    ).clean()
