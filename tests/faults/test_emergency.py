"""An emergency never waits, and its copies are on disk before it leaves; groups in the middle."""

from __future__ import annotations

import asyncio
import json

import pytest

from tests.gateway.rig import Arrived
from tests.world import CARLA, CHLOE, DINA, FRANK, HOME, JUNIORS, OWEN

from .hop import LATER, NO_SUCH_USER, Hop
from .observer import is_copy, on_record, sound, times
from .rig import Clock, ask, gateway_on, until_idle
from .test_next_hop import ONE, RANKING

URGENT = "chloe+urgent@family.example"


@pytest.mark.law("an_emergency_never_waits")
async def test_the_childs_leg_goes_first_then_the_whole_ranking_and_all_of_it_was_on_disk(database):
    on_disk: list[tuple[str, bytes]] = []

    async def look(arriving: Arrived) -> None:
        if arriving.to == (CHLOE,):
            on_disk.extend(
                (body, raw)
                for body, raw in ask(
                    database,
                    "SELECT e.body, c.raw FROM records_entry e"
                    " JOIN records_content c ON c.entry_id = e.id"
                    " JOIN records_dispatch d ON d.entry_id = e.id"
                    " WHERE e.kind = 'decided' AND d.state = 'waiting'",
                )
            )

    async with Hop() as hop, gateway_on(database, hop) as rig:
        hop.before = look
        code, text = await rig.send(CARLA, URGENT)
        assert code == 250, text
        await until_idle(database)
    assert [m.to[0] for m in hop.arrived] == [CHLOE, *RANKING]
    assert [is_copy(m) for m in hop.arrived] == [False, *(True for _ in RANKING)]
    assert not [m for m in hop.arrived if b"urgent" in m.content]
    ((body, raw),) = on_disk
    planned = [t["person"] for t in json.loads(body)["body"]["third_parties"]]
    assert planned[0] == "owen" and len(planned) == len(RANKING)
    assert b"See you on Saturday" in raw


@pytest.mark.law("an_emergency_never_waits")
@pytest.mark.parametrize("reply", [NO_SUCH_USER, LATER], ids=["550", "450"])
async def test_refused_copies_hold_up_no_emergency_and_the_others_get_theirs(database, reply):
    clock = Clock()
    async with Hop() as hop, gateway_on(database, hop, clock=clock) as rig:
        hop.refuse(reply, *RANKING[:3])
        assert (await rig.send(CARLA, URGENT))[0] == 250
        await rig.settled(1 + len(RANKING[3:]))
        hop.refuse(LATER)
        clock.jump(hours=1)
        await until_idle(database)
    got = times(hop.arrived, ONE)
    assert set(got.values()) == {1}
    assert (OWEN in got) is (reply is LATER)
    assert hop.arrived[0].to == (CHLOE,)


@pytest.mark.law("no_copy_of_ours_reaches_a_restricted_person")
async def test_an_emergency_leaves_the_restricted_father_out_and_tells_him_nothing(database):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        assert (await rig.send(CARLA, URGENT, FRANK))[0] == 250
        await until_idle(database)
    assert not [m for m in hop.arrived if FRANK in m.to]
    assert not [m for m in hop.arrived if FRANK in m.head]


async def test_an_emergency_with_the_hop_gone_is_kept_and_leaves_when_it_is_back(database):
    hop, clock = Hop(), Clock()
    async with gateway_on(database, hop, clock=clock) as rig:
        assert (await rig.send(CARLA, URGENT))[0] == 250
        assert ONE in on_record(database)
    async with gateway_on(database, hop, clock=clock):
        await hop.begin()
        clock.jump(hours=1)
        await until_idle(database)
    await hop.stop()
    assert [m.to[0] for m in hop.arrived] == [CHLOE, *RANKING]


@pytest.mark.parametrize("where", [OWEN, CHLOE, DINA, HOME])
async def test_a_group_that_broke_off_after_any_leg_is_gone_on_with_there(database, where: str):
    """The hop keeps this leg and falls silent; everything is tried again later."""
    clock = Clock()
    async with Hop() as hop, gateway_on(database, hop, clock=clock) as rig:
        hop.forgets = {where}
        assert (await rig.send(CARLA, JUNIORS))[0] == 250
        await rig.settled(4)
        hop.forgets = set()
        clock.jump(hours=1)
        await until_idle(database)
    got = times(hop.arrived, ONE)
    children = {CHLOE, DINA, HOME}
    assert children <= set(got)
    assert all(got[c] == (2 if c == where else 1) for c in children)
    assert sum(got.values()) - len(got) <= 1
    sound(hop.arrived, database)


@pytest.mark.parametrize("by", [{"days": 40}, {"days": -40}, {"hours": -2}])
async def test_a_clock_that_jumps_loses_nothing_and_copies_nobody_twice(database, by):
    clock = Clock()
    async with Hop() as hop, gateway_on(database, hop, clock=clock) as rig:
        assert (await rig.send(CARLA, CHLOE, message_id="<before@club.example>"))[0] == 250
        hop.refuse(LATER, CHLOE)
        assert (await rig.send(CARLA, CHLOE))[0] // 100 == 4
        await rig.gateway.line.settle()
        clock.jump(**by)
        hop.refuse(LATER)
        assert (await rig.send(CARLA, CHLOE))[0] == 250
        assert (await rig.send(CARLA, JUNIORS, message_id="<after@club.example>"))[0] == 250
        await until_idle(database)
        await rig.settled()
        await asyncio.sleep(0.1)
    got = times(hop.arrived, ONE)
    # A copy is remembered for a week: after forty days it is made again.
    assert got == {OWEN: 2 if by == {"days": 40} else 1, CHLOE: 1}
    assert set(times(hop.arrived, "<after@club.example>").values()) == {1}
    sound(hop.arrived, database)


async def test_a_group_waiting_while_the_clock_goes_back_leaves_when_the_time_has_come(database):
    clock = Clock()
    async with Hop() as hop, gateway_on(database, hop, clock=clock) as rig:
        hop.refuse(LATER, CHLOE)
        assert (await rig.send(CARLA, JUNIORS))[0] == 250
        await rig.settled(3)
        clock.jump(hours=-1)
        await asyncio.sleep(0.6)
        hop.refuse(LATER)
        clock.jump(hours=2)
        await until_idle(database)
    assert set(times(hop.arrived, ONE).values()) == {1}
    assert CHLOE in times(hop.arrived, ONE)
    sound(hop.arrived, database)
