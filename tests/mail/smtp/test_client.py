"""The client against sinks and scripted peers: one outcome for each recipient, whatever happens."""

from __future__ import annotations

import asyncio
import socket

import pytest

from alongside.enforcement.values import Fate, Outcome
from alongside.mail.smtp import opening, outcomes
from alongside.mail.smtp.client import Client
from alongside.mail.smtp.envelope import Recipient
from alongside.mail.smtp.replies import Reply
from alongside.mail.smtp.route import Route, Timeouts
from alongside.mail.smtp.sink import Script, Sink
from alongside.mail.smtp.terms import Limits, Terms

from .conversation import ScriptedPeer

COACH = "coach@charity.example"
OFFICER = "officer@charity.example"
CHILD = "child@home.example"
HELLO = b"Subject: x\r\n\r\nhello\r\n"
NO = Reply(550, "5.1.1", "no such mailbox")
LATER = Reply(450, "4.2.1", "mailbox busy")


def route_to(port, **settings):
    settings.setdefault("timeouts", Timeouts(connect=2.0, command=2.0, final=2.0, greeting=2.0))
    return Route(host="127.0.0.1", port=port, name="gateway.charity.example", **settings)


def fates(results):
    return [result.fate.value for result in results]


async def send_once(port, *recipients, message=HELLO, parameters=None, **words):
    options = {key: words.pop(key) for key in tuple(words) if key == "all_or_nothing"}
    client = Client(route_to(port, **words))
    try:
        return await client.send(COACH, recipients or (OFFICER,), message, parameters, **options)
    finally:
        await client.close()


# What goes well.


@pytest.mark.parametrize("without", [(), ("PIPELINING",)])
async def test_a_message_arrives_as_it_was_given(without):
    async with Sink(terms=Terms(without=frozenset(without))) as sink:
        dotted = b"Subject: x\r\n\r\n.\r\n..two\r\nlast"
        results = await send_once(sink.port, OFFICER, CHILD, message=dotted)
        assert (
            results
            == [Outcome(fate=Fate.ACCEPTED, code=250, status="2.0.0", text="message accepted")] * 2
        )
        (received,) = await sink.wait(1)
        assert received.envelope.sender == COACH
        assert [each.address for each in received.envelope.recipients] == [OFFICER, CHILD]
        assert received.envelope.content == dotted + b"\r\n"
        assert received.protocol == "ESMTP"


async def test_pieces_are_joined_before_dots_are_added():
    async with Sink() as sink:
        await send_once(sink.port, message=[b"Received: x\r\n", b".dot\r", b"\n", b".\r\n"])
        assert sink.messages[0].envelope.content == b"Received: x\r\n.dot\r\n.\r\n"


async def test_a_big_message_and_an_empty_one_arrive():
    big = (b"x" * 70 + b"\r\n.\r\n") * 40_000
    async with Sink() as sink:
        for message in (big, b""):
            assert fates(await send_once(sink.port, message=message)) == ["accepted"]
        assert [each.envelope.content for each in sink.messages] == [big, b""]


async def test_a_next_hop_that_reads_slowly_gets_all_of_a_big_message():
    big = b"".join(b"%070d\r\n" % number for number in range(300_000))

    async def script(peer):
        await greet(peer, "PIPELINING")
        await peer.expect("MAIL", "RCPT", "DATA")
        await peer.say("250 ok", "250 ok", "354 go")
        await asyncio.sleep(0.2)
        heard = await peer._reader.readexactly(len(big) + 3)
        assert heard == big + b".\r\n"
        await peer.say("250 2.0.0 all of it")

    async with ScriptedClient(script) as client:
        (result,) = await client.send(COACH, (CHILD,), big)
        assert result.text == "all of it"


async def test_no_recipients_no_message():
    client = Client(route_to(1))
    assert await client.send(COACH, (), HELLO) == []
    await client.close()


async def test_dsn_parameters_are_passed_on_exactly_and_only_where_offered():
    parameters = {"RET": "hdrs", "ENVID": "Abc+2BdEf", "SIZE": "1"}
    child = Recipient(CHILD, {"NOTIFY": "Success,delay", "ORCPT": "rfc822;Child@Home.Example"})
    for without, kept in (((), True), (("DSN", "SIZE"), False)):
        async with Sink(terms=Terms(without=frozenset(without))) as sink:
            assert fates(await send_once(sink.port, child, parameters=parameters)) == ["accepted"]
            envelope = sink.messages[0].envelope
            assert envelope.recipients[0].parameters == (child.parameters if kept else {})
            assert ("SIZE" in envelope.parameters) is kept
            if kept:
                size = str(len(HELLO))
                assert envelope.parameters == {"RET": "hdrs", "ENVID": "Abc+2BdEf", "SIZE": size}


async def test_an_orcpt_beyond_ascii_is_left_out_where_it_can_not_be_told():
    child = Recipient(CHILD, {"NOTIFY": "NEVER", "ORCPT": "utf-8;Jöran@Home.Example"})
    for without, kept in ((), child.parameters), (("SMTPUTF8",), {"NOTIFY": "NEVER"}):
        async with Sink(terms=Terms(without=frozenset(without))) as sink:
            results = await send_once(sink.port, child, parameters={"SMTPUTF8": None})
            assert fates(results) == ["accepted"]
            assert sink.messages[0].envelope.recipients[0].parameters == kept


async def test_a_message_that_needs_no_extension_goes_without():
    plain = Terms(without=frozenset({"SMTPUTF8", "8BITMIME", "DSN", "SIZE"}))
    async with Sink(terms=plain) as sink:
        declared = {"SMTPUTF8": None, "BODY": "8BITMIME"}
        assert fates(await send_once(sink.port, parameters=declared)) == ["accepted"]
        assert sink.messages[0].envelope.parameters == {}


@pytest.mark.parametrize(
    ("recipient", "message", "parameters", "lacking", "outcome"),
    [
        ("jöran@home.example", HELLO, {}, "SMTPUTF8", outcomes.NEEDS_SMTPUTF8),
        (
            CHILD,
            "Subject: jö\r\n\r\n".encode(),
            {"SMTPUTF8": None},
            "SMTPUTF8",
            outcomes.NEEDS_SMTPUTF8,
        ),
        (
            CHILD,
            "Subject: x\r\n\r\njö\r\n".encode(),
            {"BODY": "8BITMIME"},
            "8BITMIME",
            outcomes.NEEDS_8BITMIME,
        ),
        (CHILD, "Subject: x\r\n\r\njö\r\n".encode(), {}, "8BITMIME", outcomes.NEEDS_8BITMIME),
    ],
)
async def test_a_message_that_needs_an_extension_is_refused_without_it(
    recipient, message, parameters, lacking, outcome
):
    async with Sink(terms=Terms(without=frozenset({lacking}))) as sink:
        results = await send_once(sink.port, recipient, message=message, parameters=parameters)
        assert results == [outcome]
        assert outcome.fate is Fate.PERMANENT
        assert sink.offered == 0
    async with Sink() as sink:
        results = await send_once(sink.port, recipient, message=message, parameters=parameters)
        assert fates(results) == ["accepted"]
        word = "SMTPUTF8" if lacking == "SMTPUTF8" else "BODY"
        assert word in sink.messages[0].envelope.parameters


async def test_a_message_bigger_than_the_next_hop_takes_is_not_sent():
    async with Sink(terms=Terms(limits=Limits(size=10))) as sink:
        assert await send_once(sink.port) == [outcomes.TOO_BIG]
        assert sink.offered == 0


# The last door.


@pytest.mark.parametrize(
    "message", [b"a\nb\r\n", b"a\rb\r\n", b"a\0\r\n", b"a\n.\r\nMAIL FROM:<x@y.example>\r\n"]
)
async def test_no_flawed_message_leaves(message):
    async with Sink() as sink:
        assert await send_once(sink.port, message=message) == [outcomes.LINE_ENDS]
        assert sink.server.connections == 0


@pytest.mark.parametrize(
    "address", ["a@b.example>\r\nRCPT TO:<c@d.example", "a@b.example> NOTIFY=NEVER", "", "a b@c"]
)
async def test_no_address_becomes_a_command(address):
    async with Sink() as sink:
        assert await send_once(sink.port, CHILD, address) == [outcomes.BAD_ADDRESS] * 2
        assert sink.offered == 0


@pytest.mark.parametrize(
    "parameters", [{"NOTIFY": "NEVER\r\nDATA"}, {"NOTIFY": None}, {"ORCPT": "x y"}, {"A B": "c"}]
)
async def test_no_parameter_becomes_a_command(parameters):
    async with Sink() as sink:
        assert await send_once(sink.port, Recipient(CHILD, parameters)) == [outcomes.BAD_PARAMETER]
        assert sink.offered == 0


# Refusals.


@pytest.mark.parametrize("without", [(), ("PIPELINING",)])
async def test_recipients_refused_are_reported_one_by_one(without):
    script = Script(recipients={CHILD: NO, COACH: LATER})
    async with Sink(terms=Terms(without=frozenset(without)), script=script) as sink:
        results = await send_once(sink.port, CHILD, OFFICER, COACH)
        assert fates(results) == ["permanent", "accepted", "temporary"]
        assert results[0] == Outcome(
            fate=Fate.PERMANENT, code=550, status="5.1.1", text="no such mailbox"
        )
        assert [each.address for each in sink.messages[0].envelope.recipients] == [OFFICER]


@pytest.mark.parametrize("without", [(), ("PIPELINING",)])
async def test_all_or_nothing_sends_nothing_when_one_is_refused(without):
    script = Script(recipients={CHILD: NO})
    async with Sink(terms=Terms(without=frozenset(without)), script=script) as sink:
        client = Client(route_to(sink.port))
        results = await client.send(COACH, (OFFICER, CHILD), HELLO, all_or_nothing=True)
        assert fates(results) == ["temporary", "permanent"]
        assert results[0] == outcomes.ABANDONED
        assert sink.offered == 0
        results = await client.send(COACH, (OFFICER,), HELLO, all_or_nothing=True)
        assert fates(results) == ["accepted"]
        results = await client.send(COACH, (OFFICER, COACH), HELLO, all_or_nothing=True)
        assert fates(results) == ["accepted"] * 2
        assert client.connections == 1
        await client.close()


async def test_all_or_nothing_says_rset_before_data():
    async def script(peer):
        await greet(peer, "PIPELINING")
        await peer.expect("MAIL", "RCPT", "RCPT")
        await peer.silent()
        await peer.say("250 ok", "250 ok", "450 4.2.1 later")
        await peer.expect("RSET")
        await peer.say("250 ok")
        await peer.expect("MAIL", "RCPT", "RCPT")
        await peer.say("250 ok", "250 ok", "250 ok")
        await peer.expect("DATA")
        await peer.say("354 go")
        await peer.expect("Subject: x", "\r\n", "hello", r"\.\r\n")
        await peer.say("250 ok")

    async with ScriptedClient(script) as client:
        for expected in (["temporary"] * 2, ["accepted"] * 2):
            results = await client.send(COACH, (OFFICER, CHILD), HELLO, all_or_nothing=True)
            assert fates(results) == expected


@pytest.mark.parametrize("without", [(), ("PIPELINING",)])
@pytest.mark.parametrize("all_or_nothing", [False, True])
async def test_a_refused_sender_is_the_outcome_of_all_and_the_connection_lives(
    without, all_or_nothing
):
    async with Sink(terms=Terms(without=frozenset(without)), script=Script(mail=NO)) as sink:
        client = Client(route_to(sink.port))
        results = await client.send(COACH, (OFFICER, CHILD), HELLO, all_or_nothing=all_or_nothing)
        assert fates(results) == ["permanent"] * 2
        assert results[0].status == "5.1.1"
        sink.script.mail = None
        assert fates(await client.send(COACH, (OFFICER,), HELLO)) == ["accepted"]
        assert sink.server.connections == 1
        await client.close()


async def test_the_reply_to_the_message_is_the_outcome_of_all_accepted():
    script = Script(message=LATER, first=1, recipients={CHILD: NO})
    async with Sink(script=script) as sink:
        assert fates(await send_once(sink.port, OFFICER, CHILD)) == ["temporary", "permanent"]
        assert fates(await send_once(sink.port, OFFICER, CHILD)) == ["accepted", "permanent"]


async def test_354_although_all_recipients_were_refused_is_answered_with_a_lone_dot():
    async def script(peer):
        await greet(peer, "PIPELINING")
        await peer.expect("MAIL", "RCPT", "RCPT", "DATA")
        await peer.say("250 ok", "550 no", "450 later", "354 go on then")
        await peer.expect(r"\.\r\n")
        await peer.say("554 no valid recipients")
        await peer.expect("RSET")
        await peer.say("250 ok")
        await peer.expect("MAIL", "RCPT", "DATA")
        await peer.say("250 ok", "250 ok", "354 go")
        await peer.expect("Subject: x", "\r\n", "hello", r"\.\r\n")
        await peer.say("250 ok")

    async with ScriptedClient(script) as client:
        assert fates(await client.send(COACH, (CHILD, OFFICER), HELLO)) == [
            "permanent",
            "temporary",
        ]
        assert fates(await client.send(COACH, (OFFICER,), HELLO)) == ["accepted"]


async def test_354_after_a_refused_sender_never_sends_an_empty_message():
    async def script(peer):
        await greet(peer, "PIPELINING")
        await peer.expect("MAIL", "RCPT", "DATA")
        await peer.say("550 no", "250 ok", "354 go on then")
        await peer.closed()

    async with ScriptedClient(script) as client:
        assert fates(await client.send(COACH, (CHILD,), HELLO)) == ["permanent"]


async def test_data_refused_is_the_outcome_and_the_next_message_starts_with_rset():
    async def script(peer):
        await greet(peer, "PIPELINING")
        await peer.expect("MAIL", "RCPT", "DATA")
        await peer.say("250 ok", "250 ok", "452 4.3.1 disk full")
        await peer.expect(
            "RSET",
        )
        await peer.say("250 ok")
        await peer.expect("MAIL", "RCPT", "DATA")
        await peer.say("250 ok", "250 ok", "354 go")
        await peer.expect("Subject", "\r\n", "hello", r"\.\r\n")
        await peer.say("250 2.0.0 queued")

    async with ScriptedClient(script) as client:
        (result,) = await client.send(COACH, (CHILD,), HELLO)
        assert (result.fate, result.code, result.status) == (Fate.TEMPORARY, 452, "4.3.1")
        assert fates(await client.send(COACH, (CHILD,), HELLO)) == ["accepted"]


# Trouble.


async def greet(peer, *extensions):
    await peer.say("220 peer.example ESMTP")
    await peer.expect("EHLO gateway.charity.example")
    lines = ["peer.example", *extensions]
    await peer.say(*(f"250-{line}" for line in lines[:-1]), f"250 {lines[-1]}")


class ScriptedClient:
    """A client of a scripted peer."""

    def __init__(self, script, **settings):
        self.peer = ScriptedPeer(script)
        self._settings = settings

    async def __aenter__(self):
        await self.peer.__aenter__()
        self._client = Client(route_to(self.peer.port, **self._settings))
        return self._client

    async def __aexit__(self, *problem):
        await self._client.close()
        await self.peer.__aexit__()


async def test_nobody_listens(unused_tcp_port):
    assert await send_once(unused_tcp_port) == [outcomes.UNREACHABLE]


async def test_a_host_that_does_not_exist():
    client = Client(Route(host="mx.invalid.test", port=25))
    assert await client.send(COACH, (OFFICER, CHILD), HELLO) == [outcomes.UNREACHABLE] * 2
    await client.close()


@pytest.mark.parametrize("reply", [Reply(421, "4.3.2", "later"), Reply(554, "5.3.2", "never")])
async def test_a_next_hop_that_takes_no_mail_is_temporary(reply):
    async with Sink(script=Script(connect=reply)) as sink:
        assert await send_once(sink.port) == [outcomes.UNWILLING]


QUICK = Timeouts(connect=0.3, greeting=0.3, command=0.3, final=0.3, content=0.3, handshake=0.3)


@pytest.mark.parametrize("where", ["connect", "mail", "rcpt", "message"])
async def test_a_next_hop_that_stalls(where):
    async with Sink(script=Script(stall_at=where)) as sink:
        (result,) = await send_once(sink.port, timeouts=QUICK)
        assert result == (outcomes.IN_DOUBT if where == "message" else outcomes.SLOW)
        assert outcomes.in_doubt(result) is (where == "message")


@pytest.mark.parametrize("where", ["connect", "mail", "rcpt", "message"])
async def test_a_next_hop_that_drops_the_connection(where):
    async with Sink(script=Script(drop_at=where)) as sink:
        (result,) = await send_once(sink.port)
        assert result == (outcomes.IN_DOUBT if where == "message" else outcomes.LOST)


async def test_a_message_kept_but_not_answered_is_in_doubt_and_not_sent_twice():
    async with Sink(script=Script(drop_after_keeping=True)) as sink:
        client = Client(route_to(sink.port))
        sink.script.drop_after_keeping = False
        assert fates(await client.send(COACH, (OFFICER,), HELLO)) == ["accepted"]
        sink.script.drop_after_keeping = True
        (result,) = await client.send(COACH, (OFFICER,), HELLO)
        assert outcomes.in_doubt(result)
        assert result.fate is Fate.TEMPORARY
        assert sink.accepted == 2
        await client.close()


async def test_only_the_accepted_recipients_are_in_doubt():
    async with Sink(script=Script(drop_at="message", recipients={CHILD: NO})) as sink:
        results = await send_once(sink.port, OFFICER, CHILD)
        assert [outcomes.in_doubt(each) for each in results] == [True, False]
        assert results[1].fate is Fate.PERMANENT


async def test_a_connection_lost_within_a_big_message_is_not_in_doubt():
    async def script(peer):
        await greet(peer, "PIPELINING")
        await peer.expect("MAIL", "RCPT", "DATA")
        await peer.say("250 ok", "250 ok", "354 go")
        await peer._reader.readexactly(100_000)
        await peer.leave()

    async with ScriptedClient(script) as client:
        results = await client.send(COACH, (CHILD,), (b"x" * 998 + b"\r\n") * 60_000)
        assert results == [outcomes.LOST]


async def test_a_big_message_that_is_not_taken_is_slow_and_not_in_doubt():
    async def script(peer):
        await greet(peer, "PIPELINING")
        await peer.expect("MAIL", "RCPT", "DATA")
        await peer.say("250 ok", "250 ok", "354 go")
        await asyncio.sleep(5)

    async with ScriptedClient(script, timeouts=QUICK) as client:
        results = await client.send(COACH, (CHILD,), (b"x" * 998 + b"\r\n") * 60_000)
        assert results == [outcomes.SLOW]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("552 5.3.4 too big", "permanent"), ("452 4.3.1 full", "temporary"), ("250 ok", "temporary")],
)
async def test_an_answer_before_the_end_of_a_big_message_is_never_an_acceptance(word, expected):
    async def script(peer):
        await greet(peer, "PIPELINING")
        await peer.expect("MAIL", "RCPT", "DATA")
        await peer.say("250 ok", "250 ok", "354 go")
        await peer.say(word)
        while await peer._reader.read(1_000_000):
            await asyncio.sleep(0)

    async with ScriptedClient(script) as client:
        results = await client.send(COACH, (CHILD,), (b"x" * 998 + b"\r\n") * 60_000)
        assert fates(results) == [expected]
        assert not outcomes.in_doubt(results[0])


@pytest.mark.parametrize("octets", [b"hello\r\n", b"250-ok\r\n251 no\r\n", b"250 " + b"x" * 70_000])
async def test_a_garbled_answer_is_temporary(octets):
    async def script(peer):
        await greet(peer)
        await peer.expect("MAIL")
        await peer.send(octets)
        await peer.closed()

    async with ScriptedClient(script) as client:
        assert await client.send(COACH, (CHILD,), HELLO) == [outcomes.GARBLED]


@pytest.mark.parametrize("word", ["354 more", "hello"])
async def test_an_answer_to_the_message_that_says_nothing_leaves_it_in_doubt(word):
    async def script(peer):
        await greet(peer, "PIPELINING")
        await peer.expect("MAIL", "RCPT", "DATA")
        await peer.say("250 ok", "250 ok", "354 go")
        await peer.expect("Subject", "\r\n", "hello", r"\.\r\n")
        await peer.say(word)
        await peer.closed()

    async with ScriptedClient(script) as client:
        assert await client.send(COACH, (CHILD,), HELLO) == [outcomes.IN_DOUBT]


async def test_2xx_to_data_is_no_leave_to_send():
    async def script(peer):
        await greet(peer, "PIPELINING")
        await peer.expect("MAIL", "RCPT", "DATA")
        await peer.say("250 ok", "250 ok", "250 ok")
        await peer.closed()

    async with ScriptedClient(script) as client:
        assert await client.send(COACH, (CHILD,), HELLO) == [outcomes.GARBLED]


async def test_a_3xx_to_a_recipient_is_no_acceptance():
    async def script(peer):
        await greet(peer, "PIPELINING")
        await peer.expect("MAIL", "RCPT", "DATA")
        await peer.say("250 ok", "354 what", "503 no recipients")
        await peer.expect("RSET")

    async with ScriptedClient(script) as client:
        assert await client.send(COACH, (CHILD,), HELLO) == [outcomes.GARBLED]


async def test_421_in_the_middle_is_temporary_for_all():
    async def script(peer):
        await greet(peer, "PIPELINING")
        await peer.expect("MAIL", "RCPT", "RCPT", "DATA")
        await peer.say("250 ok", "550 no", "421 4.3.2 going down")
        await peer.leave()

    async with ScriptedClient(script) as client:
        results = await client.send(COACH, (CHILD, OFFICER), HELLO)
        assert fates(results) == ["temporary"] * 2


async def test_421_to_the_message_is_temporary_and_not_in_doubt():
    async def script(peer):
        await greet(peer, "PIPELINING")
        await peer.expect("MAIL", "RCPT", "DATA")
        await peer.say("250 ok", "250 ok", "354 go")
        await peer.expect("Subject", "\r\n", "hello", r"\.\r\n")
        await peer.say("421 4.3.2 going down")
        await peer.leave()

    async with ScriptedClient(script) as client:
        (result,) = await client.send(COACH, (CHILD,), HELLO)
        assert (result.fate, result.code) == (Fate.TEMPORARY, 421)
        assert not outcomes.in_doubt(result)


async def test_an_old_server_is_spoken_to_with_helo():
    async def script(peer):
        await peer.say("220 peer.example")
        await peer.expect("EHLO")
        await peer.say("502 what?")
        await peer.expect("HELO gateway.charity.example")
        await peer.say("250 peer.example")
        await peer.expect(r"MAIL FROM:<coach@charity.example>\r\n")
        await peer.say("250 ok")
        await peer.expect(r"RCPT TO:<child@home.example>\r\n")
        await peer.say("250 ok")
        await peer.expect("DATA")
        await peer.say("354 go")
        await peer.expect("Subject", "\r\n", "hello", r"\.\r\n")
        await peer.say("250 ok")

    async with ScriptedClient(script) as client:
        child = Recipient(CHILD, {"NOTIFY": "NEVER"})
        assert fates(await client.send(COACH, (child,), HELLO)) == ["accepted"]


async def test_cancelling_ends_the_connection_in_use():
    async with Sink(script=Script(stall_at="message")) as sink:
        client = Client(route_to(sink.port))
        sending = asyncio.create_task(client.send(COACH, (OFFICER,), HELLO))
        async with asyncio.timeout(5):
            while not sink.offered:
                await asyncio.sleep(0.005)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        assert client.connections == 0
        await client.close()


async def test_an_address_that_refuses_does_not_hide_the_next(monkeypatch):
    async def two_addresses(host, port):
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, ("127.0.0.3", port)), (*kind, ("127.0.0.1", port))]

    monkeypatch.setattr(opening, "addresses_of", two_addresses)
    async with Sink() as sink:
        client = Client(Route(host="mx.home.example", port=sink.port))
        assert fates(await client.send(COACH, (OFFICER,), HELLO)) == ["accepted"]
        await client.close()
