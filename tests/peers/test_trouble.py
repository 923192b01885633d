"""Bounces, greylisting, attacks and encryption, with the programs that really do these things."""

from __future__ import annotations

import asyncio
import socket

import pytest

from alongside.mail.smtp.replies import Reply
from alongside.mail.smtp.route import Route
from alongside.mail.smtp.sink import Script, Sink
from alongside.mail.smtp.tls import server_context
from tests import world
from tests.casting import work
from tests.world import CARL, CARLA, CHLOE, OWEN, WELFARE

from .beside import beside, letter
from .chain import ALONGSIDE, BACK, GONE, SINK
from .postfix import SMTP, SUBMISSION

pytestmark = [pytest.mark.peer, pytest.mark.asyncio]


@pytest.mark.pitfall(18)
@pytest.mark.law("no_message_leaves_one_to_one")
async def test_when_a_copy_bounces_the_next_third_party_is_copied(chain, database):
    """Postfix takes the officer's copy, then finds no mailbox and bounces it to our address."""
    people = world.people(owen={"contacts": (work(GONE),)})
    async with beside(chain, database, people=people) as club:
        word = await club.submit(CARLA, CHLOE, raw=letter(CARLA, [CHLOE]))
        assert word.startswith("250"), word
        async with asyncio.timeout(20):
            while "bounced" not in club.entries():
                await asyncio.sleep(0.02)
        mail = await club.arrived()
        senders = club.accepted()
        assert club.bounced == [GONE]
        assert club.incidents() == ["copy_bounced"]
    assert set(mail) == {CHLOE, WELFARE}
    assert [len(messages) for messages in mail.values()] == [1, 1], "nobody has it twice"
    assert [s.partition("+")[0] for s in senders] == ["copy", CARLA, "copy"]


@pytest.mark.pitfall(18)
async def test_a_bounce_that_somebody_made_up_changes_nothing(chain, database):
    forged = (
        b"From: MAILER-DAEMON@mail.test\r\nSubject: Undelivered Mail\r\n\r\n550 no such user\r\n"
    )
    async with beside(chain, database) as club:
        await club.submit(CARLA, CHLOE, raw=letter(CARLA, [CHLOE]))
        sender = next(s for s in club.accepted() if s.startswith("copy+"))
        local, _, domain = sender.partition("@")
        other = f"{local[:-1]}{'a' if local[-1] != 'a' else 'b'}@{domain}"
        word = await club.from_outside("", other, raw=forged)
        assert word.startswith("250"), word
        mail = await club.arrived()
        assert (club.bounced, club.incidents()) == ([], [])
    assert set(mail) == {CHLOE, OWEN}


@pytest.mark.law("no_message_leaves_one_to_one")
async def test_postfix_tries_a_greylisted_message_again_and_the_officer_is_copied_once(
    chain, other_server, database
):
    """The other server of the how-to, whose queue is Postfix's own, with TLS on the way."""
    greylisted = Script(recipients={CHLOE: Reply(450, "4.2.0", "greylisted, please try later")})
    sink = Sink(script=greylisted)
    await sink.listen(chain.address, SINK)
    route = Route.parse(f"smtp://{chain.address}:{SINK}")
    tls = server_context(chain.certificates.gateway)
    try:
        async with beside(chain, database, outbound=route, inbound=route, tls=tls) as club:
            await club.hand_over(other_server.port, CARLA, CHLOE, raw=letter(CARLA, [CHLOE]))
            async with asyncio.timeout(20):
                while "greylisted" not in other_server.said():
                    await asyncio.sleep(0.02)
            sink.script.recipients = {}
            await sink.wait(2, seconds=20)
            await club.quiet()
            assert await other_server.empty()
    finally:
        await sink.stop()
    assert [m.envelope.recipients[0].address for m in sink.messages] == [OWEN, CHLOE]
    assert other_server.said().count("status=deferred") >= 1


async def test_mail_between_postfix_and_the_gateway_is_encrypted_and_both_are_checked(
    chain, other_server, database
):
    """A verified certificate each way: Postfix's `secure` level, and `smtp+starttls` of a route."""
    back = Route.parse(
        f"smtp+starttls://{chain.address}:{BACK}",
        authorities=chain.certificates.authority,
        name="alongside.charity.example",
    )
    tls = server_context(chain.certificates.gateway)
    async with beside(chain, database, outbound=back, inbound=back, tls=tls) as club:
        await club.hand_over(other_server.port, CARLA, CHLOE, raw=letter(CARLA, [CHLOE]))
        async with asyncio.timeout(20):
            while set(chain.mailboxes.used()) != {OWEN, CHLOE}:
                await asyncio.sleep(0.02)
        mail = await club.arrived()
    received = [" ".join(r.split()) for r in mail[CHLOE][0].parsed.get_all("Received", [])]
    assert any("(Alongside) with ESMTPS " in line for line in received)
    assert any("by mail.charity.example (Postfix) with ESMTPS" in line for line in received)
    assert "Verified TLS connection established to" in other_server.said()


async def test_nothing_is_handed_to_a_server_whose_certificate_is_not_believed(chain, database):
    back = Route.parse(
        f"smtp+starttls://{chain.address}:{BACK}", authorities=chain.certificates.stranger
    )
    async with beside(chain, database, outbound=back, inbound=back) as club:
        word = await club.submit(CARLA, CARL, raw=letter(CARLA, [CARL]))
        mail = await club.arrived()
    assert word.startswith("4"), word
    assert mail == {}


async def test_postfix_keeps_its_mail_when_the_gateways_certificate_is_not_believed(
    chain, other_server, database
):
    impostor = server_context(chain.certificates.mail)
    async with beside(chain, database, tls=impostor) as club:
        await club.hand_over(other_server.port, CARLA, CARL, raw=letter(CARLA, [CARL]))
        async with asyncio.timeout(20):
            while "Server certificate not verified" not in other_server.said():
                await asyncio.sleep(0.02)
        assert not await other_server.empty()
        assert await club.arrived() == {}


SMUGGLED = (
    b"From: carla@club.example\r\nTo: carl@club.example\r\nSubject: tea\r\n"
    b"Message-ID: <10@club.example>\r\nDate: Sun, 22 Nov 2026 15:00:00 +0000\r\n\r\nTea?"
    b"%bMAIL FROM:<carla@club.example>\r\nRCPT TO:<chloe@family.example>\r\nDATA\r\n"
    b"From: carla@club.example\r\nTo: chloe@family.example\r\nSubject: the hall\r\n"
    b"Message-ID: <11@club.example>\r\nDate: Sun, 22 Nov 2026 15:00:00 +0000\r\n\r\n"
    b"The hall is booked for Friday.\r\n.\r\n"
)
ENDS = (b"\n.\r\n", b"\r\n.\n", b"\n.\n", b"\r.\r", b"\r\n.\r", b"\r\n\x00.\r\n")


@pytest.mark.pitfall(27)
async def test_what_postfix_takes_for_a_second_message_is_judged_like_any_other(chain, database):
    """Postfix as it comes takes a bare line feed before the dot for an end (CVE-2023-51764)."""
    async with beside(chain, database) as club:
        await asyncio.to_thread(converse, chain.address, SUBMISSION, SMUGGLED % b"\n.\r\n")
        mail = await club.arrived()
        senders = club.accepted()
    seen = {user: [m["Message-ID"] for m in messages] for user, messages in mail.items()}
    hidden = "<11@club.example>"
    assert seen == {CARL: ["<10@club.example>"], OWEN: [hidden], CHLOE: [hidden]}
    assert [s.startswith("copy+") for s in senders] == [False, True, False]


@pytest.mark.pitfall(27)
@pytest.mark.parametrize("end", ENDS, ids=repr)
@pytest.mark.parametrize("port", [SUBMISSION, SMTP, ALONGSIDE], ids=["own", "outside", "direct"])
async def test_no_message_is_smuggled_past_the_gateway_to_a_child(chain, database, port, end):
    """Whatever Postfix makes of such an end, nothing reaches the child that the officer has not."""
    async with beside(chain, database) as club:
        await asyncio.to_thread(converse, chain.address, port, SMUGGLED % end)
        mail = await club.arrived()
    for message in mail.get(CHLOE, []):
        assert "(Alongside)" in message.text
        assert [copy for copy in mail.get(OWEN, []) if copy["Message-ID"] == message["Message-ID"]]
    if port == ALONGSIDE:
        assert mail == {}, "the gateway takes sound line ends only"


def converse(address: str, port: int, content: bytes) -> None:
    """Send a message's octets as they are, and read until the server has nothing more to say."""
    with socket.create_connection((address, port), timeout=10) as connection:
        answers = connection.makefile("rb")
        answers.readline()
        for command in (
            b"HELO client.example",
            b"MAIL FROM:<carla@club.example>",
            b"RCPT TO:<carl@club.example>",
            b"DATA",
        ):
            connection.sendall(command + b"\r\n")
            answers.readline()
        connection.sendall(content)
        connection.settimeout(1.0)
        try:
            connection.sendall(b"QUIT\r\n")
            while answers.readline():
                pass
        except OSError:
            return
