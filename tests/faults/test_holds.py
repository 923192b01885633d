"""An officer decides on a hold while the gateway runs: judged again, the copy first."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from django.db import connection

from alongside.access.actor import Person
from alongside.records import api
from tests.world import CARL, CARLA, CHARITY, CHLOE, CLUB, FRANK, OWEN, SID

from .hop import LATER, Hop
from .observer import message_id, sound, times
from .rig import Clock, ask, gateway_on, until_idle
from .test_next_hop import ONE

OLIVIA = Person(
    id="olivia", roles=frozenset({"safeguarding_officer"}), reach=frozenset({CHARITY, CLUB})
)


async def at_the_desk(work: Any, *arguments: Any) -> Any:
    """As the command line would: in a thread of its own, with a connection of its own."""

    def done() -> Any:
        try:
            return work(*arguments)
        finally:
            connection.close()

    return await asyncio.to_thread(done)


async def held(rig, *to: str, sender: str = CARLA) -> str:
    """Send what is held; the reference that the writer was told."""
    code, text = await rig.send(sender, *to)
    assert code == 250 and "reference " in text
    return str(text.rpartition("reference ")[2].split()[0].strip(")."))


@pytest.mark.law("no_copy_of_ours_reaches_a_restricted_person")
async def test_a_released_message_to_child_and_restricted_father_goes_to_the_child_only(database):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        reference = await held(rig, CHLOE, FRANK)
        await until_idle(database)
        assert ONE not in {message_id(m) for m in hop.arrived}
        await at_the_desk(api.release_hold, OLIVIA, reference, "about the match only")
        await rig.settled(3)
        await until_idle(database)
    assert [m.to for m in hop.arrived if message_id(m) == ONE] == [(OWEN,), (CHLOE,)]
    assert not [m for m in hop.arrived if FRANK in m.head]
    sound(hop.arrived, database)


async def test_a_suspended_coachs_message_that_an_officer_releases_is_copied_first(database):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        reference = await held(rig, CHLOE, sender=SID)
        await at_the_desk(api.release_hold, OLIVIA, reference, "agreed with the lead")
        await rig.settled(2)
        await until_idle(database)
    assert [m.to for m in hop.arrived if message_id(m) == ONE] == [(OWEN,), (CHLOE,)]
    sound(hop.arrived, database)


async def test_nobody_decides_twice(database):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        reference = await held(rig, CHLOE, FRANK)
        await at_the_desk(api.release_hold, OLIVIA, reference, "about the match only")
        for again in (api.release_hold, api.refuse_hold):
            with pytest.raises(api.Decided):
                await at_the_desk(again, OLIVIA, reference, "once more")
        await until_idle(database)
        await rig.settled(3)
    assert times(hop.arrived, ONE) == {OWEN: 1, CHLOE: 1}
    sound(hop.arrived, database)


async def test_two_officers_at_once_release_it_once(database):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        reference = await held(rig, CHLOE, FRANK)
        decided = await asyncio.gather(
            *(at_the_desk(api.release_hold, OLIVIA, reference, "it may go") for _ in range(2)),
            return_exceptions=True,
        )
        refused = [d for d in decided if d is not None]
        assert len(refused) == 1 and isinstance(refused[0], api.Decided)
        await rig.settled(3)
        await until_idle(database)
    assert times(hop.arrived, ONE) == {OWEN: 1, CHLOE: 1}
    sound(hop.arrived, database)


async def test_a_hold_that_is_refused_never_leaves(database):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        reference = await held(rig, CHLOE, FRANK)
        await at_the_desk(api.refuse_hold, OLIVIA, reference, "not to be sent")
        await asyncio.sleep(0.8)
        with pytest.raises(api.Decided):
            await at_the_desk(api.release_hold, OLIVIA, reference, "after all")
        await rig.settled(1)
    assert ONE not in {message_id(m) for m in hop.arrived}
    sound(hop.arrived, database)


async def test_a_release_waits_for_the_hop_and_survives_a_restart(database):
    clock = Clock()
    async with Hop() as hop:
        async with gateway_on(database, hop, clock=clock) as rig:
            reference = await held(rig, CHLOE, FRANK)
            await rig.settled(1)
            hop.refuse(LATER, CHLOE)
            await at_the_desk(api.release_hold, OLIVIA, reference, "about the match only")
            await rig.settled(2)
            await asyncio.sleep(0.2)
        hop.refuse(LATER)
        clock.jump(hours=1)
        async with gateway_on(database, hop, clock=clock):
            await until_idle(database)
    assert times(hop.arrived, ONE) == {OWEN: 1, CHLOE: 1}
    sound(hop.arrived, database)


@pytest.mark.law("nobody_reviews_themselves")
async def test_whom_it_concerns_can_not_release_it(database):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        reference = await held(rig, CHLOE, sender=SID)
        herself = Person(id="sid", roles=OLIVIA.roles, reach=OLIVIA.reach)
        with pytest.raises(api.NotFound):
            await at_the_desk(api.release_hold, herself, reference, "mine")
        assert (await rig.send(CARLA, CARL, message_id="<staff@club.example>"))[0] == 250
        await rig.settled(2)
    assert ask(database, "SELECT state FROM records_hold") == [("held",)]
    assert ONE not in {message_id(m) for m in hop.arrived}
