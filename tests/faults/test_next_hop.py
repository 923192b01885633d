"""The next hop refuses, stalls, drops or is gone: at the copy, at the child, at both."""

from __future__ import annotations

import asyncio

import pytest

from alongside.mail.smtp.replies import Reply
from tests.world import (
    CARL,
    CARLA,
    CHLOE,
    JUNIORS,
    MARY,
    NORA,
    OFFICE,
    OWEN,
)

from .hop import LATER, NO_SUCH_USER, Hop
from .observer import is_copy, message_id, on_record, sound, times
from .rig import Clock, ask, gateway_on, until_idle, waiting

RANKING = (
    OWEN,
    "welfare@charity.example",
    "olivia@charity.example",
    "lena@charity.example",
    "dev@charity.example",
    MARY,
    OFFICE,
    NORA,
)
"""Chloe's third parties when Carla writes, best first."""
ONE = "<1@charity.example>"


@pytest.mark.law("no_message_leaves_one_to_one")
@pytest.mark.parametrize("reply", [NO_SUCH_USER, LATER], ids=["550", "450"])
@pytest.mark.parametrize("at", range(1, len(RANKING)))
async def test_the_next_of_the_ranking_is_copied_when_those_before_are_refused(
    database, at: int, reply: Reply
):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        hop.refuse(reply, *RANKING[:at])
        code, text = await rig.send(CARLA, CHLOE)
        assert code == 250, text
        copy, message = await rig.settled(2)
    assert copy.to == (RANKING[at],) and is_copy(copy)
    assert message.to == (CHLOE,)
    assert not [a for a in RANKING[:at] if a in message.head]
    assert (RANKING[at] in message.header("Cc")) is (RANKING[at] != MARY)
    assert MARY not in message.head
    sound(hop.arrived, database)
    refused = ask(database, "SELECT count(*) FROM records_incident WHERE kind = 'copy_refused'")
    assert refused == [(at,)]


@pytest.mark.law("no_message_leaves_one_to_one")
async def test_when_nobody_takes_the_copy_for_good_the_writer_is_told_and_nothing_leaves(database):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        hop.refuse(NO_SUCH_USER, *RANKING)
        code, text = await rig.send(CARLA, CHLOE)
        await rig.settled()
    assert code == 550
    assert "nobody could be given the copy" in text and "safeguarding@charity.example" in text
    assert hop.arrived == []
    assert ONE in on_record(database)
    sound(hop.arrived, database)


@pytest.mark.law("any_surprise_is_temporary")
@pytest.mark.parametrize(
    "later", [RANKING, RANKING[-1:], RANKING[:1]], ids=["all", "last", "first"]
)
async def test_while_a_copy_may_still_be_taken_the_client_is_asked_to_come_again(database, later):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        hop.script.recipients = dict.fromkeys(RANKING, NO_SUCH_USER) | dict.fromkeys(later, LATER)
        code, _ = await rig.send(CARLA, CHLOE)
        assert 400 <= code < 500
        assert hop.arrived == []
        hop.refuse(LATER)
        code, text = await rig.send(CARLA, CHLOE)
        assert code == 250, text
        await rig.settled(2)
    assert [m.to for m in hop.arrived] == [(OWEN,), (CHLOE,)]
    sound(hop.arrived, database)


@pytest.mark.parametrize("reply", [NO_SUCH_USER, LATER], ids=["550", "450"])
async def test_a_clients_retry_copies_nobody_twice_when_the_child_could_not_be_reached(
    database, reply: Reply
):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        hop.refuse(reply, CHLOE)
        for _ in range(4):
            code, _ = await rig.send(CARLA, CHLOE)
            assert code // 100 == reply.code // 100
        hop.refuse(LATER)
        code, text = await rig.send(CARLA, CHLOE)
        assert code == 250, text
        await rig.settled(2)
    assert times(hop.arrived, ONE) == {OWEN: 1, CHLOE: 1}
    sound(hop.arrived, database)


async def test_a_retry_after_a_restart_copies_nobody_twice_either(database):
    async with Hop() as hop:
        hop.refuse(LATER, CHLOE)
        async with gateway_on(database, hop) as rig:
            assert (await rig.send(CARLA, CHLOE))[0] // 100 == 4
        hop.refuse(LATER)
        async with gateway_on(database, hop) as rig:
            assert (await rig.send(CARLA, CHLOE))[0] == 250
    assert times(hop.arrived, ONE) == {OWEN: 1, CHLOE: 1}
    sound(hop.arrived, database)


@pytest.mark.parametrize("how", ["stall_at", "drop_at"])
@pytest.mark.parametrize("stage", ["connect", "mail", "rcpt", "message"])
async def test_a_hop_that_stalls_or_drops_at_any_stage_gets_it_when_it_has_recovered(
    database, stage: str, how: str
):
    async with Hop() as hop, gateway_on(database, hop, connections=2) as rig:
        setattr(hop.script, how, stage)
        code, _ = await rig.send(CARLA, CHLOE)
        assert 400 <= code < 500
        assert hop.arrived == []
        setattr(hop.script, how, "")
        code = await _until_taken(rig)
        await rig.settled(2)
    # Whoever comes after the officer may be the copy, if the hop recovered in between.
    got = times(hop.arrived, ONE)
    assert got[CHLOE] == 1 and len(got) == got.total() == 2
    sound(hop.arrived, database)


async def _until_taken(rig) -> int:
    """A client goes on trying, as clients do."""
    for _ in range(10):
        code, _ = await rig.send(CARLA, CHLOE)
        if code == 250:
            return 250
        await asyncio.sleep(0.1)
    raise AssertionError("never taken")


@pytest.mark.parametrize("how", ["stalls", "drops"])
async def test_trouble_at_the_childs_leg_alone_keeps_the_copy_and_asks_the_client_again(
    database, how: str
):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        setattr(hop, how, {CHLOE})
        code, _ = await rig.send(CARLA, CHLOE)
        assert 400 <= code < 500
        setattr(hop, how, set())
        await _until_taken(rig)
        await rig.settled(2)
    assert times(hop.arrived, ONE) == {OWEN: 1, CHLOE: 1}
    sound(hop.arrived, database)


async def test_an_officers_mailbox_that_hangs_does_not_hold_up_the_child(database):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        hop.stalls = {OWEN}
        code, text = await rig.send(CARLA, CHLOE)
        assert code == 250, text
        copy, _ = await rig.settled(2)
    assert copy.to == (RANKING[1],)
    sound(hop.arrived, database)


async def test_a_hop_that_keeps_the_childs_leg_and_says_nothing_is_offered_that_leg_again_only(
    database,
):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        hop.forgets = {CHLOE}
        assert (await rig.send(CARLA, CHLOE))[0] // 100 == 4
        hop.forgets = set()
        await _until_taken(rig)
        await rig.settled(3)
    assert times(hop.arrived, ONE) == {OWEN: 1, CHLOE: 2}
    sound(hop.arrived, database)


async def test_a_hop_that_keeps_a_copy_and_says_nothing_does_not_count_as_alongside(database):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        hop.forgets = {OWEN}
        code, text = await rig.send(CARLA, CHLOE)
        assert code == 250, text
        messages = await rig.settled(3)
    assert [m.to for m in messages] == [(OWEN,), (RANKING[1],), (CHLOE,)]
    sound(hop.arrived, database)


async def test_with_the_hop_gone_everything_is_asked_to_come_again_and_then_goes(database):
    hop = Hop()
    async with gateway_on(database, hop) as rig:
        for to in (CHLOE, CARL):
            code, _ = await rig.send(CARLA, to)
            assert 400 <= code < 500
        await hop.begin()
        await _until_taken(rig)
        assert (await rig.send(CARLA, CARL))[0] == 250
        await rig.settled(3)
    await hop.stop()
    copy, *rest = hop.arrived
    # Whoever is next when the hop is back: the first may fall into the pause after a failure.
    assert copy.to[0] in RANKING
    assert [m.to for m in rest] == [(CHLOE,), (CARL,)]
    sound(hop.arrived, database)


@pytest.mark.law("nothing_in_scope_is_answered_250_before_it_is_on_the_record")
async def test_what_we_took_over_waits_in_the_outbox_while_the_hop_is_gone(database):
    hop, clock = Hop(), Clock()
    async with gateway_on(database, hop, clock=clock) as rig:
        code, text = await rig.send(CARLA, JUNIORS)
        assert code == 250, text
        assert ONE in on_record(database)
        await asyncio.sleep(0.3)
        assert waiting(database) == 1
        await hop.begin()
        clock.jump(hours=1)
        await until_idle(database)
    await hop.stop()
    got = times(hop.arrived, ONE)
    assert set(got.values()) == {1} and got[OWEN] and len(got) == 4
    sound(hop.arrived, database)


async def test_a_group_goes_on_to_the_next_copy_for_each_child_whom_the_first_does_not_serve(
    database,
):
    """Only Mary and the office take copies: Mary serves Chloe, the office all."""
    async with Hop() as hop, gateway_on(database, hop) as rig:
        hop.refuse(NO_SUCH_USER, *RANKING[:5])
        assert (await rig.send(CARLA, JUNIORS))[0] == 250
        await until_idle(database)
    copies = [m.to[0] for m in hop.arrived if is_copy(m)]
    assert copies == [MARY, OFFICE]
    sound(hop.arrived, database)


async def test_one_member_of_a_group_who_is_refused_costs_the_others_nothing(database):
    async with Hop() as hop, gateway_on(database, hop) as rig:
        hop.refuse(NO_SUCH_USER, "dina@mail.test")
        assert (await rig.send(CARLA, JUNIORS))[0] == 250
        await until_idle(database)
    got = times(hop.arrived, ONE)
    assert got == {OWEN: 1, CHLOE: 1, "home@family.example": 1}
    (report,) = [m for m in hop.arrived if message_id(m) != ONE]
    assert report.to == (CARLA,) and report.sender == ""
    sound(hop.arrived, database)


async def test_what_was_never_delivered_goes_back_to_its_writer_at_the_deadline(database):
    clock = Clock()
    async with Hop() as hop, gateway_on(database, hop, clock=clock) as rig:
        hop.refuse(LATER, CHLOE)
        assert (await rig.send(CARLA, JUNIORS))[0] == 250
        await rig.settled(3)
        clock.jump(days=3)
        await until_idle(database)
    assert CHLOE not in times(hop.arrived, ONE)
    assert [m.to for m in hop.arrived if message_id(m) != ONE] == [(CARLA,)]
    sound(hop.arrived, database)
