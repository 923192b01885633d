"""The sink keeps what it accepts, in order, and misbehaves as told."""

from __future__ import annotations

import asyncio

import pytest

from alongside.mail.smtp import replies
from alongside.mail.smtp.client import Client
from alongside.mail.smtp.route import Route
from alongside.mail.smtp.sink import Script, Sink


async def send(sink, count=1):
    client = Client(Route(host="127.0.0.1", port=sink.port))
    fates = []
    for number in range(count):
        content = f"Subject: {number}\r\n\r\n".encode()
        (result,) = await client.send("a@a.example", ["b@b.example"], content)
        fates.append(result.fate.value)
    await client.close()
    return fates


async def test_messages_are_kept_in_order_with_their_time():
    async with Sink() as sink:
        await send(sink, 3)
        kept = await sink.wait(3)
        assert [received.number for received in kept] == [1, 2, 3]
        assert [received.envelope.content[9:10] for received in kept] == [b"0", b"1", b"2"]
        assert kept[0].at <= kept[1].at <= kept[2].at
        assert kept[0].at.tzinfo is not None


async def test_only_so_many_are_remembered_where_a_limit_is_set():
    async with Sink(limit=2) as sink:
        await send(sink, 5)
        assert [received.number for received in sink.messages] == [4, 5]
        assert sink.accepted == 5


async def test_whoever_listens_is_told_before_the_answer():
    heard = []

    async def listen(received):
        heard.append(received.number)

    async with Sink(on_message=listen) as sink:
        await send(sink, 2)
        assert heard == [1, 2]


async def test_waiting_ends_when_it_came_or_when_time_is_over():
    async with Sink() as sink:
        waiting = asyncio.create_task(sink.wait(1))
        await send(sink)
        assert len(await waiting) == 1
        with pytest.raises(TimeoutError):
            await sink.wait(2, seconds=0.05)


async def test_the_first_so_many_messages_may_be_refused():
    script = Script(message=replies.TROUBLE_HERE, first=2)
    async with Sink(script=script) as sink:
        assert await send(sink, 4) == ["temporary", "temporary", "accepted", "accepted"]
        assert (sink.offered, sink.accepted) == (4, 2)


async def test_all_messages_may_be_refused():
    async with Sink(script=Script(message=replies.TOO_BIG)) as sink:
        assert await send(sink, 2) == ["permanent"] * 2
        assert not sink.messages
