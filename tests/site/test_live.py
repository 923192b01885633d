"""The demonstration's live view: each leg stands under the decision that let it go."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from alongside.mail.smtp.envelope import Envelope, Recipient
from alongside.mail.smtp.sink import Received
from alongside.policy.decision import Decision, Part, Route, ThirdParty
from alongside.policy.people import People
from alongside.policy.vocabulary import Class, Kind, Mode, Seat, Verdict
from alongside.site.demo.live import Live

MIA, COACH, OFFICER = "mia@family.example", "coach@charity.example", "sam@charity.example"


def decision(verdict: Verdict) -> Decision:
    copy = ThirdParty(
        person="sam",
        address=OFFICER,
        seat=Seat.ORGANISATION_OFFICER,
        kind=Kind.OFFICER,
        service_user="mia",
        eligible=True,
        why="eligible",
    )
    return Decision(
        verdict=verdict,
        klass=Class.OPEN,
        mode=Mode.ENFORCE,
        routes=(Route(address=MIA, written=MIA, part=Part.SERVICE_USER),),
        third_parties=(copy,),
        rulebook="online-safeguarding",
        version="1.0",
    )


def received(sender: str, recipient: str) -> Received:
    values: dict[str, Any] = {"client": ("127.0.0.1", 1), "protocol": "ESMTP"}
    envelope = Envelope(sender=sender, recipients=(Recipient(recipient),), content=b"")
    at = datetime(2026, 11, 2, tzinfo=UTC)
    return Received(number=1, at=at, envelope=envelope, login=None, certificate=None, **values)


async def shown(*steps: tuple[str, Any]) -> list[str]:
    said: list[str] = []
    live = Live(People(), say=said.append)
    running = asyncio.create_task(live.run())
    for what, value in steps:
        if what == "decided":
            live.decided(*value)
        else:
            await live.arrived(received(*value))
            await asyncio.sleep(0.9)
    running.cancel()
    return said


async def test_legs_stand_under_their_decision_in_order():
    said = await shown(
        ("decided", (decision(Verdict.PERMIT), "AAAA-AAAA")),
        ("arrived", ("copy+1.x@charity.example", OFFICER)),
        ("arrived", (COACH, MIA)),
    )
    assert "[AAAA-AAAA]" in said[0]
    assert said[-2].strip().startswith("1.") and OFFICER in said[-2]
    assert said[-1].strip().startswith("2.") and MIA in said[-1]


async def test_a_leg_that_comes_after_another_decision_says_whose_it_is():
    said = await shown(
        ("decided", (decision(Verdict.PERMIT), "AAAA-AAAA")),
        ("decided", (decision(Verdict.HOLD), "BBBB-BBBB")),
        ("arrived", (COACH, MIA)),
    )
    assert said[-2].endswith("[AAAA-AAAA]") and said[-1].strip().startswith("1.")


async def test_what_is_held_or_refused_has_no_legs():
    said = await shown(
        ("decided", (decision(Verdict.HOLD), "BBBB-BBBB")), ("arrived", (COACH, MIA))
    )
    assert "untouched" in said[-1]
