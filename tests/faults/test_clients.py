"""Clients that leave, come again at once, and a gateway that is told to stop in the middle."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.gateway.rig import Arrived, letter
from tests.world import CARL, CARLA, CHLOE, FRANK, JUNIORS, OWEN

from .hop import LATER, Hop
from .observer import message_id, on_record, sound, times
from .post import post
from .rig import IMPATIENT, ask, gateway_on, until_idle

ONE = "<1@charity.example>"
LATER_IN_LINE = "<2@charity.example>"


async def hand_over_and_leave(port: int, *to: str, content: bytes) -> None:
    """A client that is gone once the whole message is sent, before it hears what became of it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await reader.readline()
    lines = ["EHLO client.example", f"MAIL FROM:<{CARLA}>", *(f"RCPT TO:<{a}>" for a in to), "DATA"]
    for line in lines:
        writer.write(line.encode() + b"\r\n")
        while (await reader.readline())[3:4] == b"-":
            continue
    writer.write(content + b".\r\n")
    await writer.drain()
    writer.transport.abort()


class Gate:
    """Holds up the message for one recipient until it is opened."""

    def __init__(self, hop: Hop, address: str) -> None:
        self.opened = asyncio.Event()
        self.reached = asyncio.Event()
        self._address = address
        hop.before = self

    async def __call__(self, arriving: Arrived) -> None:
        if self._address in arriving.to:
            self.reached.set()
            await self.opened.wait()


async def test_a_client_that_left_after_the_message_finds_nobody_copied_twice(database):
    content = letter(CARLA, (CHLOE,))
    async with Hop() as hop, gateway_on(database, hop) as rig:
        await hand_over_and_leave(rig.port, CHLOE, content=content)
        await hop.wait(2)
        await rig.gateway.line.settle()
        code, text = await rig.send(CARLA, CHLOE, raw=content)
        assert code == 250, text
        await rig.settled(3)
    # Nobody told the client that the child had it: that leg it asked for again.
    assert times(hop.arrived, ONE) == {OWEN: 1, CHLOE: 2}
    sound(hop.arrived, database)


@pytest.mark.parametrize("slow", [OWEN, CHLOE])
async def test_a_client_that_comes_again_while_the_first_is_under_way_copies_nobody_twice(
    database, slow: str
):
    content = letter(CARLA, (CHLOE,))
    async with Hop() as hop, gateway_on(database, hop, timeouts=_patient()) as rig:
        gate = Gate(hop, slow)
        await hand_over_and_leave(rig.port, CHLOE, content=content)
        await gate.reached.wait()
        again = asyncio.create_task(rig.send(CARLA, CHLOE, raw=content))
        await asyncio.sleep(0.3)
        gate.opened.set()
        code, _ = await again
        if code != 250:
            assert 400 <= code < 500
            await rig.gateway.line.settle()
            code, _ = await rig.send(CARLA, CHLOE, raw=content)
        assert code == 250
        await rig.settled(3)
    assert times(hop.arrived, ONE)[OWEN] == 1
    assert times(hop.arrived, ONE)[CHLOE] <= 2
    sound(hop.arrived, database)


def _patient():
    return replace(IMPATIENT, command=5.0, final=5.0, content=5.0)


async def test_two_different_messages_to_the_same_child_do_not_wait_for_each_other(database):
    async with Hop() as hop, gateway_on(database, hop, timeouts=_patient()) as rig:
        gate = Gate(hop, CHLOE)
        first = asyncio.create_task(rig.send(CARLA, CHLOE))
        await gate.reached.wait()
        hop.before = _nothing
        code, _ = await rig.send(CARLA, CHLOE, message_id=LATER_IN_LINE)
        assert code == 250 and not first.done()
        gate.opened.set()
        assert (await first)[0] == 250
        await rig.settled(4)
    assert {message_id(m) for m in hop.arrived} == {ONE, LATER_IN_LINE}
    sound(hop.arrived, database)


async def _nothing(arriving: Arrived) -> None:
    """The hop behaves again."""


async def test_a_graceful_stop_finishes_what_is_under_way_and_its_outcome_is_on_the_record(
    database,
):
    async with Hop() as hop:
        async with gateway_on(database, hop, timeouts=_patient()) as rig:
            gate = Gate(hop, CHLOE)
            content = letter(CARLA, (CHLOE,))
            sending = asyncio.create_task(post(rig.port, CARLA, CHLOE, content=content))
            await gate.reached.wait()
            asyncio.get_running_loop().call_later(0.3, gate.opened.set)
        assert (await sending).taken
    assert times(hop.arrived, ONE) == {OWEN: 1, CHLOE: 1}
    assert ask(database, "SELECT count(*) FROM records_doubt") == [(0,)]
    sound(hop.arrived, database)


async def test_a_stop_that_can_not_wait_leaves_the_client_without_an_answer_and_loses_nothing(
    database,
):
    async with Hop() as hop:
        async with gateway_on(database, hop, timeouts=_patient(), stop_within=0.2) as rig:
            gate = Gate(hop, CHLOE)
            content = letter(CARLA, (CHLOE,))
            sending = asyncio.create_task(post(rig.port, CARLA, CHLOE, content=content))
            await gate.reached.wait()
        assert not (await sending).taken
        gate.opened.set()
        hop.before = _nothing
        async with gateway_on(database, hop) as rig:
            assert (await rig.send(CARLA, CHLOE))[0] == 250
            await rig.settled()
    got = times(hop.arrived, ONE)
    assert got[OWEN] == 1
    assert 1 <= got[CHLOE] <= 2
    sound(hop.arrived, database)


async def test_a_stop_in_the_middle_of_a_group_is_gone_on_with_after_the_start(database):
    async with Hop() as hop:
        async with gateway_on(database, hop, timeouts=_patient()) as rig:
            gate = Gate(hop, CHLOE)
            assert (await rig.send(CARLA, JUNIORS))[0] == 250
            await gate.reached.wait()
            asyncio.get_running_loop().call_later(0.3, gate.opened.set)
        async with gateway_on(database, hop):
            await until_idle(database)
    got = times(hop.arrived, ONE)
    assert len(got) == 4 and set(got.values()) == {1}
    sound(hop.arrived, database)


async def test_many_clients_while_the_hop_comes_and_goes_lose_nothing(database, rounds):
    count = 8 * rounds
    ids = [f"<{n}@club.example>" for n in range(count)]
    async with Hop() as hop, gateway_on(database, hop, connections=4) as rig:

        async def client(n: int) -> None:
            to = ((CHLOE,), (CARL,), (CHLOE, FRANK), (JUNIORS,))[n % 4]
            content = letter(CARLA, to, message_id=ids[n])
            while not (await post(rig.port, CARLA, *to, content=content)).taken:
                await asyncio.sleep(0.05)

        async def weather() -> None:
            for _ in range(rounds):
                hop.script.stall_at = "message"
                await asyncio.sleep(0.3)
                hop.script.stall_at = ""
                hop.script.connect = LATER
                await asyncio.sleep(0.2)
                hop.script.connect = None
                await asyncio.sleep(0.2)

        async with asyncio.timeout(60 * rounds):
            await asyncio.gather(weather(), *(client(n) for n in range(count)))
        await until_idle(database, 60)
    recorded = on_record(database)
    for n, mid in enumerate(ids):
        got = times(hop.arrived, mid)
        assert (mid in recorded) is (n % 4 != 1)
        if n % 4 == 0:
            assert got[CHLOE] == 1
        elif n % 4 == 1:
            assert got == {CARL: 1}
        elif n % 4 == 2:
            assert not got
        else:
            assert len(got) >= 4
    sound(hop.arrived, database)
