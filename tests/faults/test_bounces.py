"""Bounces that come at a bad moment: before the record knows the copy, twice, after a crash."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from alongside.mail import bounce
from alongside.mail.smtp.replies import Reply
from tests.gateway.rig import Arrived, Rig
from tests.pitfalls.test_mail import bounced
from tests.world import CARLA, CHLOE, JUNIORS, OWEN, WELFARE

from .hop import Hop
from .rig import Clock, ask, gateway_on, until_idle

pytestmark = [pytest.mark.asyncio, pytest.mark.pitfall(18)]

SECRET = b"only for tests, thirty-two bytes"


def incidents(rig: Rig) -> list[str]:
    return [k for (k,) in ask(rig.database, "SELECT kind FROM records_incident ORDER BY id")]


def reached(hop: Hop) -> list[str]:
    return [address for message in hop.arrived for address in message.to]


async def test_a_copy_that_bounces_while_its_message_is_under_way_is_made_again(database):
    """A mail server on the same machine is back before the child's own leg is through."""
    async with Hop() as hop, gateway_on(database, hop) as rig:
        answers: list[tuple[int, str]] = []
        tasks: list[asyncio.Task[None]] = []

        async def back(sender: str) -> None:
            answers.append(await rig.send("", sender, raw=bounced(sender)))

        async def before(arriving: Arrived) -> None:
            if OWEN in arriving.to:
                tasks.append(asyncio.create_task(back(arriving.sender)))
            if CHLOE in arriving.to:
                await asyncio.sleep(0.3)

        hop.before = before
        code, text = await rig.send(CARLA, CHLOE)
        assert code == 250, text
        await asyncio.gather(*tasks)
        await until_idle(database)
        assert [a[0] for a in answers] == [250]
        assert reached(hop) == [OWEN, CHLOE, WELFARE]
        assert incidents(rig) == ["copy_bounced"]
        assert rig.bounced == [OWEN]


async def test_a_bounce_that_is_still_too_early_is_asked_to_come_again(database, monkeypatch):
    monkeypatch.setattr("alongside.mail.bounces._PATIENCE", (0.01,))
    async with Hop() as hop, gateway_on(database, hop) as rig:
        sender = bounce.sign("not-there-yet", datetime.now(UTC), SECRET, "bounces.charity.example")
        code, text = await rig.send("", sender, raw=bounced(sender))
        assert (code, text.split()[0]) == (451, "4.3.0")
        assert (incidents(rig), rig.bounced) == ([], [])


async def test_a_copy_that_a_crash_made_us_forget_is_somebodys_to_find_out(database, monkeypatch):
    monkeypatch.setattr("alongside.mail.bounces._PATIENCE", (0.01,))
    clock = Clock()
    async with Hop() as hop, gateway_on(database, hop, clock=clock) as rig:
        for age, found in ((timedelta(hours=2), ["copy_bounced"]), (timedelta(days=8), [])):
            before = len(incidents(rig))
            at = datetime.now(UTC) - age
            sender = bounce.sign("lost", at, SECRET, "bounces.charity.example")
            code, text = await rig.send("", sender, raw=bounced(sender))
            assert code == 250, text
            assert incidents(rig)[before:] == found


async def test_a_bounce_that_comes_twice_makes_one_copy(database):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        await rig.send(CARLA, CHLOE)
        await rig.settled(2)
        sender = hop.arrived[0].sender
        for _ in range(3):
            code, text = await rig.send("", sender, raw=bounced(sender))
            assert code == 250, text
        await until_idle(database)
        assert reached(hop) == [OWEN, CHLOE, WELFARE]
        assert incidents(rig) == ["copy_bounced"]


async def test_a_copy_of_a_group_that_bounces_before_the_last_member_was_written_to(database):
    """A group goes on for as long as the next hop wants; the record has its copies at once."""
    async with Hop() as hop, gateway_on(database, hop) as rig:
        hop.refuse(Reply(451, "4.2.0", "later"), CHLOE)
        await rig.send(CARLA, JUNIORS)
        async with asyncio.timeout(5):
            while not hop.arrived:
                await asyncio.sleep(0.02)
        copy = hop.arrived[0]
        assert copy.sender.startswith("copy+")
        code, text = await rig.send("", copy.sender, raw=bounced(copy.sender))
        assert code == 250, text
        assert incidents(rig) == ["copy_bounced"]
        assert rig.bounced == list(copy.to)
