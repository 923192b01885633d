"""Connections are reused, capped, taken in turn; a dead one costs nobody their message."""

from __future__ import annotations

import asyncio

import pytest

from alongside.enforcement.values import Fate
from alongside.mail.smtp import outcomes, replies
from alongside.mail.smtp.client import Client
from alongside.mail.smtp.route import Route, Timeouts
from alongside.mail.smtp.sink import Script, Sink

from .conversation import ScriptedPeer

COACH = "coach@charity.example"


def client_of(port, **settings):
    settings.setdefault("timeouts", Timeouts(connect=2.0, command=2.0, final=2.0, turn=2.0))
    return Client(Route(host="127.0.0.1", port=port, **settings))


async def send(client, text="hello", to="officer@charity.example"):
    (result,) = await client.send(COACH, (to,), f"Subject: {text}\r\n\r\n".encode())
    return result


async def until(condition, seconds=5.0):
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


async def test_one_connection_serves_message_after_message():
    async with Sink() as sink:
        client = client_of(sink.port)
        for _ in range(20):
            assert (await send(client)).accepted
        assert len({received.client for received in sink.messages}) == 1
        await client.close()
        await until(lambda: sink.server.connections == 0)


async def test_a_connection_ends_after_so_many_messages_and_so_much_time():
    for settings in ({"max_messages": 2}, {"max_age": 0.0}):
        async with Sink() as sink:
            client = client_of(sink.port, **settings)
            for _ in range(4):
                assert (await send(client)).accepted
            assert len({received.client for received in sink.messages}) >= 2
            await client.close()


async def test_connections_are_capped_and_all_are_served():
    async with Sink(script=Script(pause=0.02)) as sink:
        client = client_of(sink.port, connections=3)
        sending = [asyncio.create_task(send(client, str(number))) for number in range(30)]
        most = [0, 0]
        while not all(one.done() for one in sending):
            most = [max(most[0], sink.server.connections), max(most[1], client.connections)]
            await asyncio.sleep(0.002)
        assert most == [3, 3]
        assert all(one.result().accepted for one in sending)
        assert sink.accepted == 30
        await client.close()


async def test_who_asks_first_is_served_first():
    async with Sink() as sink:
        client = client_of(sink.port, connections=1)
        await asyncio.gather(*(send(client, str(number)) for number in range(20)))
        subjects = [received.envelope.content for received in sink.messages]
        assert subjects == [f"Subject: {number}\r\n\r\n".encode() for number in range(20)]
        await client.close()


async def test_waiting_for_a_turn_has_its_limit():
    async with Sink(script=Script(stall_at="message")) as sink:
        client = client_of(sink.port, connections=1, timeouts=Timeouts(turn=0.05, final=1.0))
        first = asyncio.create_task(send(client))
        await until(lambda: sink.offered)
        assert await send(client) == outcomes.BUSY
        assert await first == outcomes.IN_DOUBT
        await client.close()


async def test_whoever_gives_up_waiting_takes_nobodys_place():
    async with Sink(script=Script(pause=0.1)) as sink:
        client = client_of(sink.port, connections=1)
        first = asyncio.create_task(send(client))
        await until(lambda: sink.offered)
        second, third = asyncio.create_task(send(client)), asyncio.create_task(send(client))
        await asyncio.sleep(0)
        second.cancel()
        assert (await first).accepted
        assert (await third).accepted
        assert client.connections == 1
        await client.close()


async def test_a_restart_of_the_next_hop_costs_nobody_their_message(unused_tcp_port):
    sink = Sink()
    await sink.listen(port=unused_tcp_port)
    client = client_of(sink.port)
    assert (await send(client)).accepted
    await sink.stop(0.0)
    again = Sink()
    await again.listen(port=sink.port)
    assert (await send(client)).accepted
    assert again.accepted == 1
    await client.close()
    await again.stop(0.0)


@pytest.mark.parametrize("dying", ["silently", "421", "after the envelope"])
async def test_a_connection_found_dead_at_reuse_is_replaced_once(dying):
    async def serve(peer, *, dead):
        await peer.say("220 peer.example")
        await peer.expect("EHLO")
        await peer.say("250-peer.example", "250 PIPELINING")
        for number in range(2):
            await peer.expect("MAIL")
            if dead and number:
                if dying == "421":
                    await peer.say("421 4.4.2 idle for too long")
                elif dying == "after the envelope":
                    await peer.expect("RCPT", "DATA")
                    await peer.say("250 ok", "250 ok")
                return
            await peer.expect("RCPT", "DATA")
            await peer.say("250 ok", "250 ok", "354 go")
            await peer.expect("Subject", "\r\n", r"\.\r\n")
            await peer.say("250 2.0.0 taken")

    async def script(conversation):
        await serve(conversation, dead=peer.calls == 1)

    peer = ScriptedPeer(script)
    async with peer:
        client = client_of(peer.port)
        assert (await send(client)).accepted
        assert (await send(client)).accepted
        assert peer.calls == 2
        await client.close()


async def test_the_replacement_of_a_dead_connection_is_not_replaced_again():
    async with Sink() as sink:
        client = client_of(sink.port)
        assert (await send(client)).accepted
        seen = []

        async def drop(session, sender, parameters):
            seen.append(session.client)
            session.drop()

        sink.server._house.handler.on_mail = drop  # type: ignore[method-assign]
        assert await send(client) == outcomes.LOST
        assert len(seen) == 2
        assert client.connections == 0
        await client.close()


async def test_a_fresh_connection_that_breaks_is_not_tried_again():
    async with Sink(script=Script(drop_at="mail")) as sink:
        client = client_of(sink.port)
        assert await send(client) == outcomes.LOST
        assert client.connections == 0
        await client.close()


async def test_a_connection_that_rested_long_is_asked_before_it_is_used():
    async def script(peer):
        await peer.say("220 peer.example")
        await peer.expect("EHLO")
        await peer.say("250-peer.example", "250 PIPELINING")
        for number in range(2):
            if number:
                await peer.expect("RSET")
                await peer.say("250 ok")
            await peer.expect("MAIL", "RCPT", "DATA")
            await peer.say("250 ok", "250 ok", "354 go")
            await peer.expect("Subject", "\r\n", r"\.\r\n")
            await peer.say("250 ok")

    async with ScriptedPeer(script) as peer:
        client = client_of(peer.port, check_after=0.0)
        for _ in range(2):
            assert (await send(client)).accepted
        assert peer.calls == 1
        await client.close()


@pytest.mark.parametrize("word", ["421 going down", ""])
async def test_a_connection_that_does_not_answer_its_question_is_not_used(word):
    async def script(conversation):
        await conversation.say("220 peer.example")
        await conversation.expect("EHLO")
        await conversation.say("250-peer.example", "250 PIPELINING")
        await conversation.expect("MAIL", "RCPT", "DATA")
        await conversation.say("250 ok", "250 ok", "354 go")
        await conversation.expect("Subject", "\r\n", r"\.\r\n")
        await conversation.say("250 ok")
        await conversation.expect("RSET")
        if word:
            await conversation.say(word)

    async with ScriptedPeer(script) as peer:
        client = client_of(peer.port, check_after=0.0, timeouts=Timeouts(command=0.5, final=1.0))
        assert (await send(client)).accepted
        sending = asyncio.create_task(send(client))
        await until(lambda: peer.calls == 2)
        assert (await sending).accepted
        await client.close()


async def test_cancelling_the_question_ends_the_connection():
    asked = asyncio.Event()

    async def script(conversation):
        await conversation.say("220 peer.example")
        await conversation.expect("EHLO")
        await conversation.say("250-peer.example", "250 PIPELINING")
        await conversation.expect("MAIL", "RCPT", "DATA")
        await conversation.say("250 ok", "250 ok", "354 go")
        await conversation.expect("Subject", "\r\n", r"\.\r\n")
        await conversation.say("250 ok")
        await conversation.expect("RSET")
        asked.set()
        await conversation.closed()

    async with ScriptedPeer(script) as peer:
        client = client_of(peer.port, check_after=0.0)
        assert (await send(client)).accepted
        sending = asyncio.create_task(send(client))
        await asked.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        assert client.connections == 0
        await client.close()


async def test_cancelling_while_a_connection_opens_frees_its_place():
    async with Sink(script=Script(stall_at="connect")) as sink:
        client = client_of(sink.port)
        sending = asyncio.create_task(send(client))
        await until(lambda: client.connections)
        await asyncio.sleep(0.05)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        assert client.connections == 0
        sink.script.stall_at = ""
        assert (await send(client)).accepted
        await client.close()


@pytest.mark.parametrize("handed", ["a connection", "a place"])
async def test_whoever_gives_up_in_the_moment_of_being_served_passes_it_on(handed):
    async with Sink() as sink:
        client = client_of(sink.port, connections=1)
        assert (await send(client)).accepted
        pool = client._pool
        peer, _ = await pool.take()
        second, third = asyncio.create_task(send(client)), asyncio.create_task(send(client))
        await asyncio.sleep(0.01)
        if handed == "a connection":
            pool.give_back(peer)
        else:
            pool.end(peer)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        assert (await third).accepted
        assert client.connections == 1
        await client.close()


async def test_an_unasked_word_at_rest_is_no_answer_to_the_next_message():
    async def script(peer):
        await peer.say("220 peer.example")
        await peer.expect("EHLO")
        await peer.say("250-peer.example", "250 PIPELINING")
        await peer.expect("MAIL", "RCPT", "DATA")
        await peer.say("250 ok", "250 ok", "354 go")
        await peer.expect("Subject", "\r\n", r"\.\r\n")
        await peer.say("250 ok", "250 2.0.0 a lie about the next one")
        await asyncio.sleep(5)

    async with ScriptedPeer(script) as peer:
        client = client_of(peer.port)
        assert (await send(client)).accepted
        await until(lambda: not client._pool._rested or not client._pool._rested[0].alive)
        sending = asyncio.create_task(send(client))
        await until(lambda: peer.calls == 2)
        sending.cancel()
        await client.close()


# The circuit.


async def test_after_a_failed_connection_nobody_tries_for_a_while(unused_tcp_port):
    client = client_of(unused_tcp_port, backoff=0.2)
    assert await send(client) == outcomes.UNREACHABLE
    sink = Sink()
    await sink.listen(port=unused_tcp_port)
    began = asyncio.get_running_loop().time()
    assert await send(client) == outcomes.UNREACHABLE
    assert asyncio.get_running_loop().time() - began < 0.1, "told at once"
    assert sink.accepted == 0
    await asyncio.sleep(0.25)
    assert (await send(client)).accepted
    await client.close()
    await sink.stop(0.0)


async def test_when_the_while_is_over_one_tries_and_the_others_are_told_at_once():
    async def script(peer):
        await asyncio.sleep(0.2)
        await peer.say("421 still starting")

    async with ScriptedPeer(script) as peer:
        client = client_of(peer.port, backoff=0.1)
        await send(client)
        await asyncio.sleep(0.15)
        results = await asyncio.gather(*(send(client) for _ in range(10)))
        assert all(result.fate is Fate.TEMPORARY for result in results)
        assert peer.calls == 2
        await client.close()


async def test_the_while_grows_with_each_failure_up_to_its_limit(unused_tcp_port):
    client = client_of(unused_tcp_port, backoff=0.01, backoff_limit=0.05)
    pool = client._pool
    seen = []
    for _ in range(5):
        await send(client)
        seen.append(pool._backoff)
        await asyncio.sleep(pool._backoff + 0.005)
    assert seen == [0.01, 0.02, 0.04, 0.05, 0.05]
    await client.close()


async def test_many_failures_at_one_time_count_as_one(unused_tcp_port):
    client = client_of(unused_tcp_port, backoff=0.2)
    results = await asyncio.gather(*(send(client) for _ in range(50)))
    assert results == [outcomes.UNREACHABLE] * 50
    assert client._pool._backoff == 0.2
    assert client.connections == 0
    await client.close()


async def test_connections_that_live_are_used_while_new_ones_fail():
    async with Sink(script=Script(pause=0.05)) as sink:
        client = client_of(sink.port, connections=5, backoff=5.0)
        assert (await send(client)).accepted
        sink.script.connect = replies.TOO_MANY_FROM_YOU
        results = await asyncio.gather(*(send(client) for _ in range(6)))
        assert all(result.accepted for result in results)
        assert (await send(client)).accepted
        assert client.connections == 1
        await client.close()


async def test_when_the_last_connection_goes_those_who_wait_are_told_at_once():
    async with Sink() as sink:
        client = client_of(sink.port, connections=5, backoff=5.0)
        assert (await send(client)).accepted
        sink.script.connect = replies.TOO_MANY_FROM_YOU
        sink.script.drop_at = "message"
        first = asyncio.create_task(send(client))
        others = [asyncio.create_task(send(client)) for _ in range(3)]
        assert await first == outcomes.IN_DOUBT
        assert await asyncio.gather(*others) == [outcomes.UNWILLING] * 3
        assert client.connections == 0
        await client.close()


async def test_a_dead_connection_is_not_replaced_while_the_circuit_is_open():
    async with Sink(script=Script(pause=0.05)) as sink:
        client = client_of(sink.port, connections=2, backoff=5.0)
        results = await asyncio.gather(send(client), send(client))
        assert client.connections == 2
        sink.script.connect = replies.TOO_MANY_FROM_YOU
        sink.script.drop_at = "mail"
        assert await send(client) == outcomes.UNWILLING
        assert await send(client) == outcomes.UNWILLING
        assert client.connections == 0
        assert {result.fate for result in results} == {Fate.ACCEPTED}
        await client.close()


async def test_a_closed_client_answers_at_once():
    async with Sink(script=Script(pause=0.1)) as sink:
        client = client_of(sink.port, connections=1)
        first, second = asyncio.create_task(send(client)), asyncio.create_task(send(client))
        await until(lambda: sink.offered)
        await client.close()
        assert await second == outcomes.CLOSING
        assert (await first).accepted, "what is under way is finished"
        assert await send(client) == outcomes.CLOSING
        assert client.connections == 0
