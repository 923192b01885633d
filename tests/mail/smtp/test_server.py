"""Conversations with the running server."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from alongside.mail.smtp import replies
from alongside.mail.smtp.envelope import Recipient
from alongside.mail.smtp.replies import Reply
from alongside.mail.smtp.server import Server
from alongside.mail.smtp.session import Handler, Session, client_of
from alongside.mail.smtp.terms import Limits, Terms

from .conversation import Conversation, Recorder, call, dial, front

SECRET = "child@home.example wrote to coach@charity.example"


async def until(condition, seconds=5.0):
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


async def test_a_message_from_hello_to_quit():
    recorder = Recorder()
    async with front(recorder) as server, call(server) as client:
        await client.expect("220 mx.charity.example ESMTP")
        await client.say("EHLO laptop.example")
        await client.expect("250-mx.charity.example\r\n250-SIZE 52428800\r\n250-PIPELINING")
        await client.say("MAIL FROM:<coach@charity.example> BODY=8BITMIME RET=HDRS")
        await client.expect("250 2.1.0 ")
        await client.say("RCPT TO:<Officer@Charity.example> NOTIFY=NEVER")
        await client.expect("250 2.1.5 ")
        await client.say("DATA")
        await client.expect("354 ")
        await client.say("Subject: training", "", "..hello", ".")
        await client.expect("250 2.0.0 ")
        await client.say("QUIT")
        await client.expect("221 2.0.0 ")
        await client.closed()
    (envelope,) = recorder.envelopes
    assert envelope.sender == "coach@charity.example"
    assert envelope.recipients == (Recipient("Officer@Charity.example", {"NOTIFY": "NEVER"}),)
    assert envelope.parameters == {"BODY": "8BITMIME", "RET": "HDRS"}
    assert envelope.eight_bit
    assert envelope.content == b"Subject: training\r\n\r\n.hello\r\n"
    (session,) = recorder.sessions
    assert session.client[0] == "127.0.0.1"
    assert session.helo == "laptop.example"


async def test_a_whole_transaction_may_be_pipelined():
    recorder = Recorder()
    async with front(recorder) as server, call(server) as client:
        await client.hello()
        for _ in range(3):
            await client.say(
                "MAIL FROM:<a@a.example>", "RCPT TO:<b@b.example>", "RCPT TO:<>", "DATA"
            )
            await client.expect("250 ", "250 ", "501 ", "354 ")
            await client.say("x", ".", "NOOP")
            await client.expect("250 ", "250 ")
    assert len(recorder.envelopes) == 3


async def test_the_handler_may_refuse_sender_and_recipient_and_message():
    recorder = Recorder()
    recorder.mail = lambda sender: Reply(550, "5.7.1", "no") if sender == "bad@a.example" else None
    recorder.rcpt = lambda rcpt: Reply(550, "5.1.1", "who?") if "bad" in rcpt.address else None

    async def refuse(envelope):
        return Reply(550, "5.7.1", "copy the officer\nclause E3")

    recorder.message = refuse
    async with front(recorder) as server, call(server) as client:
        await client.hello()
        await client.say("MAIL FROM:<bad@a.example>", "MAIL FROM:<a@a.example>")
        await client.expect("550 5.7.1 no", "250 ")
        await client.say("RCPT TO:<bad@b.example>", "RCPT TO:<b@b.example>", "DATA")
        await client.expect("550 5.1.1 who", "250 ", "354 ")
        await client.say("x", ".")
        await client.expect("550-5.7.1 copy the officer\r\n550 5.7.1 clause E3\r\n")
        await client.say("MAIL FROM:<a@a.example>")
        await client.expect("250 ")
    assert [each.address for each in recorder.envelopes[0].recipients] == ["b@b.example"]


@pytest.mark.parametrize("where", ["connect", "mail", "rcpt", "message"])
async def test_an_exception_of_the_handler_is_temporary_and_its_words_stay_here(where, caplog):
    recorder = Recorder()

    def fail(*_):
        raise LookupError(SECRET)

    async def fail_later(*_):
        fail()

    if where == "connect":
        recorder.on_connect = fail_later  # type: ignore[method-assign]
    else:
        setattr(recorder, where, fail_later if where == "message" else fail)
    with caplog.at_level(logging.DEBUG, "alongside.smtp"):
        async with front(recorder) as server, call(server) as client:
            if where == "connect":
                await client.expect("451 4.3.0 ")
                await client.closed()
            else:
                await client.hello()
                await client.say("MAIL FROM:<a@a.example>", "RCPT TO:<b@b.example>", "DATA")
                await client.say("x", ".")
                heard = [await client.hear() for _ in range(2)]
                while not any(each.startswith("451 4.3.0 ") for each in heard):
                    heard.append(await client.hear())
                assert "child" not in "".join(heard)
    assert "LookupError" in caplog.text
    assert "child" not in caplog.text


async def test_a_handler_that_answers_nothing_is_temporary():
    recorder = Recorder()

    async def say_nothing(envelope):
        return None

    recorder.message = say_nothing
    async with front(recorder) as server, call(server) as client:
        await client.hello()
        await client.envelope()
        await client.say("x", ".")
        await client.expect("451 4.3.0 ")


async def test_a_handler_need_only_say_what_becomes_of_a_message():
    class Plain(Handler):
        async def on_message(self, session, envelope):
            return replies.MESSAGE_ACCEPTED

    async with front(Plain()) as server, call(server) as client:
        await client.hello()
        await client.envelope()
        await client.say("x", ".")
        await client.expect("250 ")


async def test_an_answer_that_can_not_be_used_cuts_the_connection(caplog):
    recorder = Recorder()
    recorder.mail = lambda sender: "250 ok"  # type: ignore[assignment, return-value]
    async with front(recorder) as server, call(server) as client:
        await client.hello()
        await client.say("MAIL FROM:<a@a.example>")
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await client.hear()
        await until(lambda: server.connections == 0)
    assert "broke off" in caplog.text


async def test_a_client_that_leaves_does_not_stop_the_handler_half_way():
    recorder = Recorder()
    began, go_on = asyncio.Event(), asyncio.Event()

    async def take_long(envelope):
        began.set()
        await go_on.wait()
        return replies.MESSAGE_ACCEPTED

    recorder.message = take_long
    async with front(recorder) as server:
        async with call(server) as client:
            await client.hello()
            await client.envelope()
            await client.say("x", ".")
            await began.wait()
            await client.leave()
        await asyncio.sleep(0.05)
        assert server.connections == 1, "it counts until its message is out of hand"
        go_on.set()
        await until(lambda: server.connections == 0)
    assert len(recorder.envelopes) == 1


async def test_a_client_that_only_ends_its_own_side_still_hears_the_answer():
    recorder = Recorder()
    async with front(recorder) as server, call(server) as client:
        await client.hello()
        await client.envelope()
        await client.send(b"x\r\n.\r\n")
        client._writer.write_eof()
        await client.expect("250 ")
        await client.closed()


async def test_bare_line_ends_are_refused_and_the_connection_closed():
    recorder = Recorder()
    async with front(recorder) as server, call(server) as client:
        await client.hello()
        await client.envelope()
        await client.send(b"hello\n.\r\nMAIL FROM:<evil@evil.example>\r\n.\r\n")
        await client.expect("550 5.6.11 ", "421 4.7.0 ")
        await client.closed()
    assert not recorder.envelopes


async def test_the_last_word_arrives_although_more_was_said():
    async with front(Recorder()) as server, call(server) as client:
        await client.hello()
        await client.send(b"NOOP\n" + b"NOOP\r\n" * 2_000)
        await client.expect("500 5.5.2 ", "421 ")
        await client.closed()


async def test_who_speaks_before_the_greeting_waits_for_it():
    recorder = Recorder()
    greet = asyncio.Event()

    async def wait(session):
        await greet.wait()

    recorder.on_connect = wait  # type: ignore[method-assign]
    async with front(recorder) as server, call(server) as client:
        await client.say("EHLO x.example")
        await client.silent()
        greet.set()
        await client.expect("220 ", "250")


# Limits.


async def test_connections_are_limited_in_all_and_for_each_client():
    for limits, text in (
        (Limits(connections=2), "421 4.7.0 too many connections;"),
        (Limits(per_client=2), "421 4.7.0 too many connections from you;"),
    ):
        async with front(Recorder(), limits=limits) as server, AsyncExitStack() as stack:
            first = await stack.enter_async_context(call(server))
            second = await stack.enter_async_context(call(server))
            await first.expect("220")
            await second.expect("220")
            third = await stack.enter_async_context(call(server))
            await third.expect(text)
            await third.closed()
            await first.say("QUIT")
            await first.expect("221")
            await first.closed()
            await until(lambda server=server: server.connections == 1)
            fourth = await stack.enter_async_context(call(server))
            await fourth.expect("220")


async def test_a_silent_client_hears_421():
    async with front(Recorder(), limits=Limits(idle=0.1)) as server, call(server) as client:
        await client.expect("220", "421 4.4.2 ")
        await client.closed()


async def test_a_command_that_drips_in_hears_421_too():
    async with front(Recorder(), limits=Limits(idle=0.2)) as server, call(server) as client:
        await client.expect("220")
        with pytest.raises((ConnectionError, AssertionError)):
            for _ in range(40):
                await client.send(b"N")
                await asyncio.sleep(0.02)
            await client.expect("250")


async def test_a_message_that_stalls_or_drips_hears_421():
    for limits in (Limits(block=0.1), Limits(content=0.2)):
        async with front(Recorder(), limits=limits) as server, call(server) as client:
            await client.hello()
            await client.envelope()
            for _ in range(8):
                await client.send(b"x\r\n")
                await asyncio.sleep(0.01 if limits.block == 0.1 else 0.04)
            await client.expect("421 4.4.2 ")


async def test_a_slow_handler_is_not_timed_out():
    recorder = Recorder()

    async def take_long(envelope):
        await asyncio.sleep(0.3)
        return replies.MESSAGE_ACCEPTED

    recorder.message = take_long
    async with front(recorder, limits=Limits(idle=0.1)) as server, call(server) as client:
        await client.hello()
        await client.envelope()
        await client.say("x", ".")
        await client.expect("250 ")


@asynccontextmanager
async def narrow(recorder):
    """A conversation over sockets that hold little, so that it shows who waits for whom."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8_192)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8_192)
    listening.bind(("127.0.0.1", 0))
    server = Server(recorder, Terms(limits=Limits(commands=10**9)))
    await server.listen(sockets=[listening])
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8_192)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8_192)
    sock.connect(server.addresses[0])
    sock.setblocking(False)
    reader, writer = await asyncio.open_connection(sock=sock, limit=8_192)
    try:
        yield server, Conversation(reader, writer)
    finally:
        writer.transport.abort()
        await server.stop(0.0)


async def talk_on(client, line):
    """Say it again and again until nobody listens any more; how many octets that were."""
    sent = 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(1.0):
            while sent < 60_000_000:
                await client.send(line * 1_000)
                sent += len(line) * 1_000
    return sent


async def test_who_does_not_read_is_not_read_from():
    async with narrow(Recorder()) as (server, client):
        await client.hello()
        assert await talk_on(client, b"EHLO x\r\n") < 5_000_000
        (connection,) = server._house.connections
        assert connection._transport.get_write_buffer_size() < 1_000_000
        # What the timeout cut short may still be on its way: all of it is answered in the end.
        client._writer.write(b"NOOP\r\n")
        async with asyncio.timeout(20):
            heard = b""
            while not heard.endswith(replies.OK.octets):
                heard = heard[-100:] + await client._reader.read(1_000_000)


async def test_what_is_sent_ahead_of_a_slow_handler_is_bounded():
    recorder = Recorder()
    go_on = asyncio.Event()

    async def take_long(envelope):
        await go_on.wait()
        return replies.MESSAGE_ACCEPTED

    recorder.message = take_long
    async with narrow(recorder) as (_, client):
        await client.hello()
        await client.envelope()
        await client.say("x", ".")
        assert await talk_on(client, b"NOOP\r\n") < 5_000_000
        go_on.set()
        await client.expect("250 2.0.0 message", "250 2.0.0 ok")


# Stopping.


async def test_a_graceful_stop_tells_the_idle_and_finishes_what_is_under_way():
    recorder = Recorder()
    began, go_on = asyncio.Event(), asyncio.Event()

    async def take_long(envelope):
        began.set()
        await go_on.wait()
        return replies.MESSAGE_ACCEPTED

    recorder.message = take_long
    async with front(recorder) as server, AsyncExitStack() as stack:
        idle, writing, waiting = [await stack.enter_async_context(call(server)) for _ in range(3)]
        for client in (idle, writing, waiting):
            await client.hello()
        await waiting.envelope()
        await waiting.say("one", ".")
        await began.wait()
        await writing.envelope()
        port = server.addresses[0][1]
        stopping = asyncio.create_task(server.stop(5.0))
        await idle.expect("421 4.3.2 ")
        await idle.closed()
        with pytest.raises(OSError):
            async with dial(port):
                pass
        await writing.say("two", ".")
        await writing.silent()
        assert not stopping.done()
        go_on.set()
        for client in (waiting, writing):
            await client.expect("250 2.0.0 ", "421 4.3.2 ")
            await client.leave()
        assert await stopping is True
    assert {each.content for each in recorder.envelopes} == {b"one\r\n", b"two\r\n"}


async def test_a_client_about_to_say_quit_is_told_goodbye_and_not_421():
    async with front(Recorder()) as server, call(server) as client:
        await client.hello()
        await client.envelope()
        await client.say("one", ".")
        await client.expect("250 2.0.0 ")
        stopping = asyncio.create_task(server.stop(5.0))
        await asyncio.sleep(0.05)
        await client.say("QUIT")
        await client.expect("221 ")
        await client.leave()
        assert await stopping is True


async def test_a_client_that_came_just_before_the_stop_may_hand_in_its_first_message():
    recorder = Recorder()
    async with front(recorder) as server, call(server) as client:
        await client.hello()
        stopping = asyncio.create_task(server.stop(5.0))
        await asyncio.sleep(0.05)
        await client.envelope()
        await client.say("one", ".")
        await client.expect("250 2.0.0 ", "421 4.3.2 ")
        await client.leave()
        assert await stopping is True
    assert len(recorder.envelopes) == 1


async def test_no_new_message_begins_while_stopping():
    recorder = Recorder()
    go_on = asyncio.Event()

    async def take_long(envelope):
        await go_on.wait()
        return replies.MESSAGE_ACCEPTED

    recorder.message = take_long
    async with front(recorder) as server, call(server) as client:
        await client.hello()
        await client.envelope()
        await client.say("one", ".", "MAIL FROM:<a@a.example>", "RCPT TO:<b@b.example>")
        stopping = asyncio.create_task(server.stop(5.0))
        await asyncio.sleep(0.02)
        go_on.set()
        await client.expect("250 2.0.0 ", "421 4.3.2 ")
        await client.leave()
        assert await stopping is True


async def test_what_has_not_finished_by_the_deadline_is_cut_off_without_an_answer():
    recorder = Recorder()

    async def never(envelope):
        await asyncio.Event().wait()
        return replies.MESSAGE_ACCEPTED

    recorder.message = never
    async with front(recorder) as server, call(server) as client:
        await client.hello()
        await client.envelope()
        await client.say("x", ".")
        await asyncio.sleep(0.02)
        assert await server.stop(0.05) is False
        assert server.connections == 0
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await client.expect("250")
    assert not recorder.envelopes


async def test_a_socket_opened_by_a_parent_is_served():
    opened = socket.create_server(("127.0.0.1", 0))
    server = Server(Recorder(), Terms(host="mx.charity.example"))
    await server.listen(sockets=[opened])
    try:
        assert server.addresses == [opened.getsockname()[:2]]
        async with call(server) as client:
            await client.hello()
    finally:
        await server.stop(0.0)


async def test_two_servers_may_share_a_port():
    first, second = Server(Recorder()), Server(Recorder())
    await first.listen("127.0.0.1", reuse_port=True)
    port = first.addresses[0][1]
    await second.listen("127.0.0.1", port, reuse_port=True)
    assert second.addresses == first.addresses
    await first.stop(0.0)
    async with call(second) as client:
        await client.hello()
    await second.stop(0.0)


async def test_a_client_that_comes_while_stopping_is_sent_away():
    recorder = Recorder()
    async with front(recorder) as server:
        server._house.stopping = True
        async with call(server) as client:
            await client.expect("421 4.3.2 ")
            await client.closed()


async def test_a_handler_that_does_not_end_when_cancelled_does_not_hold_up_the_stop():
    recorder = Recorder()

    async def stubborn(envelope):
        for _ in range(25):
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(0.1)
        return replies.MESSAGE_ACCEPTED

    recorder.message = stubborn
    async with front(recorder) as server, call(server) as client:
        await client.hello()
        await client.envelope()
        await client.say("x", ".")
        await asyncio.sleep(0.02)
        began = asyncio.get_running_loop().time()
        assert await server.stop(0.0) is False
        assert asyncio.get_running_loop().time() - began < 3.0
        await asyncio.sleep(0.6)


# Who it is.


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({}, "SMTP"),
        ({"extended": True}, "ESMTP"),
        ({"extended": True, "tls": True}, "ESMTPS"),
        ({"extended": True, "login": "coach"}, "ESMTPA"),
        ({"extended": True, "tls": True, "login": "coach"}, "ESMTPSA"),
        ({"extended": True, "smtputf8": True}, "UTF8SMTP"),
        ({"extended": True, "smtputf8": True, "tls": True, "login": "c"}, "UTF8SMTPSA"),
    ],
)
def test_the_word_for_the_received_line(facts, word):
    assert Session(client=("", 0), **facts).protocol == word


def test_an_ipv4_client_of_an_ipv6_socket_is_ipv4():
    assert client_of(("::ffff:192.0.2.7", 1234, 0, 0)) == ("192.0.2.7", 1234)
    assert client_of(("fe80::1%eth0", 1234, 0, 2)) == ("fe80::1", 1234)
    assert client_of("") == ("", 0)


async def test_smtputf8_holds_for_one_message_only():
    recorder = Recorder()
    async with front(recorder) as server, call(server) as client:
        await client.hello()
        await client.say("MAIL FROM:<jöran@charity.example> SMTPUTF8", "RCPT TO:<δ@b.example>")
        await client.expect("250", "250")
        await client.say("DATA")
        await client.expect("354")
        await client.say("x", ".")
        await client.expect("250")
        await client.envelope()
        await client.say("x", ".")
        await client.expect("250")
    assert recorder.protocols == ["UTF8SMTP", "ESMTP"]
    assert recorder.envelopes[0].smtputf8
    assert recorder.envelopes[0].sender == "jöran@charity.example"
